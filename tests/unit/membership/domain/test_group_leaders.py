"""Who leads the groups of a formation: neutral always, load even, with a common hour where one can be had."""

from services.contracts.events.membership import WeeklyHours
from services.membership.domain.facilitation import Candidate
from services.membership.domain.group_leaders import with_leaders
from services.membership.domain.group_terms import judge
from services.membership.domain.placement import rules_for
from services.membership.domain.reporting import above
from tests.builders.people import a_program, somebody

GROUPS = tuple((f"per_{n}a", f"per_{n}b") for n in range(6))


def led(candidates, facilitation="outside", groups=GROUPS, **managers):
    program = a_program(size_low=2, size_high=4, facilitation=facilitation)
    members = [
        somebody(one, managers=managers.get(one, ()), years=1 + (one[-1] == "b"))
        for each in groups
        for one in each
    ]
    lines = {person.id: person.managers for person in members}
    rules = rules_for(members, above(lines), program)
    found = with_leaders([judge(group, rules) for group in groups], candidates, rules)
    return [group.facilitators for group in found]


def a_guide(name, load=0, starts=0):
    return Candidate(somebody(f"per_{name}"), load, starts)


def test_the_load_is_even():
    leaders = led([a_guide("x"), a_guide("y"), a_guide("z")])

    assert sorted(sum(leaders, ())) == sorted(["per_x", "per_y", "per_z"] * 2)


def test_what_somebody_leads_already_counts():
    leaders = led([a_guide("x", load=4), a_guide("y")])

    assert sum(leaders, ()).count("per_x") == 1


def test_who_alone_could_lead_a_group_is_kept_free_for_it():
    above_all_but_one = {f"per_{n}a": ("per_x",) for n in range(1, 6)}

    leaders = led([a_guide("x"), a_guide("y")], **above_all_but_one)

    assert leaders[0] == ("per_x",)
    assert leaders[1:] == [("per_y",)] * 5


def test_load_is_handed_over_through_others_who_can_take_a_group():
    """Only x can lead group 0 and 1; y takes 2, where x would otherwise stand."""
    not_y = {"per_0a": ("per_y",), "per_1a": ("per_y",)}

    leaders = led([a_guide("x"), a_guide("y")], groups=GROUPS[:4], **not_y)

    assert leaders == [("per_x",), ("per_x",), ("per_y",), ("per_y",)]


def test_nobody_leads_where_nobody_is_neutral():
    assert led([a_guide("x")], groups=GROUPS[:1], per_0a=("per_x",)) == [()]


def test_who_has_a_common_hour_goes_before_who_has_none():
    night = rules_for([somebody("per_x", weekly_hours=(WeeklyHours(6, 0, 300),))], {}, a_program()).starts(
        "per_x"
    )

    leaders = led([a_guide("x", starts=night), a_guide("y", load=9)])

    assert leaders == [("per_y",)] * 6


def test_who_has_remote_skill_leads_groups_that_live_in_several_zones_and_no_others():
    program = a_program(size_low=2, size_high=4, facilitation="outside")
    near = [somebody("per_a"), somebody("per_b")]
    far = [somebody("per_c"), somebody("per_d", zone="Europe/Paris")]
    rules = rules_for([*near, *far], {}, program)
    groups = [judge(("per_a", "per_b"), rules), judge(("per_c", "per_d"), rules)]

    found = with_leaders(groups, [a_guide("x"), a_guide("y")], rules, frozenset({"per_y"}))

    assert [group.facilitators for group in found] == [("per_x",), ("per_y",)]


def test_a_pair_leads_where_two_are_asked_for():
    leaders = led([a_guide("x"), a_guide("y"), a_guide("z")], facilitation="pair")

    assert all(len(set(pair)) == 2 for pair in leaders)
    assert {name: sum(leaders, ()).count(name) for name in ("per_x", "per_y", "per_z")} == {
        "per_x": 4,
        "per_y": 4,
        "per_z": 4,
    }


def test_where_members_lead_the_most_experienced_begins():
    assert led([], facilitation="rotating") == [(f"per_{n}b",) for n in range(6)]
