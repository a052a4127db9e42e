"""Enrollments as MongoDB documents. What somebody answered is sealed under their own key."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict

from services.contracts.events import Fact
from services.kit.documents import Page
from services.kit.mongo import Document, Index, reaching
from services.kit.store import Aggregates
from services.membership.domain.enrollments import Enrollment, enrollment_id, told_enrollment, told_pledge
from services.membership.domain.pledges import NONE, Pledge
from services.membership.domain.taking_part import TAKING_PART

PLAIN = ("program_id", "person_id", "cohort_id", "standing")
LATER = ("round", "applied_at", "offer_until", "paused_until", "reason", "left_at", "is_late")


class MongoEnrollments(Aggregates[Enrollment]):
    """One enrollment a person and program, under an id that follows from both."""

    collection = "enrollments"
    kind = "enrollment"
    sealed = ("said",)
    indexes = (
        Index("enrollments_of_program", [("network", 1), ("program_id", 1), ("standing", 1), ("_id", 1)]),
        Index("enrollments_of_person", [("network", 1), ("person_id", 1)]),
        Index("asked_supervisors", [("network", 1), ("pledge.supervisor_id", 1)], sparse=True),
    )

    def to_document(self, aggregate: Enrollment) -> Document:
        answers = dict(aggregate.answers) or None
        sealed = self.seal(aggregate, "said", answers, cohort=aggregate.id, author=aggregate.person_id)
        return {name: getattr(aggregate, name) for name in (*PLAIN, *LATER)} | {
            "said": sealed,
            "pledge": asdict(aggregate.pledge),
        }

    def to_aggregate(self, document: Document) -> Enrollment:
        return Enrollment(
            **self.identity(document),
            **{name: document[name] for name in PLAIN},
            **{name: document[name] for name in LATER if name in document},  # older ones lack these
            answers=self.unseal(document, "said", document.get("said")) or {},
            pledge=Pledge(**document.get("pledge", {})),
        )

    def restated(self, aggregate: Enrollment) -> tuple[Fact, ...]:
        enrollment = told_enrollment(aggregate)
        return (enrollment,) if aggregate.pledge.standing == NONE else (enrollment, told_pledge(aggregate))

    def of_person_in(self, network: str, program_id: str, person_id: str) -> Enrollment | None:
        """Return somebody's enrollment in a program, None where there is none."""
        return self.find_one(network, {"_id": enrollment_id(network, program_id, person_id)})

    def by_people(self, network: str, program_id: str, ids: Iterable[str]) -> dict[str, Enrollment]:
        """Return person id -> their enrollment in a program, of those who have one."""
        wanted = [enrollment_id(network, program_id, one) for one in ids]
        return {one.person_id: one for one in self.find(network, {"_id": {"$in": wanted}})}

    def of_person(self, network: str, person_id: str) -> list[Enrollment]:
        """Return what somebody ever enrolled in or applied to."""
        return self.find(network, {"person_id": person_id}, [("_id", 1)])

    def of_program(
        self, network: str, program_id: str, limit: int, after: str | None, standing: str | None = None
    ) -> Page[Enrollment]:
        """Return one page of a program's enrollments, of one standing or of all, in the order of ids."""
        where = {"program_id": program_id} | ({"standing": standing} if standing else {})
        return self.page(network, where, [("_id", 1)], limit, after)

    def waiting_people(self, network: str, program_id: str) -> list[str]:
        """Return the ids of everyone enrolled who is in no cohort yet and has not paused, in order."""
        where = {
            "network": network,
            "program_id": program_id,
            "standing": "enrolled",
            "$nor": [{"paused_until": {"$gt": self.floor.clock.now()}}],
        }
        with reaching():
            found = self.documents.find(where, {"person_id": 1})
            return sorted(each["person_id"] for each in found)

    def holders(self, network: str, program_id: str) -> list[str]:
        """Return the ids of everyone who takes part in a program, in order."""
        where = {"network": network, "program_id": program_id, "standing": {"$in": list(TAKING_PART)}}
        with reaching():
            return sorted(each["person_id"] for each in self.documents.find(where, {"person_id": 1}))

    def standings(self, network: str, program_id: str) -> Counter[tuple[str, bool]]:
        """Return how many enrollments of a program there are of each (standing, is late)."""
        where = {"network": network, "program_id": program_id}
        names = {"standing": 1, "is_late": 1}
        with reaching():
            found = self.documents.find(where, names)
            return Counter((each["standing"], each.get("is_late", False)) for each in found)

    def reasons(self, network: str, program_id: str) -> list[str]:
        """Return why people left a program, in the order in which they did."""
        where = {"network": network, "program_id": program_id, "standing": "withdrawn", "reason": {"$gt": ""}}
        with reaching():
            found = self.documents.find(where, {"reason": 1}).sort([("left_at", 1), ("_id", 1)])
            return [each["reason"] for each in found]

    def asking(self, network: str, person_id: str) -> Iterable[Enrollment]:
        """Return the enrollments whose supervisor somebody was asked to be."""
        return self.find(network, {"pledge.supervisor_id": person_id}, [("_id", 1)])
