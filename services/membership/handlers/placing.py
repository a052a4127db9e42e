"""Late joining: asked where somebody fits, weighed by the worker, placed by staff, joined by due work."""

from dataclasses import dataclass

from services.kit.ids import new_id
from services.membership.domain import late_joining as rules
from services.membership.domain.cohorts import exchange
from services.membership.domain.enrollment_ports import EnrollmentPorts
from services.membership.domain.placement import Former, pose_question, rules_for
from services.membership.domain.reporting import above
from services.membership.domain.rights import check_staff
from services.membership.handlers.deciding import named

PAGE = 200
LOOKED_AT = 20  # of the engine's best, before they are judged anew


@dataclass(frozen=True)
class ShownPlacement:
    """A placement with the names of its cohorts."""

    placement: rules.Placement
    names: dict[str, str]


def weigh_placement(command, placements, ports: EnrollmentPorts):
    """Ask where somebody with a seat fits. Raises: StaffOnly, NotFound, NotToBePlaced."""
    network = check_staff(command.caller)
    enrollment = ports.enrollments.get(network, command.enrollment_id)
    placement = rules.begin_placement(new_id("plc"), enrollment, ports.clock.now())
    shown = ShownPlacement(placement, {})
    placements.add(placement, answering=shown)
    return shown


def show_placement(query, placements, ports: EnrollmentPorts):
    """Return a placement as far as it is weighed. Raises: StaffOnly, NotFound."""
    network = check_staff(query.caller)
    placement = placements.get(network, query.placement_id)
    cohorts = [ports.cohorts.get(network, one.cohort_id) for one in placement.choices]
    return ShownPlacement(placement, {one.id: one.display_name for one in cohorts})


def place_in_cohort(command, ports: EnrollmentPorts):
    """Place somebody with a seat into a standing cohort; its roster follows within seconds.

    Raises:
        StaffOnly, NotFound. NotToBePlaced, NoStandingCohort, CohortFull, HardRuleBroken, NoCommonStart.
    """
    network = check_staff(command.caller)
    enrollment = ports.enrollments.get(network, command.enrollment_id)
    cohort = ports.cohorts.get(network, command.cohort_id)
    program = ports.programs.get(network, enrollment.program_id)
    judged = _rules_of(network, program, [cohort], enrollment.person_id, ports)
    placed, facts = rules.place_late(enrollment, cohort, judged, ports.clock.now())
    shown = named(placed, ports)
    ports.enrollments.save(placed, announcing=facts, answering=shown)
    return shown


def join_cohort(enrollment, ports: EnrollmentPorts):
    """Enter the one who was placed into the roster; where that breaks a rule by now, they wait again."""
    cohort = ports.cohorts.get(enrollment.network, enrollment.cohort_id)
    program = ports.programs.get(enrollment.network, enrollment.program_id)
    person_id = enrollment.person_id
    if enrollment.standing == "placed" and not cohort.has_member(person_id):
        judged = _rules_of(enrollment.network, program, [cohort], person_id, ports)
        if rules.why_closed(cohort, person_id, judged) is not None:
            back, facts = rules.not_joined(enrollment)
            ports.enrollments.save(back, announcing=facts)
            return
        joining, told = exchange(cohort, [], [judged.people[person_id]])
        ports.cohorts.save(joining, announcing=told)
    ports.enrollments.save(rules.joined(enrollment))


def weigh(placement_id, network, placements, shared_threads, engine, ports):
    """Have the engine weigh every standing cohort with room, and keep the best. Runs in the worker."""
    placement = placements.get(network, placement_id)
    if placement.standing != rules.WEIGHING:
        return
    program = ports.programs.get(network, placement.program_id)
    cohorts = list(_all_of(network, program.id, ports.cohorts))
    judged = _rules_of(network, program, cohorts, placement.person_id, ports, shared_threads)
    open_ones = [one for one in cohorts if rules.why_closed(one, placement.person_id, judged) is None]
    groups = tuple(tuple(sorted(one.member_ids())) for one in open_ones)
    wanted = {placement.person_id, *(person for group in groups for person in group)}
    people = [judged.people[one] for one in sorted(wanted) if one in judged.people]
    shared = shared_threads.of(network, wanted)
    question = pose_question(
        people, ports.people.lines(network), program, shared=shared, former=Former(groups)
    )
    found = engine.rooms(question, placement.person_id, LOOKED_AT) if open_ones else []
    by_members = {member: one for one in open_ones for member in one.member_ids()}
    rooms = [(by_members[member], worse) for member, worse in found]
    placements.save(rules.weighed(placement, rooms, cohorts, judged))


def _rules_of(network, program, cohorts, person_id, ports, shared_threads=None):
    """Return the rules over the people of these cohorts and one more; lines as they stand now."""
    ids = {person_id}
    for cohort in cohorts:
        ids |= cohort.member_ids() | {entry.person_id for entry in cohort.facilitators}
    people = ports.people.by_ids(network, ids)
    shared = shared_threads.of(network, ids) if shared_threads else None
    upward = ports.people.lines_above(network, sorted(ids))
    return rules_for(people.values(), above(upward), program, shared=shared)


def _all_of(network, program_id, cohorts):
    after = None
    while True:
        page = cohorts.of_program(network, program_id, PAGE, after)
        yield from page.items
        if page.next is None:
            return
        after = page.next
