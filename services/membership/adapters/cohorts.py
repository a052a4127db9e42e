"""Cohorts as MongoDB documents, and who holds the role to lead them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, datetime

from services.contracts.events import Fact
from services.contracts.events.cohorts import RosterEntry
from services.kit.documents import Page
from services.kit.floor import Floor
from services.kit.mongo import Document, Index, reaching
from services.kit.store import Aggregates
from services.membership.domain.agreements import Signature, Wording
from services.membership.domain.cohorts import Cohort, Taken, told_cohort

PLAIN = (
    "program_id", "display_name", "form", "session_count", "session_minutes", "weeks_between",
    "agreement_version", "standing", "formation_id", "step",
)  # fmt: skip


class MongoCohorts(Aggregates[Cohort]):
    collection = "cohorts"
    kind = "cohort"
    indexes = (
        Index("cohorts_of_program", [("network", 1), ("program_id", 1), ("_id", 1)]),
        Index("cohorts_of_member", [("network", 1), ("roster.person_id", 1)]),
        Index("cohorts_of_facilitator", [("network", 1), ("facilitators.person_id", 1)]),
        Index("cohorts_on_hold", [("network", 1), ("_id", 1)], where={"on_hold": True}),
    )

    def to_document(self, aggregate: Cohort) -> Document:
        return {name: getattr(aggregate, name) for name in PLAIN} | {
            "roster": [asdict(entry) for entry in aggregate.roster],
            "facilitators": [asdict(entry) for entry in aggregate.facilitators],
            "starts_on": aggregate.starts_on.isoformat(),
            "signed_by": list(aggregate.signed_by),
            "why": list(aggregate.why),
            "barred": list(aggregate.barred),
            "on_hold": aggregate.on_hold,
            "steps": [asdict(one) for one in aggregate.steps],
            "outside": list(aggregate.outside),
            "wordings": [asdict(one) | {"rules": list(one.rules)} for one in aggregate.wordings],
            "signatures": [asdict(one) for one in aggregate.signatures],
        }

    def to_aggregate(self, document: Document) -> Cohort:
        return Cohort(
            **self.identity(document),
            **{name: document[name] for name in PLAIN if name in document},  # older ones lack `step`
            roster=tuple(RosterEntry(**entry) for entry in document["roster"]),
            facilitators=tuple(RosterEntry(**entry) for entry in document["facilitators"]),
            starts_on=date.fromisoformat(document["starts_on"]),
            signed_by=tuple(document["signed_by"]),
            why=tuple(document["why"]),
            barred=tuple(document.get("barred", ())),
            on_hold=document.get("on_hold", False),
            steps=tuple(Taken(**one) for one in document.get("steps", ())),
            outside=tuple(document.get("outside", ())),
            wordings=tuple(
                Wording(**(one | {"rules": tuple(one["rules"])})) for one in document.get("wordings", ())
            ),
            signatures=tuple(Signature(**one) for one in document.get("signatures", ())),
        )

    def restated(self, aggregate: Cohort) -> Fact:
        return told_cohort(aggregate)

    def of_program(self, network: str, program_id: str | None, limit: int, after: str | None) -> Page[Cohort]:
        """Return one page of a program's cohorts, or of all."""
        where: Document = {} if program_id is None else {"program_id": program_id}
        return self.page(network, where, [("_id", 1)], limit, after)

    def of_person(self, network: str, person_id: str) -> list[Cohort]:
        """Return the cohorts somebody is a present member of or leads."""
        member = {"roster": {"$elemMatch": {"person_id": person_id, "standing": "member"}}}
        return self.find(network, {"$or": [member, {"facilitators.person_id": person_id}]}, [("_id", 1)])

    def on_hold(self, network: str, limit: int, after: str | None) -> Page[Cohort]:
        """Return one page of the cohorts whose next session waits."""
        return self.page(network, {"on_hold": True}, [("_id", 1)], limit, after)

    def is_any_of(self, network: str, program_id: str) -> bool:
        """True when the program has a cohort."""
        return self.count(network, {"program_id": program_id}) > 0

    def loads(self, network: str) -> Counter[str]:
        """Return how many running cohorts each facilitator leads."""
        where = {"network": network, "standing": "formed"}
        with reaching():
            found = self.documents.find(where, {"facilitators.person_id": 1})
            return Counter(one["person_id"] for each in found for one in each["facilitators"])


class MongoRoleHolders:
    """Who holds a role, read from the roles that identity keeps in this same database."""

    def __init__(self, floor: Floor) -> None:
        self._roles = floor.database["roles"]

    def holders(self, network: str, roles: Iterable[str], now: datetime) -> list[str]:
        """Return the ids of everyone who holds one of `roles` at this moment, in order."""
        where = {
            "network": network,
            "role": {"$in": list(roles)},
            "standing": "granted",
            "$or": [{"until": None}, {"until": {"$gt": now}}],
        }
        with reaching():
            return sorted({each["person_id"] for each in self._roles.find(where, {"person_id": 1})})
