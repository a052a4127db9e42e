"""Letters as mails: what stands in them, and what never does; calendar entries read by two parsers."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default
from email.utils import getaddresses

import pytest
import vobject
from icalendar import Calendar

from services.contracts.links import read_link, seal_token
from services.notifications.adapters.links import SignedLinks
from services.notifications.adapters.mail import NO_DOMAIN, MailWriter, mail_domain
from services.notifications.adapters.words import LetterWords
from services.notifications.domain.kinds import KINDS
from services.notifications.domain.letters import write_letter
from services.notifications.domain.notice import queue_notice
from services.notifications.domain.refusals import NotNow, Undeliverable
from services.notifications.domain.telling import tell_of_slot
from tests.builders.hearing import StandingClock
from tests.builders.notifications import NETWORK, NOW, STARTS, a_cohort, a_contact, a_slot, a_view

SECRET = "k" * 32
LINKS = SignedLinks("https://commonthread.example", SECRET, StandingClock(datetime.now(UTC)))
WRITER = MailWriter(LetterWords(), "commonthread.example")
ABOUT = {
    "session_id": "ses_1",
    "cohort_id": "coh_1",
    "sequence": 0,
    "questionnaire_id": "qst_1",
    "move_id": "mov_1",
    "invitation": "inv_1:1",
    "pledge": "enr_1/1",
    "erasure_id": "era_1",
    "account_id": "acc_1",
}
HOSTILE = (
    "Ada\r\nBcc: all@victim.example",
    "Ada\nSubject: other",
    "Ada\u2028Bcc: x@victim.example",
    "Ada\x00Byron",
    "\u202eadA",
    "{{7*7}} {% raw %}",
    "%0d%0aBcc:x@victim.example",
    "<img src=//victim.example?me>",
    "Ada\r\nATTENDEE:mailto:x@victim.example",
    "BEGIN:VEVENT\r\nEND:VCALENDAR",
    'Ada" <x@victim.example>, "B',
    "=?utf-8?q?Ada=0D=0ABcc=3A?=",
    "%(name)s %s {0} ${x}",
    "𝒜" * 300,
)


def a_letter(kind="session_scheduled", view=None, **slot):
    view = view or a_view(slot=a_slot(**slot))
    sealed = seal_token(SECRET, "T" * 43)
    notice = queue_notice(
        NETWORK, f"key:{kind}", "per_ada", kind, NOW, about=ABOUT, useless_after=STARTS, secret=sealed
    )
    return write_letter(notice, view, LINKS)


def a_mail(letter, now=NOW):
    return message_from_bytes(bytes(WRITER.write(letter, now)), policy=default)


def parts(mail):
    return {part.get_content_type(): part.get_content() for part in mail.walk() if not part.is_multipart()}


def entry_of(mail):
    calendars = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
    return calendars[0].get_content()


def event_of(mail):
    (event,) = Calendar.from_ical(entry_of(mail)).walk("VEVENT")
    return event


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_has_words_as_text_and_as_html(kind):
    letter = a_letter(kind)
    mail = a_mail(letter)

    found = parts(mail)
    assert mail["Subject"]
    assert letter.act in found["text/plain"]
    assert "{" not in found["text/plain"]
    assert found["text/html"].startswith("<!doctype html>")


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_mail_names_nothing_an_employer_must_not_read(kind):
    view = a_view(slot=a_slot(place="https://meet.example/secret-room"))
    mail = bytes(WRITER.write(a_letter(kind, view), NOW)).decode()

    whole = mail + "".join(
        str(part) for part in parts(message_from_bytes(mail.encode(), policy=default)).values()
    )
    for private in ("secret-room", "Harbor", "per_bo", "coh_1", "action_learning"):
        assert private not in whole


def test_times_are_the_readers_own_and_name_their_zone():
    for zone, clock in (("Asia/Tokyo", "23:00"), ("America/New_York", "09:00"), ("Asia/Kathmandu", "19:45")):
        text = parts(a_mail(a_letter(view=a_view(contact=a_contact(zone=zone)))))["text/plain"]

        assert clock in text
        assert f"({zone})" in text


@pytest.mark.parametrize(
    ("language", "day"), [("de", "Dienstag"), ("fr-CA", "mardi"), ("xx", "Tuesday"), ("", "Tuesday")]
)
def test_days_are_named_in_the_readers_language_where_it_is_known(language, day):
    text = parts(a_mail(a_letter(view=a_view(contact=a_contact(language=language)))))["text/plain"]

    assert day in text


def test_an_unknown_zone_reads_as_utc_and_says_so():
    text = parts(a_mail(a_letter(view=a_view(contact=a_contact(zone="Mars/Olympus")))))["text/plain"]

    assert "14:00" in text
    assert "(UTC)" in text


def test_a_mail_sent_twice_bears_one_message_id():
    letter = a_letter()

    assert a_mail(letter)["Message-ID"] == a_mail(letter, NOW + timedelta(hours=1))["Message-ID"]


def test_letters_can_be_stopped_in_one_click_and_the_link_does_that_alone():
    mail = a_mail(a_letter("session_reminder"))

    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = mail["List-Unsubscribe"].strip("<>")
    assert address.startswith("https://commonthread.example/v1/stopped-notices/")
    link = read_link(SECRET, address.rpartition("/")[2])
    assert (link.act, link.subject, link.person_id) == ("stop_notices", "reminders", "per_ada")
    assert mail["List-Id"].startswith("<reminders.")


def test_a_sign_in_link_can_not_be_stopped():
    mail = a_mail(a_letter("sign_in_link"))

    assert mail["List-Unsubscribe"] is None
    assert "https://commonthread.example/link/" + "T" * 43 in parts(mail)["text/plain"]


def test_the_answer_link_answers_this_invitation_for_this_person_only():
    letter = a_letter(starts_at=datetime.now(UTC) + timedelta(days=2))

    link = read_link(SECRET, letter.act.rpartition("/")[2])

    assert (link.act, link.subject, link.person_id, link.network) == ("rsvp", "ses_1", "per_ada", NETWORK)


def test_the_calendar_entry_is_the_same_for_two_parsers():
    mail = a_mail(a_letter())

    event = event_of(mail)
    other = vobject.readOne(entry_of(mail)).vevent
    assert Calendar.from_ical(entry_of(mail))["METHOD"] == "REQUEST"
    assert event["DTSTART"].dt.astimezone(UTC) == other.dtstart.value.astimezone(UTC) == STARTS
    assert (
        event["DTEND"].dt.astimezone(UTC)
        == other.dtend.value.astimezone(UTC)
        == STARTS + timedelta(minutes=90)
    )
    assert event["UID"] == other.uid.value
    assert event["SUMMARY"] == other.summary.value == "Session"
    assert event["LOCATION"] == other.location.value == "Room 4"
    assert event["ATTENDEE"] == other.attendee.value == "mailto:ada@northwind.example"
    assert event["ORGANIZER"] == other.organizer.value


def test_the_entry_travels_to_be_shown_and_to_be_kept():
    mail = a_mail(a_letter())

    (shown,) = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
    (kept,) = list(mail.iter_attachments())
    assert shown.get_param("method") == "REQUEST"
    assert kept.get_filename() == "invite.ics"
    assert kept.get_content() == shown.get_payload(decode=True)


def test_the_start_keeps_the_wall_time_and_zone_it_was_agreed_in():
    entry = entry_of(a_mail(a_letter(view=a_view(contact=a_contact(zone="Asia/Tokyo")))))

    assert "DTSTART;TZID=Europe/Stockholm:20240116T150000" in entry
    assert entry.count("BEGIN:VTIMEZONE") == 1


def test_every_zone_of_the_world_survives_both_parsers():
    for zone in ("America/St_Johns", "Asia/Kathmandu", "Australia/Lord_Howe", "Africa/Casablanca", "UTC"):
        mail = a_mail(a_letter(zone=zone))

        assert event_of(mail)["DTSTART"].dt.astimezone(UTC) == STARTS
        assert vobject.readOne(entry_of(mail)).vevent.dtstart.value.astimezone(UTC) == STARTS


def test_in_the_hour_that_comes_twice_the_entry_means_the_right_one():
    second = datetime(2024, 10, 27, 1, 30, tzinfo=UTC)

    mail = a_mail(a_letter(starts_at=second, ends_at=second + timedelta(minutes=90)))

    assert event_of(mail)["DTSTART"].dt.astimezone(UTC) == second


def test_a_moved_session_keeps_its_uid_and_raises_its_sequence():
    first, moved = event_of(a_mail(a_letter())), event_of(a_mail(a_letter("session_rescheduled", sequence=3)))

    assert first["UID"] == moved["UID"]
    assert (first["SEQUENCE"], moved["SEQUENCE"]) == (0, 3)


def test_a_cancellation_takes_the_same_entry_out():
    first, cancelled = (
        a_mail(a_letter()),
        a_mail(a_letter("session_cancelled", sequence=1, standing="cancelled")),
    )

    assert Calendar.from_ical(entry_of(cancelled))["METHOD"] == "CANCEL"
    assert event_of(cancelled)["STATUS"] == "CANCELLED"
    assert event_of(cancelled)["UID"] == event_of(first)["UID"]


def test_two_members_have_entries_nobody_can_lay_side_by_side():
    ada, bo = tell_of_slot(a_slot(), a_cohort(), NOW)[:2]

    entries = [write_letter(notice, a_view(), LINKS).entry for notice in (ada, bo)]

    assert entries[0].uid != entries[1].uid
    assert entries[0].reply_name != entries[1].reply_name


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_stays_one_name(name):
    contact, network = a_contact(name=name), name
    raw = bytes(WRITER.write(a_letter(view=a_view(contact=contact, network_name=network)), NOW))
    mail = message_from_bytes(raw, policy=default)

    assert [address for _, address in getaddresses([str(mail["To"])])] == ["ada@northwind.example"]
    assert [address for _, address in getaddresses([str(mail["From"])])] == ["notices@commonthread.example"]
    assert mail["Bcc"] is None
    assert len(mail.get_all("Subject")) == 1
    assert not any(part.defects for part in mail.walk())
    assert "49" not in parts(mail)["text/plain"].split("\n")[0]
    assert "<img" not in parts(mail)["text/html"]


@pytest.mark.parametrize("place", HOSTILE)
def test_a_hostile_place_stays_one_line_of_one_entry(place):
    mail = a_mail(a_letter(place=place))

    event, other = event_of(mail), vobject.readOne(entry_of(mail))
    assert len(Calendar.from_ical(entry_of(mail)).walk("VEVENT")) == len(other.vevent_list) == 1
    assert event["ATTENDEE"] == "mailto:ada@northwind.example"
    assert len(other.vevent.attendee_list) == 1
    assert event["LOCATION"] == other.vevent.location.value
    assert len(str(event["LOCATION"]).splitlines()) == 1


@pytest.mark.parametrize(
    "email", ["ada@northwind.example\r\nBcc: x@y.example", "a@b.example,c@d.example", "ada", "ada @x.example"]
)
def test_an_address_that_is_not_one_is_undeliverable(email):
    with pytest.raises(Undeliverable):
        a_letter(view=a_view(contact=a_contact(email=email)))


def test_what_has_not_arrived_yet_is_waited_for():
    with pytest.raises(NotNow):
        a_letter(view=replace(a_view(), contact=None))
    with pytest.raises(NotNow):
        a_letter(view=replace(a_view(), slot=None))


@pytest.mark.parametrize(
    ("url", "domain"),
    [
        ("https://learn.example.org:8443/x", "learn.example.org"),
        ("http://127.0.0.1:8000", NO_DOMAIN),
        ("http://localhost:8000", NO_DOMAIN),
        ("http://[::1]:8000", NO_DOMAIN),
        ("", NO_DOMAIN),
    ],
)
def test_our_own_addresses_stand_under_the_public_name(url, domain):
    assert mail_domain(url) == domain


def test_no_line_of_a_mail_is_longer_than_a_mail_server_takes():
    raw = bytes(WRITER.write(a_letter(view=a_view(contact=a_contact(name="x" * 5000))), NOW))

    assert max(len(line) for line in raw.split(b"\n")) <= 998
