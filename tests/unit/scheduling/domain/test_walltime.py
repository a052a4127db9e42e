from datetime import UTC, datetime

import pytest

from services.scheduling.domain.refusals import UnknownZone, WallTimeUnreadable
from services.scheduling.domain.walltime import read_wall, span, to_utc, zone_of


def test_a_time_the_clocks_skip_is_read_with_the_offset_before_the_gap():
    assert to_utc(datetime(2027, 3, 28, 2, 30), zone_of("Europe/Stockholm")) == datetime(
        2027, 3, 28, 1, 30, tzinfo=UTC
    )


def test_a_time_the_clocks_show_twice_is_the_first():
    assert to_utc(datetime(2027, 10, 31, 2, 30), zone_of("Europe/Stockholm")) == datetime(
        2027, 10, 31, 0, 30, tzinfo=UTC
    )


def test_a_session_over_a_change_of_clocks_lasts_its_real_minutes():
    start, end = span(datetime(2027, 3, 28, 1, 30), 90, zone_of("Europe/Stockholm"))

    assert (end - start).total_seconds() == 90 * 60


NOT_WALL_TIMES = (
    "",
    "soon",
    "2027-01-12",
    "2027-01-12T15:00Z",
    "2027-01-12T15:00:00",
    "2027-1-12T15:00",
    "2027-02-30T15:00",
    "2027-01-12T24:00",
    "1999-01-12T15:00",
    "2027-01-12T15:00\n",
    "２027-01-12T15:00",
)


@pytest.mark.parametrize("text", NOT_WALL_TIMES)
def test_what_is_not_a_wall_time_to_the_minute_is_refused(text):
    with pytest.raises(WallTimeUnreadable):
        read_wall(text)


@pytest.mark.parametrize("name", ["", "Mars/Olympus", "../etc/passwd", "/etc/passwd", "Europe", "\x00"])
def test_an_unknown_zone_is_refused(name):
    with pytest.raises(UnknownZone):
        zone_of(name)
