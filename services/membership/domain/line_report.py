"""What is wrong with the reporting lines of a network: reported to staff, never left out in silence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from services.kit.errors import Conflict, NotFound
from services.membership.domain.people import OwnManager
from services.membership.domain.reporting_lines import ReportingLines
from services.membership.domain.roster_check import MOST_LEVELS

CIRCLE, NOT_HERE = "manager-circle", "manager-not-here"
Lines = Mapping[str, Sequence[str]]


class ManagerUnknown(NotFound):
    code = "manager-unknown"


class ManagerCircle(Conflict):
    """Somebody would stand above themselves; safety cannot be kept over such lines."""

    code = "manager-circle"


class LineTooDeep(Conflict):
    code = "line-too-deep"


@dataclass(frozen=True)
class LineProblem:
    """`people` report in a circle, or one of them to `manager_id`, who is not (any more) in the network."""

    code: str
    people: tuple[str, ...]
    manager_id: str | None = None


@dataclass(frozen=True)
class LineReport:
    """How the lines of a network stand: how many there are, over how many levels, and what is wrong."""

    people: int
    reporting: int
    lines: int
    levels: int
    problems: tuple[LineProblem, ...]


def report_lines(lines: Lines, active: Sequence[str]) -> LineReport:
    """Return how the lines of everyone active stand. O(people + lines), see reporting_lines.py."""
    here = frozenset(active)
    theirs = {person: managers for person, managers in lines.items() if person in here}
    built = ReportingLines(theirs)
    circles = [LineProblem(CIRCLE, circle) for circle in built.circles()]
    lost = [
        LineProblem(NOT_HERE, (person,), manager)
        for person in sorted(theirs)
        for manager in theirs[person]
        if manager not in here
    ]
    count = sum(len(managers) for managers in theirs.values())
    return LineReport(len(here), len(theirs), count, built.levels(), (*circles, *lost))


def check_managers(person_id: str, managers: Sequence[str], upward: Lines) -> None:
    """Refuse managers over whom no rule could be kept.

    Args:
        upward: the lines of `managers` and of everyone above them.

    Raises:
        OwnManager, ManagerCircle: the person would stand above themselves.
        LineTooDeep: more than fifty levels would stand above them.
    """
    if person_id in managers:
        raise OwnManager("a person cannot report to themselves")
    lines = ReportingLines({**upward, person_id: tuple(managers)})
    if lines.is_above(person_id, person_id):
        raise ManagerCircle("one of these managers reports to this person, through others")
    if lines.levels() > MOST_LEVELS:
        raise LineTooDeep(f"more than {MOST_LEVELS} levels of managers would stand above this person")
