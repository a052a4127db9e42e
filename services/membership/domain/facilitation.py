"""Who facilitates a new cohort: neutral always, free at the time where one can be had, then whoever has
least to do.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from services.membership.domain.meeting_times import WEEK, common_starts
from services.membership.domain.people import Person
from services.membership.domain.safety import Ancestors, is_neutral

LED_BY_MEMBERS = ("member", "rotating", "all")


@dataclass(frozen=True)
class Candidate:
    """Somebody who holds the role: how many cohorts they lead, and the starts that suit them (0: none
    known).
    """

    person: Person
    load: int
    starts: int


def choose_facilitators(
    mode: str,
    members: Sequence[Person],
    common: int,
    candidates: Sequence[Candidate],
    ancestors: Ancestors,
) -> tuple[Person, ...]:
    """Return who leads these members: none when nobody is neutral.

    Args:
        mode: the program's facilitation; where members lead, the one of longest experience begins.
        common: the members' common starts.
        candidates: people who hold the role facilitator.
    """
    if mode in LED_BY_MEMBERS:
        return (min(members, key=lambda person: (-(person.years or 0), person.id)),)
    inside = [person.id for person in members]
    neutral = [
        one
        for one in candidates
        if one.person.id not in inside and is_neutral(one.person.id, inside, ancestors)
    ]
    ranked = sorted(neutral, key=lambda one: (not _can_come(one, common), one.load, one.person.id))
    return tuple(one.person for one in ranked[: 2 if mode == "pair" else 1])


def _can_come(candidate: Candidate, common: int) -> bool:
    return common_starts((common, candidate.starts or WEEK)) != 0
