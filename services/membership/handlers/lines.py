"""Reporting lines: who stands above whom and who said so, for staff; stated by staff and by HR systems."""

from dataclasses import dataclass, replace

from services.kit.clock import Clock
from services.kit.errors import NotFound
from services.membership.domain import line_report as rules
from services.membership.domain.lines import Stated
from services.membership.domain.people import Person, change_person
from services.membership.domain.people_ports import Apart, People
from services.membership.domain.reporting import above
from services.membership.domain.reporting_lines import ReportingLines
from services.membership.domain.rights import check_staff, who_states_lines


@dataclass(frozen=True)
class Upward:
    """Somebody's managers with who named them, and how many report to them directly."""

    person: Person
    managers: dict[str, Person]
    above: frozenset[str]
    reports: int


@dataclass(frozen=True)
class Between:
    """How `one` stands to `other`: "above", "below", "circle" or "none"."""

    one: str
    other: str
    relation: str


@dataclass(frozen=True)
class Problems:
    """Some of what is wrong, who is concerned, and where the rest begins."""

    items: tuple[rules.LineProblem, ...]
    people: dict[str, Person]
    next: str | None


def show_lines(query, people: People):
    """Return who stands above somebody, and who said so. Raises: StaffOnly, NotFound."""
    network = check_staff(query.caller)
    person = people.get(network, query.person_id)
    managers = people.by_ids(network, person.managers)
    ancestors = above(people.lines_above(network, [person.id])).get(person.id, frozenset())
    return Upward(person, managers, ancestors, people.count_reports(network, person.id))


def compare_lines(query, people: People):
    """Return how two people stand to each other, at any depth. Raises: StaffOnly, NotFound."""
    network = check_staff(query.caller)
    pair = (query.one, query.other)
    if len(people.by_ids(network, pair)) < len(set(pair)):
        raise NotFound("there is no such person")
    lines = ReportingLines(people.lines_above(network, pair))
    is_above, is_below = lines.is_above(*pair), lines.is_above(*reversed(pair))
    relation = {(True, True): "circle", (True, False): "above", (False, True): "below"}
    return Between(*pair, relation.get((is_above, is_below), "none"))


def report_lines(query, people: People, apart: Apart):
    """Return how the network's lines stand. Raises: StaffOnly."""
    return _report(check_staff(query.caller), people, apart)


def list_problems(query, people: People, apart: Apart):
    """Return one page of circles and of managers who are not here. Raises: StaffOnly."""
    network = check_staff(query.caller)
    problems = _report(network, people, apart).problems
    begins = int(query.after) if query.after and query.after.isdecimal() and len(query.after) < 8 else 0
    ends = begins + query.limit
    shown = problems[begins:ends]
    concerned = people.by_ids(network, {one for problem in shown for one in problem.people})
    return Problems(shown, concerned, str(ends) if len(problems) > ends else None)


def change_managers(command, people: People, clock: Clock):
    """Have somebody report to others; lines that stay keep who said them first.

    Raises:
        LinesNotYours: neither staff nor a partner system for lines. NotFound: no such person for them.
        ManagerUnknown: a manager is none of theirs. OwnManager, ManagerCircle, LineTooDeep: as they say.
    """
    network, organization_id, source, by = who_states_lines(command.caller)
    person = people.get(network, command.person_id)
    managers = tuple(dict.fromkeys(command.managers))
    found = people.by_ids(network, managers)
    if not _is_theirs(person, organization_id):
        raise NotFound("there is no such person")
    for place, one in enumerate(managers):
        if one not in found or not _is_theirs(found[one], organization_id):
            error = {"pointer": f"/managers/{place}", "detail": "is nobody you can name"}
            raise rules.ManagerUnknown("there is no such manager", errors=[error])
    rules.check_managers(person.id, managers, people.lines_above(network, managers))
    lines = Stated(source, by, clock.now()).lines(managers, person.lines)
    if managers == person.managers:
        lines = person.lines
    changed, facts = change_person(person, replace(person, managers=managers, lines=lines))
    return people.save(changed, announcing=facts)


def _is_theirs(person, organization_id):
    return person.standing == "active" and organization_id in (None, person.organization_id)


def _report(network, people, apart):
    return apart(rules.report_lines, people.lines(network), people.active_ids(network, None))
