"""When a person can meet: weekly hours on the wall clock of their zone.

Two spellings are understood: days and times ("Mo-Fr 09:00-17:00, Sa 10:00-12:00") and, as rosters of people
across the world often have it, a list of UTC hours ("15;16;17") that hold Monday to Friday.
"""

import re
from collections.abc import Iterable
from datetime import date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from services.contracts.events.membership import WeeklyHours
from services.kit.errors import Invalid

DAYS = {
    name: day
    for day, names in enumerate(
        (
            ("mo", "mon", "monday"),
            ("tu", "tue", "tues", "tuesday"),
            ("we", "wed", "wednesday"),
            ("th", "thu", "thur", "thurs", "thursday"),
            ("fr", "fri", "friday"),
            ("sa", "sat", "saturday"),
            ("su", "sun", "sunday"),
        )
    )
    for name in names
}
WORKING_DAYS = range(5)
DAY_MINUTES = 1440
_HOUR_LIST = re.compile(r"\d{1,2}(?:[;,| ]+\d{1,2})*[;,| ]*")
_PART = re.compile(
    r"(?:(?P<days>[a-z]+(?:\s*-\s*[a-z]+)?)\s+)?(?P<times>\d{1,2}:\d{2}\s*-\s*\d{1,2}:\d{2})", re.IGNORECASE
)


class HoursNotUnderstood(Invalid):
    code = "hours-not-understood"


def is_zone(name: str) -> bool:
    """True when `name` is an IANA time zone this machine's data knows."""
    return name in _zones()


@lru_cache(maxsize=4096)
def read_hours(text: str, zone: str, on: date) -> tuple[WeeklyHours, ...]:
    """Return the weekly hours that `text` spells, merged and in order.

    Args:
        text: "Mo-Fr 09:00-17:00; Sa 10:00-12:00" (no days: Monday to Friday), or UTC hours "22;23;0".
        zone: the IANA zone on whose wall clock the result stands; must be known (`is_zone`).
        on: the day whose offset turns UTC hours into wall-clock hours.

    Raises:
        HoursNotUnderstood: the text is in neither spelling, or a time lies outside the day.
    """
    text = text.strip()
    if not text:
        return ()
    if _HOUR_LIST.fullmatch(text):
        return _from_utc_hours([int(hour) for hour in re.findall(r"\d+", text)], zone, on)
    hours: list[WeeklyHours] = []
    for part in re.split(r"[;,]", text):
        if part.strip():
            hours.extend(_read_part(part.strip()))
    return merge_hours(hours)


def merge_hours(hours: Iterable[WeeklyHours]) -> tuple[WeeklyHours, ...]:
    """Return the same hours in order of day and minute, with touching and overlapping ones joined."""
    merged: list[WeeklyHours] = []
    for item in sorted(hours, key=lambda one: (one.day, one.from_minute, one.to_minute)):
        last = merged[-1] if merged else None
        if last and last.day == item.day and item.from_minute <= last.to_minute:
            merged[-1] = WeeklyHours(last.day, last.from_minute, max(last.to_minute, item.to_minute))
        else:
            merged.append(item)
    return tuple(merged)


def _read_part(part: str) -> list[WeeklyHours]:
    match = _PART.fullmatch(part)
    if match is None:
        raise HoursNotUnderstood(f"{part[:40]!r} is not like 'Mo-Fr 09:00-17:00' or '15;16;17' (UTC hours)")
    start, end = (_minute(piece.strip()) for piece in match["times"].split("-"))
    days = _days(match["days"]) if match["days"] else list(WORKING_DAYS)
    if end > start:
        return [WeeklyHours(day, start, end) for day in days]
    if end == start:
        raise HoursNotUnderstood(f"{part[:40]!r} ends when it begins")
    return [piece for day in days for piece in _over_midnight(day, start, end)]


def _over_midnight(day: int, start: int, end: int) -> list[WeeklyHours]:
    pieces = [WeeklyHours(day, start, DAY_MINUTES)]
    return [*pieces, WeeklyHours((day + 1) % 7, 0, end)] if end else pieces


def _days(spelled: str) -> list[int]:
    names = [name.strip().lower() for name in spelled.split("-")]
    unknown = [name for name in names if name not in DAYS]
    if unknown:
        raise HoursNotUnderstood(
            f"{unknown[0][:20]!r} is no day of the week; write Mo, Tu, We, Th, Fr, Sa, Su"
        )
    first, last = DAYS[names[0]], DAYS[names[-1]]
    return [(first + step) % 7 for step in range((last - first) % 7 + 1)]


def _minute(clock: str) -> int:
    hour, minute = (int(piece) for piece in clock.split(":"))
    total = hour * 60 + minute
    if minute > 59 or total > DAY_MINUTES:
        raise HoursNotUnderstood(f"{clock} is no time of the day")
    return total


def _from_utc_hours(utc_hours: list[int], zone: str, on: date) -> tuple[WeeklyHours, ...]:
    wrong = [hour for hour in utc_hours if hour > 23]
    if wrong:
        raise HoursNotUnderstood(f"{wrong[0]} is no UTC hour; they go from 0 to 23")
    offset = datetime.combine(on, time(12), ZoneInfo(zone)).utcoffset()
    shift = int(offset.total_seconds() // 60) if offset else 0
    hours: list[WeeklyHours] = []
    for day in WORKING_DAYS:
        for hour in utc_hours:
            start = (hour * 60 + shift) % DAY_MINUTES
            if start + 60 <= DAY_MINUTES:
                hours.append(WeeklyHours(day, start, start + 60))
            else:
                hours.extend(_over_midnight(day, start, start + 60 - DAY_MINUTES))
    return merge_hours(hours)


@lru_cache(maxsize=1)
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())
