"""Copies of cohorts and people, as far as planning needs them."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from services.kit.copies import Copies
from services.kit.floor import Floor
from services.kit.mongo import Index, reaching
from services.scheduling.domain.cohort import Cohort, Seat
from services.scheduling.domain.hours import Hours
from services.scheduling.domain.planning import Series


class CohortCopies:
    """Membership's cohorts: who is in them, who leads them, how often they meet."""

    def __init__(self, floor: Floor) -> None:
        self._copies = Copies(
            floor,
            "copied_cohorts",
            (
                Index("cohorts_of_member", [("network", 1), ("members.person_id", 1)]),
                Index("cohorts_of_facilitator", [("network", 1), ("facilitators.person_id", 1)]),
            ),
        )
        self.prepare = self._copies.prepare

    def keep(self, cohort: Cohort, version: int) -> bool:
        """Take over the cohort, unless a newer one is held; return whether it was taken."""
        fields = {
            "program_id": cohort.program_id,
            "members": [_document(seat) for seat in cohort.members],
            "facilitators": [_document(seat) for seat in cohort.facilitators],
            "count": cohort.series.count,
            "minutes": cohort.series.minutes,
            "weeks_between": cohort.series.weeks_between,
            "starts_on": cohort.series.starts_on.isoformat(),
            "standing": cohort.standing,
            "on_hold": cohort.on_hold,
        }
        return self._copies.put(cohort.network, cohort.id, version, fields)

    def unseat(self, network: str, person_id: str) -> int:
        """Take a forgotten person's seat and zone out of the copies, in place; return of how many."""
        seats = {"person_id": person_id}
        where = {
            "network": network,
            "$or": [{"members.person_id": person_id}, {"facilitators.person_id": person_id}],
        }
        with reaching():
            return self._copies.documents.update_many(
                where, {"$pull": {"members": seats, "facilitators": seats}}
            ).modified_count

    def find(self, network: str, cohort_id: str) -> Cohort | None:
        """Return the cohort as last heard of."""
        copy = self._copies.get(network, cohort_id)
        return _cohort(copy) if copy else None

    def of_people(self, network: str, person_ids: Iterable[str]) -> list[Cohort]:
        """Return the cohorts in which any of these people is a member or a facilitator."""
        anyone = {"$in": list(person_ids)}
        where = {"$or": [{"members.person_id": anyone}, {"facilitators.person_id": anyone}]}
        return [_cohort(copy) for copy in self._copies.find(network, where)]


class PersonCopies:
    """When and where people can meet."""

    def __init__(self, floor: Floor) -> None:
        self._copies = Copies(floor, "copied_people")
        self.prepare = self._copies.prepare

    def keep(self, network: str, person_id: str, version: int, zone: str, hours: tuple[Hours, ...]) -> bool:
        """Take over a person's hours, unless newer ones are held; return whether they were taken."""
        blocks = [[block.day, block.from_minute, block.to_minute] for block in hours]
        return self._copies.put(network, person_id, version, {"zone": zone, "hours": blocks})

    def bury(self, network: str, person_id: str, version: int, at: datetime) -> bool:
        """Keep nothing of a person who is gone but that they are; return whether that was news."""
        return self._copies.bury(network, person_id, version, at)

    def forget(self, network: str, person_id: str, at: datetime) -> None:
        """Let go of the hours that are held of a person, whatever their version."""
        self._copies.forget(network, person_id, at)

    def hours_of(self, network: str, person_ids: Iterable[str]) -> dict[str, tuple[str, tuple[Hours, ...]]]:
        """Return (zone, hours) of those that are known."""
        known = self._copies.find(network, {"_id": {"$in": list(person_ids)}})
        return {copy["id"]: (copy["zone"], tuple(Hours(*block) for block in copy["hours"])) for copy in known}


def _document(seat: Seat) -> dict[str, str]:
    return {"person_id": seat.person_id, "zone": seat.zone}


def _seats(documents: Iterable[dict[str, str]]) -> tuple[Seat, ...]:
    return tuple(Seat(each["person_id"], each["zone"]) for each in documents)


def _cohort(copy: dict[str, Any]) -> Cohort:
    return Cohort(
        id=copy["id"],
        network=copy["network"],
        program_id=copy["program_id"],
        members=_seats(copy["members"]),
        facilitators=_seats(copy["facilitators"]),
        series=Series(
            copy["count"], copy["minutes"], copy["weeks_between"], date.fromisoformat(copy["starts_on"])
        ),
        standing=copy["standing"],
        on_hold=copy.get("on_hold", False),
    )
