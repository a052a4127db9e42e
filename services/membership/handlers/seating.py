"""Due work of enrollment: seats given, offers that lapse and go on to the next, pauses that end, farewells.

Each step repeats without harm: the intake says who has what, the enrollment follows it, the cohort last.
"""

from services.membership.domain import enrollments as rules
from services.membership.domain import intakes, taking_part
from services.membership.domain.cohorts import exchange
from services.membership.domain.enrollment_ports import EnrollmentPorts
from services.membership.domain.late_joining import JOIN
from services.membership.domain.pledges import last_day
from services.membership.domain.support import TIP, tip
from services.membership.handlers.placing import join_cohort
from services.membership.handlers.programs import bring_to


def go_on_with_enrollment(enrollment_id, network, kind, ports: EnrollmentPorts):
    """Do what is due of one enrollment."""
    enrollment = ports.enrollments.get(network, enrollment_id)
    STEPS[kind](enrollment, ports)


def go_on_with_intake(id, network, kind, ports: EnrollmentPorts):
    """End the offers whose time is over and offer their seats to the next; then let enrollments follow."""
    intake = ports.intakes.get(network, id)
    if kind == intakes.LAPSE:
        taken = _taken_in_time(intake, ports)
        ports.intakes.save(intakes.lapse(intake, taken, ports.clock.now()))
        return
    for person_id in intake.untold:
        _follow(intake, person_id, ports)
    ports.intakes.save(intakes.told(intake, intake.untold, ports.clock.now()))


def _find_seat(enrollment, ports):
    intake = ports.intakes.of_program(enrollment.network, enrollment.program_id)
    given = ""
    if enrollment.standing == "accepted":
        promised = enrollment.offer_until is not None
        after, given = intakes.seat(intake, enrollment.person_id, ports.clock.now(), promised=promised)
        if after is not intake:
            ports.intakes.save(after)
    settled, facts = rules.settle(enrollment, given)
    ports.enrollments.save(settled, announcing=facts)
    if given == "enrolled":
        bring_to("enrolling", ports.programs, enrollment.network, enrollment.program_id)


def _leave(enrollment, ports):
    """Free the seat, then leave the cohort; who is in it stays as it is otherwise."""
    intake = ports.intakes.of_program(enrollment.network, enrollment.program_id)
    after = intakes.leave(intake, enrollment.person_id, ports.clock.now())
    if after is not intake:
        ports.intakes.save(after)
    if enrollment.cohort_id and enrollment.standing == "withdrawn":
        cohort = ports.cohorts.get(enrollment.network, enrollment.cohort_id)
        without, facts = exchange(cohort, [enrollment.person_id], [])
        if facts:
            ports.cohorts.save(without, announcing=facts)
    ports.enrollments.save(taking_part.left(enrollment))


def _resume(enrollment, ports):
    """A pause that was made longer meanwhile goes on."""
    if enrollment.is_paused(ports.clock.now()):
        return
    resumed, facts = taking_part.resume(enrollment)
    ports.enrollments.save(resumed, announcing=facts)


def _tip(enrollment, ports):
    """A sentence on support for the supervisor, as long as it stands and the program lasts."""
    program = ports.programs.get(enrollment.network, enrollment.program_id)
    now = ports.clock.now()
    ends = last_day(program.starts_on, program.session_count, program.weeks_between)
    is_over = now.date() > ends or enrollment.standing in rules.AGAIN
    tipped, facts = tip(enrollment, now, is_over=is_over)
    ports.enrollments.save(tipped, announcing=facts)


def _taken_in_time(intake, ports):
    ids = [one.person_id for one in intake.offers if one.until <= ports.clock.now()]
    found = (ports.enrollments.of_person_in(intake.network, intake.program_id, one) for one in ids)
    return [one.person_id for one in found if one is not None and one.standing == "accepted"]


def _follow(intake, person_id, ports):
    enrollment = ports.enrollments.of_person_in(intake.network, intake.program_id, person_id)
    if enrollment is None:
        return
    after, facts = rules.follow(enrollment, intake, ports.clock.now())
    if facts:
        ports.enrollments.save(after, announcing=facts)


STEPS = {
    rules.SEAT: _find_seat,
    rules.LEAVE: _leave,
    taking_part.RESUME: _resume,
    JOIN: join_cohort,
    TIP: _tip,
}
