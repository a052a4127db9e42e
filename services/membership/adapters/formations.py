"""Formations as MongoDB documents; progress is noted beside the guarded saves."""

from dataclasses import asdict
from datetime import date

from services.kit.context import work
from services.kit.documents import Page
from services.kit.mongo import Document, Index, reaching
from services.kit.outcomes import Overtaken
from services.kit.store import Aggregates
from services.membership.domain.formations import Formation, Group, Term, Unplaced

PLAIN = (
    "program_id", "seed", "moves", "asked_by", "standing", "tried", "planned", "placed", "people",
    "roster_hash", "formed", "is_cancel_wanted",
)  # fmt: skip


class MongoFormations(Aggregates[Formation]):
    collection = "formations"
    kind = "formation"
    indexes = (Index("formations_of_program", [("network", 1), ("program_id", 1), ("_id", -1)]),)

    def to_document(self, aggregate: Formation) -> Document:
        return {name: getattr(aggregate, name) for name in PLAIN} | {
            "starts_on": aggregate.starts_on.isoformat(),
            "groups": [
                {
                    "members": list(group.members),
                    "starts_at": group.starts_at,
                    "terms": [asdict(term) for term in group.terms],
                }
                for group in aggregate.groups
            ],
            "unplaced": [asdict(one) for one in aggregate.unplaced],
            "notes": list(aggregate.notes),
        }

    def to_aggregate(self, document: Document) -> Formation:
        return Formation(
            **self.identity(document),
            **{name: document[name] for name in PLAIN},
            starts_on=date.fromisoformat(document["starts_on"]),
            groups=tuple(_group(group) for group in document["groups"]),
            unplaced=tuple(Unplaced(**one) for one in document["unplaced"]),
            notes=tuple(document["notes"]),
        )

    def of_program(self, network: str, program_id: str, limit: int, after: str | None) -> Page[Formation]:
        """Return one page of a program's formations, the newest first."""
        return self.page(network, {"program_id": program_id}, [("_id", -1)], limit, after)

    def note_progress(self, formation: Formation, tried: int, planned: int, placed: int) -> bool:
        """Note how far the search is, without a new revision; return whether somebody wants it ended.

        Raises:
            Overtaken: another runner holds this work by now.
        """
        ours: Document = {"_id": formation.id, "network": formation.network, "standing": "searching"}
        if work().fence is not None:
            ours["fence"] = work().fence
        with reaching():
            document = self.documents.find_one_and_update(
                ours,
                {"$set": {"tried": tried, "planned": planned, "placed": placed}},
                projection={"is_cancel_wanted": 1},
            )
        if document is None:
            raise Overtaken
        return bool(document["is_cancel_wanted"])


def _group(document: Document) -> Group:
    terms = tuple(Term(**term) for term in document["terms"])
    return Group(tuple(document["members"]), document["starts_at"], terms)
