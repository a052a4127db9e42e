"""Talks in rotation: nobody repeats a partner until there is nobody new, and nobody is left over."""

from itertools import combinations

import pytest

from services.membership.domain.rotations import repeats, rotations


def people(count):
    return [f"per_{number:02}" for number in range(count)]


@pytest.mark.parametrize("count", [2, 4, 6, 8, 20, 40])
def test_an_even_number_meets_everybody_once_before_anybody_twice(count):
    rounds = rotations(people(count), count - 1)

    assert repeats(rounds) == 0
    met = {tuple(sorted(pair)) for each in rounds for pair in each}
    assert met == set(combinations(people(count), 2))


def test_after_everybody_has_met_the_rounds_begin_again():
    rounds = rotations(people(6), 10)

    assert rounds[5:] == rounds[:5]


@pytest.mark.parametrize("count", [3, 5, 7, 9, 21, 39])
def test_an_odd_number_has_one_trio_and_nobody_left_over(count):
    for each in rotations(people(count), 4):
        assert sorted(one for group in each for one in group) == people(count)
        assert sorted(map(len, each)) == [2] * (len(each) - 1) + [3]


@pytest.mark.parametrize(("count", "rounds"), [(5, 1), (7, 3), (9, 6), (11, 6), (21, 12)])
def test_an_odd_number_repeats_nobody_as_long_as_it_need_not(count, rounds):
    assert repeats(rotations(people(count), rounds)) == 0


def test_the_trio_is_not_always_of_the_same_people():
    trios = [next(group for group in each if len(group) == 3) for each in rotations(people(9), 3)]

    assert len({one for trio in trios for one in trio}) == 9


@pytest.mark.parametrize("count", [0, 1])
def test_who_is_alone_talks_with_nobody(count):
    assert rotations(people(count), 3) == ()


def test_the_same_people_in_another_order_have_the_same_rounds():
    assert rotations(people(7)[::-1], 4) == rotations(people(7), 4)
