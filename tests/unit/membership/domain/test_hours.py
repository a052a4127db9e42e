from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as some

from services.contracts.events.membership import WeeklyHours
from services.membership.domain.hours import HoursNotUnderstood, merge_hours, read_hours

WINTER, SUMMER = date(2027, 1, 11), date(2027, 7, 12)


def spelled(text, zone="Europe/Paris", on=WINTER):
    return [(hours.day, hours.from_minute, hours.to_minute) for hours in read_hours(text, zone, on)]


def test_days_and_times_are_read_as_they_stand_on_the_wall():
    assert spelled("Mo-We 09:00-17:00; Sa 10:00-12:30") == [
        (0, 540, 1020),
        (1, 540, 1020),
        (2, 540, 1020),
        (5, 600, 750),
    ]


def test_no_days_means_monday_to_friday():
    assert [day for day, _, _ in spelled("8:00-9:00")] == [0, 1, 2, 3, 4]


def test_a_range_of_days_may_go_round_the_week():
    assert [day for day, _, _ in spelled("Sa-Mo 08:00-09:00")] == [0, 5, 6]


def test_hours_over_midnight_go_on_the_next_day():
    assert spelled("Fr 22:00-02:00") == [(4, 1320, 1440), (5, 0, 120)]


def test_utc_hours_hold_on_each_working_day_at_the_offset_of_the_day_said():
    assert spelled("15;16;17", "America/New_York")[0] == (0, 10 * 60, 13 * 60)
    assert spelled("15;16;17", "America/New_York", SUMMER)[0] == (0, 11 * 60, 14 * 60)


def test_utc_hours_round_midnight_are_one_stretch_of_the_local_evening():
    assert spelled("22;23;0;1", "America/Bogota")[0] == (0, 17 * 60, 21 * 60)


def test_utc_hours_of_a_zone_with_half_hours_stay_half_hours():
    assert spelled("4;5", "Asia/Kolkata")[0] == (0, 9 * 60 + 30, 11 * 60 + 30)


@pytest.mark.parametrize(
    "text", ["Mo-Fr", "9-17", "Xy 09:00-17:00", "09:00-25:00", "09:70-10:00", "24;25", "10:00-10:00", "now"]
)
def test_what_is_neither_spelling_is_refused(text):
    with pytest.raises(HoursNotUnderstood):
        read_hours(text, "UTC", WINTER)


@given(
    some.lists(
        some.builds(
            lambda day, start, long: WeeklyHours(day, start, min(1440, start + long)),
            some.integers(0, 6),
            some.integers(0, 1430),
            some.integers(5, 300),
        )
    )
)
def test_merged_hours_cover_the_same_minutes_and_never_touch(hours):
    merged = merge_hours(hours)

    def minutes(several):
        return {(one.day, minute) for one in several for minute in range(one.from_minute, one.to_minute)}

    assert minutes(merged) == minutes(hours)
    assert all(a.day != b.day or a.to_minute < b.from_minute for a, b in pairwise(merged))
