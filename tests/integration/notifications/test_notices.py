"""From what is heard to the mail in somebody's box, over a real MongoDB and a real SMTP server."""

from datetime import timedelta

import pytest
from icalendar import Calendar

from services.contracts.caller import Caller
from services.contracts.events.cohorts import AgreementSigned, CohortFormed, MemberJoined, MemberLeft
from services.contracts.events.feedback import FeedbackGiven
from services.contracts.events.scheduling import SessionCancelled, SessionRescheduled
from services.contracts.events.sessions import RsvpRecorded
from services.contracts.links import seal_token
from services.kit.outcomes import RemoteRefusal
from services.notifications.domain.notice import RETRIES
from tests.builders.hearing import hear, run_due
from tests.builders.notifications import (
    NETWORK,
    NOW,
    STARTS,
    a_contact_fact,
    a_network_fact,
    a_request_fact,
    a_session_fact,
    a_sign_in_fact,
    a_slot_fact,
)
from tests.builders.scheduling import a_cohort_formed, an_entry

STAFF = Caller("person", NETWORK, person_id="per_stef", roles=frozenset({"program_staff"}))


def me(name):
    return Caller("person", NETWORK, person_id=f"per_{name}")


def known(house, *names):
    hear(house, "on_network", a_network_fact())
    for name in names:
        hear(house, "on_contact", a_contact_fact(name))


def send(house):
    return run_due(house, "notices", "on_notice_due", most=200)


def states(house, **where):
    found = house.service.notices.find(NETWORK, where)
    return sorted((notice.kind, notice.person_id, notice.state, notice.reason) for notice in found)


def invited(house, *names):
    """Hear of a cohort of these people and of its first session."""
    known(house, *names)
    hear(house, "on_cohort", a_cohort_formed(members=names, facilitators=()))
    hear(house, "on_slot", a_slot_fact())


def test_everybody_gets_one_invitation_in_their_own_time(house, mail):
    known(house, "ada")
    hear(house, "on_contact", a_contact_fact("bo", zone="Asia/Tokyo"))
    hear(house, "on_cohort", a_cohort_formed(members=("ada",), facilitators=("bo",)))
    hear(house, "on_slot", a_slot_fact())

    send(house)

    (to_ada,), (to_bo,) = mail.to("ada"), mail.to("bo")
    assert "15:00" in to_ada["Subject"]
    assert "23:00" in to_bo["Subject"]
    assert to_ada["From"].startswith('"Baltic Leaders')


def test_hearing_twice_invites_once(house, mail):
    invited(house, "ada")
    hear(house, "on_slot", a_slot_fact())
    hear(house, "on_slot", a_slot_fact(), event_id="evt_another_delivery")
    hear(house, "on_slot", a_slot_fact(), version=2, name="slot_restated")

    send(house)

    assert len(mail.mails) == 1


@pytest.mark.parametrize("order", ["cohort first", "slot first"])
def test_whatever_arrives_first_everybody_is_invited(house, mail, order):
    known(house, "ada")
    heard = [("on_cohort", a_cohort_formed(members=("ada",), facilitators=())), ("on_slot", a_slot_fact())]
    for method, fact in heard if order == "cohort first" else reversed(heard):
        hear(house, method, fact)

    send(house)

    assert len(mail.to("ada")) == 1


def test_who_joins_later_is_invited_and_nobody_else_again(house, mail):
    invited(house, "ada")
    send(house)
    known(house, "bo")

    joined = a_cohort_formed(members=("ada", "bo"), facilitators=(), cls=MemberJoined)
    hear(house, "on_cohort", joined, version=2)
    hear(house, "on_cohort", a_cohort_formed(members=("ada", "bo"), cls=AgreementSigned), version=3)
    send(house)

    assert [len(mail.to("ada")), len(mail.to("bo"))] == [1, 1]


def test_who_leaves_has_the_session_taken_out_of_their_calendar(house, mail):
    invited(house, "ada", "bo")
    send(house)

    gone = (an_entry("ada"), an_entry("bo", standing="left"))
    hear(house, "on_cohort", a_cohort_formed(roster=gone, facilitators=(), cls=MemberLeft), version=2)
    send(house)

    assert len(mail.to("ada")) == 1
    invitation, cancellation = (entry(each) for each in mail.to("bo"))
    assert (invitation["METHOD"], cancellation["METHOD"]) == ("REQUEST", "CANCEL")
    assert uid(invitation) == uid(cancellation)


def test_a_moved_session_is_told_once_with_a_higher_sequence(house, mail):
    invited(house, "ada")
    send(house)

    hear(house, "on_slot", moved(), version=2)
    send(house)

    first, second = (entry(each) for each in mail.to("ada"))
    assert uid(first) == uid(second)
    assert [each.walk("VEVENT")[0]["SEQUENCE"] for each in (first, second)] == [0, 1]
    assert "moved" in mail.to("ada")[1]["Subject"]


