"""Whom a reporting line keeps out of a cohort, whatever their roles."""

from datetime import timedelta

from services.membership.domain.guarding import PAUSE, Guarding, barred_from, look_soon, looked
from services.membership.domain.reporting import above
from tests.builders.identity import MORNING

LINES = {"ada": ["bea"], "bea": ["cleo"], "dan": ["bea"], "eve": ["ada"], "fay": ["eve"]}
ANCESTORS = above(LINES)


def test_everyone_above_a_member_is_kept_out_at_any_depth():
    assert barred_from(frozenset({"ada"}), ANCESTORS, ()) == ("bea", "cleo")


def test_who_reports_to_a_member_is_kept_out_when_they_hold_a_role():
    assert barred_from(frozenset({"ada"}), ANCESTORS, ["eve", "fay", "dan"]) == ("bea", "cleo", "eve", "fay")


def test_a_colleague_under_the_same_manager_is_not_kept_out():
    assert "dan" not in barred_from(frozenset({"ada"}), ANCESTORS, ["dan"])


def test_members_are_in_by_relation_and_never_named():
    assert barred_from(frozenset({"ada", "bea"}), ANCESTORS, ()) == ("cleo",)


def test_many_changes_together_are_one_look():
    first = look_soon(Guarding("net_1", "net_1"), MORNING)

    again = look_soon(first, MORNING + PAUSE / 2)

    assert again is first
    assert [each.at for each in first.due] == [MORNING + PAUSE]


def test_a_change_that_comes_while_it_looks_is_looked_at_again():
    looking = look_soon(Guarding("net_1", "net_1"), MORNING)
    later = MORNING + timedelta(seconds=5)

    again = look_soon(looking, later)

    assert [each.at for each in again.due] == [later + PAUSE]
    assert looked(again).due == ()
