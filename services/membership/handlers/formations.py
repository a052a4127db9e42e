"""Formations: asked for, checked, shown, committed. The worker searches (searching.py)."""

from collections.abc import Mapping
from dataclasses import dataclass

from services.kit.clock import Clock
from services.kit.errors import NotFound
from services.kit.ids import new_id
from services.membership.domain import formations as rules
from services.membership.domain.feasibility import find_conflicts
from services.membership.domain.formation_options import PAIRS, OptionsContradict, options_of
from services.membership.domain.group_rules import bounds_of, broken_in
from services.membership.domain.people_ports import (
    Apart,
    Enrollments,
    Formations,
    People,
    Programs,
    SharedThreads,
)
from services.membership.domain.placement import Former, pose_question, rules_for
from services.membership.domain.reporting import above
from services.membership.domain.rights import check_staff

MOVES_EACH = 400  # of a search, for each person


@dataclass(frozen=True)
class Shown:
    """A formation with whom it speaks of.

    Args:
        people: id -> person. groups: number -> group of those asked for, in order. found: how many fit the
            question. since: ids of who enrolled after the run.
    """

    formation: rules.Formation
    people: Mapping
    groups: Mapping
    found: int
    since: tuple = ()


@dataclass(frozen=True)
class Checked:
    """What a run would meet: `conflicts` and who could be in no group; `people` by id."""

    enrolled: int
    conflicts: tuple
    unplaced: tuple
    people: Mapping


def form_cohorts(command, programs: Programs, enrollments: Enrollments, formations: Formations, clock: Clock):
    """Ask for a split of everyone enrolled and free, and return the formation being searched.

    Raises:
        StaffOnly. NotFound: no such program, or formation to go on from. NotFoundYet: that one is not found.
        OptionsContradict: what is asked for cannot hold together, or names somebody who is not enrolled.
        TooFewPeople, TooManyPeople.
    """
    network = check_staff(command.caller)
    program = programs.get(network, command.program_id)
    former = _former(command, network, formations)
    enrolled = enrollments.waiting_people(network, program.id)
    options = _options(command, program, former, enrolled)
    wanted = rules.Formation(
        id=new_id("frm"),
        network=network,
        program_id=program.id,
        seed=command.seed,
        moves=command.moves or min(rules.MOST_MOVES, max(rules.MOVES, MOVES_EACH * len(enrolled))),
        starts_on=program.starts_on,
        asked_by=command.caller.person_id,
        options=options,
        locked=former.locked if former else (),
    )
    low, _ = bounds_of(program, options)
    return formations.add(rules.begin(wanted, len(enrolled), low, clock.now()))


def check_formation(
    command,
    programs: Programs,
    enrollments: Enrollments,
    formations: Formations,
    people: People,
    shared_threads: SharedThreads,
    apart: Apart,
):
    """Return what a run with these options would meet. Raises: as `form_cohorts`, but not TooFewPeople."""
    network = check_staff(command.caller)
    program = programs.get(network, command.program_id)
    former = _former(command, network, formations)
    enrolled = enrollments.waiting_people(network, program.id)
    options = _options(command, program, former, enrolled)
    rules.check_not_too_many(len(enrolled))
    found = people.by_ids(network, enrolled)
    active = [person for person in found.values() if person.standing == "active"]
    begun = Former(tuple(group.members for group in former.groups), former.locked) if former else None
    shared, lines = shared_threads.of(network, enrolled), people.lines(network)
    question = apart(pose_question, active, lines, program, options, shared, begun)
    return Checked(len(enrolled), apart(find_conflicts, question), question.without_hours, found)


def list_formations(query, formations: Formations, programs: Programs):
    """Return one page of a program's formations, the newest first. Raises: StaffOnly, NotFound."""
    network = check_staff(query.caller)
    programs.get(network, query.program_id)
    return formations.of_program(network, query.program_id, query.limit, query.after)


