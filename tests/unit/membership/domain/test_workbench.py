"""A found split worked on by hand: what a move does is told before and after; who is locked stays."""

from dataclasses import replace

import pytest

from services.contracts.events.membership import WeeklyHours
from services.membership.domain.common_threads import Shared
from services.membership.domain.comparing import NotComparable, compare
from services.membership.domain.formation_options import Options
from services.membership.domain.formations import Formation, NotFoundYet
from services.membership.domain.group_terms import judge
from services.membership.domain.placement import rules_for
from services.membership.domain.profiles import Thread
from services.membership.domain.reporting import above
from services.membership.domain.workbench import (
    LastOfGroup,
    NobodyLikeThat,
    NoSuchGroup,
    PersonLocked,
    fitting,
    lock,
    move,
    places_for,
    why_here,
)
from tests.builders.people import MONDAY, NET, a_program, somebody

GROUPS = (("per_a", "per_b", "per_c"), ("per_d", "per_e", "per_f"), ("per_g", "per_h"))
PROGRAM = a_program(size_low=2, size_high=4)


def rules_of(*changed, options=Options(), **shared):  # noqa: B008 - frozen
    people = {one: somebody(one) for group in GROUPS for one in group} | {one.id: one for one in changed}
    lines = {person.id: person.managers for person in people.values()}
    return rules_for(people.values(), above(lines), PROGRAM, options, shared)


def found(rules, **fields):
    groups = tuple(judge(group, rules) for group in GROUPS)
    return Formation(
        "frm_1", NET, "prg_1", 1, 1000, MONDAY, standing="found", groups=groups, people=8, **fields
    )


def test_a_moved_person_is_in_the_other_group_and_nowhere_else():
    rules = rules_of()

    after = move(found(rules), "per_a", 2, rules)

    assert [group.members for group in after.groups] == [
        ("per_b", "per_c"),
        ("per_a", "per_d", "per_e", "per_f"),
        ("per_g", "per_h"),
    ]
    assert (after.moved, after.unplaced) == (1, ())


def test_moving_somebody_where_they_are_changes_nothing():
    rules = rules_of()
    before = found(rules)

    assert move(before, "per_a", 1, rules) is before


def test_who_is_taken_out_is_left_over_and_can_be_put_back():
    rules = rules_of()
    before = found(rules)

    out = move(before, "per_a", None, rules)
    back = move(out, "per_a", 1, rules)

    assert [(one.person_id, one.code) for one in out.unplaced] == [("per_a", "by-hand")]
    assert out.placed == 7
    assert back.groups == before.groups


def test_a_swap_puts_each_where_the_other_was():
    rules = rules_of()

    after = move(found(rules), "per_a", 2, rules, swap="per_e")

    assert [group.members for group in after.groups[:2]] == [
        ("per_b", "per_c", "per_e"),
        ("per_a", "per_d", "per_f"),
    ]


def test_a_move_beside_ones_boss_is_done_and_says_which_rule_it_breaks():
    rules = rules_of(somebody("per_a", managers=("per_d",)))

    after = move(found(rules), "per_a", 2, rules)

    (broken,) = after.groups[1].broken
    assert (broken.rule, set(broken.people)) == ("reporting-line", {"per_a", "per_d"})


def test_a_fifth_member_and_a_member_alone_break_the_size():
    rules = rules_of()

    after = move(move(found(rules), "per_g", 2, rules), "per_h", 2, rules, swap="per_g")

    assert [broken.rule for group in after.groups for broken in group.broken] == ["size"]
    assert after.groups[2].members == ("per_g",)


@pytest.mark.parametrize(
    ("options", "rule"),
    [
        (Options(apart=(("per_a", "per_d"),)), "kept-apart"),
        (Options(together=(("per_a", "per_b"),)), "kept-together"),
    ],
)
def test_pairs_that_were_asked_for_are_rules_too(options, rule):
    rules = rules_of(options=options)

    after = move(found(rules), "per_a", 2, rules)

    assert rule in {broken.rule for group in after.groups for broken in group.broken}


def test_who_has_no_hours_with_the_others_is_named_as_the_one_in_the_way():
    rules = rules_of(somebody("per_a", zone="UTC", weekly_hours=(WeeklyHours(6, 0, 300),)))

    after = move(found(rules), "per_a", 2, rules)

    (broken,) = after.groups[1].broken
    assert (broken.rule, broken.people) == ("no-common-start", ("per_a",))


