"""One instant of all databases: written to files, and brought back with a raised epoch (MECHANISMS P14, P4b).

DIR/backup.json                     when, from where, how many documents, checksums
DIR/<database>/<collection>.bson    documents one after another, as mongodump writes them
DIR.keys/…                          the keys of sealed text, beside the data and not in it: keep them apart
"""

import hashlib
import json
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

import bson
from pymongo import InsertOne, MongoClient
from pymongo.client_session import ClientSession
from pymongo.errors import OperationFailure

Document = dict[str, Any]
EPOCH = 1 << 32
KEYS = "_keys"
_SNAPSHOT_UNAVAILABLE, _BATCH, _TRIES = 246, 500, 20


class BackupUnusable(Exception):
    """The files are not a whole backup, or the target holds something already; the message says which."""


@dataclass(frozen=True)
class Piece:
    """One collection of a backup."""

    database: str
    collection: str
    documents: int
    sha256: str


def take(
    client: MongoClient[Document], databases: Iterable[str], directory: Path, said: Callable[[int], None]
) -> dict[str, Any]:
    """Write what `databases` hold at one instant below `directory`; return the backup's own description.

    Everything is read in one snapshot session: writes go on meanwhile and are either wholly in or wholly out.
    `taken_at` lies before the snapshot: whatever was acknowledged by then is in, by this machine's clock.

    Args:
        said: called with the number of documents written since the last call.
    """
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    names = _collections(client, databases)
    for attempt in range(_TRIES):
        taken_at = datetime.now(UTC)
        try:
            with client.start_session(snapshot=True) as session:
                pieces = [_write(client, session, name, directory, said) for name in names]
            break
        except OperationFailure as failed:  # a collection younger than the snapshot: a moment later it is not
            if failed.code != _SNAPSHOT_UNAVAILABLE or attempt == _TRIES - 1:
                raise
            time.sleep(0.2)
    described = {
        "format": 1,
        "taken_at": taken_at.isoformat(timespec="milliseconds"),
        "pieces": [asdict(piece) for piece in pieces],
    }
    (directory / "backup.json").write_text(json.dumps(described, indent=1))
    return described


def check(directory: Path, *, with_keys: bool = True) -> list[Piece]:
    """Return the pieces of a backup after comparing every file with its checksum.

    Args:
        with_keys: False leaves out the keys of sealed text: they may be gone by now, as they should.

    Raises:
        BackupUnusable: a file is missing or altered.
    """
    try:
        described = json.loads((directory / "backup.json").read_text())
    except (OSError, ValueError):
        raise BackupUnusable(f"{directory} holds no readable backup.json") from None
    pieces = [Piece(**piece) for piece in described["pieces"]]
    pieces = [piece for piece in pieces if with_keys or not piece.database.endswith(KEYS)]
    for piece in pieces:
        path = _file(directory, piece.database, piece.collection)
        if not path.exists() or _sha256(path) != piece.sha256:
            raise BackupUnusable(f"{path} is missing or altered")
    return pieces


def bring_back(
    client: MongoClient[Document], directory: Path, pieces: Iterable[Piece], said: Callable[[int], None]
) -> int:
    """Replace the content of the databases by the backup's; return the epoch that revisions are in now.

    Every aggregate's revision is raised into a new epoch, so that what it announces from now on is newer than
    anything its copies may hold from the time after the backup.
    """
    pieces = list(pieces)
    held = _collections(client, {piece.database for piece in pieces})
    epoch = 1 + max(_epoch_of_files(directory, pieces), _epoch_of_databases(client, held))
    for database, collection in held:
        client[database][collection].delete_many({})
    for piece in pieces:
        target = client[piece.database][piece.collection]
        for batch in _batches(_raised(_read(_file(directory, piece.database, piece.collection)), epoch)):
            target.bulk_write([InsertOne(document) for document in batch], ordered=False)
            said(len(batch))
    return epoch


def revision_in(epoch: int, revision: int) -> int:
    """Return `revision` moved into `epoch`: plain comparison of the results compares (epoch, revision)."""
    return epoch * EPOCH + revision % EPOCH


def _collections(client: MongoClient[Document], databases: Iterable[str]) -> list[tuple[str, str]]:
    return [
        (database, collection)
        for database in databases
        for collection in sorted(client[database].list_collection_names())
        if not collection.startswith("system.")
    ]


def _write(
    client: MongoClient[Document],
    session: ClientSession,
    name: tuple[str, str],
    directory: Path,
    said: Callable[[int], None],
) -> Piece:
    path = _file(directory, *name)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    count, sum_ = 0, hashlib.sha256()
    with path.open("wb") as file:
        path.chmod(0o600)
        for raw in client[name[0]][name[1]].find_raw_batches({}, session=session, batch_size=_BATCH):
            file.write(raw)
            sum_.update(raw)
            found = _count(raw)
            count += found
            said(found)
    return Piece(*name, count, sum_.hexdigest())


def _file(directory: Path, database: str, collection: str) -> Path:
    root = directory.with_name(directory.name + ".keys") if database.endswith(KEYS) else directory
    return root / database / f"{collection}.bson"


def _count(raw: bytes) -> int:
    count, at = 0, 0
    while at < len(raw):
        at += int.from_bytes(raw[at : at + 4], "little")
        count += 1
    return count


def _read(path: Path) -> Iterator[Document]:
    file: BinaryIO
    with path.open("rb") as file:
        yield from bson.decode_file_iter(file)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _epoch_of_files(directory: Path, pieces: Iterable[Piece]) -> int:
    files = (_file(directory, piece.database, piece.collection) for piece in pieces)
    return max((_revision(document) for file in files for document in _read(file)), default=0) // EPOCH


def _epoch_of_databases(client: MongoClient[Document], names: Iterable[tuple[str, str]]) -> int:
    newest = (
        client[database][collection].find_one({"revision": {"$exists": True}}, sort=[("revision", -1)])
        for database, collection in names
    )
    return max((_revision(document or {}) for document in newest), default=0) // EPOCH


def _revision(document: Mapping[str, Any]) -> int:
    revision = document.get("revision")
    return revision if isinstance(revision, int) else 0


def _raised(documents: Iterable[Document], epoch: int) -> Iterator[Document]:
    for document in documents:
        if "revision" in document:
            document["revision"] = bson.Int64(revision_in(epoch, _revision(document)))
        yield document


def _batches(documents: Iterable[Document]) -> Iterator[list[Document]]:
    batch: list[Document] = []
    for document in documents:
        batch.append(document)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
