"""How the portal speaks of times and people (PORTAL 5): the reader's clock first, the zone always named."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel.dates import format_date, format_datetime, format_time

from gateway.portal.phrases import LANGUAGE, Phrase, say


def zone_info(name: str | None) -> ZoneInfo:
    """The zone of that IANA name; UTC where the name is unknown to this machine."""
    try:
        return ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def moment(text: str | datetime) -> datetime:
    """An RFC 3339 time as an aware datetime."""
    return text if isinstance(text, datetime) else datetime.fromisoformat(text.replace("Z", "+00:00"))


def city(zone: str | None) -> str:
    """ "Europe/Berlin" -> "Berlin": people know cities, not abbreviations."""
    return (zone or "UTC").rsplit("/", 1)[-1].replace("_", " ")


def span(starts_at: str | datetime, ends_at: str | datetime, zone: str | None) -> Phrase:
    """ "Tue 24 Nov, 15:00 to 16:30" on the clock of `zone`; the year only when it is not this one."""
    first, last = (moment(text).astimezone(zone_info(zone)) for text in (starts_at, ends_at))
    return say("%(day)s, %(start)s to %(end)s", day=_date(first), start=_hour(first), end=_hour(last))


def clock_there(starts_at: str | datetime, zone: str | None, there: str | None) -> str:
    """The same start on the clock of `there`; with the day where it differs from the reader's."""
    here = moment(starts_at).astimezone(zone_info(zone))
    away = moment(starts_at).astimezone(zone_info(there))
    return _hour(away) if here.date() == away.date() else f"{_date(away)}, {_hour(away)}"


def day(text: str | date | None) -> str:
    """ "24 Nov 2026"; empty for None."""
    if not text:
        return ""
    when = date.fromisoformat(text) if isinstance(text, str) else text
    return format_date(when, "d MMM y", locale=LANGUAGE.get())


def in_days(starts_at: str | datetime, zone: str | None) -> Phrase | str:
    """ "Today", "Tomorrow", "In 5 days", or the date when it is past."""
    local = moment(starts_at).astimezone(zone_info(zone)).date()
    distance = (local - datetime.now(zone_info(zone)).date()).days
    if distance < 0:
        return day(local)
    near = {0: say("Today"), 1: say("Tomorrow")}
    return near.get(distance) or say("In %(days)s days", days=distance)


def stamp(text: str | datetime, zone: str | None) -> str:
    """ "24 Nov 2026, 15:00" on the clock of `zone`."""
    local = moment(text).astimezone(zone_info(zone))
    return format_datetime(local, "d MMM y, HH:mm", locale=LANGUAGE.get())


def short_name(name: str) -> str:
    """What somebody is called in a greeting: the first word of their name."""
    return (name.split() or [""])[0]


def initials(name: str) -> str:
    """Two letters for the round mark beside a name."""
    words = [word for word in name.split() if word[:1].isalnum()]
    return "".join(word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words)).upper()


def _date(when: datetime) -> str:
    shape = "EEE d MMM" if when.year == datetime.now(UTC).year else "EEE d MMM y"
    return format_date(when, shape, locale=LANGUAGE.get())


def _hour(when: datetime) -> str:
    return format_time(when, "HH:mm", locale=LANGUAGE.get())