def test_a_new_place_alone_is_not_called_a_move(house, mail):
    invited(house, "ada")
    send(house)

    hear(house, "on_slot", a_slot_fact(SessionRescheduled, sequence=1, place="Room 5"), version=2)
    send(house)

    assert "Where" in mail.to("ada")[1]["Subject"]


def test_an_older_fact_than_the_one_we_hold_tells_nobody(house, mail):
    known(house, "ada")
    hear(house, "on_cohort", a_cohort_formed(members=("ada",), facilitators=()))
    hear(house, "on_slot", a_slot_fact(SessionCancelled, sequence=2, standing="cancelled"), version=3)

    hear(house, "on_slot", moved(), version=2)
    hear(house, "on_slot", a_slot_fact(), version=1)
    send(house)

    assert [each["Subject"].split()[0] for each in mail.mails] == ["No"]


def test_an_invitation_not_yet_sent_gives_way_to_the_newer_one(house, mail):
    invited(house, "ada")
    hear(house, "on_slot", moved(), version=2)

    send(house)

    assert len(mail.mails) == 1
    assert ("session_scheduled", "per_ada", "dropped", "overtaken") in states(house)


def test_reminders_go_out_a_day_before_but_not_to_who_said_no(house, mail, clock):
    invited(house, "ada", "bo")
    hear(house, "on_session", a_session_fact(RsvpRecorded, rsvps=[("per_ada", "yes"), ("per_bo", "no")]))
    send(house)
    clock.moment = STARTS - timedelta(hours=24)
    send(house)

    assert states(house, kind="session_reminder") == [
        ("session_reminder", "per_ada", "sent", ""),
        ("session_reminder", "per_bo", "dropped", "declined"),
    ]


def test_a_reminder_that_comes_after_the_start_is_dropped_with_a_record(house, mail, clock):
    invited(house, "ada")
    clock.moment = STARTS + timedelta(minutes=1)

    send(house)

    assert {state for _, _, state, _ in states(house)} == {"dropped"}
    assert mail.mails == []


def test_a_capsule_reaches_those_who_were_absent_as_a_link(house, mail, clock):
    known(house, "ada", "bo")
    hear(house, "on_cohort", a_cohort_formed(members=("ada", "bo"), facilitators=()))
    clock.moment = STARTS + timedelta(hours=4)

    for event_id in ("evt_1", "evt_2"):
        hear(house, "on_session", a_session_fact(published=clock.moment), event_id=event_id)
    send(house)

    assert len(mail.to("ada")) == len(mail.to("bo")) == 1
    assert "https://commonthread.example/sessions/ses_1" in mail.mails[0].get_body(("plain",)).get_content()


def test_feedback_is_asked_and_only_the_silent_are_reminded(house, mail, clock):
    known(house, "ada", "bo")
    hear(house, "on_cohort", a_cohort_formed(members=("ada", "bo"), facilitators=()))
    for person in ("ada", "bo"):
        hear(house, "on_feedback_request", a_request_fact(person=person))
    send(house)
    hear(house, "on_feedback_request", a_request_fact(FeedbackGiven, "ada", "given"), version=2)
    clock.moment = STARTS - timedelta(hours=24)

    send(house)

    assert [len(mail.to("ada")), len(mail.to("bo"))] == [1, 2]


def test_a_sign_in_link_is_sent_to_somebody_not_known_here_and_then_forgotten(house, floor, mail):
    sealed = seal_token(floor.settings.secret("link_key"), "T" * 43)
    hear(house, "on_sign_in_link_requested", a_sign_in_fact(token=sealed))
    waiting = house.service.notices.documents.find_one({})

    send(house)

    sent = house.service.notices.documents.find_one({})
    assert "https://commonthread.example/link/" + "T" * 43 in mail.mails[0].as_string()
    assert "T" * 43 not in repr(waiting)
    assert "new@northwind.example" not in repr(waiting)
    assert sent["secret"] is None


def test_a_sign_in_link_is_not_sent_when_it_has_run_out(house, mail, clock):
    hear(house, "on_sign_in_link_requested", a_sign_in_fact())
    clock.moment += timedelta(minutes=10)

    send(house)

    assert mail.mails == []
    assert states(house) == [("sign_in_link", "per_new", "dropped", "too-late")]


def test_a_mail_server_that_says_later_is_asked_again(house, mail, clock):
    invited(house, "ada")
    mail.answers = ["451 4.3.0 later"]
    run_due(house, "notices", "on_notice_due", most=1)
    assert states(house, kind="session_scheduled")[0][2:] == ("queued", "mail-put-off")

    clock.moment += RETRIES[0]
    send(house)

    (notice,) = house.service.notices.find(NETWORK, {"kind": "session_scheduled"})
    assert (notice.state, notice.attempts) == ("sent", 2)
    assert len(mail.mails) == 1


def test_a_mail_server_that_says_no_is_not_asked_again_and_it_is_announced(house, mail):
    invited(house, "ada")
    mail.answers = ["550 5.1.1 nobody here"]

    run_due(house, "notices", "on_notice_due", most=1)

    document = house.service.notices.documents.find_one({"kind": "session_scheduled"})
    assert (document["state"], document["reason"]) == ("failed", "mail-refused")
    assert [entry["routing_key"] for entry in document["outbox"]] == ["notice_failed"]


