"""The audit trail in MongoDB: an entry is inserted, gets its place in the chain once, and never changes."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from pymongo import UpdateOne
from pymongo.errors import DuplicateKeyError

from services.kit.crash import crash_point
from services.kit.floor import Floor
from services.kit.mongo import Document, Index, create_indexes, reaching
from services.kit.store import Aggregates
from services.membership.domain.audit import Chain, Entry, Link, Stretch

PLAIN = ("kind", "at", "source", "actor_kind", "actor_id", "word", "request_id")


class MongoAuditEntries:
    """Notes of all networks. Append-only: there is nothing here that removes or rewrites one."""

    INDEXES = (
        Index("entries_of_chain", [("network", 1), ("sequence", 1)], where={"sequence": {"$gt": 0}}),
        Index("entries_of_kind", [("network", 1), ("kind", 1), ("sequence", 1)]),
        Index("entries_of_actor", [("network", 1), ("actor_id", 1), ("sequence", 1)]),
        Index("entries_about", [("network", 1), ("about", 1), ("sequence", 1)]),
        Index(
            "waiting_entries", [("network", 1), ("at", 1), ("_id", 1)], where={"is_waiting": {"$eq": True}}
        ),
    )

    def __init__(self, floor: Floor) -> None:
        self._documents = floor.database["audit_entries"]

    def prepare(self) -> None:
        """Create the indexes; repeating changes nothing."""
        create_indexes(self._documents, self.INDEXES)

    def keep(self, entry: Entry) -> None:
        """Keep a note; one that is there already stays as it is."""
        document = {name: getattr(entry, name) for name in PLAIN}
        document |= {"network": entry.network, "about": list(entry.about), "is_waiting": True}
        crash_point("audit.before_write")
        try:
            with reaching():
                self._documents.insert_one({"_id": entry.id, **document})
        except DuplicateKeyError:
            return

    def waiting(self, network: str, most: int) -> list[Entry]:
        """Return the oldest notes that have no place in the chain yet."""
        with reaching():
            found = self._documents.find({"network": network, "is_waiting": True})
            return [_entry(each) for each in found.sort([("at", 1), ("_id", 1)]).limit(most)]

    def place(self, network: str, links: Iterable[Link]) -> None:
        """Write into entries where they stand; one that has its place keeps it."""
        updates = [
            UpdateOne(
                {"_id": link.entry_id, "network": network, "is_waiting": True},
                {"$set": {"sequence": link.sequence, "hash": link.hash}, "$unset": {"is_waiting": ""}},
            )
            for link in links
        ]
        crash_point("audit.before_places")
        with reaching():
            self._documents.bulk_write(updates, ordered=False)

    def along(self, network: str, after: int, most: int) -> list[Entry]:
        """Return entries in the order of the chain."""
        with reaching():
            found = self._documents.find({"network": network, "sequence": {"$gt": after}})
            return [_entry(each) for each in found.sort("sequence", 1).limit(most)]

    def page(self, network: str, wanted: Mapping[str, Any], limit: int, after: str | None) -> Stretch:
        """Return a page of what fits, newest first.

        Args:
            wanted: `kind`, `actor_id`, `about` (an id), `since` and `until` (aware times); None: any.
            after: the sequence of the last entry of the page before.
        """
        place: Document = {"$gt": 0}
        if after is not None and after.isdigit():
            place["$lt"] = int(after)
        where: Document = {"network": network, "sequence": place}
        where |= {name: wanted[name] for name in ("kind", "actor_id", "about") if wanted.get(name)}
        if times := _between(wanted.get("since"), wanted.get("until")):
            where["at"] = times
        with reaching():
            found = list(self._documents.find(where).sort("sequence", -1).limit(limit + 1))
        following = str(found[limit - 1]["sequence"]) if len(found) > limit else None
        return Stretch([_entry(each) for each in found[:limit]], following)


class MongoAuditChains(Aggregates[Chain]):
    """One document a network: the last link, and those being written."""

    collection = "audit_chains"
    kind = "audit_chain"

    def to_document(self, aggregate: Chain) -> Document:
        return {
            "sequence": aggregate.sequence,
            "hash": aggregate.hash,
            "pending": [vars(link) for link in aggregate.pending],
        }

    def to_aggregate(self, document: Document) -> Chain:
        return Chain(
            **self.identity(document),
            sequence=document["sequence"],
            hash=document["hash"],
            pending=tuple(Link(**link) for link in document["pending"]),
        )

    def networks(self) -> list[str]:
        """Return the networks that have a chain; for the operator, who verifies them all."""
        with reaching():
            return sorted(each["_id"] for each in self.documents.find({}, {"_id": 1}))


def _between(since: datetime | None, until: datetime | None) -> Document:
    bounds = {"$gte": since, "$lt": until}
    return {name: moment for name, moment in bounds.items() if moment is not None}


def _entry(document: Document) -> Entry:
    return Entry(
        id=document["_id"],
        network=document["network"],
        about=tuple(document["about"]),
        sequence=document.get("sequence"),
        hash=document.get("hash"),
        **{name: document[name] for name in PLAIN},
    )
