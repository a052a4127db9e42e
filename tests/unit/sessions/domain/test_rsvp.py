from datetime import timedelta

import pytest

from services.contracts.events.sessions import Answered, RsvpRecorded
from services.sessions.domain.refusals import NotInvited, SessionStarted, SessionWasCancelled
from services.sessions.domain.rsvp import answer_rsvp
from tests.builders.sessions import START, a_session, an_open_session

BEFORE = START - timedelta(hours=1)


def test_an_answer_is_kept_and_told():
    after, facts = answer_rsvp(a_session(), "per_ada", "yes", BEFORE)

    assert after.answer_of("per_ada") == "yes"
    assert [type(fact) for fact in facts] == [RsvpRecorded]
    assert facts[0].rsvps == (Answered("per_ada", "yes"),)


def test_a_later_answer_takes_the_place_of_the_first():
    session, _ = answer_rsvp(a_session(), "per_ada", "yes", BEFORE)

    after, _ = answer_rsvp(session, "per_ada", "no", BEFORE)

    assert [(rsvp.person_id, rsvp.answer) for rsvp in after.rsvps] == [("per_ada", "no")]


def test_repeating_an_answer_changes_nothing_and_tells_nobody():
    session, _ = answer_rsvp(a_session(), "per_ada", "maybe", BEFORE)

    assert answer_rsvp(session, "per_ada", "maybe", BEFORE) == (session, ())


def test_somebody_off_the_roster_is_not_invited():
    with pytest.raises(NotInvited):
        answer_rsvp(a_session(), "per_stranger", "yes", BEFORE)


@pytest.mark.parametrize("session", [a_session(), an_open_session()], ids=["at the start", "opened early"])
def test_answers_end_with_the_start(session):
    now = START if session.standing == "planned" else BEFORE

    with pytest.raises(SessionStarted):
        answer_rsvp(session, "per_ada", "yes", now)


def test_nobody_answers_for_a_cancelled_session():
    with pytest.raises(SessionWasCancelled):
        answer_rsvp(a_session(standing="cancelled"), "per_ada", "yes", BEFORE)
