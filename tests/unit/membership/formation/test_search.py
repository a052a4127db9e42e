"""The engine: whatever the roster, no formation breaks a hard rule."""

import csv
import hashlib
import random
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from deploy.local.places import PROJECT
from services.contracts.events.membership import WeeklyHours
from services.membership.adapters.engine import roster_of
from services.membership.domain.hours import read_hours
from services.membership.domain.placement import pose_question, read_answer
from services.membership.domain.reporting import above
from services.membership.domain.safety import find_breaches
from services.membership.formation.search import group_counts, search
from tests.builders.people import MONDAY, a_program, somebody

SAMPLE = PROJECT / "deploy/local/data/sample_roster.csv"
REAL_ROSTER = Path(__file__).parents[5] / "shared/data/rosters/people_115_in_54_zones.csv"
ZONES = ("UTC", "Europe/Paris", "America/New_York", "Asia/Kathmandu", "Pacific/Auckland", "Asia/Tokyo")
MOVES = 4000
GOLDEN = "7dcf944174b961bb"  # of the split that SPLIT prints


def form(people, program, seed=1, moves=MOVES):
    """Return (groups, unplaced) as the worker would keep them."""
    lines = {person.id: person.managers for person in people}
    question = pose_question(people, lines, program)
    found = search(roster_of(question), question.bounds, seed, moves, lambda progress: None)
    return read_answer(question, found.groups, program), question


def assert_lawful(people, program, groups, unplaced, question):
    times = {person.id: mask.starts for person, mask in zip(question.people, question.times, strict=True)}
    lines = {person.id: person.managers for person in people}
    named = [group.members for group in groups]
    assert find_breaches(named, above(lines), times, question.bounds) == []
    placed = [one for group in named for one in group]
    told = [one.person_id for one in unplaced]
    assert sorted(placed + told) == sorted(person.id for person in people)
    assert all(one.words for one in unplaced)


@some.composite
def rosters(draw):
    count = draw(some.integers(2, 40))
    people = []
    for number in range(count):
        above_them = [f"per_{boss:02}" for boss in range(number)]
        managers = (
            draw(some.lists(some.sampled_from(above_them), max_size=2, unique=True)) if above_them else []
        )
        begins = draw(some.integers(0, 22)) * 60
        days = draw(some.sampled_from([(0, 1, 2, 3, 4), (0, 2), (5, 6), ()]))
        hours = tuple(
            WeeklyHours(day, begins, min(1440, begins + draw(some.integers(1, 10)) * 60)) for day in days
        )
        people.append(
            somebody(
                f"per_{number:02}",
                zone=draw(some.sampled_from(ZONES)),
                weekly_hours=hours,
                managers=tuple(managers),
                organization_id=draw(some.sampled_from(["org_a", "org_b", None])),
                years=draw(some.one_of(some.none(), some.integers(0, 30))),
            )
        )
    low = draw(some.integers(2, 6))
    return people, a_program(size_low=low, size_high=low + draw(some.integers(0, 4)), session_minutes=60)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(rosters())
def test_no_formation_of_any_roster_breaks_a_hard_rule(roster):
    people, program = roster

    (groups, unplaced), question = form(people, program, moves=2000)

    assert_lawful(people, program, groups, unplaced, question)


def test_a_boss_and_their_reports_at_any_depth_never_meet_in_a_group():
    people = [
        somebody(f"per_{number:02}", managers=(f"per_{(number - 1) // 3:02}",) if number else ())
        for number in range(60)
    ]
    program = a_program(size_low=5, size_high=8)

    (groups, unplaced), question = form(people, program)

    assert_lawful(people, program, groups, unplaced, question)


def test_who_cannot_be_placed_is_told_why():
    people = [somebody(f"per_{number}") for number in range(6)]
    people += [
        somebody("per_silent", weekly_hours=()),
        somebody("per_hasty", weekly_hours=(WeeklyHours(0, 540, 570),)),
        somebody("per_owl", weekly_hours=(WeeklyHours(0, 0, 180),)),
    ]

    (groups, unplaced), _ = form(people, a_program(size_low=5, size_high=8))

    assert [len(group.members) for group in groups] == [6]
    assert {one.person_id: one.code for one in unplaced} == {
        "per_silent": "no-hours",
        "per_hasty": "hours-too-short",
        "per_owl": "no-common-start",
    }


def test_groups_say_in_words_why_they_are_good():
    people = [
        somebody(f"per_{number}", function="Finance", organization_id=f"org_{number % 3}")
        for number in range(6)
    ]

    (groups, _), _ = form(people, a_program(size_low=5, size_high=8))

    words = {term.name: term.words for term in groups[0].terms}
    assert words["organizations"] == "3 organizations meet among 6 members"
    assert words["thread"] == "6 of 6 share: finance"


