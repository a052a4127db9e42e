import pytest

from services.contracts.events.sessions import AttendanceRecorded, SessionClosed, SessionOpened
from services.sessions.domain.refusals import (
    AgreementNotSigned,
    NotOfThisCohort,
    SessionHeld,
    SessionNotOpen,
    SessionSummarised,
    SessionWasCancelled,
)
from services.sessions.domain.running import close_session, open_session, record_attendance, start_topics
from services.sessions.domain.session import Rsvp
from tests.builders.sessions import ROSTER, START, a_circle, a_closed_session, a_session, an_open_session


def test_opening_tells_that_it_is_open():
    after, facts = open_session(a_session(), START)

    assert after.standing == "open"
    assert [type(fact) for fact in facts] == [SessionOpened]


@pytest.mark.parametrize("session", [an_open_session(), a_closed_session()], ids=["open", "closed"])
def test_a_second_facilitator_who_opens_changes_nothing(session):
    assert open_session(session, START) == (session, ())


def test_a_cancelled_session_is_not_opened():
    with pytest.raises(SessionWasCancelled):
        open_session(a_session(standing="cancelled"), START)


def test_a_session_of_a_cohort_on_hold_is_not_opened_and_one_that_is_open_goes_on():
    held = a_circle(on_hold=True)

    with pytest.raises(SessionHeld):
        open_session(a_session(circle=held), START)

    running = a_session(standing="open", present=ROSTER, circle=held)
    assert start_topics(running, START).topics_started_at == START


def test_topics_start_once_everyone_present_has_signed():
    session = a_session(standing="open", present=ROSTER)

    after = start_topics(session, START)

    assert after.topics_started_at == START
    assert start_topics(after, START) is after


def test_topics_stay_closed_while_a_signature_is_missing():
    session = a_session(standing="open", present=ROSTER, signed_by=("per_ada",))

    with pytest.raises(AgreementNotSigned):
        start_topics(session, START)


def test_two_facilitators_marking_different_people_keep_both():
    session = a_session(standing="open")

    once, _ = record_attendance(session, {"per_ada": "present"})
    twice, facts = record_attendance(once, {"per_bo": "late"})

    assert (twice.attendance_of("per_ada"), twice.attendance_of("per_bo")) == ("present", "late")
    assert [type(fact) for fact in facts] == [AttendanceRecorded]


def test_marking_the_same_again_tells_nobody():
    session, _ = record_attendance(a_session(standing="open"), {"per_ada": "present"})

    assert record_attendance(session, {"per_ada": "present"}) == (session, ())


def test_attendance_of_a_stranger_is_refused_by_name_of_the_field():
    with pytest.raises(NotOfThisCohort) as refused:
        record_attendance(a_session(standing="open"), {"per_stranger": "present"})

    assert [error["pointer"] for error in refused.value.errors] == ["/standings/per_stranger"]


def test_attendance_is_not_recorded_ahead():
    with pytest.raises(SessionNotOpen):
        record_attendance(a_session(), {"per_ada": "present"})


def test_attendance_of_a_summarised_session_is_final():
    with pytest.raises(SessionSummarised):
        record_attendance(a_session(standing="summarised"), {"per_ada": "present"})


def test_closing_counts_an_apology_given_in_advance():
    session = a_session(standing="open", present=("per_ada",), rsvps=(Rsvp("per_bo", "no"),))

    after, facts = close_session(session, START)

    standings = [after.attendance_of(person_id) for person_id in ROSTER]
    assert standings == ["present", "apology", "no_show"]
    assert [type(fact) for fact in facts] == [SessionClosed]


def test_closing_twice_is_closing_once():
    session, _ = close_session(an_open_session(), START)

    assert close_session(session, START) == (session, ())


def test_what_was_never_opened_is_not_closed():
    with pytest.raises(SessionNotOpen):
        close_session(a_session(), START)
