"""A cohort's timetable: the plan from which its sessions' slots are made, once.

    waiting ──(everybody's hours are known, or waited long enough)──> planned ──(slots made)──> placed

The plan is written before any slot, so two cohorts that share a facilitator see each other's: when both
planned the same time, what has slots already keeps it, else the one with the smaller id (MECHANISMS P2).
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from services.kit.due_entry import Due
from services.kit.ids import derived_id
from services.scheduling.domain.cohort import Cohort
from services.scheduling.domain.planning import Plan
from services.scheduling.domain.slot import Slot
from services.scheduling.domain.walltime import read_wall, span, write_wall, zone_of

Span = tuple[datetime, datetime]
PATIENCE = timedelta(seconds=60)  # how long a plan waits for people's hours that have not arrived yet
LOOK_AGAIN = timedelta(seconds=2)
HELD_LOOK = timedelta(minutes=1)
PLANS_AT_MOST = 5  # how often a plan is made anew because a facilitator's time was taken meanwhile


@dataclass(frozen=True)
class Timetable:
    """The plan of one cohort's sessions; `starts` are wall times on the clocks of `zone`.

    `standing` is "waiting", "planned" or "placed"; `plans` counts how often it was planned.
    """

    id: str
    network: str
    cohort_id: str
    program_id: str
    minutes: int
    wait_until: datetime
    standing: str = "waiting"
    zone: str = ""
    starts: tuple[str, ...] = ()
    plans: int = 0
    revision: int = 0
    due: tuple[Due, ...] = ()

    def spans(self) -> list[Span]:
        """Return start and end in UTC of each planned session."""
        zone = zone_of(self.zone) if self.starts else None
        return [span(read_wall(start), self.minutes, zone) for start in self.starts] if zone else []


def timetable_id(cohort_id: str) -> str:
    """Return the id of the one timetable a cohort can have."""
    return derived_id("tim", cohort_id)


def session_id(cohort_id: str, number: int) -> str:
    """Return the id of a cohort's `number`-th session; the same each time it is asked."""
    return derived_id("ses", cohort_id, str(number))


def begin_timetable(cohort: Cohort, now: datetime) -> Timetable:
    """Begin a cohort's timetable; it is planned as soon as its people's hours are known."""
    return Timetable(
        id=timetable_id(cohort.id),
        network=cohort.network,
        cohort_id=cohort.id,
        program_id=cohort.program_id,
        minutes=cohort.series.minutes,
        wait_until=now + PATIENCE,
        due=(Due("plan", now),),
    )


def await_hours(timetable: Timetable, now: datetime) -> Timetable:
    """Look again a little later, and at the latest when patience ends."""
    again = min(now + LOOK_AGAIN, max(timetable.wait_until, now))
    return replace(timetable, due=(Due("plan", again),))


def await_staff(timetable: Timetable, now: datetime) -> Timetable:
    """Look again in a minute: a cohort on hold gets no dates until the program's staff have resolved it."""
    return replace(timetable, due=(Due("plan", now + HELD_LOOK),))


def adopt_plan(timetable: Timetable, plan: Plan, now: datetime) -> Timetable:
    """Keep `plan`; its slots are made as the next step."""
    return replace(
        timetable,
        standing="planned",
        zone=plan.zone,
        starts=tuple(write_wall(start) for start in plan.starts),
        plans=timetable.plans + 1,
        due=(Due("place", now),),
    )


def plan_anew(timetable: Timetable, now: datetime) -> Timetable:
    """Give up a plan whose time was taken by somebody who goes first."""
    return replace(timetable, standing="waiting", due=(Due("plan", now),))


def must_yield(timetable: Timetable, taken: Iterable[Span]) -> bool:
    """True when the plan overlaps a time `taken` by a cohort that goes first, and may be made anew."""
    if timetable.plans >= PLANS_AT_MOST:
        return False
    spans = timetable.spans()
    return any(start < end and begin < stop for begin, end in taken for start, stop in spans)


def slots_of(timetable: Timetable) -> list[Slot]:
    """Return the slots a planned timetable consists of, in order; their ids never change."""
    return [
        Slot(
            id=session_id(timetable.cohort_id, number),
            network=timetable.network,
            cohort_id=timetable.cohort_id,
            program_id=timetable.program_id,
            number=number,
            of=len(timetable.starts),
            minutes=timetable.minutes,
            wall_start=timetable.starts[number - 1],
            zone=timetable.zone,
            starts_at=starts_at,
            ends_at=ends_at,
        )
        for number, (starts_at, ends_at) in enumerate(timetable.spans(), start=1)
    ]


def finish_placing(timetable: Timetable) -> Timetable:
    """All slots are made."""
    return replace(timetable, standing="placed", due=())
