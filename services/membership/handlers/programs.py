"""Programs: designed, shown, changed; and enrolling people in them."""

from services.kit import process
from services.kit.clock import Clock
from services.kit.errors import Conflict, NotFound
from services.kit.ids import new_id
from services.membership.domain import programs as rules
from services.membership.domain.enrollment_ports import EnrollmentPorts
from services.membership.domain.enrollments import accept_unasked, enroll
from services.membership.domain.launch_guide import check_enrollment_open
from services.membership.domain.people_ports import (
    Cohorts,
    Launches,
    People,
    Processes,
    Programs,
    RoleHolders,
    Together,
)
from services.membership.domain.rights import check_signed_in, check_staff

ENROLLING = "enrollment"
AT_ONCE = 200  # people of one step
RUNNING_THINGS = ("network_admin", "program_staff", "facilitator", "sponsor")


class NobodyToEnroll(Conflict):
    code = "nobody-to-enroll"


def design_program(command, programs: Programs, clock: Clock):
    """Design a program and return it. Raises: StaffOnly, and what the design refuses (domain/programs.py)."""
    network = check_staff(command.caller)
    program, facts = rules.design_program(new_id("prg"), network, command.wishes, clock.now().date())
    return programs.add(program, announcing=facts)


def list_programs(query, programs: Programs):
    """Return one page of the network's programs, the newest first. Raises: SignedInOnly."""
    network, _ = check_signed_in(query.caller)
    return programs.newest(network, query.limit, query.after)


def show_program(query, programs: Programs):
    """Return one program. Raises: SignedInOnly, NotFound."""
    network, _ = check_signed_in(query.caller)
    return programs.get(network, query.program_id)


def change_program(command, programs: Programs, cohorts: Cohorts, clock: Clock):
    """Change a design. Raises: StaffOnly, NotFound, Stale, and what the design refuses."""
    network = check_staff(command.caller)
    program = programs.get(network, command.program_id)
    has_cohorts = cohorts.is_any_of(network, program.id)
    changed, facts = rules.change_program(program, command.wishes, has_cohorts, clock.now().date())
    return programs.save(changed, announcing=facts)


def enroll_people(
    command,
    programs: Programs,
    launches: Launches,
    people: People,
    role_holders: RoleHolders,
    processes: Processes,
    clock: Clock,
):
    """Begin to enroll the people named, or everyone active in the network or one organization.

    Everyone leaves out whoever only runs things: holders of a staff role who belong to no organization.

    Returns:
        The process; each person's enrollment has its own id, so naming somebody twice enrolls them once.

    Raises:
        StaffOnly. NotFound: no such program, or somebody named is no active person of this network.
        NobodyToEnroll: there is nobody. ProgramEnded: it takes nobody any more.
        PurposeNotVerified: its launch was begun, and not each group of stakeholders has verified the purpose.
    """
    network = check_staff(command.caller)
    program = programs.get(network, command.program_id)
    if program.standing == "ended":
        raise rules.ProgramEnded(f"{program.display_name} has ended")
    now = clock.now()
    ids = (
        _named(command, network, people)
        if command.person_ids
        else _everyone(command, people, role_holders, now)
    )
    if not ids:
        raise NobodyToEnroll("there is nobody to enroll")
    check_enrollment_open(launches.of_program(network, program.id))
    payload = {"program_id": program.id, "person_ids": ids}
    steps = -(-len(ids) // AT_ONCE)
    return processes.add(process.begin(new_id("enb"), network, ENROLLING, steps, now, payload))


def show_enrolling(query, processes: Processes):
    """Return the process of enrolling as far as it is. Raises: StaffOnly, NotFound."""
    found = processes.get(check_staff(query.caller), query.enrolling_id)
    if found.kind != ENROLLING:
        raise NotFound("there is no such enrolling")
    return found


def go_on_enrolling(process_id, network, processes: Processes, ports: EnrollmentPorts, together: Together):
    """Enroll the next people of the process; who takes part or left stays as they are.

    Where seats are limited, and for who has applied, the program's intake says who has one (seating.py). From
    the first of them on the program is enrolling, unless it is further already.
    """

    def step(running, number):
        program_id = running.payload["program_id"]
        people = running.payload["person_ids"][number * AT_ONCE : (number + 1) * AT_ONCE]
        is_limited = ports.intakes.of_program(network, program_id).seats is not None
        known = ports.enrollments.by_people(network, program_id, people)

        def enroll_one(person_id):
            before = known.get(person_id)
            enrollment, facts = enroll(network, program_id, person_id)
            if before is not None or is_limited:
                enrollment, facts = accept_unasked(before or enrollment, ports.clock.now())
            if facts:
                save = ports.enrollments.add if before is None else ports.enrollments.save
                save(enrollment, announcing=facts)

        together(enroll_one, people)
        bring_to("enrolling", ports.programs, network, program_id)

    process.work_off(process_id, network, processes, step, ports.clock)


def bring_to(standing, programs: Programs, network, program_id):
    """Move a program on, and say so; one that is there or further stays. Raises: NotFound."""
    program, facts = rules.reach(programs.get(network, program_id), standing)
    if facts:
        programs.save(program, announcing=facts)


def _everyone(command, people, role_holders, now):
    network = command.caller.network
    ids = people.active_ids(network, command.organization_id)
    holders = people.by_ids(network, role_holders.holders(network, RUNNING_THINGS, now))
    outside = {one for one, person in holders.items() if person.organization_id is None}
    return [one for one in ids if one not in outside]


def _named(command, network, people):
    wished = list(dict.fromkeys(command.person_ids))
    found = people.by_ids(network, wished)
    unknown = [one for one in wished if one not in found or found[one].standing != "active"]
    if unknown:
        raise NotFound(f"{len(unknown)} of these people are not in this network: {unknown[0]}")
    return wished
