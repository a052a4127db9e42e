"""Choosing a cohort's dates: one weekday and wall time for the whole series, honest about summer time.

Each candidate is judged over all its occurrences, each in every person's own hours on that very date. Smaller
is better, in this order: double bookings of a facilitator, members missing, facilitators missing, how far the
worst member is from the middle of their day, weeks of waiting, the sum of all distances, the earliest. Where
a change of clocks breaks single occurrences of the best candidate, those take their nearest better start.

Source: DESIGN 7 (scheduling), R77, R79.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from services.scheduling.domain.hours import QUARTER, Grid, Participant, clashes, possible_starts
from services.scheduling.domain.walltime import to_utc, to_wall, zone_of

LEAD_TIME = timedelta(hours=24)  # nobody is invited to something that begins sooner
NEAREST = timedelta(days=3)  # how far a broken occurrence may move
MIDDAY = 13 * 60  # minutes; the further a session's middle from it, the less convenient
STARTS_A_DAY = 96


@dataclass(frozen=True)
class Series:
    """What is to be planned: `count` sessions of `minutes`, `weeks_between`, none before `starts_on`."""

    count: int
    minutes: int
    weeks_between: int
    starts_on: date


@dataclass(frozen=True)
class Plan:
    """The dates chosen.

    Args:
        zone: the IANA zone on whose clocks `starts` are; the most frequent among the members.
        starts: wall times, in order.
        missing: for each start, how many members it does not suit.
        moved: indexes of the starts that left the common weekday and time.
    """

    zone: str
    starts: tuple[datetime, ...]
    missing: tuple[int, ...]
    moved: tuple[int, ...]


def plan_series(series: Series, people: Sequence[Participant], now: datetime) -> Plan:
    """Choose the dates of one cohort.

    Args:
        people: members and facilitators (`leads`); at least one member.
        now: aware, UTC; no session begins within `LEAD_TIME` of it.
    """
    return _Board(series, people, now).plan()


def common_zone(people: Sequence[Participant]) -> str:
    """Return the zone most members live in; among equals the first by name."""
    counts = Counter(person.zone for person in people if not person.leads)
    return min(counts, key=lambda zone: (-counts[zone], zone))


class _Board:
    """One planning: everybody's possible starts side by side on one grid of quarter hours."""

    def __init__(self, series: Series, people: Sequence[Participant], now: datetime) -> None:
        self.series = series
        self.now = now
        self.members = [person for person in people if not person.leads]
        self.zone_name = common_zone(people)
        self.zone = zone_of(self.zone_name)
        self.first = max(series.starts_on, to_wall(now + LEAD_TIME, self.zone).date())
        weeks = series.weeks_between * (series.count - 1) + series.weeks_between + 1
        self.grid = Grid.around(self.first, weeks * 7 + NEAREST.days)
        leads = [person for person in people if person.leads]
        self.members_missing = self._missing(self.members)
        self.leads_missing = self._missing(leads)
        self.clashing = self._sum([clashes(person, self.grid, series.minutes) for person in leads])

    def plan(self) -> Plan:
        nominal = min(self._candidates(), key=self._judge)
        starts = [self._mend(wall) for wall in nominal]
        return Plan(
            zone=self.zone_name,
            starts=tuple(starts),
            missing=tuple(self.members_missing[self._place(wall)] for wall in starts),
            moved=tuple(number for number, wall in enumerate(starts) if wall != nominal[number]),
        )

    def _candidates(self) -> list[tuple[datetime, ...]]:
        """Return the series that are best by what is cheap to count; the rest of the order is `_judge`'s."""
        best: tuple[int, int, int] | None = None
        kept: list[tuple[datetime, ...]] = []
        for start in self._first_starts():
            walls = tuple(start + self._step(number) for number in range(self.series.count))
            cost = self._cost(walls)
            if best is None or cost < best:
                best, kept = cost, []
            if cost == best:
                kept.append(walls)
        return kept

    def _first_starts(self) -> Iterator[datetime]:
        soonest = self.now + LEAD_TIME
        midnight = datetime.combine(self.first, datetime.min.time())
        for quarter in range(max(1, self.series.weeks_between) * 7 * STARTS_A_DAY):
            wall = midnight + quarter * QUARTER
            if quarter >= STARTS_A_DAY or to_utc(wall, self.zone) >= soonest:
                yield wall

    def _step(self, number: int) -> timedelta:
        return timedelta(weeks=self.series.weeks_between * number)

    def _cost(self, walls: tuple[datetime, ...]) -> tuple[int, int, int]:
        places = [self._place(wall) for wall in walls]
        return (
            sum(self.clashing[place] for place in places),
            sum(self.members_missing[place] for place in places),
            sum(self.leads_missing[place] for place in places),
        )

    def _judge(self, walls: tuple[datetime, ...]) -> tuple[float, int, float, datetime]:
        """Order series that are equally well attended: worst hour, weeks of waiting, all hours, earliest."""
        middles = [to_utc(wall, self.zone) + timedelta(minutes=self.series.minutes / 2) for wall in walls]
        off = [_minutes_off(middle, member) for middle in middles for member in self.members]
        return max(off), (walls[0].date() - self.first).days // 7, sum(off), walls[0]

    def _mend(self, wall: datetime) -> datetime:
        """Return the nearest start that suits more people than `wall` does, or `wall` itself."""
        rank = self._cost((wall,))
        if rank[:2] == (0, 0):
            return wall
        soonest = self.now + LEAD_TIME
        steps = range(-(NEAREST // QUARTER), NEAREST // QUARTER + 1)
        near = (wall + step * QUARTER for step in steps)
        allowed = [
            other for other in near if other.date() >= self.first and to_utc(other, self.zone) >= soonest
        ]
        return min([wall, *allowed], key=lambda other: (self._cost((other,))[:2], abs(other - wall), other))

    def _place(self, wall: datetime) -> int:
        return self.grid.place(to_utc(wall, self.zone))

    def _missing(self, people: Sequence[Participant]) -> list[int]:
        rows = [possible_starts(person, self.grid, self.series.minutes) for person in people]
        return [len(people) - present for present in self._sum(rows)]

    def _sum(self, rows: Sequence[bytearray]) -> list[int]:
        return [sum(column) for column in zip(*rows, strict=True)] if rows else [0] * self.grid.length


def _minutes_off(moment: datetime, person: Participant) -> float:
    wall = to_wall(moment, zone_of(person.zone))
    return abs(wall.hour * 60 + wall.minute - MIDDAY)
