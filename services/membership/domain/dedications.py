"""Mutual dedication: members of different levels regard one another as equals, each says in private (R137).

A no leads to another place, unexplained: staff see that somebody asks for one, as any member may at any time
without a reason, and never learn whether there was a question before it. Nobody in the cohort learns of it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from services.contracts.events.dedications import DedicationChanged, DedicationState
from services.membership.domain.cohorts import Cohort, NotOfTheCohort
from services.membership.domain.derived import derived_id

YES, NO, ELSEWHERE = ANSWERS = ("yes", "no", "elsewhere")  # elsewhere: another place, for no stated reason
WIDE = 2  # more superiors above one member than above another


@dataclass(frozen=True)
class Dedication:
    """What the members of one cohort answered: person id -> of ANSWERS."""

    id: str
    network: str
    cohort_id: str
    answers: Mapping[str, str] = field(default_factory=dict)
    revision: int = 0


Changed = tuple[Dedication, tuple[DedicationState, ...]]


def dedication_id(cohort_id: str) -> str:
    """Return the id of a cohort's dedication: it has one."""
    return derived_id("ded", cohort_id)


def check_member(cohort: Cohort, person_id: str) -> None:
    """Refuse everybody but present members. Raises: NotOfTheCohort."""
    if not cohort.has_member(person_id):
        raise NotOfTheCohort("there is no such cohort")


def is_wide(levels: Iterable[int]) -> bool:
    """True where levels differ so widely that members are asked.

    Args:
        levels: for each member how many stand above them.
    """
    found = list(levels)
    return bool(found) and max(found) - min(found) >= WIDE


def answer(dedication: Dedication, person_id: str, given: str | None) -> Changed:
    """Return the dedication with somebody's answer; None takes it back, the same again changes nothing."""
    rest = {one: said for one, said in dedication.answers.items() if one != person_id}
    answers = rest if given is None else rest | {person_id: given}
    if answers == dedication.answers:
        return dedication, ()
    after = replace(dedication, answers=answers)
    return after, (told_dedication(after),)


def wanting(dedication: Dedication, cohort: Cohort) -> tuple[str, ...]:
    """Return which present members ask for another place, in the order of ids."""
    asking = (one for one, said in dedication.answers.items() if said in (NO, ELSEWHERE))
    return tuple(sorted(one for one in asking if cohort.has_member(one)))


def told_dedication(dedication: Dedication) -> DedicationState:
    """Return the fact that somebody answered."""
    return DedicationChanged(dedication.network, dedication.id, dedication.cohort_id)