def show_formation(query, formations: Formations, people: People, enrollments: Enrollments):
    """Return a formation as far as it is, with whom it speaks of. Raises: StaffOnly, NotFound."""
    network = check_staff(query.caller)
    formation = formations.get(network, query.formation_id)
    since = since_the_run(formation, enrollments)
    known = _people_of(formation, formation.groups, people, since) if query.q else {}
    numbers = [
        number
        for number, group in enumerate(formation.groups, 1)
        if _is_asked_for(group, query, known, formation.locked)
    ]
    if query.show == "look":
        numbers.sort(key=lambda number: _to_settle(formation.groups[number - 1]))
    end = None if query.limit is None else query.first + query.limit
    groups = {number: formation.groups[number - 1] for number in numbers[query.first : end]}
    known = known or _people_of(formation, groups.values(), people, since)
    return Shown(formation, known, groups, len(numbers), since)


def show_progress(query, formations: Formations):
    """Return how far a formation is, without its groups. Raises: StaffOnly, NotFound."""
    return formations.get(check_staff(query.caller), query.formation_id)


def cancel_formation(command, formations: Formations):
    """Ask the search to end; what was found stays. Raises: StaffOnly, NotFound."""
    formation = formations.get(check_staff(command.caller), command.formation_id)
    return formations.save(rules.cancel(formation))


def commit_formation(command, formations: Formations, programs: Programs, people: People, clock: Clock):
    """Have the cohorts of a found formation formed, and return it being committed.

    Raises:
        StaffOnly, NotFound. NotFoundYet: there is nothing to commit.
        FormationOutdated: by a move or since the search a hard rule would be broken; each is named.
    """
    network = check_staff(command.caller)
    formation = formations.get(network, command.formation_id)
    wanted = rules.commit(formation, clock.now())
    if formation.standing == "found":
        _check_lawful(formation, programs.get(network, formation.program_id), people)
    return formations.save(wanted)


def since_the_run(formation, enrollments: Enrollments):
    """Return the ids of who enrolled after the run of a formation that is not committed."""
    if formation.standing != "found":
        return ()
    known = {one.person_id for one in formation.unplaced}
    known |= {one for group in formation.groups for one in group.members}
    waiting = enrollments.waiting_people(formation.network, formation.program_id)
    return tuple(one for one in waiting if one not in known)


def _former(command, network, formations):
    former_id = command.said.get("former_id")
    if former_id is None:
        return None
    former = formations.get(network, former_id)
    if former.program_id != command.program_id:
        raise NotFound("there is no such formation")
    rules.check_found(former)
    return former


def _options(command, program, former, enrolled):
    told = former.options if former else None
    options = options_of(command.said, program.size_low, program.size_high, told)
    free = frozenset(enrolled)
    errors = [
        {"pointer": f"/{name}/{number}", "detail": f"{one} is not enrolled and free in this program"}
        for name in PAIRS
        if name in command.said
        for number, pair in enumerate(getattr(options, name))
        for one in pair
        if one not in free
    ]
    if errors:
        raise OptionsContradict(errors[0]["detail"], errors=errors)
    return options


def _is_asked_for(group, query, known, locked):
    if query.show == "look" and not (group.broken or not group.facilitators):
        return False
    if query.show == "leaderless" and group.facilitators:
        return False
    sought = query.q.casefold()
    return not sought or any(
        sought in known[one].display_name.casefold() for one in group.members if one in known
    )


def _to_settle(group):
    return (-len(group.broken), bool(group.facilitators), group.points)


def _people_of(formation, groups, people, since):
    ids = {one for group in groups for one in (*group.members, *group.facilitators)}
    ids |= {one for group in groups for broken in group.broken for one in broken.people}
    ids |= {one for conflict in formation.conflicts for one in conflict.people}
    ids |= {one.person_id for one in formation.unplaced} | set(since)
    return people.by_ids(formation.network, ids)


def _check_lawful(formation, program, people):
    ids = [one for group in formation.groups for one in group.members]
    found = people.by_ids(formation.network, ids)
    ancestors = above(people.lines(formation.network))
    judged = rules_for(found.values(), ancestors, program, formation.options)
    errors = []
    for number, group in enumerate(formation.groups, 1):
        gone = [one for one in group.members if one not in found or found[one].standing != "active"]
        errors += [{"pointer": f"/groups/{number}", "detail": "somebody of it has left"}] * bool(gone)
        errors += [
            {"pointer": f"/groups/{number}", "detail": f"group {number} {each.words}"}
            for each in broken_in([one for one in group.members if one not in gone], judged)
        ]
    if errors:
        words = "a hard rule would be broken, by a move or by what changed since the search"
        raise rules.FormationOutdated(f"{words}: {errors[0]['detail']}", errors=errors)
