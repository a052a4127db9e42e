"""Imports as MongoDB documents; the file and the rows beside them, so that a save stays small."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date, timedelta
from typing import Any

from pymongo import ReplaceOne

from services.contracts.events.membership import WeeklyHours
from services.kit.documents import Page
from services.kit.floor import Floor
from services.kit.mongo import Document, Index, create_indexes, reaching
from services.kit.store import Aggregates
from services.membership.domain.imports import Import
from services.membership.domain.roster_check import Placed
from services.membership.domain.roster_rows import Problem, RosterRow

SLICE = 100  # rows or problems of one document
AT_ONCE = 50  # documents of one round trip
KEPT = timedelta(days=30)
LISTS = ("managers", "languages")  # of a row, kept as lists
NOT_PLAIN = ("id", "network", "revision", "due", "hours_on", "failures")


@dataclass(frozen=True)
class Report:
    """Some problems of a roster, in the order of rows, and where the next ones begin."""

    items: list[Problem]
    next: str | None


class MongoImports(Aggregates[Import]):
    collection = "imports"
    kind = "import"
    indexes = (Index("imports_of_network", [("network", 1), ("_id", -1)]),)

    def to_document(self, aggregate: Import) -> Document:
        names = [field.name for field in fields(Import) if field.name not in NOT_PLAIN]
        state: Document = {name: getattr(aggregate, name) for name in names}
        return state | {
            "wanted_mapping": list(aggregate.wanted_mapping.items()),
            "mapping": list(aggregate.mapping.items()),
            "unmapped": list(aggregate.unmapped),
            "new_organizations": list(aggregate.new_organizations),
            "hours_on": aggregate.hours_on.isoformat(),
            "failures": [asdict(problem) for problem in aggregate.failures],
        }

    def to_aggregate(self, document: Document) -> Import:
        names = [field.name for field in fields(Import) if field.name not in NOT_PLAIN]
        state = {name: document[name] for name in names} | {
            "wanted_mapping": dict(document["wanted_mapping"]),
            "mapping": dict(document["mapping"]),
            "unmapped": tuple(document["unmapped"]),
            "new_organizations": tuple(document["new_organizations"]),
            "hours_on": date.fromisoformat(document["hours_on"]),
            "failures": tuple(Problem(**problem) for problem in document["failures"]),
        }
        return Import(**self.identity(document), **state)

    def redact(self, network: str, words: Sequence[str]) -> None:
        """Take values that hold any of `words` out of the failures of every import."""
        with reaching():
            for each in self.documents.find({"network": network, "failures.0": {"$exists": True}}):
                failures = [redacted(problem, words) for problem in each["failures"]]
                if failures != each["failures"]:
                    mine = {"_id": each["_id"], "network": network, "revision": each["revision"]}
                    self.documents.update_one(mine, {"$set": {"failures": failures}})

    def newest(self, network: str, limit: int, after: str | None) -> Page[Import]:
        """Return one page, the newest first."""
        return self.page(network, {}, [("_id", -1)], limit, after)


class MongoImportParts:
    """What belongs to an import and never changes: its file, its good rows and its report, in slices.

    Written again with the same content after a crash; forgotten after thirty days by themselves.
    """

    INDEXES = (Index("forgotten_import_parts", [("forget_at", 1)], expire_seconds=0),)

    def __init__(self, floor: Floor) -> None:
        self._floor = floor
        self.documents = floor.database["import_parts"]

    def prepare(self) -> None:
        """Create the index; repeating changes nothing."""
        create_indexes(self.documents, self.INDEXES)

    def put_file(self, network: str, import_id: str, content: str | bytes) -> None:
        """Keep the file as it came."""
        self._put(network, {f"{import_id}:file": content})

    def file(self, network: str, import_id: str) -> str | bytes:
        """Return the file; empty when it was forgotten."""
        content: str | bytes = self._get(network, f"{import_id}:file") or ""
        return content

    def put_rows(self, network: str, import_id: str, good: Sequence[Placed]) -> int:
        """Keep the good rows; return into how many slices they were cut."""
        return self._put_all(network, f"{import_id}:rows", [_row_out(placed) for placed in good])

    def rows(self, network: str, import_id: str, part: int) -> list[Placed]:
        """Return one slice of the good rows."""
        return [_row_in(row) for row in self._get(network, f"{import_id}:rows:{part}") or []]

    def put_report(self, network: str, import_id: str, problems: Iterable[Problem]) -> None:
        """Keep what is wrong, in the order of rows."""
        self._put_all(network, f"{import_id}:report", [asdict(problem) for problem in problems])

    def report(self, network: str, import_id: str, limit: int, after: str | None) -> Report:
        """Return one page of what is wrong; `after` counts the problems already shown."""
        begins = int(after) if after and after.isdecimal() and len(after) < 8 else 0
        found: list[Document] = []
        part = begins // SLICE
        while len(found) <= limit + begins % SLICE:
            more = self._get(network, f"{import_id}:report:{part}")
            if not more:
                break
            found += more
            part += 1
        shown = found[begins % SLICE :]
        following = str(begins + limit) if len(shown) > limit else None
        return Report([Problem(**each) for each in shown[:limit]], following)

    def forget(self, network: str, import_id: str, slices: int) -> None:
        """Let go of the file and the rows of an import that has ended; its report stays."""
        names = [f"{import_id}:file", *(f"{import_id}:rows:{number}" for number in range(slices))]
        with reaching():
            self.documents.delete_many({"_id": {"$in": names}, "network": network})

    def redact(self, network: str, words: Sequence[str]) -> None:
        """Take values that hold any of `words` out of every report; files and rows go with their imports."""
        with reaching():
            for each in self.documents.find({"network": network, "_id": {"$regex": ":report:"}}):
                content = [redacted(problem, words) for problem in each["content"]]
                if content != each["content"]:
                    mine = {"_id": each["_id"], "network": network}
                    self.documents.update_one(mine, {"$set": {"content": content}})

    def _put_all(self, network: str, name: str, entries: list[Document]) -> int:
        slices = [entries[at : at + SLICE] for at in range(0, len(entries), SLICE)]
        for at in range(0, len(slices), AT_ONCE):
            some = enumerate(slices[at : at + AT_ONCE], at)
            self._put(network, {f"{name}:{number}": content for number, content in some})
        return len(slices)

    def _put(self, network: str, contents: Mapping[str, Any]) -> None:
        forget_at = self._floor.clock.now() + KEPT
        writes = [
            ReplaceOne(
                {"_id": name, "network": network},
                {"network": network, "content": content, "forget_at": forget_at},
                upsert=True,
            )
            for name, content in contents.items()
        ]
        with reaching():
            self.documents.bulk_write(writes)

    def _get(self, network: str, name: str) -> Any:
        with reaching():
            document = self.documents.find_one({"_id": name, "network": network})
        return document["content"] if document else None


def redacted(problem: Document, words: Sequence[str]) -> Document:
    """Return a kept problem without its value, where that holds any of `words`."""
    value = str(problem["value"]).casefold()
    return problem | {"value": ""} if any(word.casefold() in value for word in words if word) else problem


def _row_out(placed: Placed) -> Document:
    hours = [(each.day, each.from_minute, each.to_minute) for each in placed.said.weekly_hours]
    lists = {name: list(getattr(placed.said, name)) for name in LISTS}
    said = vars(placed.said) | lists | {"weekly_hours": hours}
    return {"said": said, "person_id": placed.person_id, "manager_ids": list(placed.manager_ids)}


def _row_in(document: Document) -> Placed:
    said = dict(document["said"])
    said |= {name: tuple(said.get(name, ())) for name in LISTS}
    said["weekly_hours"] = tuple(WeeklyHours(*hours) for hours in said["weekly_hours"])
    return Placed(RosterRow(**said), document["person_id"], tuple(document["manager_ids"]))
