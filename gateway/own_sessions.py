"""A person's sessions as one calendar file (RFC 5545): neutral titles, no member, no topic."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

PRODUCT = "-//Commonthread//Own data//EN"
YEAR = timedelta(days=366)


def calendar_of(times: list[dict[str, Any]], made_at: datetime) -> bytes:
    """Return the bytes of a VCALENDAR with one event a session.

    Args:
        times: rows of scheduling's export: session_id, starts_at, ends_at, zone, place, sequence, standing.
        made_at: aware.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    for row in times:
        calendar.add_component(_event(row, made_at))
    if times:
        moments = [datetime.fromisoformat(row[edge]) for row in times for edge in ("starts_at", "ends_at")]
        calendar.add_missing_timezones((min(moments) - YEAR).date(), (max(moments) + YEAR).date())
    return bytes(calendar.to_ical())


def _event(row: dict[str, Any], made_at: datetime) -> Event:
    zone, event = ZoneInfo(row["zone"]), Event()
    event.add("uid", f"{row['session_id']}@commonthread.invalid")
    event.add("sequence", row["sequence"])
    event.add("dtstamp", made_at.astimezone(UTC).replace(microsecond=0))
    event.add("dtstart", _on_the_clock(row["starts_at"], zone))
    event.add("dtend", _on_the_clock(row["ends_at"], zone))
    event.add("summary", f"Session {row['number']} of {row['of']}")
    event.add("class", "PRIVATE")
    event.add("status", "CANCELLED" if row["standing"] == "cancelled" else "CONFIRMED")
    if row["place"]:
        event.add("location", row["place"])
    return event


def _on_the_clock(text: str, zone: ZoneInfo) -> datetime:
    """The instant on the zone's clocks; UTC in the hour shown twice, where a wall time would mean two."""
    moment = datetime.fromisoformat(text)
    local = moment.astimezone(zone)
    return moment.astimezone(UTC) if local.fold else local
