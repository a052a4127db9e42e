"""Calendar entries as iTIP messages (RFC 5546): a neutral title, one attendee, a constant UID.

The start keeps the wall time and zone it was agreed in, with that zone's rules beside it, so that a change of
clocks decided later moves the entry as it moves the session.
"""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vCalAddress, vText

from services.notifications.domain.letters import CalendarEntry

PRODUCT = "-//Commonthread//Sessions//EN"
YEAR = timedelta(days=366)


def write_entry(
    entry: CalendarEntry, title: str, note: str, attendee: str, domain: str, stamped_at: datetime
) -> bytes:
    """Return the bytes of a VCALENDAR with one event.

    Args:
        title, note: neutral words of ours, in the reader's language.
        attendee: the reader's address, already known to be sendable.
        domain: of the organizer's address and the UID.
        stamped_at: when this was sent, aware.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", entry.method)
    calendar.add_component(_event(entry, title, note, attendee, domain, stamped_at))
    calendar.add_missing_timezones(_first_day(entry.starts_at), _last_day(entry.ends_at))
    return bytes(calendar.to_ical())


def _event(
    entry: CalendarEntry, title: str, note: str, attendee: str, domain: str, stamped_at: datetime
) -> Event:
    zone = ZoneInfo(entry.zone)
    event = Event()
    event.add("uid", f"{entry.uid}@{domain}")
    event.add("sequence", entry.sequence)
    event.add("dtstamp", stamped_at.astimezone(UTC).replace(microsecond=0))
    event.add("dtstart", _on_the_clock(entry.starts_at, zone))
    event.add("dtend", _on_the_clock(entry.ends_at, zone))
    event.add("summary", title)
    event.add("description", note)
    event.add("url", entry.page)
    if entry.place:
        event.add("location", entry.place)
    event.add("class", "PRIVATE")
    event.add("status", "CANCELLED" if entry.method == "CANCEL" else "CONFIRMED")
    event.add("organizer", _organizer(entry, domain))
    event.add("attendee", _attendee(attendee), encode=False)
    return event


def _on_the_clock(moment: datetime, zone: ZoneInfo) -> datetime:
    """The instant on the zone's clocks; UTC in the hour shown twice, where a wall time would mean two."""
    local = moment.astimezone(zone)
    return moment.astimezone(UTC) if local.fold else local


def _organizer(entry: CalendarEntry, domain: str) -> vCalAddress:
    organizer = vCalAddress(f"mailto:{entry.reply_name}@{domain}")
    organizer.params["CN"] = vText("Commonthread")
    return organizer


def _attendee(address: str) -> vCalAddress:
    attendee = vCalAddress(f"mailto:{address}")
    attendee.params["ROLE"] = vText("REQ-PARTICIPANT")
    attendee.params["PARTSTAT"] = vText("NEEDS-ACTION")
    attendee.params["RSVP"] = vText("FALSE")  # answered by the letter's link; nobody reads replies yet
    return attendee


def _first_day(moment: datetime) -> date:
    return (moment - YEAR).date()


def _last_day(moment: datetime) -> date:
    return (moment + YEAR).date()
