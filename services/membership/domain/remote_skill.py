"""Recorded skill of leading people who cannot see one another, and who could lead a cohort (R43, R148).

Groups that meet virtually need an experienced facilitator most: what is recorded is what staff saw or know,
with who recorded it and when. Whoever is in a member's line is no candidate.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from services.kit.errors import Conflict
from services.membership.domain.cohorts import Cohort
from services.membership.domain.derived import derived_id
from services.membership.domain.safety import Ancestors, is_neutral

NONE, TRAINED, EXPERIENCED = LEVELS = ("none", "trained", "experienced")


@dataclass(frozen=True)
class RemoteSkill:
    """What is recorded of one facilitator. `level` is one of LEVELS; `by`: person id of staff."""

    id: str
    network: str
    person_id: str
    level: str
    note: str
    by: str
    at: datetime
    revision: int = 0


@dataclass(frozen=True)
class Option:
    """Somebody who could lead a cohort: neutral, with how many cohorts they lead already."""

    person_id: str
    load: int
    level: str


class RemoteSkillMissing(Conflict):
    """Nobody of those who are to lead a cohort that meets virtually has a recorded skill for it."""

    code = "remote-skill-missing"


def skill_id(network: str, person_id: str) -> str:
    """Return the id of the one record of somebody."""
    return derived_id("rsk", network, person_id)


def options_for(
    cohort: Cohort,
    holders: Sequence[str],
    loads: Mapping[str, int],
    levels: Mapping[str, str],
    ancestors: Ancestors,
    *,
    virtually: bool,
) -> tuple[Option, ...]:
    """Return who could lead, the best first: where it meets virtually by skill, then by least to do.

    Args:
        holders: active people who hold the role facilitator. levels: recorded ones; others have none.
        ancestors: of the holders and the members.
    """
    members = sorted(cohort.member_ids())
    found = [
        Option(one, loads.get(one, 0), levels.get(one, NONE))
        for one in holders
        if one not in members and is_neutral(one, members, ancestors)
    ]
    return tuple(
        sorted(
            found,
            key=lambda one: (-LEVELS.index(one.level) if virtually else 0, one.load, one.person_id),
        )
    )


def check_remote_skill(person_ids: Sequence[str], levels: Mapping[str, str]) -> None:
    """Refuse leaders of a cohort that meets virtually where none has the skill on record.

    Raises:
        RemoteSkillMissing.
    """
    if all(levels.get(one, NONE) == NONE for one in person_ids):
        raise RemoteSkillMissing(
            "nobody of them has led people who cannot see one another, as far as is recorded",
            errors=[{"pointer": "/person_ids", "detail": "names nobody with recorded remote skill"}],
        )
