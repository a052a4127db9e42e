"""Pauses that end by themselves, farewells, and figures of both that give nobody away."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from services.membership.domain.enrollments import Enrollment
from services.membership.domain.taking_part import (
    LONGEST_PAUSE,
    NotTakingPart,
    PauseNotWithinReason,
    count_turnover,
    pause,
    resume,
    withdraw,
)

NOW = datetime(2027, 1, 4, 12, tzinfo=UTC)
WEEK = timedelta(days=7)


def an_enrollment(standing="enrolled", **fields):
    return Enrollment("enr_1", "net_1", "prg_1", "per_ada", standing=standing, revision=1, **fields)


def counted(*reasons):
    return count_turnover(Counter(), reasons)


def test_a_pause_is_over_at_its_end_before_anything_noted_it():
    paused, _ = pause(an_enrollment(), NOW + WEEK, NOW)

    assert paused.is_paused(NOW)
    assert not paused.is_paused(NOW + WEEK)


def test_a_pause_that_is_made_longer_ends_once():
    paused, _ = pause(an_enrollment(), NOW + WEEK, NOW)
    longer, _ = pause(paused, NOW + 2 * WEEK, NOW)

    assert [due.at for due in longer.due] == [NOW + 2 * WEEK]
    assert resume(longer)[0].due == ()


@pytest.mark.parametrize("until", [NOW, NOW - WEEK, NOW + LONGEST_PAUSE + WEEK])
def test_a_pause_has_an_end_ahead_and_within_half_a_year(until):
    with pytest.raises(PauseNotWithinReason):
        pause(an_enrollment(), until, NOW)


@pytest.mark.parametrize("standing", ["applied", "waitlisted", "offered", "withdrawn"])
def test_only_who_takes_part_can_pause(standing):
    with pytest.raises(NotTakingPart):
        pause(an_enrollment(standing), NOW + WEEK, NOW)


def test_leaving_twice_is_leaving_once():
    gone, facts = withdraw(an_enrollment(), "hours", NOW)

    assert [fact.standing for fact in facts] == ["withdrawn"]
    assert withdraw(gone, "personal", NOW + WEEK) == (gone, ())


@pytest.mark.parametrize("standing", ["declined", "lapsed"])
def test_who_is_not_in_it_has_nothing_to_leave(standing):
    with pytest.raises(NotTakingPart):
        withdraw(an_enrollment(standing), "hours", NOW)


def test_what_the_fact_says_of_a_farewell_is_not_why():
    _, (fact,) = withdraw(an_enrollment(), "personal", NOW)

    assert "personal" not in str(vars(fact))


def test_fewer_than_three_have_no_reasons():
    assert counted("hours", "hours") == count_turnover(Counter(), ["hours", "personal"])
    assert counted("hours", "hours").left is None


def test_reasons_move_on_by_three_people_at_a_time():
    three = counted("hours", "hours", "hours")

    assert three.reasons == (("hours", 3),)
    assert counted("hours", "hours", "hours", "personal").reasons == three.reasons
    assert counted(*["hours"] * 3, "personal", "hours").reasons == three.reasons


def test_a_reason_of_few_is_not_told_by_what_the_others_leave_over():
    found = counted("hours", "hours", "hours", "hours", "hours", "personal")

    assert found.counted == 6
    assert found.reasons == ()


def test_two_reasons_of_many_stand_side_by_side():
    assert counted(*["hours"] * 3, *["personal"] * 3).reasons == (("hours", 3), ("personal", 3))
