"""Programs and enrollments as MongoDB documents."""

from dataclasses import asdict, fields
from datetime import date

from services.contracts.events import Fact
from services.kit.documents import Page
from services.kit.mongo import Document, Index, reaching
from services.kit.store import Aggregates
from services.membership.domain.enrollments import Enrollment, told_enrollment
from services.membership.domain.programs import Program, told_program
from services.membership.domain.wishes import Enhances

LISTS = ("secondary_outcomes", "reasons", "warnings")
KEPT_BY_THE_STORE = ("id", "network", "revision")


class MongoPrograms(Aggregates[Program]):
    collection = "programs"
    kind = "program"
    indexes = (Index("programs_of_network", [("network", 1), ("_id", -1)]),)

    def to_document(self, aggregate: Program) -> Document:
        names = [field.name for field in fields(Program) if field.name not in KEPT_BY_THE_STORE]
        state = {name: getattr(aggregate, name) for name in names}
        return (
            state
            | {name: list(state[name]) for name in LISTS}
            | {
                "starts_on": aggregate.starts_on.isoformat(),
                "enhances": asdict(aggregate.enhances) if aggregate.enhances else None,
            }
        )

    def to_aggregate(self, document: Document) -> Program:
        names = [field.name for field in fields(Program) if field.name not in KEPT_BY_THE_STORE]
        state = {name: document[name] for name in names if name in document}  # older ones lack the newest
        lists = {name: tuple(state[name]) for name in LISTS}
        read = {
            "starts_on": date.fromisoformat(document["starts_on"]),
            "enhances": Enhances(**document["enhances"]) if document.get("enhances") else None,
        }
        return Program(**self.identity(document), **(state | lists | read))

    def restated(self, aggregate: Program) -> Fact:
        return told_program(aggregate)

    def newest(self, network: str, limit: int, after: str | None) -> Page[Program]:
        """Return one page, the newest first."""
        return self.page(network, {}, [("_id", -1)], limit, after)


class MongoEnrollments(Aggregates[Enrollment]):
    collection = "enrollments"
    kind = "enrollment"
    indexes = (
        Index("enrollments_of_program", [("network", 1), ("program_id", 1), ("standing", 1), ("_id", 1)]),
        Index("enrollments_of_person", [("network", 1), ("person_id", 1)]),
    )

    def to_document(self, aggregate: Enrollment) -> Document:
        return {
            "program_id": aggregate.program_id,
            "person_id": aggregate.person_id,
            "cohort_id": aggregate.cohort_id,
            "standing": aggregate.standing,
        }

    def to_aggregate(self, document: Document) -> Enrollment:
        names = ("program_id", "person_id", "cohort_id", "standing")
        return Enrollment(**self.identity(document), **{name: document[name] for name in names})

    def restated(self, aggregate: Enrollment) -> Fact:
        return told_enrollment(aggregate)

    def of_program(self, network: str, program_id: str, limit: int, after: str | None) -> Page[Enrollment]:
        """Return one page of a program's enrollments, in the order of ids."""
        return self.page(network, {"program_id": program_id}, [("_id", 1)], limit, after)

    def waiting_people(self, network: str, program_id: str) -> list[str]:
        """Return the ids of everyone enrolled who is in no cohort yet, in order."""
        where = {"network": network, "program_id": program_id, "standing": "enrolled"}
        with reaching():
            return sorted(each["person_id"] for each in self.documents.find(where, {"person_id": 1}))
