"""What is at stake for a participant: importance of the thread, expected value, own goals (R73, R141, R143).

Everything is the participant's own. Staff see of the ratings a band of the median, over at least LEAST
people; a low one says that the thread is to be opened again: it is in common, but not important.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from statistics import median
from typing import Any

from services.contracts.events.stakes import StakeChanged, StakeState
from services.kit.errors import Conflict, NotFound
from services.membership.domain.derived import derived_id
from services.membership.domain.enrollments import AGAIN, Enrollment
from services.membership.domain.words import unique_lines

ENROLLMENT, MIDWAY = MOMENTS = ("enrollment", "midway")
LISTS = ("goals", "methods", "evaluation")
LINES = ("expected", "gave")
LEAST = 3
LOW, MIDDLING, HIGH = BANDS = ("low", "middling", "high")


@dataclass(frozen=True)
class Stake:
    """One participant's. `importance`: moment -> 1 to 5, how much is at stake for them.

    `expected`: what the group could give them, `gave`: what it gave in the end; `goals`, `methods`,
    `evaluation`: what they want to learn, how, and by what they will see it.
    """

    id: str
    network: str
    program_id: str
    person_id: str
    importance: Mapping[str, int] = field(default_factory=dict)
    expected: str = ""
    gave: str = ""
    goals: tuple[str, ...] = ()
    methods: tuple[str, ...] = ()
    evaluation: tuple[str, ...] = ()
    revision: int = 0


@dataclass(frozen=True)
class Importance:
    """The ratings of one moment: `band` of the median, `rated` in whole lots of LEAST; None and 0 below."""

    moment: str
    rated: int
    band: str | None


class NothingAtStake(NotFound):
    """The caller takes no part in this program, so there is nothing to say of it."""

    code = "not-found"


class NotMidwayYet(Conflict):
    """Midway is rated by who sits in a cohort."""

    code = "not-midway-yet"


def stake_id(program_id: str, person_id: str) -> str:
    """Return the id of somebody's one stake in a program."""
    return derived_id("stk", program_id, person_id)


def check_takes_part(enrollment: Enrollment | None) -> Enrollment:
    """Return the enrollment of a participant. Raises: NothingAtStake."""
    if enrollment is None or enrollment.standing in AGAIN:
        raise NothingAtStake("you take no part in such a program")
    return enrollment


def say_stake(
    stake: Stake, enrollment: Enrollment, said: Mapping[str, Any]
) -> tuple[Stake, tuple[StakeState, ...]]:
    """Return the stake with what was said in place of what stood there; what is not named stays.

    Args:
        said: fields of `Stake`; `importance` for one moment or both, None takes a rating back.

    Raises:
        NotMidwayYet: midway is rated by somebody without a cohort.
    """
    rated = said.get("importance", {})
    if rated.get(MIDWAY) is not None and enrollment.standing != "placed":
        raise NotMidwayYet("midway is rated once you are in a cohort")
    together = {**stake.importance, **rated}
    changed: dict[str, Any] = {name: unique_lines(said[name]) for name in LISTS if name in said}
    changed |= {name: " ".join(said[name].split()) for name in LINES if name in said}
    importance = {moment: together[moment] for moment in MOMENTS if together.get(moment) is not None}
    after = replace(stake, importance=importance, **changed)
    return (stake, ()) if after == stake else (after, (told_stake(after),))


def importance_of(moment: str, ratings: Iterable[int]) -> Importance:
    """Return what staff may see of the ratings of one moment."""
    given = list(ratings)
    if len(given) < LEAST:
        return Importance(moment, 0, None)
    return Importance(moment, len(given) - len(given) % LEAST, _band(given))


def low_cohorts(stakes: Iterable[Stake], cohort_of: Mapping[str, str]) -> tuple[str, ...]:
    """Return the ids of cohorts whose thread is important to too few: by their latest ratings, in order.

    Args:
        cohort_of: person id -> their cohort.
    """
    ratings: dict[str, list[int]] = {}
    for one in stakes:
        latest = one.importance.get(MIDWAY, one.importance.get(ENROLLMENT))
        if latest is not None and one.person_id in cohort_of:
            ratings.setdefault(cohort_of[one.person_id], []).append(latest)
    return tuple(sorted(one for one, given in ratings.items() if len(given) >= LEAST and _band(given) == LOW))


def told_stake(stake: Stake) -> StakeState:
    """Return the fact that somebody said what a program means to them."""
    rated = tuple(moment for moment in MOMENTS if moment in stake.importance)
    has_goals = bool(stake.goals)
    return StakeChanged(stake.network, stake.id, stake.program_id, stake.person_id, rated, has_goals)


def _band(ratings: Sequence[int]) -> str:
    middle = median(ratings)
    return LOW if middle < 3 else HIGH if middle >= 4 else MIDDLING
