"""Taking part in a program, or not: a pause that ends by itself, and leaving with a reason (R75)."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from services.kit.due_entry import Due
from services.kit.errors import Conflict, Invalid
from services.membership.domain.enrollments import AGAIN, LEAVE, Changed, Enrollment, changed, without_due

RESUME = "resume"
TAKING_PART = ("enrolled", "placed")
LONGEST_PAUSE = timedelta(days=180)
REASONS = {
    "no_time": "No time for it beside other work",
    "hours": "The hours do not suit",
    "changed_job": "Another job, task or organization",
    "no_support": "No support where they work",
    "not_what_was_expected": "Something else was expected",
    "group_did_not_fit": "The group did not fit",
    "goal_reached": "What they came for is reached",
    "personal": "Personal reasons",
    "other": "Another reason",
}
LEAST = 3  # people behind any figure of why they left


@dataclass(frozen=True)
class Turnover:
    """How a program's people come and go; None where fewer than LEAST people would stand behind a figure.

    `placed`: take part in a cohort; `late`: of them, those placed into a standing one; `reasons`: (key, how
    many) of those who left, `counted` in all; the youngest of them wait until LEAST more have left.
    """

    placed: int
    late: int
    left: int | None
    counted: int
    reasons: tuple[tuple[str, int], ...]


class NotTakingPart(Conflict):
    """Who has no seat, or left, has nothing to pause or to leave."""

    code = "not-taking-part"


class PauseNotWithinReason(Invalid):
    code = "pause-not-within-reason"


def pause(enrollment: Enrollment, until: datetime, now: datetime) -> Changed:
    """Take no part until a moment, or until another one than before.

    Raises:
        NotTakingPart. PauseNotWithinReason: it is over already, or longer than LONGEST_PAUSE.
    """
    if enrollment.standing not in TAKING_PART:
        raise NotTakingPart("only who takes part can pause")
    if not now < until <= now + LONGEST_PAUSE:
        detail = f"between tomorrow and {LONGEST_PAUSE.days} days from now"
        raise PauseNotWithinReason(
            "a pause has an end within half a year", errors=[{"pointer": "/until", "detail": detail}]
        )
    if enrollment.paused_until == until:
        return enrollment, ()
    rest = without_due(enrollment, RESUME)
    return changed(enrollment, paused_until=until, due=(*rest, Due(RESUME, until)))


def resume(enrollment: Enrollment) -> Changed:
    """End a pause; where there is none, nothing changes."""
    rest = without_due(enrollment, RESUME)
    if enrollment.paused_until is None:
        return replace(enrollment, due=rest), ()
    return changed(enrollment, paused_until=None, due=rest)


def withdraw(enrollment: Enrollment, reason: str, now: datetime) -> Changed:
    """Leave the program; seat and cohort follow. Leaving again changes nothing.

    Raises:
        NotTakingPart: it is over already, and not by leaving.
    """
    if enrollment.standing == "withdrawn":
        return enrollment, ()
    if enrollment.standing in AGAIN:
        raise NotTakingPart("there is nothing to leave")
    gone = {"standing": "withdrawn", "offer_until": None, "paused_until": None, "reason": reason}
    return changed(enrollment, **gone, left_at=now, due=(Due(LEAVE, now),))


def left(enrollment: Enrollment) -> Enrollment:
    """Return it after seat and cohort were freed."""
    return replace(enrollment, due=without_due(enrollment, LEAVE))


def count_turnover(standings: Counter[tuple[str, bool]], reasons: Iterable[str]) -> Turnover:
    """Return the figures of a program.

    Args:
        standings: how many enrollments there are of each (standing, is late).
        reasons: of those who left, in the order in which they did.

    Reasons are counted in whole lots of LEAST people, so that no two looks differ by one person; a reason
    that fewer gave is not shown, nor is the smallest shown one where it would give the others away.
    """
    given = list(reasons)
    counted = len(given) - len(given) % LEAST
    counts = Counter(given[:counted])
    shown = [(key, counts[key]) for key in REASONS if counts[key] >= LEAST]
    shown.sort(key=lambda one: -one[1])
    while shown and 0 < counted - sum(number for _, number in shown) < LEAST:
        shown.pop()
    late = sum(
        number for (standing, is_late), number in standings.items() if standing == "placed" and is_late
    )
    placed = sum(number for (standing, _), number in standings.items() if standing == "placed")
    left_in_all = len(given)
    return Turnover(placed, late, left_in_all if left_in_all >= LEAST else None, counted, tuple(shown))
