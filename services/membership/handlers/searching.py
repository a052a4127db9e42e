"""The search of a formation: begun, told of, ended in one of four ways. Runs in the worker."""

from dataclasses import replace

from services.kit.clock import Clock
from services.kit.logs import get_logger
from services.membership.domain import formations as rules
from services.membership.domain.facilitation import Candidate
from services.membership.domain.feasibility import find_conflicts
from services.membership.domain.group_leaders import with_leaders
from services.membership.domain.people_ports import (
    Cohorts,
    Engine,
    Enrollments,
    Formations,
    People,
    Programs,
    RemoteSkills,
    RoleHolders,
    SharedThreads,
)
from services.membership.domain.placement import (
    EngineWrongError,
    Former,
    pose_question,
    read_answer,
    rules_for,
)
from services.membership.domain.remote_skill import NONE

log = get_logger()


class SearchEnded(Exception):
    """Somebody cancelled the formation while it was searched."""


def search_formation(
    formation_id,
    network,
    formations: Formations,
    programs: Programs,
    enrollments: Enrollments,
    people: People,
    shared_threads: SharedThreads,
    cohorts: Cohorts,
    role_holders: RoleHolders,
    skills: RemoteSkills,
    engine: Engine,
    clock: Clock,
):
    """Search the split, noting progress, find who leads its groups, and keep what was found.

    A worker that dies leaves the search to the next, which begins again from the same seed; after the third
    beginning the formation says that it failed, as it does when the engine breaks a rule.
    """
    formation = formations.get(network, formation_id)
    if formation.standing != "searching":
        return
    formation = replace(formation, attempts=formations.note_attempt(formation))
    if formation.attempts > rules.MOST_ATTEMPTS:
        formations.save(rules.fail(formation, rules.DIED))
        return
    program = programs.get(network, formation.program_id)
    question = _question(formation, program, formations, enrollments, people, shared_threads)
    conflicts = find_conflicts(question)
    if conflicts:
        formations.save(rules.refuse(formation, conflicts))
        return
    try:
        groups, unplaced = _searched(formation, program, question, formations, engine)
    except SearchEnded:
        formations.save(rules.end_cancelled(formations.get(network, formation_id)))
        return
    except EngineWrongError as wrong:
        log.error("formation_failed", formation_id=formation_id, reason=str(wrong))
        formations.save(rules.fail(formation, rules.WRONG))
        return
    candidates = find_candidates(network, program, cohorts, people, role_holders, clock)
    levels = skills.levels(network, [one.person.id for one in candidates])
    skilled = frozenset(one for one, level in levels.items() if level != NONE)
    led = with_leaders(groups, candidates, question.rules, skilled)
    formations.save(rules.finish(formation, led, unplaced, question.roster_hash))


def find_candidates(network, program, cohorts: Cohorts, people: People, role_holders: RoleHolders, clock):
    """Return everyone active who holds the role to lead, with what they lead already and when they can."""
    loads = cohorts.loads(network)
    found = people.by_ids(network, role_holders.holders(network, ("facilitator",), clock.now()))
    active = [person for _, person in sorted(found.items()) if person.standing == "active"]
    hours = rules_for(active, {}, program)
    return [Candidate(person, loads[person.id], hours.starts(person.id)) for person in active]


def _question(formation, program, formations, enrollments, people, shared_threads):
    network, former = formation.network, None
    if formation.options.former_id is not None:
        stood = formations.get(network, formation.options.former_id)
        former = Former(tuple(group.members for group in stood.groups), formation.locked)
    enrolled = people.by_ids(network, enrollments.waiting_people(network, program.id))
    active = [person for person in enrolled.values() if person.standing == "active"]
    shared = shared_threads.of(network, enrolled)
    return pose_question(active, people.lines(network), program, formation.options, shared, former)


def _searched(formation, program, question, formations, engine):
    def note(tried, planned, placed):
        if formations.note_progress(formation, tried, planned, placed):
            raise SearchEnded

    groups = engine.split(question, formation.seed, formation.moves, note)
    return read_answer(question, groups, program)
