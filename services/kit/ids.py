"""Names of things: a prefix that says the kind, then 128 bits.

Sortable ids (UUIDv7, time first) keep indexes dense. Where the time of making could unmask a person
(answers, votes, invitations, tokens) the id is 128 random bits instead (SECURITY 1.15).
"""

import hashlib
import secrets

import uuid_utils

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's base 32: no i, l, o, u
RANDOM_PREFIXES = frozenset({"ans", "inv", "vot", "tok", "qst", "par"})


def new_id(prefix: str) -> str:
    """Return `prefix_` and 26 characters; sortable by time unless the prefix is one that must not be."""
    number = secrets.randbits(128) if prefix in RANDOM_PREFIXES else uuid_utils.uuid7().int
    return f"{prefix}_{_encode(number)}"


def random_id(prefix: str) -> str:
    """Return `prefix_` and 128 random bits, for names that must tell nothing."""
    return f"{prefix}_{_encode(secrets.randbits(128))}"


def derived_id(prefix: str, *parts: str) -> str:
    """Return the id that `parts` always give: for what a repeated piece of work must make only once."""
    joined = "\x1f".join(f"{len(part)}:{part}" for part in parts).encode()
    return f"{prefix}_{_encode(int.from_bytes(hashlib.sha256(joined).digest()[:16], 'big'))}"


def _encode(number: int) -> str:
    digits = []
    for _ in range(26):
        number, digit = divmod(number, 32)
        digits.append(_ALPHABET[digit])
    return "".join(reversed(digits))
