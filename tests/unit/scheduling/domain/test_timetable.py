from dataclasses import replace
from datetime import datetime, timedelta

from services.scheduling.domain.cohort import cohort_heard
from services.scheduling.domain.planning import Plan
from services.scheduling.domain.timetable import (
    LOOK_AGAIN,
    PATIENCE,
    PLANS_AT_MOST,
    adopt_plan,
    await_hours,
    begin_timetable,
    finish_placing,
    must_yield,
    session_id,
    slots_of,
    timetable_id,
)
from tests.builders.scheduling import NEW_YEAR, a_cohort_formed

STARTS = (datetime(2027, 3, 22, 15), datetime(2027, 4, 5, 15))


def a_plan(starts=STARTS, zone="Europe/Stockholm"):
    return Plan(zone, starts, (0,) * len(starts), ())


def a_planned_timetable(**fields):
    begun = begin_timetable(cohort_heard(a_cohort_formed()), NEW_YEAR)
    return replace(adopt_plan(begun, a_plan(), NEW_YEAR), **fields)


def test_a_cohort_can_have_one_timetable_and_one_first_session():
    assert timetable_id("coh_1") == timetable_id("coh_1") != timetable_id("coh_2")
    assert session_id("coh_1", 1) == session_id("coh_1", 1) != session_id("coh_1", 2)
    assert session_id("coh_1", 11) != session_id("coh_11", 1)


def test_slots_keep_the_wall_time_on_both_sides_of_a_change_of_clocks():
    first, second = slots_of(a_planned_timetable())

    assert (first.wall_start, second.wall_start) == ("2027-03-22T15:00", "2027-04-05T15:00")
    assert (first.starts_at.hour, second.starts_at.hour) == (14, 13)
    assert [(slot.number, slot.of) for slot in (first, second)] == [(1, 2), (2, 2)]
    assert first.ends_at - first.starts_at == timedelta(minutes=90)


def test_waiting_for_hours_ends_when_patience_does():
    begun = begin_timetable(cohort_heard(a_cohort_formed()), NEW_YEAR)

    assert await_hours(begun, NEW_YEAR).due[0].at == NEW_YEAR + LOOK_AGAIN
    late = NEW_YEAR + PATIENCE - timedelta(seconds=1)
    assert await_hours(begun, late).due[0].at == NEW_YEAR + PATIENCE


def test_a_plan_yields_to_what_overlaps_it_and_to_nothing_that_only_touches():
    timetable = a_planned_timetable()
    start, end = timetable.spans()[1]

    assert must_yield(timetable, [(start + timedelta(minutes=30), end + timedelta(hours=1))])
    assert not must_yield(timetable, [(end, end + timedelta(hours=1)), (start - timedelta(hours=1), start)])


def test_a_plan_made_anew_too_often_stays():
    worn = a_planned_timetable(plans=PLANS_AT_MOST)

    assert not must_yield(worn, worn.spans())


def test_what_is_placed_is_due_no_more():
    assert finish_placing(a_planned_timetable()).due == ()
