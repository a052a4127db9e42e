"""Who plays: a roster file as it comes, with the columns it lacks made up and said to be."""

import csv
import io
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from deploy.local.sample import ROSTER
from deploy.local.sample_words import FAMILY_NAMES, GIVEN_NAMES

COLUMNS = (
    "external_id",
    "name",
    "email",
    "organization",
    "manager",
    "zone",
    "level",
    "years",
    "weekly_hours",
)
ORGANIZATIONS = ("Alder Works", "Brook Clinics", "Cedar Schools", "Dune Energy", "Elm Logistics")
SPAN = 6  # people who answer to one manager
SEED = 115


@dataclass(frozen=True)
class Cast:
    """A roster to import. `made_up` names what this file did not hold and the demo generated."""

    text: str
    people: int
    organizations: tuple[str, ...]
    made_up: tuple[str, ...] = ()


def cast_from(path: Path | None) -> Cast:
    """Return the roster at `path`, or the sample roster shipped with the project (synthetic)."""
    text = (path or ROSTER).read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    names = {name.strip().lower() for name in rows[0]}
    if "email" in names:
        return Cast(text, len(rows), tuple(dict.fromkeys(row["Organization"] for row in rows)))
    return _completed(rows)


def _completed(rows: list[dict[str, str]]) -> Cast:
    """Real people with zones and UTC hours, without names, addresses, organizations and reporting lines."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(_rows(rows))
    made_up = ("names", "addresses", "organizations", "reporting lines")
    return Cast(file.getvalue(), len(rows), ORGANIZATIONS, made_up)


def _rows(rows: list[dict[str, str]]) -> Iterator[tuple[str, ...]]:
    draw = random.Random(SEED)  # noqa: S311 - a fixed seed is the point
    names = draw.sample([f"{given} {family}" for given in GIVEN_NAMES for family in FAMILY_NAMES], len(rows))
    for place, (row, name) in enumerate(zip(rows, names, strict=True)):
        house, rank = place % len(ORGANIZATIONS), place // len(ORGANIZATIONS)
        boss = f"{(rank - 1) // SPAN * len(ORGANIZATIONS) + house + 1}" if rank else ""
        yield (
            str(place + 1),
            name,
            f"{name.replace(' ', '.').lower()}.{row['id']}@{ORGANIZATIONS[house].split()[0].lower()}.example",
            ORGANIZATIONS[house],
            boss,
            row["time_zone"],
            "manager" if int(row["management_experience_years"] or 0) else "specialist",
            row["work_experience_years"],
            row["working_hour_list"],
        )
