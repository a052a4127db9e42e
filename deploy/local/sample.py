"""The sample network: three organizations, 120 people with reporting lines, zones and weekly hours.

It is synthetic - drawn from lists of words under a fixed seed - and says so. `data/sample_roster.csv` is what
this file writes: python -m deploy.local.sample > deploy/local/data/sample_roster.csv
"""

import csv
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, TextIO

from deploy.local.sample_words import DEPARTMENTS, FAMILY_NAMES, GIVEN_NAMES, ORGANIZATIONS, WEEKLY_HOURS

NETWORK = "Sample network (synthetic)"
ADMIN = "admin@commonthread.example"
OUTCOME = "problem_solving"  # what the sample program is for
ROSTER = Path(__file__).parent / "data" / "sample_roster.csv"
_SEED = 20_270
_PEOPLE_EACH = 40


class Row(NamedTuple):
    """One person of the roster; the columns' names are the roster's own, to be mapped at import."""

    employee_id: str
    first_name: str
    last_name: str
    email: str
    organization: str
    manager_id: str
    time_zone: str
    job_title: str
    department: str
    level: str
    years_of_experience: int
    weekly_hours: str
    language: str


def people() -> list[Row]:
    """Return the 120 people, the same ones every time; managers come before those who report to them."""
    draw = random.Random(_SEED)  # noqa: S311 - a fixed seed is the point
    names = iter(
        draw.sample([(given, family) for given in GIVEN_NAMES for family in FAMILY_NAMES], 3 * _PEOPLE_EACH)
    )
    return [row for number in range(len(ORGANIZATIONS)) for row in _organization(number, names, draw)]


def write_roster(file: TextIO) -> None:
    """Write the people as CSV with a line of column names."""
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(name.replace("_", " ").capitalize() for name in Row._fields)
    writer.writerows(people())


def _organization(number: int, names: Iterator[tuple[str, str]], draw: random.Random) -> Iterator[Row]:
    """One head, five leads of departments who report to her; all others report to their department's lead."""
    organization, domain, homes = ORGANIZATIONS[number]
    departments = list(DEPARTMENTS)
    zones = [home[:2] for home in homes for _ in range(home[2])]
    for place in range(_PEOPLE_EACH):
        given, family = next(names)
        zone, language = draw.choice(zones)
        department = departments[place % 5]
        level, title, manager = _post(number, place, department, draw)
        yield Row(
            _employee(number, place),
            given,
            family,
            f"{given}.{family}@{domain}".lower(),
            organization,
            manager,
            zone,
            title,
            department,
            level,
            max(1, round(draw.gauss({"director": 20, "lead": 13}.get(level, 6), 3))),
            draw.choice(WEEKLY_HOURS),
            language,
        )


def _post(number: int, place: int, department: str, draw: random.Random) -> tuple[str, str, str]:
    if place == 0:
        return "director", "Managing Director", ""
    if place <= 5:
        return "lead", DEPARTMENTS[department][0], _employee(number, 0)
    lead = next(other for other in range(1, 6) if other % 5 == place % 5)
    return (
        draw.choice(("specialist", "senior specialist")),
        draw.choice(DEPARTMENTS[department][1:]),
        _employee(number, lead),
    )


def _employee(number: int, place: int) -> str:
    return f"{'AMS'[number]}{place + 1:03}"


if __name__ == "__main__":
    write_roster(sys.stdout)
