"""What scheduling keeps of a cohort that membership announced: who meets, how often, since when."""

from dataclasses import dataclass
from datetime import date

from services.contracts.caller import Caller
from services.contracts.events.cohorts import CohortState, RosterEntry
from services.scheduling.domain.planning import Series

STAFF = ("program_staff", "network_admin")


@dataclass(frozen=True)
class Seat:
    """One person of a cohort and the zone they live in."""

    person_id: str
    zone: str


@dataclass(frozen=True)
class Cohort:
    """A cohort as last heard of: its present members and facilitators. `on_hold`: it waits for staff."""

    id: str
    network: str
    program_id: str
    members: tuple[Seat, ...]
    facilitators: tuple[Seat, ...]
    series: Series
    standing: str
    on_hold: bool = False

    @property
    def member_ids(self) -> frozenset[str]:
        return frozenset(seat.person_id for seat in self.members)

    @property
    def facilitator_ids(self) -> frozenset[str]:
        return frozenset(seat.person_id for seat in self.facilitators)

    def is_seen_by(self, caller: Caller) -> bool:
        """True for its members, its facilitators and the program's staff, in its own network."""
        if caller.kind != "person" or caller.network != self.network:
            return False
        ours = self.member_ids | self.facilitator_ids
        return caller.person_id in ours or caller.has_role(*STAFF)

    def is_arranged_by(self, caller: Caller) -> bool:
        """True for who may move its sessions: its facilitators and the program's staff."""
        if not self.is_seen_by(caller):
            return False
        return caller.person_id in self.facilitator_ids or caller.has_role(*STAFF)


def cohort_heard(fact: CohortState) -> Cohort:
    """Return the cohort as `fact` tells it; who left is left out."""
    return Cohort(
        id=fact.cohort_id,
        network=fact.network,
        program_id=fact.program_id,
        members=_seats(fact.roster),
        facilitators=_seats(fact.facilitators),
        series=Series(
            count=fact.session_count,
            minutes=fact.session_minutes,
            weeks_between=fact.weeks_between,
            starts_on=date.fromisoformat(fact.starts_on),
        ),
        standing=fact.standing,
        on_hold=fact.on_hold,
    )


def _seats(entries: tuple[RosterEntry, ...]) -> tuple[Seat, ...]:
    return tuple(Seat(entry.person_id, entry.zone) for entry in entries if entry.standing == "member")
