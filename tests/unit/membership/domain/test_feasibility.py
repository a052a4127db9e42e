"""What makes a formation impossible is said with whom it is about, the smallest conflict first."""

import pytest

from services.contracts.events.membership import WeeklyHours
from services.membership.domain.feasibility import find_conflicts, most_at_once, widest
from services.membership.domain.formation_options import Options, OptionsContradict, options_of
from services.membership.domain.formations import Formation, TooFewPeople, TooManyPeople, begin
from services.membership.domain.placement import Former, pose_question
from services.membership.domain.reporting import above
from tests.builders.people import MONDAY, NET, a_program, somebody

PROGRAM = a_program(size_low=4, size_high=6)


def some_people(count, **fields):
    return [somebody(f"per_{number:02}", **fields) for number in range(count)]


def asked(people, options=Options(), former=None, program=PROGRAM):  # noqa: B008 - frozen
    lines = {person.id: person.managers for person in people}
    return find_conflicts(pose_question(people, lines, program, options, None, former))


def rules(conflicts):
    return [each.rule for each in conflicts]


def test_people_who_can_meet_stand_in_nobodys_way():
    assert asked(some_people(12)) == ()


def test_nobody_available_is_the_conflict_when_nobody_gave_hours():
    (only,) = asked(some_people(8, weekly_hours=()))

    assert only.rule == "nobody-available"
    assert only.people == tuple(f"per_{number:02}" for number in range(8))


def test_too_few_with_hours_names_those_without():
    silent = [somebody("per_90", weekly_hours=()), somebody("per_91", weekly_hours=())]

    (only,) = asked(some_people(3) + silent)

    assert (only.rule, only.people) == ("too-few-available", ("per_90", "per_91"))
    assert "3 people have 90 free minutes" in only.words


def test_everyone_in_one_reporting_line_can_form_no_cohort():
    chain = [somebody(f"per_{n:02}", managers=(f"per_{n - 1:02}",) if n else ()) for n in range(9)]

    (only,) = asked(chain)

    assert only.rule == "reporting-line"
    assert "of 9 people only 1" in only.words


def test_colleagues_under_one_boss_are_no_conflict():
    team = some_people(5, managers=("per_99",))

    assert asked([*team, somebody("per_99")]) == ()


def test_people_who_are_never_free_together_are_told_the_best_start():
    nights = [
        somebody(f"per_{n:02}", zone="UTC", weekly_hours=(WeeklyHours(n % 6, 600, 720),)) for n in range(12)
    ]

    (only,) = asked(nights)

    assert only.rule == "no-common-start"
    assert "at the best start, Mon 10:00 UTC, 2 people can come; a cohort needs 4" in only.words
    assert only.people == ("per_00", "per_06")


def test_a_zone_nobody_knows_leaves_its_person_out_and_breaks_nothing():
    people = [*some_people(4), somebody("per_99", zone="Atlantis/Center")]

    question = pose_question(people, {}, PROGRAM)

    assert [(one.person_id, one.code) for one in question.without_hours] == [("per_99", "zone-unknown")]


@pytest.mark.parametrize(
    ("options", "pair"),
    [
        (Options(together=(("per_00", "per_01"),)), ("per_00", "per_01")),
        (Options(together=(("per_01", "per_02"), ("per_00", "per_02"))), ("per_00", "per_01")),
    ],
    ids=["a pair", "through somebody else"],
)
def test_a_boss_and_their_report_cannot_be_kept_together(options, pair):
    people = [somebody("per_00"), somebody("per_01", managers=("per_00",)), *some_people(9)[2:]]

    (only,) = asked(people, options)

    assert (only.rule, only.people) == ("kept-together", pair)


def test_people_without_a_common_start_cannot_be_kept_together():
    early = somebody("per_90", zone="UTC", weekly_hours=(WeeklyHours(0, 60, 240),))

    (only,) = asked([*some_people(6), early], Options(together=(("per_00", "per_90"),)))

    assert only.people == ("per_00", "per_90")


def test_contradictory_locks_are_all_named_the_smallest_first():
    people = some_people(12)
    people[1] = somebody("per_01", managers=("per_00",))
    early = somebody("per_90", zone="UTC", weekly_hours=(WeeklyHours(0, 60, 240),))
    groups = (("per_00", "per_01", "per_02", "per_03"), ("per_04", "per_05", "per_06", "per_90"))
    former = Former(groups, locked=("per_00", "per_01", "per_04", "per_05", "per_90"))

    conflicts = asked([*people, early], Options(together=(("per_00", "per_04"),)), former)

    assert rules(conflicts) == ["locks-contradict"] * 3
    assert [each.people for each in conflicts] == [
        ("per_00", "per_01"),
        ("per_00", "per_04"),
        ("per_04", "per_05", "per_90"),
    ]


def test_more_locked_people_than_a_cohort_holds_contradict_a_smaller_size():
    ids = tuple(f"per_{n:02}" for n in range(6))

    (only,) = asked(some_people(12), Options(size_high=5), Former((ids,), locked=ids))

    assert only.words == "are locked in one cohort, which holds 5"


@pytest.mark.parametrize(
    ("said", "pointer"),
    [
        ({"size_low": 9}, "/size_low"),
        ({"size_high": 3}, "/size_high"),
        ({"most_moved": 2}, "/most_moved"),
        ({"wanted": [["per_00", "per_00"]]}, "/wanted/0"),
        (
            {"apart": [["per_00", "per_02"]], "together": [["per_00", "per_01"], ["per_02", "per_01"]]},
            "/apart/0",
        ),
        ({"together": [["per_00", f"per_{n:02}"] for n in range(1, 8)]}, "/together"),
    ],
)
def test_options_that_contradict_one_another_name_their_field(said, pointer):
    with pytest.raises(OptionsContradict) as refused:
        options_of(said, 4, 6, None)

    assert refused.value.errors[0]["pointer"] == pointer


def test_a_run_that_goes_on_keeps_the_pairs_that_were_asked_for():
    first = options_of({"apart": [["per_02", "per_01"]], "weights": {"thread": 200}}, 4, 6, None)

    said = {"former_id": "frm_1", "most_moved": 3, "wanted": [["per_03", "per_04"]]}
    second = options_of(said, 4, 6, first)

    assert second.apart == (("per_01", "per_02"),)
    assert second.wanted == (("per_03", "per_04"),)
    assert (second.weight("thread"), second.weight("hours"), second.most_moved) == (200, 100, 3)


@pytest.mark.parametrize(
    ("enrolled", "refusal"), [(0, TooFewPeople), (1, TooFewPeople), (200_000, TooManyPeople)]
)
def test_rosters_too_small_or_too_large_are_refused_at_once(enrolled, refusal):
    with pytest.raises(refusal, match=str(enrolled)):
        begin(Formation("frm_1", NET, "prg_1", 1, 1000, MONDAY), enrolled, 4, None)


def test_the_start_at_which_most_can_come_is_counted_over_everybody():
    assert most_at_once([0b0110, 0b0010, 0b1011, 0b0000]) == (1, 3)
    assert most_at_once([]) == (0, 0)


def test_the_widest_part_of_a_matrix_is_found_though_its_bottom_is_narrow():
    lines = {"d": ("a", "b", "c"), "a": (), "b": (), "c": ()}

    assert widest(sorted(lines), above(lines)) == 3
