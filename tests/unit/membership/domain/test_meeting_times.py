from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as some

from services.contracts.events.membership import WeeklyHours
from services.membership.domain.meeting_times import MeetingTimes, common_starts, count_starts, first_start
from tests.builders.people import OFFICE_HOURS

MONDAY = date(2027, 2, 1)


def starts(hours, zone, first_day=MONDAY, minutes=60):
    return MeetingTimes.of(hours, zone, first_day, minutes).starts


def first(hours, zone, first_day=MONDAY, minutes=60):
    return first_start(starts(hours, zone, first_day, minutes), first_day)


def test_wall_clock_hours_become_utc_by_the_offset_of_that_very_date():
    monday_morning = (WeeklyHours(0, 9 * 60, 10 * 60),)

    assert first(monday_morning, "Europe/Paris") == datetime(2027, 2, 1, 8, tzinfo=UTC)
    assert first(monday_morning, "Europe/Paris", date(2027, 7, 5)) == datetime(2027, 7, 5, 7, tzinfo=UTC)


def test_hours_two_people_share_in_winter_may_part_when_one_clock_changes():
    paris = (WeeklyHours(0, 15 * 60, 16 * 60),)
    new_york = (WeeklyHours(0, 9 * 60, 10 * 60),)

    def shared(first_day):
        return common_starts(
            (starts(paris, "Europe/Paris", first_day), starts(new_york, "America/New_York", first_day))
        )

    assert shared(MONDAY) != 0
    assert (
        shared(date(2027, 3, 15)) == 0
    )  # New York's clocks went forward on the 14th, Paris's do on the 28th


def test_a_session_must_end_within_the_hours():
    assert count_starts(starts((WeeklyHours(0, 9 * 60, 10 * 60 + 30),), "UTC", minutes=90)) == 1
    assert count_starts(starts((WeeklyHours(0, 9 * 60, 10 * 60 + 15),), "UTC", minutes=90)) == 0


def test_hours_that_touch_over_midnight_are_one_stretch():
    night = (WeeklyHours(0, 23 * 60, 1440), WeeklyHours(1, 0, 60))

    assert first(night, "UTC", minutes=120) == datetime(2027, 2, 1, 23, tzinfo=UTC)


def test_a_stretch_may_run_out_of_the_week_it_begins_in():
    night = (WeeklyHours(6, 23 * 60, 1440), WeeklyHours(0, 0, 60))

    assert first(night, "UTC", minutes=120) == datetime(2027, 2, 7, 23, tzinfo=UTC)


def test_quarter_hour_zones_stand_on_the_same_grid():
    assert first((WeeklyHours(0, 9 * 60, 10 * 60),), "Asia/Kathmandu") == datetime(
        2027, 2, 1, 3, 15, tzinfo=UTC
    )


def test_comfortable_starts_are_some_of_the_bearable_ones_and_these_of_all():
    times = MeetingTimes.of(tuple(WeeklyHours(day, 0, 1440) for day in range(7)), "Asia/Tokyo", MONDAY, 90)

    assert times.office & ~times.waking == 0
    assert times.waking & ~times.starts == 0
    assert count_starts(times.office) == 7 * 35
    assert count_starts(times.starts) == 672


@given(some.sampled_from(["UTC", "America/New_York", "Asia/Kathmandu"]), some.sampled_from([30, 60, 90, 120]))
def test_every_start_lies_with_its_whole_length_in_the_hours(zone, minutes):
    mask = starts(OFFICE_HOURS, zone, MONDAY, minutes)

    for quarter in range(672):
        if mask >> quarter & 1:
            begin = datetime.fromtimestamp(
                datetime(2027, 2, 1, tzinfo=UTC).timestamp() + quarter * 900, _zone(zone)
            )
            assert begin.weekday() < 5
            assert 9 * 60 <= begin.hour * 60 + begin.minute <= 17 * 60 - minutes


def _zone(name):
    from zoneinfo import ZoneInfo

    return ZoneInfo(name)
