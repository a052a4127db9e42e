"""The real roster of 115 people and its owners' rules: our engine beside PyPI `team-formation` (CP-SAT).

Both get one core and as many seconds; what each found is judged by their tool's own evaluation.
"""

import csv
import json
import os
import subprocess
import tempfile
import time
from pathlib import Path

from deploy.local.places import PROJECT
from services.membership.formation.arrays import Roster
from services.membership.formation.search import search
from tests.benchmarks.tools import SOURCES, Missing, python_of

ROSTERS = PROJECT.parent / "shared/data/rosters"
ROSTER, RULES = ROSTERS / "people_115_in_54_zones.csv", ROSTERS / "people_115_rules.csv"
SIZE = 7  # of a team; some have one more
BOUNDS = (SIZE, SIZE + 1)
ALWAYS = (1 << 672) - 1  # hours are what people are to share, not a rule that excludes
# Percent that count one member without the shared hour as much as 4 years apart, and half a gender too many:
# 20, 5 and 10 in the rules.
WEIGHTS = (400, 144, 0, 0, 0, 500)
FIRST_MOVES = 200_000


def show_peer(seconds: list[float]) -> None:
    """Print what each costs after so many seconds; theirs is installed where it is not there."""
    if not ROSTER.exists():
        print(f"left out: the roster of 115 people is not at {ROSTER}")
        return
    try:
        python = python_of("team-formation")
    except Missing as missing:
        print(f"left out: {missing}")
        return
    print("\n115 people by their owners' rules, cost by team-formation's own evaluation; one core each")
    print(f"{'seconds':>10} {'ours':>10} {'took':>8} {'CP-SAT':>10} {'took':>8}")
    roster = a_real_roster()
    search(roster, BOUNDS, 1, 1000, lambda progress: None)  # compiled before anything is measured
    for limit in seconds:
        theirs = asked(python, "solve", str(limit))
        groups, took = within(roster, limit)
        ours = judged(python, groups, len(roster))
        figures = f"{ours['cost']:10.0f} {took:8.1f} {theirs['cost']:10.0f} {theirs['seconds']:8.1f}"
        print(f"{limit:10g} {figures}", flush=True)


def a_real_roster() -> Roster:
    """Return the roster: hours as threads, gender as what is to be mixed, years as what is to be alike."""
    with ROSTER.open(newline="") as file:
        rows = list(csv.DictReader(file))
    hours = [sorted(int(hour) for hour in row["working_hour_list"].split(";")) for row in rows]
    genders = sorted({row["Gender"] for row in rows})
    masks = [ALWAYS] * len(rows)
    return Roster(
        starts=masks,
        office=masks,
        waking=masks,
        related=(),
        organization=[genders.index(row["Gender"]) for row in rows],
        threads=hours,
        weights=WEIGHTS,
        years=[int(row["work_experience_years"]) for row in rows],
    )


def within(roster: Roster, seconds: float) -> tuple[tuple[tuple[int, ...], ...], float]:
    """Return the best groups of several runs that fit into `seconds`, and how long they took."""
    began, moves, seed, best = time.monotonic(), FIRST_MOVES, 1, None
    while True:
        before = time.monotonic()
        split = search(roster, BOUNDS, seed, moves, lambda _: None, group_count=len(roster) // SIZE)
        best = split if best is None else min(best, split, key=lambda each: each.points)
        spent, took = time.monotonic() - began, time.monotonic() - before
        if spent + 1.2 * took > seconds:
            return best.groups, spent
        moves, seed = moves * (2 if spent + 3 * took < seconds else 1), seed + 1


def judged(python: Path, groups: tuple[tuple[int, ...], ...], people: int) -> dict:
    """Return what their evaluation says of our groups, the larger ones first, as they number theirs."""
    number = [0] * people
    for team, group in enumerate(sorted(groups, key=len, reverse=True)):
        for person in group:
            number[person] = team
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.write("\n".join(map(str, number)))
        file.flush()
        return asked(python, "judge", file.name)


def asked(python: Path, what: str, how: str) -> dict:
    """Return the answer of their tool, which runs on one core."""
    command = [str(python), str(SOURCES / "cp_sat_teams.py"), str(ROSTER), str(RULES), str(SIZE), what, how]
    core = min(os.sched_getaffinity(0))
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=True,
        preexec_fn=lambda: os.sched_setaffinity(0, {core}),
    )
    return json.loads(done.stdout.splitlines()[-1])
