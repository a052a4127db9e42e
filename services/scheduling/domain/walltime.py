"""Wall-clock time and IANA zones: what people mean, and the UTC that follows from it.

A wall time that a clock skips (the hour lost in spring) means the time read with the offset before the gap;
one that a clock shows twice means the first (RFC 5545, 3.3.5). UTC is derived each time, never kept as the
truth.
"""

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from services.scheduling.domain.refusals import UnknownZone, WallTimeUnreadable

WALL_FORMAT = "%Y-%m-%dT%H:%M"


@lru_cache(maxsize=1024)
def zone_of(name: str) -> ZoneInfo:
    """Return the zone of an IANA name such as "Europe/Stockholm".

    Raises:
        UnknownZone: there is no zone of that name.
    """
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise UnknownZone("no time zone of that name is known") from None


def to_utc(wall: datetime, zone: ZoneInfo) -> datetime:
    """Return the instant that the naive `wall` means on the clocks of `zone`."""
    return wall.replace(tzinfo=zone, fold=0).astimezone(UTC)


def to_wall(moment: datetime, zone: ZoneInfo) -> datetime:
    """Return what the clocks of `zone` show at `moment`, as a naive time."""
    return moment.astimezone(zone).replace(tzinfo=None)


def read_wall(text: str) -> datetime:
    """Read "2027-01-12T15:00".

    Raises:
        WallTimeUnreadable: it is not a naive time to the minute, or far off (before 2000, after 2199).
    """
    try:
        wall = datetime.strptime(text, WALL_FORMAT)  # noqa: DTZ007 - a wall time has no zone of its own
    except ValueError:
        wall = None
    if wall is None or wall.strftime(WALL_FORMAT) != text or not 2000 <= wall.year < 2200:
        raise WallTimeUnreadable(
            "give the wall-clock time as YYYY-MM-DDThh:mm",
            errors=[{"pointer": "/wall_start", "detail": "not a wall-clock time such as 2027-01-12T15:00"}],
        )
    return wall


def write_wall(wall: datetime) -> str:
    """Return "2027-01-12T15:00"."""
    return wall.strftime(WALL_FORMAT)


def span(wall: datetime, minutes: int, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Return start and end in UTC of something that begins at `wall` and lasts `minutes` real minutes."""
    starts_at = to_utc(wall, zone)
    return starts_at, starts_at + timedelta(minutes=minutes)
