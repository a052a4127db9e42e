"""When people can begin a session together in the week of the first one: quarter hours, real days, real
offsets.

A week is a mask of 672 bits: bit s is the quarter hour that begins s * 15 minutes after midnight UTC of the
first day. Wall-clock hours are turned into it day by day, so daylight saving holds as on those very dates.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from services.contracts.events.membership import WeeklyHours

QUARTER = timedelta(minutes=15)
QUARTERS = 672
WEEK = (1 << QUARTERS) - 1
OFFICE = (8 * 60, 18 * 60)  # comfortable, in minutes of the local day
WAKING = (7 * 60, 22 * 60)  # bearable


@dataclass(frozen=True)
class MeetingTimes:
    """The starts that suit one person; `office` and `waking` are those that are comfortable and bearable
    for them.
    """

    starts: int
    office: int
    waking: int

    @staticmethod
    def of(hours: Sequence[WeeklyHours], zone: str, first_day: date, minutes: int) -> "MeetingTimes":
        """Return the starts of a session of `minutes` within weekly `hours`, in the seven days from
        `first_day`.
        """
        long = -(-minutes // 15)
        free = _free(hours, zone, first_day, long)
        return MeetingTimes(
            starts=_lasting(free, long),
            office=_lasting(free & _each_day(OFFICE, zone, first_day, long), long),
            waking=_lasting(free & _each_day(WAKING, zone, first_day, long), long),
        )


def common_starts(masks: Iterable[int]) -> int:
    """Return the starts that suit everyone."""
    common = WEEK
    for mask in masks:
        common &= mask
    return common


def first_start(mask: int, first_day: date) -> datetime | None:
    """Return the earliest start of a mask as a time in UTC, or None."""
    if not mask:
        return None
    lowest = (mask & -mask).bit_length() - 1
    return datetime.combine(first_day, time(), UTC) + lowest * QUARTER


def count_starts(mask: int) -> int:
    """Return how many starts a mask holds."""
    return mask.bit_count()


def _free(hours: Sequence[WeeklyHours], zone: str, first_day: date, long: int) -> int:
    by_day: dict[int, list[tuple[int, int]]] = {}
    for item in hours:
        by_day.setdefault(item.day, []).append((item.from_minute, item.to_minute))
    return _cells(by_day, zone, first_day, long)


def _each_day(bounds: tuple[int, int], zone: str, first_day: date, long: int) -> int:
    return _cells({day: [bounds] for day in range(7)}, zone, first_day, long)


def _cells(by_day: dict[int, list[tuple[int, int]]], zone: str, first_day: date, long: int) -> int:
    """The quarter hours wholly inside the windows, from the first midnight UTC to a session past the week's
    end.
    """
    clock = ZoneInfo(zone)
    origin = datetime.combine(first_day, time(), UTC)
    last = QUARTERS + long
    mask = 0
    for step in range(-1, 9):
        day = first_day + timedelta(days=step)
        for from_minute, to_minute in by_day.get(day.weekday(), ()):
            begin = -((origin - _moment(day, from_minute, clock)) // QUARTER)
            end = (_moment(day, to_minute, clock) - origin) // QUARTER
            begin, end = max(0, begin), min(last, end)
            if begin < end:
                mask |= (1 << end) - (1 << begin)
    return mask


def _moment(day: date, minute: int, clock: ZoneInfo) -> datetime:
    extra, minute = divmod(minute, 1440)
    local = datetime.combine(day + timedelta(days=extra), time(minute // 60, minute % 60), clock)
    return local.astimezone(UTC)


def _lasting(cells: int, long: int) -> int:
    """The quarter hours at which `long` free ones begin."""
    starts = cells
    for shift in range(1, long):
        starts &= cells >> shift
    return starts & WEEK
