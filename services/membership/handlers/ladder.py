"""Handing a cohort over to its members, step by step, and back."""

from dataclasses import dataclass

from services.kit.clock import Clock
from services.membership.domain import ladder as rules
from services.membership.domain.cohorts import Cohort, NotOfTheCohort, Taken
from services.membership.domain.hosts import is_host
from services.membership.domain.ladder_ports import HeldSessions, SteppingCohorts
from services.membership.domain.people_ports import People
from services.membership.domain.reporting import above
from services.membership.domain.rights import check_signed_in
from services.membership.domain.safety import check_neutral


@dataclass(frozen=True)
class Standing:
    """A cohort, where it stands on the ladder, and whether the reader may hand it over."""

    cohort: Cohort
    ladder: rules.Ladder
    may_step: bool


def show_ladder(query, cohorts: SteppingCohorts, held: HeldSessions):
    """Return where a cohort stands, to its members and hosts. Raises: SignedInOnly, NotOfTheCohort."""
    network, _ = check_signed_in(query.caller)
    cohort = cohorts.get(network, query.cohort_id, admitting=lambda found: _admit(found, query.caller))
    return _standing(cohort, query.caller, held)


def take_step(command, cohorts: SteppingCohorts, people: People, held: HeldSessions, clock: Clock):
    """Take a step up by evidence, or down.

    Raises:
        SignedInOnly, NotOfTheCohort: no host. HardRuleBroken: who would lead is in a line of a member.
        NoSuchStep, EvidenceMissing, NotTheirTurn, NobodyOutside: as domain/ladder.py says.
    """
    network, person_id = check_signed_in(command.caller)
    cohort = cohorts.get(network, command.cohort_id, admitting=lambda found: _host(found, command.caller))
    taken = Taken(command.step, clock.now(), person_id, command.why.strip())
    known = held.held(network, cohort.id)
    after, facts = rules.take_step(cohort, taken, known, _people_of(cohort, people), command.person_id)
    return _saved(after, facts, command, (cohorts, people, held))


def hand_on(command, cohorts: SteppingCohorts, people: People, held: HeldSessions):
    """Have another member lead next: whose turn it is, or the one named (a skip, a swap).

    Raises:
        SignedInOnly, NotOfTheCohort: no host. NotRotating, NotTheirTurn, HardRuleBroken.
    """
    network, _ = check_signed_in(command.caller)
    cohort = cohorts.get(network, command.cohort_id, admitting=lambda found: _host(found, command.caller))
    known = held.held(network, cohort.id)
    after, facts = rules.hand_on(cohort, known, _people_of(cohort, people), command.person_id)
    return _saved(after, facts, command, (cohorts, people, held))


def _saved(cohort, facts, command, ports):
    cohorts, people, held = ports
    leaders = [entry.person_id for entry in cohort.facilitators]
    members = sorted(cohort.member_ids())
    check_neutral(leaders, members, above(people.lines_above(cohort.network, [*members, *leaders])))
    shown = _standing(cohort, command.caller, held)
    return _standing(cohorts.save(cohort, announcing=facts, answering=shown), command.caller, held)


def _standing(cohort, caller, held):
    ladder = rules.look(cohort, held.held(cohort.network, cohort.id))
    return Standing(cohort, ladder, is_host(caller, cohort))


def _people_of(cohort, people):
    wanted = {*cohort.member_ids(), *cohort.outside, *(one.person_id for one in cohort.facilitators)}
    found = people.by_ids(cohort.network, wanted)
    return {one: person for one, person in found.items() if person.standing == "active"}


def _admit(cohort, caller):
    if not cohort.has_member(caller.person_id) and not is_host(caller, cohort):
        raise NotOfTheCohort("there is no such cohort")


def _host(cohort, caller):
    if not is_host(caller, cohort):
        raise NotOfTheCohort("there is no such cohort")
