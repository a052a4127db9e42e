"""Going on from groups that stand: who is locked stays, few move, who belongs together is together."""

import pytest

from services.membership.formation.arrays import Roster
from services.membership.formation.search import Former, search

ALWAYS = (1 << 672) - 1
PEOPLE = 40


def a_roster(**changed):
    """Return forty people of five threads who can always meet."""
    given = {
        "starts": [ALWAYS] * PEOPLE,
        "office": [ALWAYS] * PEOPLE,
        "waking": [ALWAYS] * PEOPLE,
        "related": [],
        "organization": [number % 4 for number in range(PEOPLE)],
        "threads": [[number % 5] for number in range(PEOPLE)],
    }
    return Roster(**(given | changed))


def in_a_row():
    return [list(range(first, first + 8)) for first in range(0, PEOPLE, 8)]


def go_on(roster, former=None, moves=20_000):
    return search(roster, (6, 10), 1, moves, lambda progress: None, former)


def moved(split, groups):
    """Return how many people are apart from the most of their former group."""
    return sum(len(group) - max(len(set(group) & set(found)) for found in split.groups) for group in groups)


@pytest.mark.parametrize("most", [0, 1, 2, 5])
def test_at_most_so_many_people_move(most):
    split = go_on(a_roster(), Former(in_a_row(), most_moved=most))

    assert split.unplaced == ()
    assert moved(split, in_a_row()) <= most


def test_a_free_run_would_move_many():
    assert moved(go_on(a_roster(), Former(in_a_row())), in_a_row()) > 10


def test_nobody_is_moved_where_nothing_becomes_better():
    alike = a_roster(threads=[[0]] * PEOPLE, organization=[-1] * PEOPLE)

    assert moved(go_on(alike, Former(in_a_row(), most_moved=8)), in_a_row()) == 0


def test_who_is_locked_stays_with_those_who_are_locked_beside_them():
    split = go_on(a_roster(), Former(in_a_row(), locked=[0, 1, 2, 9, 10, 11]))

    group_of = {person: group for group in split.groups for person in group}
    assert group_of[0] == group_of[1] == group_of[2] != group_of[9] == group_of[10] == group_of[11]


def test_who_was_in_no_group_finds_one_though_nobody_may_move():
    groups = in_a_row()
    late = groups[4].pop()

    split = go_on(a_roster(), Former(groups, most_moved=0))

    assert split.unplaced == ()
    assert moved(split, groups) == 0
    assert any(late in group for group in split.groups)


def test_who_is_to_be_kept_together_is_together_or_in_no_group():
    together = [(number, number + 21) for number in range(8)]

    split = go_on(a_roster(together=together))

    group_of = {person: group for group in split.groups for person in group}
    assert split.unplaced == ()
    assert all(group_of[one] == group_of[other] for one, other in together)


def test_two_to_be_kept_together_of_one_reporting_line_are_in_no_group():
    split = go_on(a_roster(together=[(3, 4)], related=[(3, 4)]))

    assert {3, 4} <= set(split.unplaced)


@pytest.mark.parametrize("people", [0, 1, 5])
def test_fewer_people_than_a_group_needs_are_all_in_no_group(people):
    split = search(of_alike(people), (6, 10), 1, 500, lambda progress: None)

    assert (split.groups, split.unplaced) == ((), tuple(range(people)))


@pytest.mark.parametrize(
    "changed",
    [{"starts": 0}, {"related": [(one, other) for other in range(12) for one in range(other)]}],
    ids=["nobody available", "everybody in one reporting line"],
)
def test_where_no_group_can_be_lawful_nobody_is_put_into_one(changed):
    split = search(of_alike(12, **changed), (6, 10), 1, 500, lambda progress: None)

    assert (split.groups, split.unplaced) == ((), tuple(range(12)))


def of_alike(people, starts=ALWAYS, related=()):
    masks = [starts] * people
    return Roster(masks, masks, masks, related, [-1] * people, [[]] * people)
