"""Copies of what other services own (MECHANISMS P1): one document per foreign aggregate, moving by version.

Events carry the whole state, so any order, any gap and any second delivery end in the owner's state. What
is gone stays as a tombstone, or a late event would bring it back. Nobody writes into a copy but the
listener of its owner.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar

from pymongo import ReplaceOne
from pymongo.errors import BulkWriteError, DuplicateKeyError

from services.kit.crash import crash_point
from services.kit.floor import Floor
from services.kit.mongo import Document, Index, create_indexes, reaching

DUPLICATE_KEY = 11000
COPIES: dict[tuple[str, str], "Copies"] = {}  # (database, collection) -> the copies this process keeps


@dataclass(frozen=True)
class Told:
    """One state to put into a copy: `fields` is the aggregate at `version`; `gone_at` when it is no more."""

    network: str
    id: str
    version: int
    fields: Mapping[str, Any] = field(default_factory=dict)
    gone_at: datetime | None = None


class Copies:
    """The copies of one kind of foreign aggregate.

    Class attributes:
        collection: "copied_cohorts"; may be given to the constructor instead.
        indexes: for the queries on it.
    """

    collection: ClassVar[str] = ""
    indexes: ClassVar[Sequence[Index]] = ()

    def __init__(self, floor: Floor, collection: str = "", indexes: Sequence[Index] = ()) -> None:
        self.floor = floor
        self.name = collection or self.collection
        self.documents = floor.database[self.name]
        self._indexes = tuple(indexes) or tuple(self.indexes)
        COPIES[floor.database.name, self.name] = self

    @property
    def kind(self) -> str:
        """What is copied, in the owner's word: "copied_people" -> "person"."""
        return singular(self.name.removeprefix("copied_"))

    def prepare(self) -> None:
        """Create the indexes; repeating changes nothing."""
        create_indexes(self.documents, (Index("copies_of_network", [("network", 1)]), *self._indexes))

    def put(
        self,
        network: str,
        id: str,
        version: int,
        fields: Mapping[str, Any],
        gone_at: datetime | None = None,
    ) -> bool:
        """Take over the state at `version`, unless we hold it or a newer one; return whether we took it."""
        told = Told(network, id, version, fields, gone_at)
        crash_point("copies.before_write")
        with reaching():
            taken = self._try(told) or self._try(told)
        crash_point("copies.after_write")
        return bool(taken)

    def bury(self, network: str, id: str, version: int, gone_at: datetime) -> bool:
        """Leave a tombstone at `version`; later events of earlier versions do not bring the copy back."""
        return self.put(network, id, version, {}, gone_at)

    def put_many(self, told: Iterable[Told]) -> int:
        """Like `put` for a batch, in one round trip; return how many were taken."""
        newest: dict[str, Told] = {}
        for each in told:
            if each.id not in newest or newest[each.id].version < each.version:
                newest[each.id] = each
        waiting = list(newest.values())
        taken = 0
        crash_point("copies.before_write")
        with reaching():
            for _ in range(2):  # a second duplicate means: we hold this or a newer one
                done, waiting = self._try_many(waiting)
                taken += done
        crash_point("copies.after_write")
        return taken

    def get(self, network: str, id: str) -> dict[str, Any] | None:
        """Return the copy with its `id`, `network` and `version`; None when never told of, or gone."""
        return self.find_one(network, {"_id": id})

    def version(self, network: str, id: str) -> int:
        """Return the version we hold, tombstones included; 0 when we never told of it."""
        with reaching():
            document = self.documents.find_one({"_id": id, "network": network})
        return int(document["version"]) if document else 0

    def find_one(self, network: str, where: Mapping[str, Any]) -> dict[str, Any] | None:
        """Return the first living copy that fits `where`."""
        return next(iter(self.find(network, where, limit=1)), None)

    def find(
        self,
        network: str,
        where: Mapping[str, Any],
        sort: Sequence[tuple[str, int]] | None = None,
        limit: int | None = None,
    ) -> list[dict[str, Any]]:
        """Return the living copies that fit `where`."""
        if not isinstance(network, str) or not network:
            raise ValueError(f"{self.name} are read within one network")
        query = {"gone_at": None, **where, "network": network}
        with reaching():
            cursor = self.documents.find(query).sort(list(sort or [("_id", 1)])).limit(limit or 0)
            return [_plain(each) for each in cursor]

    def _try(self, told: Told) -> bool | None:
        """True: taken. None: somebody else's first copy was quicker, or we hold a newer one."""
        try:
            result = self.documents.replace_one(*_replacement(told), upsert=True)
        except DuplicateKeyError:
            return None
        return bool(result.matched_count or result.upserted_id is not None)

    def _try_many(self, told: list[Told]) -> tuple[int, list[Told]]:
        if not told:
            return 0, []
        operations = [ReplaceOne(*_replacement(each), upsert=True) for each in told]
        try:
            result = self.documents.bulk_write(operations, ordered=False)
        except BulkWriteError as error:
            failed = error.details["writeErrors"]
            if any(each["code"] != DUPLICATE_KEY for each in failed):
                raise
            return len(told) - len(failed), [told[each["index"]] for each in failed]
        return result.matched_count + result.upserted_count, []


def singular(plural: str) -> str:
    """Return the kind a collection holds: "people" -> "person", "cohorts" -> "cohort"."""
    return "person" if plural == "people" else plural.removesuffix("s")


def _replacement(told: Told) -> tuple[Document, Document]:
    if taken := {"_id", "id", "network", "version", "gone_at"} & told.fields.keys():
        raise ValueError(f"a copy itself keeps {sorted(taken)}")
    document = {
        **told.fields,
        "network": told.network,
        "version": told.version,
        "gone_at": told.gone_at,
    }
    return {"_id": told.id, "version": {"$lt": told.version}}, document


def _plain(document: Document) -> dict[str, Any]:
    document.pop("gone_at")
    return {"id": document.pop("_id"), **document}
