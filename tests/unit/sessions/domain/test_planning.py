from datetime import timedelta

import pytest

from services.contracts.events.scheduling import SessionCancelled, SessionRescheduled
from services.contracts.events.sessions import SessionPlanned
from services.sessions.domain.planning import follow_circle, follow_slot, plan_session
from services.sessions.domain.session import Rsvp
from tests.builders.sessions import START, a_circle, a_session, a_slot_event, an_open_session

LATER = START + timedelta(days=1)


def test_a_slot_becomes_a_planned_session_without_roster():
    session = plan_session(a_slot_event(), version=3)

    assert (session.standing, session.slot_version, session.invited()) == ("planned", 3, ())


def test_a_move_takes_the_session_along_and_voids_the_answers_to_the_old_time():
    session = a_session(rsvps=(Rsvp("per_ada", "yes"),))

    after, facts = follow_slot(session, a_slot_event(SessionRescheduled, LATER), version=2)

    assert (after.starts_at, after.rsvps) == (LATER, ())
    assert [type(fact) for fact in facts] == [SessionPlanned]


def test_a_slot_changed_in_place_keeps_the_answers():
    session = a_session(rsvps=(Rsvp("per_ada", "yes"),))

    after, _ = follow_slot(session, a_slot_event(place="Room 4"), version=2)

    assert (after.place, after.answer_of("per_ada")) == ("Room 4", "yes")


@pytest.mark.parametrize("version", [1, 0])
def test_a_slot_held_or_older_changes_nothing(version):
    session = a_session()

    assert follow_slot(session, a_slot_event(SessionRescheduled, LATER), version) == (session, ())


def test_a_cancelled_slot_cancels_and_a_later_one_revives():
    cancelled, _ = follow_slot(a_session(), a_slot_event(SessionCancelled, standing="cancelled"), version=2)
    revived, _ = follow_slot(cancelled, a_slot_event(SessionRescheduled, LATER), version=3)

    assert (cancelled.standing, revived.standing) == ("cancelled", "planned")


def test_a_session_that_was_opened_is_not_cancelled_any_more():
    after, _ = follow_slot(an_open_session(), a_slot_event(SessionCancelled, standing="cancelled"), version=2)

    assert after.standing == "open"


def test_a_new_roster_is_taken_over_and_told():
    after, facts = follow_circle(a_session(), a_circle(members=("per_ada", "per_dee"), version=2))

    assert after.invited() == ("per_ada", "per_dee")
    assert facts[0].invited == ("per_ada", "per_dee")


def test_a_new_signature_is_taken_over_in_silence():
    after, facts = follow_circle(a_session(signed_by=()), a_circle(signed_by=("per_ada",), version=2))

    assert after.circle.signed_by == {"per_ada"}
    assert facts == ()


def test_an_older_roster_changes_nothing():
    session = a_session(circle=a_circle(version=5))

    assert follow_circle(session, a_circle(members=(), version=4)) == (session, ())
