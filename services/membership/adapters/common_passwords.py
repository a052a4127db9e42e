"""The passwords that are tried first: 40,000 of them, shipped beside this file (NOTICE says from where)."""

import gzip
from functools import cache
from pathlib import Path

LIST = Path(__file__).with_name("common_passwords.txt.gz")


@cache
def common_passwords() -> frozenset[str]:
    """Return them, casefolded; read once a process, never from a network."""
    with gzip.open(LIST, "rt", encoding="utf-8") as file:
        return frozenset(file.read().splitlines())
