"""Whom a cohort may have asked how they did what it calls impossible, and when."""

from datetime import UTC, datetime, timedelta

import pytest

from services.membership.domain import quests, story_asks
from tests.builders.people import somebody

NOW = datetime(2027, 3, 1, 9, tzinfo=UTC)
GROUP = frozenset({"per_ada", "per_bo", "per_cy"})


def a_quest(stage="inside", **fields):
    given = {"goal": "No night shift alone.", "begun_by": "per_ada", "views": {}} | fields
    until = NOW + quests.PATIENCE
    return quests.Quest("que_1", "net_1", "coh_1", 1, stage=stage, stage_until=until, **given)


def said(**view):
    return dict.fromkeys(GROUP, quests.View(**view))


def chosen(*names, ancestors=None, times=None, quest=None):
    found = [somebody(f"per_{name}") for name in names]
    return story_asks.choose(quest or a_quest(), found, GROUP, ancestors or {}, times or {})


def test_at_most_five_are_asked_at_once_those_asked_least_first():
    names = [f"x{number}" for number in range(7)]

    assert len(chosen(*names)) == 5
    assert chosen("dee", "ed", times={"per_dee": 1}) == ("per_ed", "per_dee")


def test_who_was_asked_often_enough_is_left_alone():
    assert chosen("dee", "ed", times={"per_dee": story_asks.AT_MOST}) == ("per_ed",)


def test_nobody_of_the_group_nobody_in_its_lines_and_nobody_asked_before_is_asked():
    before = a_quest(asks=(quests.Ask("per_fay", NOW),))
    lines = {"per_bo": frozenset({"per_boss"}), "per_report": frozenset({"per_ada"})}

    assert chosen("ada", "boss", "report", "fay", "dee", ancestors=lines, quest=before) == ("per_dee",)


def test_the_group_is_searched_before_others_are():
    with pytest.raises(quests.NotNow):
        story_asks.check_may_ask(a_quest("rating"), GROUP, NOW)
    with pytest.raises(quests.AnswersMissing):
        story_asks.check_may_ask(a_quest(), GROUP, NOW)
    with pytest.raises(quests.NotNow):
        story_asks.check_may_ask(a_quest(views=said(has_done=True)), GROUP, NOW)

    story_asks.check_may_ask(a_quest(views=said(has_done=False)), GROUP, NOW)


def test_those_asked_have_a_week_before_others_are():
    waiting = a_quest("beyond", asks=(quests.Ask("per_dee", NOW),))

    with pytest.raises(quests.AnswersMissing):
        story_asks.check_may_ask(waiting, GROUP, NOW + timedelta(days=6))

    story_asks.check_may_ask(waiting, GROUP, NOW + timedelta(days=7))


@pytest.mark.parametrize(("impossible", "stage"), [(3, "inside"), (2, "inside"), (1, "reachable")])
def test_most_of_the_group_decide_whether_it_is_impossible(impossible, stage):
    reaches = ["impossible"] * impossible + ["hard"] * (3 - impossible)
    views = {one: quests.View(reach=reach) for one, reach in zip(sorted(GROUP), reaches, strict=True)}

    after, (fact,) = quests.go_on(a_quest("rating", views=views), GROUP, NOW)

    assert (after.stage, fact.stage) == (stage, stage)


def test_who_left_counts_no_more():
    views = {"per_ada": quests.View("hard"), "per_bo": quests.View("impossible")}
    views |= {"per_cy": quests.View("hard"), "per_gone": quests.View("impossible")}

    assert quests.go_on(a_quest("rating", views=views), GROUP, NOW)[0].stage == "reachable"
