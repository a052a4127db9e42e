"""Late joining: where somebody with a seat fits among the cohorts that stand; nobody moves.

The engine weighs all cohorts with room; what it proposes is judged once more by the rules a person can read,
and again at the moment somebody is placed.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from services.kit.due_entry import Due
from services.kit.errors import Conflict, NotFound
from services.membership.domain.cohorts import Cohort
from services.membership.domain.enrollments import Changed, Enrollment, changed, place, without_due
from services.membership.domain.group_rules import Rules, broken_in
from services.membership.domain.group_terms import judge
from services.membership.domain.line_conflicts import find_conflicts
from services.membership.domain.safety import HardRuleBroken

WEIGH, JOIN = "weigh", "join"
WEIGHING, WEIGHED = "weighing", "weighed"
MOST_CHOICES = 3
NOT_STANDING, FULL, LINE, HOURS = "not-standing", "full", "reporting-line", "no-common-start"
WHY = {
    NOT_STANDING: "have ended or wait for something to be put right",
    FULL: "are full",
    LINE: "hold somebody of their reporting line",
    HOURS: "have no weekly start that suits them, too",
}


@dataclass(frozen=True)
class Choice:
    """A cohort that can take them. `points`: by how much it becomes better; `reasons` in words."""

    cohort_id: str
    points: int
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Placement:
    """Where one person fits: asked for, then weighed by the worker. `closed`: (why, how many cohorts)."""

    id: str
    network: str
    program_id: str
    enrollment_id: str
    person_id: str
    standing: str = WEIGHING
    choices: tuple[Choice, ...] = ()
    closed: tuple[tuple[str, int], ...] = ()
    revision: int = 0
    due: tuple[Due, ...] = ()


class NotToBePlaced(Conflict):
    """They are in a cohort already, or have no seat."""

    code = "not-to-be-placed"


class NoStandingCohort(NotFound):
    """The program has no such cohort that stands."""

    code = "no-standing-cohort"


class CohortFull(Conflict):
    code = "cohort-full"


class NoCommonStart(Conflict):
    """No weekly start suits all members and the one who would join."""

    code = "no-common-start"


def begin_placement(id: str, enrollment: Enrollment, now: datetime) -> Placement:
    """Ask where somebody fits; it is due at once.

    Raises:
        NotToBePlaced: they are in a cohort already, or have no seat.
    """
    check_free(enrollment)
    asked = (enrollment.program_id, enrollment.id, enrollment.person_id)
    return Placement(id, enrollment.network, *asked, due=(Due(WEIGH, now),))


def check_free(enrollment: Enrollment) -> None:
    """Refuse to place who has no seat or is placed. Raises: NotToBePlaced."""
    if enrollment.standing != "enrolled":
        raise NotToBePlaced("they are in a cohort already, or have no seat")


def weighed(
    placement: Placement, rooms: Sequence[tuple[Cohort, int]], cohorts: Sequence[Cohort], rules: Rules
) -> Placement:
    """Return the placement with its best choices, each judged anew, and why the other cohorts are closed.

    Args:
        rooms: (cohort, points by which it becomes worse), the best first.
        rules: over the members and leaders of all `cohorts` and the person.
    """
    person_id = placement.person_id
    why = {cohort.id: why_closed(cohort, person_id, rules) for cohort in cohorts}
    choices = tuple(
        Choice(cohort.id, -worse, _reasons(cohort, person_id, rules))
        for cohort, worse in rooms
        if why[cohort.id] is None
    )
    counts = Counter(reason for reason in why.values() if reason is not None)
    closed = tuple((reason, counts[reason]) for reason in WHY if counts[reason])
    return replace(placement, standing=WEIGHED, choices=choices[:MOST_CHOICES], closed=closed, due=())


def why_closed(cohort: Cohort, person_id: str, rules: Rules) -> str | None:
    """Return which hard rule keeps somebody out of a cohort, a key of WHY; None where it can take them."""
    members = sorted(cohort.member_ids())
    if cohort.standing != "formed" or cohort.on_hold:
        return NOT_STANDING
    if len(members) >= rules.bounds[1]:
        return FULL
    leaders = [entry.person_id for entry in cohort.facilitators]
    if find_conflicts((*members, person_id), leaders, rules.ancestors):
        return LINE
    known = [one for one in members if rules.starts(one)]
    if not rules.starts(person_id) or not rules.common((*known, person_id)):
        return HOURS
    others = {one.rule for one in broken_in((*members, person_id), rules)} - {"size", HOURS}
    return LINE if others else None


def place_late(enrollment: Enrollment, cohort: Cohort, rules: Rules, now: datetime) -> Changed:
    """Claim the enrollment for a standing cohort; its roster follows.

    Raises:
        NotToBePlaced: they are placed already, or have no seat. NoStandingCohort: of another program, ended,
        or on hold. CohortFull, HardRuleBroken, NoCommonStart: a hard rule would be broken.
    """
    check_free(enrollment)
    if cohort.program_id != enrollment.program_id:
        raise NoStandingCohort("there is no such cohort in this program")
    why = why_closed(cohort, enrollment.person_id, rules)
    if why == NOT_STANDING:
        raise NoStandingCohort("this cohort has ended, or waits for something to be put right")
    if why == FULL:
        raise CohortFull("this cohort is full")
    if why == HOURS:
        raise NoCommonStart("no weekly start suits its members and the one who would join")
    if why is not None:
        raise HardRuleBroken("nobody may share a cohort with somebody above or below them")
    claimed, facts = place(enrollment, cohort.id)
    return replace(claimed, is_late=True, due=(*claimed.due, Due(JOIN, now))), facts


def joined(enrollment: Enrollment) -> Enrollment:
    """Return it after the cohort's roster has them."""
    return replace(enrollment, due=without_due(enrollment, JOIN))


def not_joined(enrollment: Enrollment) -> Changed:
    """Return who could not join after all, because the cohort changed meanwhile, to those to be placed."""
    rest = without_due(enrollment, JOIN)
    return changed(enrollment, standing="enrolled", cohort_id=None, is_late=False, due=rest)


def _reasons(cohort: Cohort, person_id: str, rules: Rules) -> tuple[str, ...]:
    members = sorted(one for one in cohort.member_ids() if one in rules.people)
    return tuple(term.words for term in judge((*members, person_id), rules).terms)
