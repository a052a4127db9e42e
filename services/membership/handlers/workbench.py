"""A found formation worked on by hand: moving, locking, explaining, comparing two; and talks in rotation."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from services.kit.errors import NotFound
from services.membership.domain import workbench as rules
from services.membership.domain.comparing import Comparison, compare
from services.membership.domain.formations import Formation, Unplaced
from services.membership.domain.people_ports import (
    Cohorts,
    Enrollments,
    Formations,
    People,
    Programs,
    SharedThreads,
)
from services.membership.domain.placement import rules_for
from services.membership.domain.reporting import above
from services.membership.domain.rights import check_staff
from services.membership.domain.rotations import rotations
from services.membership.handlers.cohorts import show_cohort
from services.membership.handlers.formations import since_the_run

SINCE = Unplaced("", "enrolled-since", "enrolled after the run; place them, or form again")


@dataclass(frozen=True)
class Explained:
    """Why somebody is where they are, and what other places would do; `asked`: the one asked about."""

    formation: Formation
    person_id: str
    why_here: tuple
    places: tuple
    fitting: int
    asked: rules.Place | None
    people: Mapping


@dataclass(frozen=True)
class Compared:
    comparison: Comparison
    people: Mapping


@dataclass(frozen=True)
class Rotation:
    """Rounds of talks in a cohort after the first `begin`; `names` by person id."""

    cohort_id: str
    begin: int
    rounds: tuple
    names: Mapping


def move_person(
    command,
    formations: Formations,
    programs: Programs,
    people: People,
    enrollments: Enrollments,
    shared_threads: SharedThreads,
):
    """Put somebody into another group, or into none, and return the formation.

    Raises:
        StaffOnly, NotFound. NotFoundYet: it is not found, or committed. NobodyLikeThat, NoSuchGroup,
        PersonLocked, LastOfGroup: as they say.
    """
    network = check_staff(command.caller)
    formation = _with(formations.get(network, command.formation_id), command.person_id, enrollments)
    rules.check_known(formation, command.person_id)
    touched = [formation.number_of(command.person_id), command.group]
    numbers = [number for number in touched if number is not None and number <= len(formation.groups)]
    judged = _rules(formation, command.person_id, numbers, programs, people, shared_threads)
    moved = rules.move(formation, command.person_id, command.group, judged, command.swap)
    return formation if moved is formation else formations.save(moved)


def lock_people(command, formations: Formations):
    """Lock people where they are, or unlock them.

    Raises:
        StaffOnly, NotFound, NotFoundYet, NobodyLikeThat.
    """
    formation = formations.get(check_staff(command.caller), command.formation_id)
    locked = rules.lock(formation, command.person_ids, command.locked)
    return formation if locked == formation else formations.save(locked)


def explain_place(
    query,
    formations: Formations,
    programs: Programs,
    people: People,
    enrollments: Enrollments,
    shared_threads: SharedThreads,
):
    """Return why somebody is in their group, the best other places, and why not in the group asked about.

    Raises:
        StaffOnly, NotFound. NobodyLikeThat: neither placed, left over, nor enrolled since. NoSuchGroup.
    """
    network = check_staff(query.caller)
    stored = formations.get(network, query.formation_id)
    formation = _with(stored, query.person_id, enrollments)
    rules.check_known(formation, query.person_id)
    if query.group is not None:
        rules.group_at(formation, query.group)
    program = programs.get(network, formation.program_id)
    person = people.get(network, query.person_id)
    own = rules_for([person], {}, program).starts(person.id)
    fit = rules.fitting(formation, own)
    judged = _rules(formation, person.id, [*fit, query.group], programs, people, shared_threads)
    places = rules.places_for(formation, person.id, judged, fit, swaps=True)[: query.limit]
    asked = rules.places_for(formation, person.id, judged, [query.group] if query.group else [], swaps=True)
    why = rules.why_here(formation, person.id, judged)
    first = asked[0] if asked else None
    return Explained(formation, person.id, why, tuple(places), len(fit), first, judged.people)


def compare_formations(query, formations: Formations, people: People):
    """Return what differs between two formations of a program. Raises: StaffOnly, NotFound, NotComparable."""
    network = check_staff(query.caller)
    one = formations.get(network, query.formation_id)
    other_id = query.other_id or one.options.former_id or one.id
    found = compare(one, formations.get(network, other_id))
    ids = {person for change in found.changes for person in (*change.came, *change.left)}
    return Compared(found, people.by_ids(network, ids))


def plan_rotation(query, cohorts: Cohorts):
    """Return rounds of talks in pairs, and a trio where they are odd, for who sees the cohort.

    Raises:
        SignedInOnly, NotFound.
    """
    cohort = show_cohort(query, cohorts)
    names = {one.person_id: one.display_name for one in cohort.roster if one.standing == "member"}
    rounds = rotations(list(names), query.begin + query.rounds)[query.begin :]
    return Rotation(cohort.id, query.begin, rounds, names)


def _with(formation, person_id, enrollments):
    """The formation with somebody who enrolled since among those left over."""
    if formation.knows(person_id) or person_id not in since_the_run(formation, enrollments):
        return formation
    late = replace(SINCE, person_id=person_id)
    left = tuple(sorted([*formation.unplaced, late], key=lambda one: one.person_id))
    return replace(formation, unplaced=left, people=formation.people + 1)


def _rules(formation, person_id, numbers, programs, people, shared_threads):
    network = formation.network
    here = formation.number_of(person_id)
    ids = {person_id} | {
        one
        for number in {*numbers, here} - {None}
        for one in (*formation.groups[number - 1].members, *formation.groups[number - 1].facilitators)
    }
    found = people.by_ids(network, ids)
    if len(found) < len(ids):
        raise NotFound("somebody of this formation is not here any more; form again")
    ancestors = above(people.lines_above(network, ids))
    program = programs.get(network, formation.program_id)
    return rules_for(found.values(), ancestors, program, formation.options, shared_threads.of(network, ids))
