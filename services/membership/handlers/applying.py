"""A person's own enrollment: applying, answering an offer, pausing, leaving."""

from dataclasses import dataclass

from services.kit.errors import NotFound
from services.membership.domain import enrollments as rules
from services.membership.domain import taking_part
from services.membership.domain.enrollment_ports import EnrollmentPorts
from services.membership.domain.enrollments import Enrollment
from services.membership.domain.intakes import OPEN, REQUIRED, Intake, check_open
from services.membership.domain.launch_guide import check_enrollment_open
from services.membership.domain.people import Person
from services.membership.domain.pledges import Asked, last_day
from services.membership.domain.programs import Program, ProgramEnded
from services.membership.domain.questions import check_answers
from services.membership.domain.rights import check_signed_in


@dataclass(frozen=True)
class Mine:
    """A person's enrollment in a program, None where they have none, and what the program asks."""

    program: Program
    intake: Intake
    enrollment: Enrollment | None
    is_open: bool
    supervisors: tuple[Person, ...] = ()
    asked: Asked | None = None


def show_my_enrollment(query, ports: EnrollmentPorts):
    """Return what a program asks, and how the caller stands in it. Raises: SignedInOnly, NotFound."""
    network, person_id = check_signed_in(query.caller)
    program = ports.programs.get(network, query.program_id)
    person = ports.people.get(network, person_id)
    enrollment = ports.enrollments.of_person_in(network, program.id, person_id)
    return mine(program, enrollment, person, ports)


def list_my_enrollments(query, ports: EnrollmentPorts):
    """Return each program the caller applied to or takes part in, and those one can apply to now."""
    network, person_id = check_signed_in(query.caller)
    known = {one.program_id: one for one in ports.enrollments.of_person(network, person_id)}
    found = []
    for program_id in dict.fromkeys((*known, *ports.intakes.open_programs(network))):
        program = ports.programs.get(network, program_id)
        intake = ports.intakes.of_program(network, program_id)
        shown = Mine(program, intake, known.get(program_id), _takes_applications(program, intake, ports))
        if shown.enrollment is not None or shown.is_open:
            found.append(shown)
    return found


def apply_to_program(command, ports: EnrollmentPorts):
    """Apply; where the program is open and no pledge is missing, that is all there is to do.

    Raises:
        SignedInOnly, NotFound. ProgramEnded, NotOpenForApplications, WaitlistFull, PurposeNotVerified: it
        takes nobody now. AlreadyEnrolled: they did already. AnswersIncomplete: each answer is named.
    """
    network, person_id = check_signed_in(command.caller)
    known = ports.enrollments.of_person_in(network, command.program_id, person_id)
    program = ports.programs.get(network, command.program_id)
    person = ports.people.get(network, person_id)
    intake = _check_takes(program, ports)
    check_open(intake, ports.clock.now().date())
    answers = check_answers(intake.questions, command.answers)
    start = known or rules.enroll(network, program.id, person_id)[0]
    applied, facts = rules.apply(start, answers, ports.clock.now())
    if is_let_in(applied, intake):
        applied, facts = rules.decide(applied, accept=True, now=ports.clock.now())
    save = ports.enrollments.save if known else ports.enrollments.add
    shown = mine(program, applied, person, ports)
    save(applied, announcing=facts, answering=shown)
    return shown


def answer_offer(command, ports: EnrollmentPorts):
    """Take the seat that is offered, or let it go.

    Raises:
        SignedInOnly, NotFound, ProgramEnded, PurposeNotVerified. NothingOffered: none is, or too late.
    """

    def answer(enrollment, now):
        return rules.answer_offer(enrollment, take=command.take, now=now)

    return _change(command, ports, answer, enrolls=command.take)


def pause_enrollment(command, ports: EnrollmentPorts):
    """Take no part until a moment. Raises: SignedInOnly, NotFound, NotTakingPart, PauseNotWithinReason."""
    return _change(command, ports, lambda mine, now: taking_part.pause(mine, command.until, now))


def resume_enrollment(command, ports: EnrollmentPorts):
    """End a pause before its time; without one, nothing changes. Raises: SignedInOnly, NotFound."""
    return _change(command, ports, lambda mine, now: taking_part.resume(mine))


def withdraw_enrollment(command, ports: EnrollmentPorts):
    """Leave with a reason; seat and cohort follow within seconds. Raises: NotFound, NotTakingPart."""
    return _change(command, ports, lambda mine, now: taking_part.withdraw(mine, command.reason, now))


def is_let_in(enrollment: Enrollment, intake: Intake):
    """True when nobody has to decide on an application: the program is open, and no pledge is missing."""
    has_pledge = intake.pledge != REQUIRED or enrollment.pledge.is_settled
    return enrollment.standing == "applied" and intake.mode == OPEN and has_pledge


def mine(program, enrollment, person, ports: EnrollmentPorts):
    """Return a program and an enrollment as the person meets them."""
    intake = ports.intakes.of_program(program.network, program.id)
    found = ports.people.by_ids(program.network, person.managers)
    supervisors = tuple(
        found[one] for one in person.managers if one in found and found[one].standing == "active"
    )
    is_open = _takes_applications(program, intake, ports)
    return Mine(
        program, intake, enrollment, is_open, supervisors, asked_of(program, intake, person.display_name)
    )


def asked_of(program, intake, name):
    """Return what is asked of the supervisor of somebody in this program."""
    weeks = max(1, (program.session_count - 1) * program.weeks_between)
    return Asked(
        name=name,
        title=intake.neutral_title,
        sessions=program.session_count,
        minutes=program.session_minutes,
        from_day=program.starts_on,
        to_day=last_day(program.starts_on, program.session_count, program.weeks_between),
        hours=weeks if intake.practice_hours is None else intake.practice_hours,
    )


def _change(command, ports, change, *, enrolls=False):
    network, person_id = check_signed_in(command.caller)
    enrollment = ports.enrollments.of_person_in(network, command.program_id, person_id)
    if enrollment is None:
        raise NotFound("there is no such enrollment")
    program = ports.programs.get(network, command.program_id)
    if enrolls:
        _check_takes(program, ports)
    changed, facts = change(enrollment, ports.clock.now())
    shown = mine(program, changed, ports.people.get(network, person_id), ports)
    if facts:
        ports.enrollments.save(changed, announcing=facts, answering=shown)
    return shown


def _check_takes(program, ports):
    if program.standing == "ended":
        raise ProgramEnded(f"{program.display_name} has ended")
    check_enrollment_open(ports.launches.of_program(program.network, program.id))
    return ports.intakes.of_program(program.network, program.id)


def _takes_applications(program, intake, ports):
    return program.standing != "ended" and intake.is_open(ports.clock.now().date())
