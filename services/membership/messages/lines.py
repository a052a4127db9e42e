"""What membership is asked about reporting lines, and how it answers."""

from dataclasses import asdict, dataclass
from typing import Any

from marshmallow import fields, validate

from services.contracts.caller import Caller
from services.membership.messages.identity import ID, NOBODY, Asked, Listing

MOST_MANAGERS = 20


@dataclass(frozen=True)
class ShowLines:
    person_id: str
    caller: Caller = NOBODY


@dataclass(frozen=True)
class CompareLines:
    one: str
    other: str
    caller: Caller = NOBODY


@dataclass(frozen=True)
class ListLineProblems:
    limit: int
    after: str | None = None
    caller: Caller = NOBODY


@dataclass(frozen=True)
class ChangeManagers:
    person_id: str
    managers: tuple[str, ...]
    caller: Caller = NOBODY


class ShowLinesSchema(Asked):
    makes = ShowLines
    person_id = fields.String(required=True, validate=ID)


class CompareLinesSchema(Asked):
    makes = CompareLines
    one = fields.String(required=True, validate=ID)
    other = fields.String(required=True, validate=ID)


class ListLineProblemsSchema(Listing):
    makes = ListLineProblems


class ChangeManagersSchema(Asked):
    makes = ChangeManagers
    person_id = fields.String(required=True, validate=ID)
    managers = fields.List(
        fields.String(validate=ID), required=True, validate=validate.Length(max=MOST_MANAGERS)
    )


def upward_answer(found: Any, caller: Caller | None = None) -> dict[str, Any]:
    """A line nobody marked (it is older than the marks) says neither who named it nor when."""
    return managers_answer(found.person) | {
        "names": {person_id: one.display_name for person_id, one in found.managers.items()},
        "above": sorted(found.above),
        "reports": found.reports,
    }


def managers_answer(person: Any, caller: Caller | None = None) -> dict[str, Any]:
    marks = {line.manager_id: line for line in person.lines}
    return {"person_id": person.id, "managers": [_line(one, marks.get(one)) for one in person.managers]}


def between_answer(found: Any, caller: Caller | None = None) -> dict[str, Any]:
    return asdict(found)


def report_answer(report: Any, caller: Caller | None = None) -> dict[str, Any]:
    return {
        "people": report.people,
        "reporting": report.reporting,
        "lines": report.lines,
        "levels": report.levels,
        "problems": len(report.problems),
    }


def problems_answer(page: Any, caller: Caller | None = None) -> dict[str, Any]:
    return {"data": [_problem(one, page.people) for one in page.items], "next": page.next}


def _problem(problem: Any, known: Any) -> dict[str, Any]:
    people = [
        {"person_id": one, "display_name": known[one].display_name} for one in problem.people if one in known
    ]
    return {"code": problem.code, "people": people, "manager_id": problem.manager_id}


def _line(manager_id: str, mark: Any) -> dict[str, Any]:
    since = mark and mark.since.isoformat().replace("+00:00", "Z")
    return {
        "person_id": manager_id,
        "source": mark.source if mark else None,
        "by": mark.by if mark else None,
        "since": since,
    }
