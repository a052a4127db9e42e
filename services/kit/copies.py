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
from pymongo.errors import BulkWriteError

from services.kit.crash import crash_point
from services.kit.floor import Floor
from services.kit.mongo import Document, Index, create_indexes, reaching
from services.kit.together import Together

DUPLICATE_KEY = 11000
UNNAMED = {"display_name": "", "organization_id": None, "zone": "UTC", "standing": "left"}
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
        people_in: fields that list people as membership's rosters do, by name.
    """

    collection: ClassVar[str] = ""
    people_in: ClassVar[tuple[str, ...]] = ()
    indexes: ClassVar[Sequence[Index]] = ()

    def __init__(self, floor: Floor, collection: str = "", indexes: Sequence[Index] = ()) -> None:
        self.floor = floor
        self.name = collection or self.collection
        self.documents = floor.database[self.name]
        self._indexes = tuple(indexes) or tuple(self.indexes)
        self._put_together = Together(self._put_each)
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
        return self._put_together(Told(network, id, version, fields, gone_at))

    def bury(self, network: str, id: str, version: int, gone_at: datetime) -> bool:
        """Leave a tombstone at `version`; later events of earlier versions do not bring the copy back."""
        return self.put(network, id, version, {}, gone_at)

    def put_many(self, told: Iterable[Told]) -> int:
        """Like `put` for a batch, in one round trip; return how many were taken."""
        return sum(self._put_each(list(told)))

    def unname(self, network: str, author: str) -> int:
        """Take the names of `author` out of the lists `people_in`, in place; return of how many copies.

        The one exception to the rule above: the owner says the same soon, or has said it; a copy held for the
        moment keeps its version, so that the owner's word still replaces it.
        """
        changed = 0
        for people in self.people_in:
            named = f"{people}.$[one]"
            unnamed = {f"{named}.{key}": value for key, value in UNNAMED.items()}
            with reaching():
                changed += self.documents.update_many(
                    {"network": network, f"{people}.person_id": author},
                    {"$set": unnamed},
                    array_filters=[{"one.person_id": author}],
                ).modified_count
        return changed

    def forget(self, network: str, id: str, at: datetime) -> None:
        """Turn the copy of `id` into a tombstone, in place, at the version it is held."""
        with reaching():
            held = self.documents.find_one({"_id": id, "network": network}, {"version": 1})
            if held is not None:
                grave = {"network": network, "version": held["version"], "gone_at": at}
                self.documents.replace_one({"_id": id, "version": held["version"]}, grave)

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

    def _put_each(self, told: list[Told]) -> list[bool]:
        newest: dict[str, Told] = {}
        for each in told:
            if each.id not in newest or newest[each.id].version < each.version:
                newest[each.id] = each
        left = list(newest.values())
        crash_point("copies.before_write")
        with reaching():
            for _ in range(2):  # a second duplicate means: we hold this or a newer one
                left = self._not_taken(left)
        crash_point("copies.after_write")
        return [newest[each.id] is each and each not in left for each in told]

    def _not_taken(self, told: list[Told]) -> list[Told]:
        """Write all; return those that met a document: a newer one, or somebody else's first."""
        if not told:
            return []
        try:
            self.documents.bulk_write(
                [ReplaceOne(*_replacement(each), upsert=True) for each in told], ordered=False
            )
        except BulkWriteError as error:
            failed = error.details["writeErrors"]
            if any(each["code"] != DUPLICATE_KEY for each in failed):
                raise
            return [told[each["index"]] for each in failed]
        return []


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
