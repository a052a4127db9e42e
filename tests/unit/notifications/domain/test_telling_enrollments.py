"""Whom to tell of enrollment, and of a supervisor's support."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from services.notifications.domain.copies import Enrollment
from services.notifications.domain.judging import View, reason_to_drop
from services.notifications.domain.kinds import KINDS
from services.notifications.domain.telling import tell_of_slot
from services.notifications.domain.telling_enrollments import tell_enrollment, tell_pledge
from tests.builders.notifications import NOW as STORY_NOW
from tests.builders.notifications import a_cohort, a_slot, a_view

NOW = datetime(2027, 1, 4, 12, tzinfo=UTC)
LONG_BEFORE = STORY_NOW
UNTIL = NOW + timedelta(hours=48)
APPLIED = Enrollment("enr_1", "net_1", "prg_1", "per_ada", None, "applied", None, None)


def standing(name, **fields):
    return replace(APPLIED, standing=name, **fields)


def pledge(name, number=1):
    return tell_pledge("net_1", "enr_1", "per_ada", "per_cleo", name, number, NOW)


@pytest.mark.parametrize("name", ["enrolled", "waitlisted", "declined"])
def test_who_applied_is_told_of_each_answer_once_a_round(name):
    (notice,) = tell_enrollment(standing(name), 2, NOW)

    assert (notice.person_id, notice.kind) == ("per_ada", "enrollment_decided")
    assert notice.key == f"decided:enr_1:2:{name}"


@pytest.mark.parametrize("name", ["applied", "accepted", "placed", "withdrawn", "lapsed"])
def test_of_what_they_did_themselves_nobody_is_told(name):
    assert tell_enrollment(standing(name), 1, NOW) == []


def test_whom_staff_enrolled_is_not_told_of_an_answer():
    assert tell_enrollment(standing("enrolled"), 0, NOW) == []


def test_an_offer_is_told_until_it_is_over_and_anew_when_it_is_longer():
    offered = standing("offered", offer_until=UNTIL)
    (first,) = tell_enrollment(offered, 1, NOW)
    (longer,) = tell_enrollment(replace(offered, offer_until=UNTIL + timedelta(hours=1)), 1, NOW)

    assert (first.kind, first.useless_after) == ("seat_offered", UNTIL)
    assert first.key != longer.key
    assert tell_enrollment(offered, 1, UNTIL) == []


def test_an_offer_taken_meanwhile_is_not_mailed():
    offered = standing("offered", offer_until=UNTIL)
    (notice,) = tell_enrollment(offered, 1, NOW)

    assert reason_to_drop(notice, View(enrollment=offered), NOW) == ""
    assert reason_to_drop(notice, View(enrollment=standing("accepted")), NOW) == "overtaken"


def test_the_supervisor_is_asked_and_the_member_hears_of_the_answer():
    (asked,) = pledge("asked")
    (signed,) = pledge("signed")

    assert (asked.person_id, asked.about) == ("per_cleo", {"pledge": "enr_1/1"})
    assert (signed.person_id, signed.kind) == ("per_ada", "pledge_answered")


def test_the_supervisor_is_sent_each_months_tip_once_and_can_stop_them():
    first, again, next_one = (
        tell_pledge("net_1", "enr_1", "per_ada", "per_cleo", "signed", 1, NOW, number)[0]
        for number in (7, 7, 9)
    )

    assert (first.person_id, first.kind) == ("per_cleo", "pledge_tip")
    assert first.id == again.id != next_one.id
    assert KINDS["pledge_tip"].topic == "tips"


@pytest.mark.parametrize("name", ["waived", "waiver_wished"])
def test_of_a_waiver_nothing_is_sent(name):
    assert pledge(name) == []


def test_who_pauses_is_reminded_of_no_session_within_the_pause_and_of_the_next_after_it():
    reminder = tell_of_slot(a_slot(), a_cohort(("per_ada",)), LONG_BEFORE)[1]
    until = a_slot().starts_at + timedelta(days=1)
    paused = a_view(enrollment=standing("placed", paused_until=until))
    over = a_view(enrollment=standing("placed", paused_until=a_slot().starts_at))

    assert reason_to_drop(reminder, paused, LONG_BEFORE) == "paused"
    assert reason_to_drop(reminder, over, LONG_BEFORE) == ""
