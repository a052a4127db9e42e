"""Timetables and slots as MongoDB documents."""

from collections.abc import Iterable
from datetime import datetime

from services.contracts.events import Fact
from services.contracts.events.scheduling import SessionScheduled
from services.kit.mongo import Document, Index
from services.kit.store import Aggregates, Page
from services.scheduling.domain.slot import Slot, tell
from services.scheduling.domain.timetable import Timetable

EARLIEST_FIRST = (("starts_at", 1),)


class MongoTimetables(Aggregates[Timetable]):
    """One plan a cohort."""

    collection = "timetables"
    kind = "timetable"
    indexes = (Index("plan_of_cohort", [("network", 1), ("cohort_id", 1)]),)

    def to_document(self, aggregate: Timetable) -> Document:
        return {
            "cohort_id": aggregate.cohort_id,
            "program_id": aggregate.program_id,
            "minutes": aggregate.minutes,
            "wait_until": aggregate.wait_until,
            "standing": aggregate.standing,
            "zone": aggregate.zone,
            "starts": list(aggregate.starts),
            "plans": aggregate.plans,
            "shape": 1,
        }

    def to_aggregate(self, document: Document) -> Timetable:
        return Timetable(
            **self.identity(document),
            cohort_id=document["cohort_id"],
            program_id=document["program_id"],
            minutes=document["minutes"],
            wait_until=document["wait_until"],
            standing=document["standing"],
            zone=document["zone"],
            starts=tuple(document["starts"]),
            plans=document["plans"],
        )

    def planned_for(self, network: str, cohort_ids: Iterable[str]) -> list[Timetable]:
        """Return the plans of these cohorts whose slots are not all made yet."""
        where = {"cohort_id": {"$in": list(cohort_ids)}, "standing": "planned"}
        return self.find(network, where)


class MongoSlots(Aggregates[Slot]):
    """The sessions' times and places; their announcements are the timetable everybody else knows."""

    collection = "slots"
    kind = "slot"
    indexes = (Index("slots_of_cohorts", [("network", 1), ("cohort_id", 1), ("starts_at", 1)]),)

    def to_document(self, aggregate: Slot) -> Document:
        return {
            "cohort_id": aggregate.cohort_id,
            "program_id": aggregate.program_id,
            "number": aggregate.number,
            "of": aggregate.of,
            "minutes": aggregate.minutes,
            "wall_start": aggregate.wall_start,
            "zone": aggregate.zone,
            "starts_at": aggregate.starts_at,
            "ends_at": aggregate.ends_at,
            "place": aggregate.place,
            "sequence": aggregate.sequence,
            "standing": aggregate.standing,
            "shape": 1,
        }

    def to_aggregate(self, document: Document) -> Slot:
        return Slot(
            **self.identity(document),
            cohort_id=document["cohort_id"],
            program_id=document["program_id"],
            number=document["number"],
            of=document["of"],
            minutes=document["minutes"],
            wall_start=document["wall_start"],
            zone=document["zone"],
            starts_at=document["starts_at"],
            ends_at=document["ends_at"],
            place=document["place"],
            sequence=document["sequence"],
            standing=document["standing"],
        )

    def restated(self, aggregate: Slot) -> Fact:
        return tell(aggregate, SessionScheduled)

    def of_cohorts(self, network: str, cohort_ids: Iterable[str]) -> list[Slot]:
        """Return all slots of these cohorts, earliest first."""
        return self.find(network, {"cohort_id": {"$in": list(cohort_ids)}}, EARLIEST_FIRST)

    def page_of(
        self,
        network: str,
        cohort_ids: Iterable[str],
        limit: int,
        after: str | None,
        since: datetime | None = None,
    ) -> Page[Slot]:
        """Return a page of these cohorts' slots, earliest first; with `since` those not over by then."""
        where: Document = {"cohort_id": {"$in": list(cohort_ids)}}
        if since is not None:
            where["ends_at"] = {"$gt": since}
        return self.page(network, where, EARLIEST_FIRST, limit, after)
