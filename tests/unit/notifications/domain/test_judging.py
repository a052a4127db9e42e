from dataclasses import replace

import pytest

from services.notifications.domain.judging import reason_to_drop
from services.notifications.domain.telling import tell_of_request, tell_of_slot, tell_who_left
from tests.builders.notifications import NOW, STARTS, a_cohort, a_request, a_session, a_slot, a_view

ADA = a_cohort(("per_ada",))


def an_invitation(**slot):
    return tell_of_slot(a_slot(**slot), ADA, NOW)[0]


def a_reminder():
    return tell_of_slot(a_slot(), ADA, NOW)[1]


def test_what_is_still_true_is_sent():
    assert reason_to_drop(an_invitation(), a_view(), NOW) == ""
    assert reason_to_drop(a_reminder(), a_view(session=a_session({"per_ada": "yes"})), NOW) == ""


def test_a_reminder_after_the_start_is_too_late():
    assert reason_to_drop(a_reminder(), a_view(), STARTS) == "too-late"


def test_an_older_invitation_gives_way_to_the_newer():
    assert reason_to_drop(an_invitation(), a_view(slot=a_slot(sequence=1)), NOW) == "overtaken"


def test_no_invitation_after_the_session_was_cancelled():
    cancelled = a_slot(sequence=0, standing="cancelled")

    assert reason_to_drop(an_invitation(), a_view(slot=cancelled), NOW) == "overtaken"


def test_a_cancellation_is_told():
    cancelled = a_slot(sequence=1, standing="cancelled")

    assert reason_to_drop(tell_of_slot(cancelled, ADA, NOW)[0], a_view(slot=cancelled), NOW) == ""


def test_who_said_no_is_not_reminded():
    assert reason_to_drop(a_reminder(), a_view(session=a_session({"per_ada": "no"})), NOW) == "declined"


def test_nobody_is_reminded_of_a_session_that_waits_for_staff_and_all_else_is_told():
    waiting = replace(ADA, on_hold=True)

    assert reason_to_drop(a_reminder(), a_view(cohort=waiting), NOW) == "on-hold"
    assert reason_to_drop(an_invitation(), a_view(cohort=waiting), NOW) == ""


def test_who_left_is_told_nothing_more():
    assert reason_to_drop(an_invitation(), a_view(cohort=a_cohort(("per_bo",))), NOW) == "no-longer-in-cohort"


def test_who_left_and_came_back_keeps_the_session():
    notice = tell_who_left(a_slot(), a_cohort((), ("per_ada",)), ["per_ada"], NOW)[0]

    assert reason_to_drop(notice, a_view(cohort=a_cohort((), ("per_ada",))), NOW) == ""
    assert reason_to_drop(notice, a_view(cohort=a_cohort(("per_ada",))), NOW) == "came-back"


@pytest.mark.parametrize("standing", ["given", "closed"])
def test_only_the_silent_are_reminded_of_questions(standing):
    asked, reminder = tell_of_request(a_request(), NOW)
    answered = a_view(slot=None, request=a_request(standing=standing))

    assert reason_to_drop(reminder, answered, NOW) == "answered"
    assert reason_to_drop(asked, answered, NOW) == "answered"
    assert reason_to_drop(reminder, a_view(slot=None, request=a_request()), NOW) == ""


def test_who_stopped_a_topic_gets_no_letter_of_it_and_all_others():
    stopped = a_view(stopped=frozenset({"reminders"}))

    assert reason_to_drop(a_reminder(), stopped, NOW) == "unsubscribed"
    assert reason_to_drop(an_invitation(), stopped, NOW) == ""
