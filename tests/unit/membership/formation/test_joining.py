"""A late joiner: placed where it costs least, nobody moved, no hard rule broken."""

import pytest

from services.membership.formation.arrays import Roster
from services.membership.formation.joining import Rooms

MORNING, EVENING = 0b1111, 0b1111 << 300


def a_roster(**changed):
    """Return seven people: 0 to 2 and 3 to 5 in two groups, 6 comes late."""
    given = {
        "starts": [MORNING] * 7,
        "office": [MORNING] * 7,
        "waking": [MORNING] * 7,
        "related": [],
        "organization": [-1] * 7,
        "threads": [[0]] * 3 + [[1]] * 3 + [[1]],
    }
    return Roster(**(given | changed))


def rooms_of(roster, high=4):
    return [room.group for room in Rooms(roster, [[0, 1, 2], [3, 4, 5]], high).best(6)]


def test_the_group_with_the_same_thread_comes_first():
    assert rooms_of(a_roster()) == [1, 0]


def test_no_group_of_somebody_above_or_below_is_offered():
    assert rooms_of(a_roster(related=[(4, 6)])) == [0]


def test_no_group_without_a_common_start_is_offered():
    assert rooms_of(a_roster(starts=[MORNING] * 3 + [EVENING] * 3 + [MORNING])) == [0]


def test_a_full_group_is_not_offered():
    assert rooms_of(a_roster(), high=3) == []


def test_who_wants_to_meet_somebody_is_offered_their_group_first():
    assert rooms_of(a_roster(threads=[[]] * 7, wanted=[(6, 0)])) == [0, 1]


@pytest.mark.parametrize("count", [1, 2])
def test_weighing_twice_says_the_same_because_nobody_is_moved(count):
    rooms = Rooms(a_roster(), [[0, 1, 2], [3, 4, 5]], 4)

    assert rooms.best(6, count) == rooms.best(6, count)
    assert len(rooms.best(6, count)) == count