def test_the_same_seed_and_moves_give_the_same_groups_and_another_seed_may_not():
    people = [somebody(f"per_{number:02}", organization_id=f"org_{number % 5}") for number in range(40)]
    program = a_program(size_low=5, size_high=8)

    first, again, other = (form(people, program, seed=seed)[0] for seed in (7, 7, 8))

    assert first == again
    assert first != other


@pytest.mark.parametrize(
    ("people", "low", "high", "first"), [(115, 6, 8, 16), (12, 6, 8, 2), (13, 8, 12, 1), (5, 6, 8, None)]
)
def test_numbers_of_groups_are_tried_from_the_middle_of_the_bounds(people, low, high, first):
    counts = group_counts(people, low, high)

    assert (counts[0] if counts else None) == first


@pytest.mark.parametrize("order", range(8))
def test_everybody_of_the_sample_finds_a_cohort_its_three_directors_too(order):
    with SAMPLE.open(newline="") as file:
        rows = list(csv.DictReader(file))
    random.Random(order).shuffle(rows)  # as ids happen to sort
    number = {row["Employee id"]: f"per_{place:03}" for place, row in enumerate(rows)}
    people = [
        somebody(
            number[row["Employee id"]],
            zone=row["Time zone"],
            weekly_hours=read_hours(row["Weekly hours"], row["Time zone"], MONDAY),
            function=row["Department"],
            level=row["Level"],
            years=int(row["Years of experience"]),
            organization_id=row["Organization"],
            managers=(number[row["Manager id"]],) if row["Manager id"] else (),
        )
        for row in rows
    ]
    lines = {person.id: person.managers for person in people}
    question = pose_question(people, lines, a_program(size_low=5, size_high=8))

    found = search(roster_of(question), (5, 8), order, 100_000, lambda progress: None, group_count=18)

    assert found.unplaced == ()


@pytest.fixture(scope="module")
def real_people():
    if not REAL_ROSTER.exists():
        pytest.skip(f"the roster of 115 people is not at {REAL_ROSTER}")
    with REAL_ROSTER.open(newline="") as file:
        rows = list(csv.DictReader(file))
    on = date(2027, 1, 11)
    return [
        somebody(
            f"per_{int(row['id']):03}",
            zone=row["time_zone"],
            weekly_hours=read_hours(row["working_hour_list"], row["time_zone"], on),
            years=int(row["work_experience_years"]),
            organization_id=f"org_{number % 6}",
            managers=(f"per_{number // 7 + 1:03}",) if number >= 7 else (),  # generated: the roster has none
        )
        for number, row in enumerate(rows)
    ]


@pytest.mark.parametrize(
    ("first_day", "minutes"), [(MONDAY, 90), (MONDAY, 120), (date(2027, 3, 15), 90), (date(2027, 7, 5), 120)]
)
def test_every_one_of_115_people_in_54_zones_finds_a_cohort(real_people, first_day, minutes):
    program = a_program(size_low=6, size_high=8, session_minutes=minutes, starts_on=first_day)

    (groups, unplaced), question = form(real_people, program, moves=100_000)

    assert unplaced == ()
    assert sum(len(group.members) for group in groups) == 115
    assert_lawful(real_people, program, groups, unplaced, question)


SPLIT = """
from services.membership.formation.arrays import Roster
from services.membership.formation.compiled import COMPILED
from services.membership.formation.search import search
week = (1 << 672) - 1
masks = [week >> (number * 7 % 300) << (number * 5 % 200) & week for number in range(60)]
related = [(n, n + 20) for n in range(20)]
roster = Roster(masks, masks, masks, related, [n % 4 for n in range(60)],
    [[n % 7, 7 + n % 3] for n in range(60)], [(n, n + 31) for n in range(0, 20, 3)])
print(COMPILED, search(roster, (5, 7), 3, 6000, lambda progress: None))
"""


def test_compiled_and_plain_find_the_same_groups():
    import os

    def split(**environment):
        out = subprocess.run(
            [sys.executable, "-c", SPLIT],
            env=os.environ | environment,
            capture_output=True,
            text=True,
            check=True,
        )
        return out.stdout.split(" ", 1)

    (is_compiled, compiled), (is_plain, plain) = split(), split(NUMBA_DISABLE_JIT="1")

    assert (is_compiled, is_plain) == ("True", "False")
    assert compiled == plain
    assert hashlib.sha256(compiled.strip().encode()).hexdigest()[:16] == GOLDEN
