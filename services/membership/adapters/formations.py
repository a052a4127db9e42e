"""Formations as MongoDB documents; progress is noted beside the guarded saves."""

from dataclasses import asdict
from datetime import date
from typing import Any

from services.kit.context import work
from services.kit.documents import Page
from services.kit.mongo import Document, Index, reaching
from services.kit.outcomes import Overtaken
from services.kit.store import Aggregates
from services.membership.domain.formation_options import PAIRS, Options
from services.membership.domain.formations import Broken, Formation, Group, Term, Unplaced

PLAIN = (
    "program_id", "seed", "moves", "asked_by", "standing", "tried", "planned", "placed", "people",
    "roster_hash", "formed", "is_cancel_wanted",
)  # fmt: skip
ADDED = {"moved": 0, "reason": "", "attempts": 0}  # fields that older documents have not


class MongoFormations(Aggregates[Formation]):
    collection = "formations"
    kind = "formation"
    indexes = (Index("formations_of_program", [("network", 1), ("program_id", 1), ("_id", -1)]),)

    def to_document(self, aggregate: Formation) -> Document:
        return {name: getattr(aggregate, name) for name in (*PLAIN, *ADDED)} | {
            "starts_on": aggregate.starts_on.isoformat(),
            "groups": [_kept_group(group) for group in aggregate.groups],
            "unplaced": [asdict(one) for one in aggregate.unplaced],
            "notes": list(aggregate.notes),
            "options": asdict(aggregate.options),
            "locked": list(aggregate.locked),
            "conflicts": [asdict(one) for one in aggregate.conflicts],
        }

    def to_aggregate(self, document: Document) -> Formation:
        return Formation(
            **self.identity(document),
            **{name: document[name] for name in PLAIN},
            **{name: document.get(name, blank) for name, blank in ADDED.items()},
            starts_on=date.fromisoformat(document["starts_on"]),
            groups=tuple(_group(group) for group in document["groups"]),
            unplaced=tuple(Unplaced(**one) for one in document["unplaced"]),
            notes=tuple(document["notes"]),
            options=_options(document.get("options", {})),
            locked=tuple(document.get("locked", ())),
            conflicts=tuple(_broken(one) for one in document.get("conflicts", ())),
        )

    def of_program(self, network: str, program_id: str, limit: int, after: str | None) -> Page[Formation]:
        """Return one page of a program's formations, the newest first."""
        return self.page(network, {"program_id": program_id}, [("_id", -1)], limit, after)

    def note_attempt(self, formation: Formation) -> int:
        """Note that a worker begins, without a new revision; return how often one did.

        Raises:
            Overtaken: another runner holds this work by now, or there is none any more.
        """
        return int(self._noted(formation, {"$inc": {"attempts": 1}})["attempts"])

    def note_progress(self, formation: Formation, tried: int, planned: int, placed: int) -> bool:
        """Note how far the search is, without a new revision; return whether somebody wants it ended.

        Raises:
            Overtaken: another runner holds this work by now, or there is none any more.
        """
        progress = {"tried": tried, "planned": planned, "placed": placed}
        return bool(self._noted(formation, {"$set": progress})["is_cancel_wanted"])

    def _noted(self, formation: Formation, change: Document) -> Document:
        ours: Document = {"_id": formation.id, "network": formation.network, "standing": "searching"}
        if work().fence is not None:
            ours["fence"] = work().fence
        with reaching():
            document = self.documents.find_one_and_update(
                ours, change, projection={"is_cancel_wanted": 1, "attempts": 1}, return_document=True
            )
        if document is None:
            raise Overtaken
        return document


def _kept_group(group: Group) -> Document:
    return {
        "members": list(group.members),
        "starts_at": group.starts_at,
        "terms": [asdict(term) for term in group.terms],
        "facilitators": list(group.facilitators),
        "broken": [asdict(one) for one in group.broken],
        "common": f"{group.common:x}",  # more bits than a number of the database has
    }


def _group(document: Document) -> Group:
    return Group(
        tuple(document["members"]),
        document["starts_at"],
        tuple(Term(**term) for term in document["terms"]),
        tuple(document.get("facilitators", ())),
        tuple(_broken(one) for one in document.get("broken", ())),
        int(document.get("common", "0"), 16),
    )


def _broken(document: Document) -> Broken:
    return Broken(document["rule"], tuple(document["people"]), document["words"])


def _options(document: Document) -> Options:
    given: dict[str, Any] = dict(document)
    for name in (*PAIRS, "weights"):
        given[name] = tuple(tuple(pair) for pair in given.get(name, ()))
    return Options(**given)
