"""Dates that everybody can keep, on every side of the world and of a change of clocks."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from services.scheduling.domain.planning import LEAD_TIME, common_zone, plan_series
from tests.builders.scheduling import NEW_YEAR, a_facilitator, a_member, a_series, weekdays


def instants(plan):
    return [start.replace(tzinfo=ZoneInfo(plan.zone)).astimezone(UTC) for start in plan.starts]


def local(moment, zone):
    return moment.astimezone(ZoneInfo(zone))


def test_a_cohort_of_one_zone_meets_at_midday_on_the_first_day():
    plan = plan_series(a_series(count=3), [a_member("ada"), a_member("bo")], NEW_YEAR)

    assert plan.zone == "Europe/Stockholm"
    assert [start.isoformat() for start in plan.starts] == [
        "2027-01-11T12:15:00",
        "2027-01-25T12:15:00",
        "2027-02-08T12:15:00",
    ]


def test_sessions_lie_in_the_common_hours_of_everybody():
    people = [
        a_member("ada", "Europe/Stockholm", weekdays(8, 18)),
        a_member("bo", "America/New_York", weekdays(8, 18)),
        a_member("cy", "Africa/Lagos", weekdays(9, 20)),
    ]

    plan = plan_series(a_series(), people, NEW_YEAR)

    assert plan.missing == (0, 0, 0, 0)
    for moment in instants(plan):
        assert local(moment, "Europe/Stockholm").hour >= 14
        assert local(moment + timedelta(minutes=90), "Europe/Stockholm").hour <= 18


def test_the_only_common_weekday_is_found():
    people = [
        a_member("ada", hours=weekdays(9, 17, days=(1, 3))),
        a_member("bo", hours=weekdays(9, 17, days=(3, 4))),
    ]

    plan = plan_series(a_series(), people, NEW_YEAR)

    assert {start.weekday() for start in plan.starts} == {3}


def test_hours_on_both_sides_of_midnight_are_one_stretch():
    evening = weekdays(22.5, 24, days=(1,)) + weekdays(0, 1, days=(2,))

    plan = plan_series(a_series(count=1, minutes=120), [a_member("ada", hours=evening)], NEW_YEAR)

    assert plan.missing == (0,)
    assert plan.starts[0].time().isoformat() in ("22:30:00", "22:45:00", "23:00:00")


def test_where_nobody_can_all_meet_the_fewest_are_missing():
    people = [
        a_member("ada", hours=weekdays(9, 11)),
        a_member("bo", hours=weekdays(9, 11)),
        a_member("cy", hours=weekdays(14, 16)),
    ]

    plan = plan_series(a_series(count=2), people, NEW_YEAR)

    assert plan.missing == (1, 1)
    assert {start.hour for start in plan.starts} == {9}


def test_the_worst_hour_decides_between_equally_attended_times():
    people = [
        a_member("ada", "Europe/London", weekdays(0, 24)),
        a_member("bo", "Asia/Tokyo", weekdays(0, 24)),
    ]

    plan = plan_series(a_series(count=1), people, NEW_YEAR)
    middle = instants(plan)[0] + timedelta(minutes=45)

    assert local(middle, "Europe/London").hour in (8, 9)
    assert local(middle, "Asia/Tokyo").hour in (16, 17, 18)


def test_occurrences_that_summer_time_breaks_take_their_nearest_good_start():
    """New York changes its clocks on 14 March, Stockholm on the 28th: between, they are an hour closer."""
    people = [
        a_member("ada", "Europe/Stockholm", weekdays(14, 16.5)),
        a_member("bo", "Europe/Stockholm", weekdays(14, 16.5)),
        a_member("cy", "America/New_York", weekdays(9, 10.5)),
    ]

    plan = plan_series(a_series(count=5, weeks_between=1, starts_on=date(2027, 3, 1)), people, NEW_YEAR)

    assert [start.isoformat() for start in plan.starts] == [
        "2027-03-01T15:00:00",
        "2027-03-08T15:00:00",
        "2027-03-15T14:00:00",
        "2027-03-22T14:00:00",
        "2027-03-29T15:00:00",
    ]
    assert plan.missing == (0, 0, 0, 0, 0)
    assert plan.moved == (2, 3)


def test_the_time_stays_the_same_on_the_wall_when_the_clocks_change():
    plan = plan_series(a_series(count=8, weeks_between=2, starts_on=date(2027, 2, 1)), [a_member()], NEW_YEAR)

    assert len({start.time() for start in plan.starts}) == 1
    assert len({moment.time() for moment in instants(plan)}) == 2


def test_no_session_before_the_day_the_program_starts():
    plan = plan_series(a_series(starts_on=date(2027, 5, 5)), [a_member()], NEW_YEAR)

    assert plan.starts[0].date() >= date(2027, 5, 5)


def test_a_program_that_should_have_started_begins_with_a_day_of_notice():
    plan = plan_series(a_series(starts_on=date(2026, 1, 1)), [a_member()], NEW_YEAR)

    assert instants(plan)[0] >= NEW_YEAR + LEAD_TIME


def test_the_facilitator_is_not_booked_twice_and_the_members_lose_nothing():
    series = a_series(count=4, weeks_between=2)
    first = plan_series(series, [a_member("ada"), a_facilitator()], NEW_YEAR)
    busy = [(moment, moment + timedelta(minutes=90)) for moment in instants(first)]

    second = plan_series(series, [a_member("bo"), a_facilitator(busy=busy)], NEW_YEAR)

    assert second.missing == (0, 0, 0, 0)
    for moment in instants(second):
        assert all(moment + timedelta(minutes=90) <= start or moment >= end for start, end in busy)


def test_a_facilitator_with_one_possible_hour_a_week_leads_two_cohorts_in_alternate_weeks():
    series, hour = a_series(count=4, weeks_between=2), weekdays(10, 11.5, days=(2,))
    first = plan_series(series, [a_member("ada", hours=hour), a_facilitator(hours=hour)], NEW_YEAR)
    busy = [(moment, moment + timedelta(minutes=90)) for moment in instants(first)]

    second = plan_series(series, [a_member("bo", hours=hour), a_facilitator(hours=hour, busy=busy)], NEW_YEAR)

    assert second.missing == (0, 0, 0, 0)
    assert not set(instants(first)) & set(instants(second))


def test_a_member_of_two_cohorts_is_not_asked_to_be_in_both_at_once():
    series = a_series(count=2)
    first = plan_series(series, [a_member("ada"), a_member("bo")], NEW_YEAR)
    busy = [(moment, moment + timedelta(minutes=90)) for moment in instants(first)]

    second = plan_series(series, [a_member("ada", busy=busy), a_member("cy")], NEW_YEAR)

    assert second.missing == (0, 0)
    assert not set(instants(first)) & set(instants(second))


def test_the_zone_is_the_one_most_members_live_in():
    people = [a_member("ada", "Asia/Tokyo"), a_member("bo", "Asia/Tokyo"), a_member("cy"), a_facilitator()]

    assert common_zone(people) == "Asia/Tokyo"


@pytest.mark.parametrize(
    "zone", ["Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Apia", "America/St_Johns"]
)
def test_odd_offsets_are_planned_to_the_quarter_hour(zone):
    people = [a_member("ada", zone, weekdays(9, 17)), a_member("bo", "UTC", weekdays(0, 24, days=range(7)))]

    plan = plan_series(a_series(count=12, weeks_between=4), people, NEW_YEAR)

    assert set(plan.missing) == {0}


def test_the_same_people_get_the_same_dates_every_time():
    people = [
        a_member(f"m{n}", zone) for n, zone in enumerate(["Europe/Stockholm", "Africa/Lagos", "Asia/Kolkata"])
    ]

    plans = {plan_series(a_series(), people, NEW_YEAR) for _ in range(3)}

    assert len(plans) == 1


def test_planning_starts_from_the_moment_it_is_asked():
    soon = datetime(2027, 1, 11, 11, 0, tzinfo=UTC)

    plan = plan_series(a_series(count=1), [a_member(hours=weekdays(0, 24))], soon)

    assert instants(plan)[0] >= soon + LEAD_TIME