def test_who_is_locked_is_moved_by_nobody_until_unlocked():
    rules = rules_of()
    locked = lock(found(rules), ["per_a"], True)

    for moving, swap in (("per_a", None), ("per_d", "per_a")):
        with pytest.raises(PersonLocked):
            move(locked, moving, 2 if moving == "per_a" else 1, rules, swap)

    assert move(lock(locked, ["per_a"], False), "per_a", 2, rules).number_of("per_a") == 2


@pytest.mark.parametrize(
    ("person", "number", "swap", "refusal"),
    [
        ("per_x", 2, None, NobodyLikeThat),
        ("per_a", 2, "per_g", NobodyLikeThat),
        ("per_a", 4, None, NoSuchGroup),
    ],
)
def test_who_or_what_is_not_there_is_refused(person, number, swap, refusal):
    rules = rules_of()

    with pytest.raises(refusal):
        move(found(rules), person, number, rules, swap)


def test_nobody_leaves_an_empty_group_behind():
    rules = rules_of()
    alone = move(found(rules), "per_g", 1, rules)

    with pytest.raises(LastOfGroup):
        move(alone, "per_h", 1, rules)


@pytest.mark.parametrize("standing", ["searching", "committing", "committed", "cancelled"])
def test_only_what_is_found_and_not_committed_is_changed(standing):
    rules = rules_of()
    formation = replace(found(rules), standing=standing)

    with pytest.raises(NotFoundYet):
        move(formation, "per_a", 2, rules)
    with pytest.raises(NotFoundYet):
        lock(formation, ["per_a"], True)


def test_a_place_says_what_the_move_then_does():
    rules = rules_of(
        somebody("per_a", organization_id="org_1"),
        somebody("per_b", organization_id="org_1"),
        somebody("per_d", organization_id="org_2"),
    )
    before = found(rules)

    places = places_for(before, "per_a", rules, [1, 2, 3])

    assert [place.number for place in places] == [2, 3]
    for place in places:
        after = move(before, "per_a", place.number, rules)
        total = sum(group.points for group in after.groups) - sum(group.points for group in before.groups)
        assert (place.points, place.after) == (total, after.groups[place.number - 1].points)


def test_lawful_places_come_before_those_that_break_a_rule():
    rules = rules_of(somebody("per_a", managers=("per_d",)))

    places = places_for(found(rules), "per_a", rules, [2, 3])

    assert [(place.number, [broken.rule for broken in place.broken]) for place in places] == [
        (3, []),
        (2, ["reporting-line"]),
    ]


def test_into_a_full_group_a_swap_is_proposed_that_breaks_nothing():
    rules = rules_of()
    full = move(found(rules), "per_g", 2, rules)

    (place,) = places_for(full, "per_a", rules, [2], swaps=True)

    assert place.swap in full.groups[1].members
    assert (place.size, place.broken) == (4, ())


def test_groups_that_cannot_meet_with_somebody_are_not_weighed():
    rules = rules_of()

    assert fitting(found(rules), rules.starts("per_a")) == [3, 1, 2]
    assert fitting(found(rules), 0) == []


def test_why_here_tells_what_the_group_gains_by_a_person():
    delegating = Shared(threads=(Thread("project", "Delegating"),))
    rules = rules_of(per_a=delegating, per_b=delegating, per_c=delegating)

    terms = {term.name: term.points for term in why_here(found(rules), "per_a", rules)}

    assert terms["thread"] == 0
    assert (
        sum(terms.values())
        == sum(term.points for term in found(rules).groups[0].terms) - judge(("per_b", "per_c"), rules).points
    )


def test_a_comparison_shows_only_what_differs():
    rules = rules_of()
    before = found(rules)
    after = replace(move(before, "per_a", 2, rules), id="frm_2")

    compared = compare(before, after)

    assert [(one.one, one.other, one.came, one.left) for one in compared.changes] == [
        (1, 1, (), ("per_a",)),
        (2, 2, ("per_a",), ()),
    ]
    assert compared.moved == 1


def test_the_same_groups_in_another_order_differ_in_nothing():
    before = found(rules_of())
    turned = replace(before, groups=before.groups[::-1])

    assert compare(before, turned).changes == ()


def test_formations_of_two_programs_are_not_compared():
    before = found(rules_of())

    with pytest.raises(NotComparable) as refused:
        compare(before, replace(before, program_id="prg_2"))

    assert refused.value.errors[0]["pointer"] == "/other_id"
