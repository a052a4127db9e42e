"""Is one person above another: lines by hand, deep and wide ones, and any lines against walking them."""

import random

import pytest

from services.membership.domain.reporting import above
from services.membership.domain.reporting_lines import ReportingLines

MATRIX = {"ada": ("bo", "cy"), "bo": ("dee",), "cy": ("ed",), "ed": ("dee",), "flo": ("cy",)}


def test_everyone_up_the_line_is_above_and_a_colleague_is_not():
    lines = ReportingLines({"ada": ("bo",), "bo": ("cy",), "dee": ("cy",)})

    assert lines.is_above("cy", "ada")
    assert not lines.is_above("ada", "cy")
    assert lines.in_one_line("ada", "bo")
    assert not lines.in_one_line("dee", "bo")


def test_a_second_manager_counts_as_the_first_does():
    lines = ReportingLines(MATRIX)

    assert all(lines.is_above(boss, "ada") for boss in ("bo", "cy", "dee", "ed"))
    assert not lines.is_above("bo", "flo")
    assert not lines.is_above("ada", "ada")


def test_people_in_a_circle_are_above_each_other_and_themselves():
    lines = ReportingLines({"ada": ("bo",), "bo": ("cy",), "cy": ("bo",), "dee": ("dee",), "cleo": ("ada",)})

    assert lines.circles() == [("bo", "cy"), ("dee",)]
    assert lines.is_above("bo", "bo")
    assert lines.is_above("cy", "bo")
    assert lines.is_above("dee", "dee")
    assert lines.is_above("cy", "cleo")
    assert not lines.is_above("ada", "bo")


def test_whom_nobody_knows_is_above_nobody():
    assert not ReportingLines(MATRIX).in_one_line("zoe", "ada")
    assert not ReportingLines({}).is_above("ada", "ada")


def test_levels_count_the_longest_way_up():
    assert ReportingLines(MATRIX).levels() == 3
    assert ReportingLines({}).levels() == 0


@pytest.mark.parametrize("people", [100_000])
def test_a_line_of_a_hundred_thousand_levels(people):
    lines = ReportingLines({f"p{number}": (f"p{number - 1}",) for number in range(1, people)})

    assert lines.levels() == people - 1
    assert lines.is_above("p0", f"p{people - 1}")
    assert not lines.is_above(f"p{people - 1}", "p0")


def test_a_hundred_thousand_people_below_one():
    lines = ReportingLines({f"p{number}": ("boss",) for number in range(100_000)})

    assert lines.is_above("boss", "p99999")
    assert not lines.in_one_line("p1", "p2")


def test_those_below_a_matrix_share_what_is_above_it():
    lines = ReportingLines(MATRIX | {f"p{number}": ("ada",) for number in range(1_000)})

    kept = {id(beyond) for beyond in lines._further}
    assert len(kept) < 5
    assert all(lines.is_above("ed", f"p{number}") for number in range(1_000))


@pytest.mark.parametrize("seed", range(40))
def test_any_lines_answer_as_walking_them_does(seed):
    draw = random.Random(seed)
    people = [f"p{number}" for number in range(draw.randrange(2, 40))]
    lines = {
        person: tuple(dict.fromkeys(draw.choices(people, k=draw.choice((0, 1, 1, 1, 2, 3)))))
        for person in people
    }

    walked, found = above(lines), ReportingLines(lines)

    for person in people:
        assert {boss for boss in people if found.is_above(boss, person)} == walked[person], (person, lines)