def test_a_mail_server_that_is_down_costs_a_try_and_nothing_else(house, mail):
    invited(house, "ada")
    mail.stop()

    run_due(house, "notices", "on_notice_due", most=1)
    mail.start()

    assert states(house, kind="session_scheduled")[0][2:] == ("queued", "mail-server-away")


def test_a_process_that_died_while_sending_sends_again_under_the_same_id(house, mail, clock):
    invited(house, "ada")

    class Died(BaseException):
        pass

    real = house.service.channel.send

    def send_and_die(letter):
        real(letter)
        raise Died

    house.service.channel.send = send_and_die
    with pytest.raises(Died):
        run_due(house, "notices", "on_notice_due", most=1)
    del house.service.channel.send
    house.service.notices.documents.update_many({}, {"$set": {"lease_until": NOW}})
    clock.moment += RETRIES[0]
    send(house)

    assert len({each["Message-ID"] for each in mail.mails}) == 1
    assert len(mail.mails) == 2
    assert ("session_scheduled", "per_ada", "sent", "") in states(house)


def test_one_click_stops_one_topic_for_one_person(house, mail):
    invited(house, "ada")
    link = Caller("link", NETWORK, person_id="per_ada", link={"act": "stop_notices", "subject": "timetable"})

    first = house.ask("stop_notices", link)
    again = house.ask("stop_notices", link)
    send(house)

    assert (
        first
        == again
        == {"stopped": ["timetable"], "topics": ["capsules", "feedback", "reminders", "timetable", "tips"]}
    )
    assert ("session_scheduled", "per_ada", "dropped", "unsubscribed") in states(house)
    assert all("Reminder" in each["Subject"] for each in mail.mails)


@pytest.mark.parametrize(
    ("caller", "payload"),
    [
        (Caller("link", NETWORK, person_id="per_ada", link={"act": "rsvp", "subject": "ses_1"}), {}),
        (
            Caller(
                "link", NETWORK, person_id="per_ada", link={"act": "stop_notices", "subject": "timetable"}
            ),
            {"topic": "feedback"},
        ),
        (Caller(), {"topic": "feedback"}),
        (Caller("client", NETWORK, client_id="cli_1"), {"topic": "feedback"}),
    ],
)
def test_a_link_stops_what_it_was_made_for_and_nothing_else(house, caller, payload):
    with pytest.raises(RemoteRefusal) as refused:
        house.ask("stop_notices", caller, **payload)

    assert refused.value.kind == "forbidden"


def test_a_stop_can_be_taken_back(house):
    house.ask("stop_notices", me("ada"), key="k1", topic="feedback")
    house.ask("stop_notices", me("ada"), key="k2", topic="capsules")

    after = house.ask("stop_notices", me("ada"), key="k3", topic="feedback", again=True)

    assert after["stopped"] == ["capsules"]
    assert house.ask("show_preferences", me("ada")) == after


def test_people_see_their_own_notices_and_no_others(house):
    invited(house, "ada", "bo")

    seen = house.ask("list_notices", me("ada"))["data"]

    assert [(notice["kind"], notice["session_id"]) for notice in seen] == [("session_scheduled", "ses_1")]
    assert house.ask("list_notices", me("stranger"))["data"] == []


def test_the_delivery_log_never_tells_who_answered(house, mail, clock):
    invited(house, "ada", "bo")
    hear(house, "on_feedback_request", a_request_fact(person="ada"))
    hear(house, "on_session", a_session_fact(RsvpRecorded, rsvps=[("per_bo", "no")]))
    send(house)

    log = house.ask("list_deliveries", STAFF)["data"]

    assert {entry["kind"] for entry in log} == {"session_scheduled"}
    assert {entry["state"] for entry in log} == {"sent"}
    assert "northwind" not in repr(log)


@pytest.mark.parametrize("caller", [me("ada"), Caller(), Caller("client", NETWORK, client_id="cli_1")])
def test_only_staff_see_the_delivery_log(house, caller):
    with pytest.raises(RemoteRefusal) as refused:
        house.ask("list_deliveries", caller)

    assert refused.value.kind == "forbidden"


def test_ten_thousand_notices_are_queued_in_a_few_round_trips(house):
    people = tuple(f"p{number}" for number in range(5_000))
    hear(house, "on_cohort", a_cohort_formed(members=people, facilitators=(), cls=CohortFormed))

    hear(house, "on_slot", a_slot_fact())
    hear(house, "on_slot", a_slot_fact())

    assert house.service.notices.count(NETWORK, {}) == 10_000


def moved():
    start = STARTS + timedelta(days=1)
    return a_slot_fact(
        SessionRescheduled,
        sequence=1,
        starts_at=start,
        ends_at=start + timedelta(minutes=90),
        wall_start="2024-01-17T15:00",
    )


def entry(mail):
    (shown,) = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
    return Calendar.from_ical(shown.get_content())


def uid(calendar):
    return calendar.walk("VEVENT")[0]["UID"]
