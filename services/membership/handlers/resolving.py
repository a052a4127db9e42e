"""Conflicts of status as staff see them: which cohorts wait, between whom, and the smallest swap.

Whoever belongs to the cohort, leads it or is in a member's line sees that it waits and nothing else, staff or
not: rights by relation come first.
"""

from dataclasses import dataclass

from services.kit.clock import Clock
from services.membership.domain.line_conflicts import LineConflict, find_conflicts
from services.membership.domain.meeting_times import MeetingTimes
from services.membership.domain.people_ports import Cohorts, People, Programs, RoleHolders
from services.membership.domain.reporting import above
from services.membership.domain.resolutions import Ground, Resolution, Table, propose
from services.membership.domain.rights import check_staff
from services.membership.domain.swaps import is_stranger

WEIGHED = 60  # other cohorts of the program that are looked at


@dataclass(frozen=True)
class Shown:
    """A cohort with what staff may see of its conflicts; None where they are not strangers to it."""

    cohort: object
    conflicts: tuple[LineConflict, ...] | None
    resolutions: tuple[Resolution, ...] | None
    names: dict[str, str]
    cohort_names: dict[str, str]


def list_conflicts(query, cohorts: Cohorts):
    """Return one page of the cohorts on hold. Raises: StaffOnly."""
    return cohorts.on_hold(check_staff(query.caller), query.limit, query.after)


def show_conflicts(
    query, cohorts: Cohorts, programs: Programs, people: People, role_holders: RoleHolders, clock: Clock
):
    """Return who of a cohort is in one line, and up to three ways out. Raises: StaffOnly, NotFound."""
    network = check_staff(query.caller)
    cohort = cohorts.get(network, query.cohort_id)
    if not is_stranger(query.caller, cohort):
        return Shown(cohort, None, None, {}, {})
    page = cohorts.of_program(network, cohort.program_id, WEIGHED + 1, None)
    others = [_table(one) for one in page.items if one.id != cohort.id and one.standing != "ended"]
    holders = role_holders.holders(network, ("facilitator",), clock.now())
    own = _table(cohort)
    ids = {one for table in (own, *others) for one in (*table.members, *table.facilitators)} | set(holders)
    found = people.by_ids(network, ids)
    loads = cohorts.loads(network)
    active = [one for one in holders if one in found and found[one].standing == "active"]
    ancestors = above(people.lines_above(network, ids))
    program = programs.get(network, cohort.program_id)
    ground = Ground(
        ancestors=ancestors,
        starts=_starts(found, program),
        low=program.size_low,
        high=program.size_high,
        names={one: person.display_name for one, person in found.items()},
        leaders=sorted(active, key=lambda one: (loads[one], one)),
    )
    conflicts = find_conflicts(own.members, own.facilitators, ancestors)
    cohort_names = {table.cohort_id: table.display_name for table in (own, *others)}
    return Shown(cohort, conflicts, propose(own, others, ground), dict(ground.names), cohort_names)


def _table(cohort):
    members = tuple(entry.person_id for entry in cohort.roster if entry.standing == "member")
    leading = tuple(entry.person_id for entry in cohort.facilitators)
    return Table(cohort.id, cohort.display_name, members, leading)


def _starts(found, program):
    return {
        one: MeetingTimes.of(
            person.weekly_hours, person.zone, program.starts_on, program.session_minutes
        ).starts
        for one, person in found.items()
        if person.weekly_hours
    }
