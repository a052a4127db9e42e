"""Swaps: begun by staff, worked off as due work, each step repeatable."""

from dataclasses import dataclass

from services.kit.clock import Clock
from services.kit.errors import NotFound, Refusal
from services.kit.ids import new_id
from services.membership.domain import swaps as rules
from services.membership.domain.cohorts import assign_facilitators, exchange
from services.membership.domain.derived import derived_id
from services.membership.domain.people_ports import Cohorts, Enrollments, People, Programs, Swaps
from services.membership.domain.reporting import above
from services.membership.domain.resolutions import Move
from services.membership.domain.rights import check_staff


@dataclass(frozen=True)
class SwapPorts:
    """What a swap is made with."""

    swaps: Swaps
    cohorts: Cohorts
    programs: Programs
    enrollments: Enrollments
    people: People
    clock: Clock


def begin_swap(command, ports: SwapPorts):
    """Begin to move members between cohorts of one program, and return the swap.

    Raises:
        StaffOnly. NotFound: no such cohort or person. TooClose: the caller is concerned.
        BadSwap, OtherProgram, CohortFull, HardRuleBroken: what it would bring about.
    """
    network = check_staff(command.caller)
    moves = tuple(Move(one.person_id, one.from_cohort_id, one.to_cohort_id) for one in command.moves)
    led = command.facilitators
    leading = rules.Leading(led.cohort_id, led.person_ids) if led else None
    swap = rules.Swap(new_id("swp"), network, command.caller.person_id or "", moves, leading)
    cohorts = _check(swap, ports)
    if not all(rules.is_stranger(command.caller, cohort) for cohort in cohorts.values()):
        raise rules.TooClose("somebody else of the staff has to decide this: you are concerned")
    return ports.swaps.add(rules.begin(swap, ports.clock.now()))


def show_swap(query, swaps: Swaps):
    """Return a swap as far as it is. Raises: StaffOnly, NotFound."""
    return swaps.get(check_staff(query.caller), query.swap_id)


def go_on_swap(swap_id, network, kind, ports: SwapPorts):
    """Claim the enrollments, or (claimed before) have the cohorts follow."""
    swap = ports.swaps.get(network, swap_id)
    if swap.standing != "running":
        return
    if kind == rules.SEAT:
        for cohort_id in swap.cohort_ids():
            _seat(swap, cohort_id, ports)
        ports.swaps.save(rules.finish(swap))
        return
    try:
        cohorts = _check(swap, ports)
        _claim_all(swap, cohorts, ports)
    except Refusal as refusal:
        ports.swaps.save(rules.refuse(swap, refusal.code))
        return
    ports.swaps.save(rules.claimed(swap, ports.clock.now()))


def _check(swap, ports):
    """Return the cohorts concerned, by id, having checked what would become of them."""
    cohorts = {one: ports.cohorts.get(swap.network, one) for one in swap.cohort_ids()}
    coming = {*(move.person_id for move in swap.moves), *(swap.leading.person_ids if swap.leading else ())}
    found = ports.people.by_ids(swap.network, coming)
    if any(one not in found or found[one].standing != "active" for one in coming):
        raise NotFound("there is no such person")
    everybody = set(coming)
    for cohort in cohorts.values():
        everybody |= cohort.member_ids() | {entry.person_id for entry in cohort.facilitators}
    ancestors = above(ports.people.lines_above(swap.network, everybody))
    high = 0
    if cohorts:
        program_id = next(iter(cohorts.values())).program_id
        high = ports.programs.get(swap.network, program_id).size_high
    rules.check_swap(swap, cohorts, high, ancestors)
    return cohorts


def _claim_all(swap, cohorts, ports):
    """Claim each enrollment as it was; where one is not any more, free the others and refuse."""
    for place, move in enumerate(swap.moves):
        program_id = cohorts[move.from_cohort].program_id
        try:
            _claim(swap.network, program_id, move, ports)
        except rules.MovedMeanwhile:
            for done in swap.moves[:place]:
                back = Move(done.person_id, done.to_cohort, done.from_cohort)
                _claim(swap.network, program_id, back, ports)
            raise


def _claim(network, program_id, move, ports):
    """Somebody who came without enrolling (a group formed by its members) has nothing to be claimed."""
    try:
        enrollment = ports.enrollments.get(network, derived_id("enr", network, program_id, move.person_id))
    except NotFound:
        return
    moved, facts = rules.move_enrollment(enrollment, move.from_cohort, move.to_cohort)
    if facts:
        ports.enrollments.save(moved, announcing=facts)


def _seat(swap, cohort_id, ports):
    """One write: who leaves, who comes, who leads; the cohort's whole state is told once."""
    cohort = ports.cohorts.get(swap.network, cohort_id)
    coming = ports.people.by_ids(swap.network, rules.joining(swap, cohort_id))
    seated, facts = exchange(cohort, rules.leaving(swap, cohort_id), list(coming.values()))
    if swap.leading and swap.leading.cohort_id == cohort_id:
        leaders = ports.people.by_ids(swap.network, swap.leading.person_ids)
        named = [leaders[one] for one in swap.leading.person_ids if one in leaders]
        seated, told = assign_facilitators(seated, named)
        facts = told or facts
    if facts:
        ports.cohorts.save(seated, announcing=facts)
