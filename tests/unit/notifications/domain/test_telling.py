from datetime import timedelta

from services.notifications.domain.telling import (
    REMIND_BEFORE,
    tell_of_capsule,
    tell_of_request,
    tell_of_slot,
    tell_sign_in,
    tell_who_left,
)
from tests.builders.notifications import NETWORK, NOW, STARTS, a_cohort, a_request, a_session, a_slot


def told(notices):
    return sorted((notice.kind, notice.person_id) for notice in notices)


def test_everybody_is_invited_and_reminded_a_day_before():
    notices = tell_of_slot(a_slot(), a_cohort(), NOW)

    assert told(notices) == [
        ("session_reminder", "per_ada"),
        ("session_reminder", "per_bo"),
        ("session_scheduled", "per_ada"),
        ("session_scheduled", "per_bo"),
    ]
    assert {notice.not_before for notice in notices} == {NOW, STARTS - REMIND_BEFORE}


def test_the_same_cause_gives_the_same_keys_whoever_tells_of_it():
    first, second = tell_of_slot(a_slot(), a_cohort(), NOW), tell_of_slot(a_slot(version=9), a_cohort(), NOW)

    assert [notice.key for notice in first] == [notice.key for notice in second]
    assert [notice.id for notice in first] == [notice.id for notice in second]


def test_a_moved_session_is_told_anew_under_other_keys():
    first = tell_of_slot(a_slot(), a_cohort(), NOW)

    moved = tell_of_slot(a_slot(sequence=1), a_cohort(), NOW)

    assert {notice.kind for notice in moved} == {"session_rescheduled", "session_reminder"}
    assert not {notice.key for notice in first} & {notice.key for notice in moved}


def test_a_new_place_is_told_as_a_new_place():
    notices = tell_of_slot(a_slot(sequence=1, changed="place"), a_cohort(("per_ada",)), NOW)

    assert told(notices) == [("session_placed", "per_ada"), ("session_reminder", "per_ada")]


def test_a_cancelled_session_reminds_nobody():
    notices = tell_of_slot(a_slot(sequence=1, standing="cancelled"), a_cohort(), NOW)

    assert told(notices) == [("session_cancelled", "per_ada"), ("session_cancelled", "per_bo")]


def test_of_what_is_past_nobody_is_told():
    assert tell_of_slot(a_slot(), a_cohort(), STARTS) == []
    assert tell_who_left(a_slot(), a_cohort((), ("per_ada",)), ["per_ada"], STARTS) == []
    assert tell_of_request(a_request(), a_request().closes_at) == []
    assert tell_sign_in(NETWORK, "tok_1", "per_ada", "a@b.example", "t", NOW, NOW) == []


def test_nobody_is_reminded_of_what_they_were_just_told():
    notices = tell_of_slot(a_slot(), a_cohort(("per_ada",)), STARTS - timedelta(hours=23))

    assert told(notices) == [("session_scheduled", "per_ada")]


def test_who_left_gets_what_they_were_told_of_taken_back():
    cohort = a_cohort(("per_bo",), left=("per_ada", "per_cy"))

    notices = tell_who_left(a_slot(), cohort, ["per_ada", "per_bo"], NOW)

    assert told(notices) == [("session_cancelled", "per_ada")]


def test_of_a_capsule_all_who_were_invited_are_told_once():
    notices = tell_of_capsule(a_session(published=NOW), NOW)

    assert told(notices) == [("capsule_published", "per_ada"), ("capsule_published", "per_bo")]


def test_a_capsule_of_last_month_is_no_news():
    assert tell_of_capsule(a_session(published=NOW - timedelta(days=30)), NOW) == []


def test_feedback_is_asked_once_and_reminded_once():
    notices = tell_of_request(a_request(), NOW)

    assert told(notices) == [("feedback_reminder", "per_ada"), ("feedback_requested", "per_ada")]


def test_who_answered_is_not_asked():
    assert tell_of_request(a_request(standing="given"), NOW) == []


def test_no_notice_bears_a_text_of_anybody():
    everything = [
        *tell_of_slot(a_slot(place="Secret bar"), a_cohort(), NOW),
        *tell_of_capsule(a_session(published=NOW), NOW),
        *tell_of_request(a_request(), NOW),
    ]

    allowed = {"session_id", "cohort_id", "sequence", "request_id", "questionnaire_id"}
    assert {name for notice in everything for name in notice.about} <= allowed
