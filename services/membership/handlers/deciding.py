"""What staff do about enrollment: how people come in, who is let in, who leaves, and how many come and go."""

from dataclasses import dataclass

from services.membership.domain import enrollments as rules
from services.membership.domain import intakes, taking_part
from services.membership.domain.enrollment_ports import EnrollmentPorts
from services.membership.domain.enrollments import Enrollment
from services.membership.domain.launch_guide import check_enrollment_open
from services.membership.domain.pledges import PledgeMissing, waive
from services.membership.domain.programs import ProgramEnded
from services.membership.domain.rights import check_signed_in, check_staff
from services.membership.domain.support import with_pledge


@dataclass(frozen=True)
class Listed:
    """One page of enrollments, with the names of whom they are, and places among those who wait."""

    items: list[Enrollment]
    next: str | None
    names: dict[str, str]
    places: dict[str, int]


def show_intake(query, ports: EnrollmentPorts):
    """Return how people come into a program. Raises: SignedInOnly, NotFound."""
    network, _ = check_signed_in(query.caller)
    program = ports.programs.get(network, query.program_id)
    return ports.intakes.of_program(network, program.id)


def set_intake(command, ports: EnrollmentPorts):
    """Set how people come into a program; only what is said changes.

    Raises:
        StaffOnly, NotFound, ClosesInThePast, QuestionsNotAskable.
    """
    network = check_staff(command.caller)
    intake = ports.intakes.of_program(network, command.program_id)
    program = ports.programs.get(network, command.program_id)
    holders = ports.enrollments.holders(network, program.id)
    changed, facts = intakes.configure(intake, command.wishes, holders, ports.clock.now())
    if not facts:
        return intake
    return (ports.intakes.save if intake.revision else ports.intakes.add)(changed, announcing=facts)


def list_enrollments(query, ports: EnrollmentPorts):
    """Return one page of a program's enrollments, of one standing or of all. Raises: StaffOnly, NotFound."""
    network = check_staff(query.caller)
    program = ports.programs.get(network, query.program_id)
    page = ports.enrollments.of_program(network, program.id, query.limit, query.after, query.standing)
    found = ports.people.by_ids(network, [one.person_id for one in page.items])
    intake = ports.intakes.of_program(network, program.id)
    places = {person_id: place for place, person_id in enumerate(intake.waiting, 1)}
    names = {one: person.display_name for one, person in found.items()}
    return Listed(page.items, page.next, names, places)


def show_enrollment(query, ports: EnrollmentPorts):
    """Return one enrollment with what was answered. Raises: StaffOnly, NotFound."""
    network = check_staff(query.caller)
    return named(ports.enrollments.get(network, query.enrollment_id), ports)


def decide_enrollment(command, ports: EnrollmentPorts):
    """Accept an application, which gives it a seat or a place in the line within seconds; or decline it.

    Raises:
        StaffOnly, NotFound. NotApplied: it is decided, or was withdrawn. PledgeMissing: the program requires
        one. ProgramEnded, PurposeNotVerified: nobody is accepted now.
    """
    network = check_staff(command.caller)
    enrollment = ports.enrollments.get(network, command.enrollment_id)
    if command.decision == "accept" and enrollment.standing == "applied":
        _check_acceptable(enrollment, ports)
    decided, facts = rules.decide(enrollment, accept=command.decision == "accept", now=ports.clock.now())
    shown = named(decided, ports)
    ports.enrollments.save(decided, announcing=facts, answering=shown)
    return shown


def remove_enrollment(command, ports: EnrollmentPorts):
    """Take somebody out with a reason; seat and cohort follow. Raises: StaffOnly, NotTakingPart."""
    network = check_staff(command.caller)
    enrollment = ports.enrollments.get(network, command.enrollment_id)
    gone, facts = taking_part.withdraw(enrollment, command.reason, ports.clock.now())
    shown = named(gone, ports)
    if facts:
        ports.enrollments.save(gone, announcing=facts, answering=shown)
    return shown


def waive_pledge(command, ports: EnrollmentPorts):
    """Waive a supervisor's pledge for one person; nothing is sent. Raises: StaffOnly, NotFound."""
    network = check_staff(command.caller)
    enrollment = ports.enrollments.get(network, command.enrollment_id)
    waived, facts = with_pledge(enrollment, waive(enrollment.pledge), ports.clock.now())
    shown = named(waived, ports)
    if facts:
        ports.enrollments.save(waived, announcing=facts, answering=shown)
    return shown


def show_turnover(query, ports: EnrollmentPorts):
    """Return how people come and go, with reasons over at least k. Raises: StaffOnly, NotFound."""
    network = check_staff(query.caller)
    program = ports.programs.get(network, query.program_id)
    standings = ports.enrollments.standings(network, program.id)
    return taking_part.count_turnover(standings, ports.enrollments.reasons(network, program.id))


def _check_acceptable(enrollment, ports):
    program = ports.programs.get(enrollment.network, enrollment.program_id)
    if program.standing == "ended":
        raise ProgramEnded(f"{program.display_name} has ended")
    check_enrollment_open(ports.launches.of_program(program.network, program.id))
    intake = ports.intakes.of_program(program.network, program.id)
    if intake.pledge == intakes.REQUIRED and not enrollment.pledge.is_settled:
        raise PledgeMissing("their supervisor has not pledged support, and it is not waived")


def named(enrollment, ports: EnrollmentPorts):
    """Return an enrollment as staff meet it."""
    found = ports.people.by_ids(enrollment.network, [enrollment.person_id])
    names = {one: person.display_name for one, person in found.items()}
    intake = ports.intakes.of_program(enrollment.network, enrollment.program_id)
    places = {enrollment.person_id: intake.place_of(enrollment.person_id) or 0}
    return Listed([enrollment], None, names, places)
