"""Recording remote skill, and who could lead a cohort: for staff."""

from dataclasses import dataclass, replace
from typing import Any

from services.kit.clock import Clock
from services.kit.errors import NotFound
from services.membership.domain import remote_skill as rules
from services.membership.domain.people_ports import Cohorts, People, RoleHolders
from services.membership.domain.reporting import above
from services.membership.domain.rights import check_staff


@dataclass(frozen=True)
class Options:
    """Who could lead a cohort, with names."""

    cohort_id: str
    options: tuple[rules.Option, ...]
    names: dict[str, str]


def record_remote_skill(command, people: People, skills: Any, clock: Clock):
    """Record what staff know of somebody's remote skill. Raises: StaffOnly, NotFound: no such person."""
    network = check_staff(command.caller)
    person = people.get(network, command.person_id)
    if person.standing != "active":
        raise NotFound("there is no such person")
    wanted = rules.RemoteSkill(
        id=rules.skill_id(network, person.id),
        network=network,
        person_id=person.id,
        level=command.level,
        note=command.note.strip(),
        by=command.caller.person_id or "",
        at=clock.now(),
    )
    known = skills.of_person(network, person.id)
    if known is None:
        return skills.add(wanted)
    return skills.save(replace(wanted, revision=known.revision))


def list_candidates(
    query, cohorts: Cohorts, people: People, role_holders: RoleHolders, skills: Any, clock: Clock
):
    """Return who could lead a cohort, the best first. Raises: StaffOnly, NotFound."""
    network = check_staff(query.caller)
    cohort = cohorts.get(network, query.cohort_id)
    held = role_holders.holders(network, ("facilitator",), clock.now())
    found = people.by_ids(network, held)
    holders = [one for one in held if one in found and found[one].standing == "active"]
    ancestors = above(people.lines_above(network, [*holders, *cohort.member_ids()]))
    facts = (holders, cohorts.loads(network), skills.levels(network, holders), ancestors)
    options = rules.options_for(cohort, *facts, virtually=query.virtually)
    return Options(cohort.id, options, {one: found[one].display_name for one in holders})
