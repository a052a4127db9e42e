"""Who may not share a cohort, at any depth, and what a group without a conflict looks like."""

import pytest

from services.membership.domain.line_conflicts import (
    LineConflict,
    check_seats,
    find_conflicts,
    without_conflicts,
)
from services.membership.domain.reporting import above
from services.membership.domain.safety import HardRuleBroken

LINES = above({"ada": ("mid",), "mid": ("boss",), "bo": ("mid",), "cy": ()})


def test_a_boss_at_any_depth_is_a_conflict_and_a_colleague_is_none():
    assert find_conflicts(["ada", "boss", "cy"], [], LINES) == (LineConflict("ada", "boss"),)
    assert find_conflicts(["ada", "bo", "cy"], [], LINES) == ()


def test_a_facilitator_above_a_member_is_a_conflict_and_is_told_apart():
    assert find_conflicts(["ada", "cy"], ["mid"], LINES) == (LineConflict("ada", "mid", leads=True),)


def test_a_member_who_leads_is_looked_at_once():
    assert find_conflicts(["ada", "mid"], ["mid"], LINES) == (LineConflict("ada", "mid"),)


def test_a_seat_is_refused_without_saying_whose_line_it_is():
    check_seats(["ada", "bo"], ["cy"], LINES)

    with pytest.raises(HardRuleBroken) as refused:
        check_seats(["ada", "bo"], ["boss"], LINES)

    assert not any(name in refused.value.message for name in ("ada", "bo ", "boss"))


def test_of_a_group_with_conflicts_whoever_is_in_most_of_them_is_left_out():
    assert without_conflicts(["ada", "mid", "bo", "cy"], LINES) == ("ada", "bo", "cy")
