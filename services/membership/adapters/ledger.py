"""The ledger of erasures: one small file each, outside every database, so that a restore forgets nothing.

`<directory>/<erasure id>.json` holds ids, the instant, and a hash over them. It is written before anything is
deleted; who restores an older database finds in it whom to forget again. CT_LEDGER names the directory: keep
it apart from the databases' disks and backups.
"""

import hashlib
import json
import os
import secrets
from datetime import UTC, datetime
from pathlib import Path

from services.kit.logs import get_logger
from services.membership.domain.erasure_ports import Entry

log = get_logger()


class FileLedger:
    """The ledger in a directory; None while none is set, as in tests that erase nobody."""

    def __init__(self, directory: Path | None) -> None:
        self._directory = directory

    def note(self, entry: Entry) -> None:
        """Keep one entry for good; noting it again changes nothing.

        Raises:
            OSError: it could not be written; then nothing may be deleted.
        """
        if self._directory is None:
            raise FileNotFoundError("CT_LEDGER is not set, and nobody is forgotten without a ledger")
        whole = self._directory / f"{entry.erasure_id}.json"
        if whole.exists():
            return
        begun = self._directory / f".{entry.erasure_id}.{secrets.token_hex(4)}"
        with begun.open("w") as file:
            json.dump(_written(entry), file)
            file.flush()
            os.fsync(file.fileno())
        begun.replace(whole)

    def entries(self) -> list[Entry]:
        """Return every entry, in the order of ids; what is altered is reported and left out."""
        if self._directory is None:
            return []
        found = [_read(path) for path in sorted(self._directory.glob("era_*.json"))]
        return [entry for entry in found if entry is not None]


def _written(entry: Entry) -> dict[str, str]:
    told = {
        "erasure_id": entry.erasure_id,
        "network": entry.network,
        "person_id": entry.person_id,
        "begun_at": entry.begun_at.astimezone(UTC).isoformat(),
    }
    return told | {"sha256": _hash(told)}


def _read(path: Path) -> Entry | None:
    try:
        told = json.loads(path.read_text())
        if told.pop("sha256") != _hash(told):
            raise ValueError("altered")
        begun_at = datetime.fromisoformat(told.pop("begun_at"))
        return Entry(begun_at=begun_at, **told)
    except (OSError, ValueError, KeyError, TypeError) as fault:
        log.error("ledger_unreadable", where=path.name, exception=type(fault).__name__)
        return None


def _hash(told: dict[str, str]) -> str:
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()
