"""Formations: asked for, searched by the worker, shown, committed."""

from dataclasses import dataclass

from services.kit.clock import Clock
from services.kit.ids import new_id
from services.membership.domain import formations as rules
from services.membership.domain.meeting_times import MeetingTimes
from services.membership.domain.people_ports import (
    Engine,
    Enrollments,
    Formations,
    People,
    Programs,
)
from services.membership.domain.placement import pose_question, read_answer
from services.membership.domain.reporting import above
from services.membership.domain.rights import check_staff
from services.membership.domain.safety import find_breaches


@dataclass(frozen=True)
class Shown:
    """A formation with the names of whom it speaks."""

    formation: object
    names: dict


class SearchEnded(Exception):
    """Somebody cancelled the formation while it was searched."""


def form_cohorts(command, programs: Programs, enrollments: Enrollments, formations: Formations, clock: Clock):
    """Ask for a split of everyone enrolled and free, and return the formation being searched.

    Raises:
        StaffOnly. NotFound: no such program. TooFewPeople: not one cohort can be filled.
    """
    network = check_staff(command.caller)
    program = programs.get(network, command.program_id)
    wanted = rules.Formation(
        id=new_id("frm"),
        network=network,
        program_id=program.id,
        seed=command.seed,
        moves=command.moves,
        starts_on=program.starts_on,
        asked_by=command.caller.person_id,
    )
    enrolled = len(enrollments.waiting_people(network, program.id))
    return formations.add(rules.begin(wanted, enrolled, program.size_low, clock.now()))


def list_formations(query, formations: Formations, programs: Programs):
    """Return one page of a program's formations, the newest first. Raises: StaffOnly, NotFound."""
    network = check_staff(query.caller)
    programs.get(network, query.program_id)
    return formations.of_program(network, query.program_id, query.limit, query.after)


def show_formation(query, formations: Formations, people: People):
    """Return a formation as far as it is, with names. Raises: StaffOnly, NotFound."""
    network = check_staff(query.caller)
    formation = formations.get(network, query.formation_id)
    ids = {one for group in formation.groups for one in group.members}
    ids |= {one.person_id for one in formation.unplaced}
    found = people.by_ids(network, ids)
    return Shown(formation, {one: person.display_name for one, person in found.items()})


def cancel_formation(command, formations: Formations):
    """Ask the search to end; what was found stays. Raises: StaffOnly, NotFound."""
    formation = formations.get(check_staff(command.caller), command.formation_id)
    return formations.save(rules.cancel(formation))


def commit_formation(command, formations: Formations, programs: Programs, people: People, clock: Clock):
    """Have the cohorts of a found formation formed, and return it being committed.

    Raises:
        StaffOnly, NotFound. NotFoundYet: there is nothing to commit.
        FormationOutdated: since the search a hard rule would be broken; form again.
    """
    network = check_staff(command.caller)
    formation = formations.get(network, command.formation_id)
    wanted = rules.commit(formation, clock.now())
    if formation.standing == "found":
        _check_still_safe(formation, programs.get(network, formation.program_id), people)
    return formations.save(wanted)


def search_formation(
    formation_id,
    network,
    formations: Formations,
    programs: Programs,
    enrollments: Enrollments,
    people: People,
    engine: Engine,
):
    """Search the split, noting progress, and keep what was found. Runs in the worker."""
    formation = formations.get(network, formation_id)
    if formation.standing != "searching":
        return
    program = programs.get(network, formation.program_id)
    enrolled = people.by_ids(network, enrollments.waiting_people(network, program.id))
    active = [person for person in enrolled.values() if person.standing == "active"]
    question = pose_question(active, people.lines(network), program)

    def note(tried, planned, placed):
        if formations.note_progress(formation, tried, planned, placed):
            raise SearchEnded

    try:
        groups = engine.split(question, formation.seed, formation.moves, note)
    except SearchEnded:
        formations.save(rules.end_cancelled(formations.get(network, formation_id)))
        return
    described, unplaced = read_answer(question, groups, program)
    formations.save(rules.finish(formation, described, unplaced, question.roster_hash))


def _check_still_safe(formation, program, people):
    ids = [one for group in formation.groups for one in group.members]
    found = people.by_ids(formation.network, ids)
    starts = {
        person.id: MeetingTimes.of(
            person.weekly_hours, person.zone, program.starts_on, program.session_minutes
        ).starts
        for person in found.values()
        if person.standing == "active"
    }
    groups = [group.members for group in formation.groups]
    ancestors = above(people.lines(formation.network))
    if find_breaches(groups, ancestors, starts, (program.size_low, program.size_high)):
        raise rules.FormationOutdated(
            "since the search somebody left, changed hours or got another manager; form again"
        )
