"""When people can meet: weekly hours on their own clocks, laid out as quarter hours of UTC.

A person's week is what they mean by it, so each day's hours are turned into UTC by that day's offset: summer
time begins and ends for each member on the member's own date.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from services.scheduling.domain.walltime import to_utc, zone_of

QUARTER = timedelta(minutes=15)
WORKING_DAYS = range(5)


@dataclass(frozen=True)
class Hours:
    """A block of one weekday: `day` 0 (Monday) to 6, minutes from midnight to at most 1440."""

    day: int
    from_minute: int
    to_minute: int


DEFAULT_HOURS = tuple(Hours(day, 9 * 60, 17 * 60) for day in WORKING_DAYS)


@dataclass(frozen=True)
class Participant:
    """Somebody whose time a session takes.

    Args:
        hours: on the clock of `zone`; empty when they told none: then working days from nine to five.
        leads: True for a facilitator.
        busy: (start, end) in UTC of sessions they already have elsewhere.
    """

    person_id: str
    zone: str
    hours: tuple[Hours, ...] = ()
    leads: bool = False
    busy: tuple[tuple[datetime, datetime], ...] = ()


@dataclass(frozen=True)
class Grid:
    """`days` days of quarter hours from `origin`, a midnight UTC."""

    origin: datetime
    days: int

    @classmethod
    def around(cls, first: date, days: int) -> "Grid":
        """Return a grid that holds `days` days from `first` on any clock on earth."""
        return cls(datetime.combine(first - timedelta(days=2), time(), UTC), days + 4)

    @property
    def length(self) -> int:
        return self.days * 96

    def place(self, moment: datetime) -> int:
        """Return the index of the quarter hour in which `moment` falls; may lie outside the grid."""
        return (moment - self.origin) // QUARTER

    def place_up(self, moment: datetime) -> int:
        """Return the index of the first quarter hour that begins at or after `moment`."""
        return -((self.origin - moment) // QUARTER)


def possible_starts(person: Participant, grid: Grid, minutes: int) -> bytearray:
    """Return one byte a quarter hour: 1 where a session of `minutes` lies wholly in the person's own hours.

    Hours on either side of midnight count as one stretch. What they already have elsewhere is taken out.
    """
    free = _free_quarters(person, grid)
    need = -(-minutes // 15)
    starts, run = bytearray(grid.length), 0
    for index in range(grid.length - 1, -1, -1):
        run = run + 1 if free[index] else 0
        starts[index] = run >= need
    return starts


def clashes(person: Participant, grid: Grid, minutes: int) -> bytearray:
    """Return one byte a quarter hour: 1 where a session of `minutes` would overlap one they have."""
    taken = bytearray(grid.length)
    for start, end in person.busy:
        _fill(taken, grid.place(start - timedelta(minutes=minutes)) + 1, grid.place_up(end), 1)
    return taken


def _free_quarters(person: Participant, grid: Grid) -> bytearray:
    free = bytearray(grid.length)
    for start, end in _spans(person, grid):
        _fill(free, grid.place_up(start), grid.place(end), 1)
    for start, end in person.busy:
        _fill(free, grid.place(start), grid.place_up(end), 0)
    return free


def _spans(person: Participant, grid: Grid) -> Iterable[tuple[datetime, datetime]]:
    zone = zone_of(person.zone)
    by_day: dict[int, list[Hours]] = {}
    for block in person.hours or DEFAULT_HOURS:
        by_day.setdefault(block.day, []).append(block)
    for offset in range(-1, grid.days + 1):
        midnight = datetime.combine(grid.origin.date() + timedelta(days=offset), time())
        for block in by_day.get(midnight.weekday(), ()):
            start = to_utc(midnight + timedelta(minutes=block.from_minute), zone)
            yield start, to_utc(midnight + timedelta(minutes=block.to_minute), zone)


def _fill(quarters: bytearray, start: int, end: int, value: int) -> None:
    start, end = max(start, 0), min(end, len(quarters))
    if start < end:
        quarters[start:end] = bytes([value]) * (end - start)
