"""One session's time and place: what people mean is wall time and zone, UTC is derived.

Each change raises `sequence`, which calendars need to tell an older invitation from a newer (RFC 5546).
"""

from dataclasses import dataclass, replace
from datetime import datetime

from services.contracts.events import Fact
from services.contracts.events.scheduling import (
    SessionCancelled,
    SessionRescheduled,
    SessionScheduled,
    SlotState,
)
from services.kit.due_entry import Due
from services.scheduling.domain.refusals import SlotCancelled, SlotPast, TooSoon
from services.scheduling.domain.walltime import read_wall, span, zone_of


@dataclass(frozen=True)
class Slot:
    """When and where one session of a cohort meets. `standing` is "scheduled" or "cancelled"."""

    id: str
    network: str
    cohort_id: str
    program_id: str
    number: int
    of: int
    minutes: int
    wall_start: str
    zone: str
    starts_at: datetime
    ends_at: datetime
    place: str = ""
    sequence: int = 0
    standing: str = "scheduled"
    revision: int = 0
    due: tuple[Due, ...] = ()

    def overlaps(self, starts_at: datetime, ends_at: datetime) -> bool:
        """True when it takes time between the two instants."""
        return self.standing == "scheduled" and self.starts_at < ends_at and starts_at < self.ends_at


def move_slot(slot: Slot, wall_start: str, now: datetime) -> tuple[Slot, list[Fact]]:
    """Put a session at another wall time of its own zone.

    Args:
        wall_start: "2027-01-12T15:00" on the clocks of `slot.zone`.
        now: aware, UTC.

    Returns:
        (slot, facts): moving it to where it is changes nothing and announces nothing.

    Raises:
        SlotCancelled, SlotPast: it is cancelled, or its start is past.
        WallTimeUnreadable, TooSoon: the new start is no wall time, or is past.
    """
    _refuse_settled(slot, now)
    if wall_start == slot.wall_start:
        return slot, []
    starts_at, ends_at = span(read_wall(wall_start), slot.minutes, zone_of(slot.zone))
    if starts_at <= now:
        raise TooSoon(
            "a session can't be moved into the past",
            errors=[{"pointer": "/wall_start", "detail": "lies in the past"}],
        )
    moved = _raised(replace(slot, wall_start=wall_start, starts_at=starts_at, ends_at=ends_at))
    return moved, [tell(moved, SessionRescheduled)]


def place_slot(slot: Slot, place: str, now: datetime) -> tuple[Slot, list[Fact]]:
    """Say where a session meets, a room or a link; announced as a change like any other.

    Raises:
        SlotCancelled, SlotPast: it is cancelled, or its start is past.
    """
    _refuse_settled(slot, now)
    if place == slot.place:
        return slot, []
    placed = _raised(replace(slot, place=place))
    return placed, [tell(placed, SessionRescheduled)]


def cancel_slot(slot: Slot, now: datetime) -> tuple[Slot, list[Fact]]:
    """Call a session off; doing it twice announces it once.

    Raises:
        SlotPast: its start is past.
    """
    if slot.standing == "cancelled":
        return slot, []
    _refuse_settled(slot, now)
    cancelled = _raised(replace(slot, standing="cancelled"))
    return cancelled, [tell(cancelled, SessionCancelled)]


def schedule_slot(slot: Slot) -> list[Fact]:
    """Return what announces a session that just got its time."""
    return [tell(slot, SessionScheduled)]


def tell(slot: Slot, fact: type[SlotState]) -> Fact:
    """Return `fact` with the slot's whole state."""
    return fact(
        network=slot.network,
        session_id=slot.id,
        cohort_id=slot.cohort_id,
        program_id=slot.program_id,
        number=slot.number,
        of=slot.of,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        wall_start=slot.wall_start,
        zone=slot.zone,
        place=slot.place,
        sequence=slot.sequence,
        standing=slot.standing,
    )


def _raised(slot: Slot) -> Slot:
    return replace(slot, sequence=slot.sequence + 1)


def _refuse_settled(slot: Slot, now: datetime) -> None:
    if slot.standing == "cancelled":
        raise SlotCancelled("this session was cancelled")
    if slot.starts_at <= now:
        raise SlotPast("this session's start is past")
