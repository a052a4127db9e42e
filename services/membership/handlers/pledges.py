"""Supervisors' pledges: asked by the member, answered by a signed link, waived by staff."""

from dataclasses import dataclass

from services.contracts.events import Fact
from services.kit.errors import NotFound
from services.membership.domain import pledges as rules
from services.membership.domain.enrollment_ports import EnrollmentPorts
from services.membership.domain.enrollments import decide
from services.membership.domain.intakes import WAIVED
from services.membership.domain.launch_guide import PurposeNotVerified, check_enrollment_open
from services.membership.domain.rights import check_signed_in
from services.membership.domain.support import with_pledge
from services.membership.domain.taking_part import NotTakingPart
from services.membership.handlers.applying import asked_of, is_let_in, mine

ACT = "pledge"
OVER = ("declined", "lapsed", "withdrawn")


@dataclass(frozen=True)
class Shown:
    """A pledge as its supervisor reads it."""

    asked: rules.Asked
    pledge: rules.Pledge


def ask_pledge(command, ports: EnrollmentPorts):
    """Ask one's supervisor for support, by a mail with a link.

    Raises:
        SignedInOnly, NotFound. NoSupervisor, NotTheirSupervisor: whom to ask is not known. PledgeWaived,
        PledgeSettled, AskedTooOften, NotTakingPart: there is nothing to ask.
    """
    network, person_id = check_signed_in(command.caller)
    enrollment = _own(network, command.program_id, person_id, ports)
    if ports.intakes.of_program(network, command.program_id).pledge == WAIVED:
        raise rules.PledgeWaived("this program asks no supervisor")
    supervisor_id = _whom(network, person_id, command.supervisor_id, ports)
    pledge = rules.ask_pledge(enrollment.pledge, supervisor_id, ports.clock.now())
    return _save_own(enrollment, pledge, ports)


def wish_waiver(command, ports: EnrollmentPorts):
    """Wish that one's supervisor is not asked; staff decide. Raises: NotFound, PledgeSettled."""
    network, person_id = check_signed_in(command.caller)
    enrollment = _own(network, command.program_id, person_id, ports)
    return _save_own(enrollment, rules.wish_waiver(enrollment.pledge), ports)


def show_pledge(query, ports: EnrollmentPorts):
    """Return a pledge to the holder of its link. Raises: NotTheirsToAnswer, NotFound, NoLongerAsked."""
    enrollment, _ = _linked(query.caller, ports)
    return _shown(enrollment, ports)


def answer_pledge(command, ports: EnrollmentPorts):
    """Answer as the supervisor whom the link names; where only the pledge was missing, the member is in.

    Raises:
        NotTheirsToAnswer, NotFound. NoLongerAsked: another request or a waiver took its place.
    """
    enrollment, asked = _linked(command.caller, ports)
    pledge = rules.answer_pledge(enrollment.pledge, asked, command.answer, ports.clock.now())
    answered, facts = with_pledge(enrollment, pledge, ports.clock.now())
    if not facts:
        return _shown(enrollment, ports)
    told: tuple[Fact, ...] = facts
    intake = ports.intakes.of_program(enrollment.network, enrollment.program_id)
    if is_let_in(answered, intake) and _is_open(answered, ports):
        answered, let_in = decide(answered, accept=True, now=ports.clock.now())
        told = (*facts, *let_in)
    shown = _shown(answered, ports)
    ports.enrollments.save(answered, announcing=told, answering=shown)
    return shown


def forget_supervisor(network, person_id, ports):
    """Take somebody forgotten out of what they were asked; what they said stays said."""
    for enrollment in ports.enrollments.asking(network, person_id):
        without, facts = with_pledge(
            enrollment, rules.without(enrollment.pledge, person_id), ports.clock.now()
        )
        if facts:
            ports.enrollments.save(without, announcing=facts)


def _linked(caller, ports):
    """Return the enrollment a link is of, and the round of the request it came with."""
    link = caller.link or {}
    if caller.kind != "link" or link.get("act") != ACT:
        raise rules.NotTheirsToAnswer("this is open to whom the link was sent")
    enrollment_id, _, number = link["subject"].partition("/")
    enrollment = ports.enrollments.get(caller.network, enrollment_id)
    if enrollment.standing in OVER:
        raise rules.NoLongerAsked("this is no longer asked of you")
    if enrollment.pledge.supervisor_id != caller.person_id or enrollment.pledge.round != int(number or 0):
        raise rules.NoLongerAsked("this is no longer asked of you")
    return enrollment, int(number)


def _shown(enrollment, ports):
    person = ports.people.get(enrollment.network, enrollment.person_id)
    program = ports.programs.get(enrollment.network, enrollment.program_id)
    intake = ports.intakes.of_program(enrollment.network, program.id)
    return Shown(asked_of(program, intake, person.display_name), enrollment.pledge)


def _is_open(enrollment, ports):
    try:
        check_enrollment_open(ports.launches.of_program(enrollment.network, enrollment.program_id))
    except PurposeNotVerified:
        return False
    return True


def _own(network, program_id, person_id, ports):
    enrollment = ports.enrollments.of_person_in(network, program_id, person_id)
    if enrollment is None:
        raise NotFound("there is no such enrollment")
    if enrollment.standing in OVER:
        raise NotTakingPart("your enrollment is over; apply again first")
    return enrollment


def _whom(network, person_id, wished, ports):
    managers = ports.people.get(network, person_id).managers
    found = ports.people.by_ids(network, managers)
    active = [one for one in managers if one in found and found[one].standing == "active"]
    if not active:
        raise rules.NoSupervisor("nobody you report to is known here; ask the program's staff to waive it")
    if wished is not None and wished not in active:
        raise rules.NotTheirSupervisor("you do not report to this person")
    return wished or active[0]


def _save_own(enrollment, pledge, ports):
    after, facts = with_pledge(enrollment, pledge, ports.clock.now())
    program = ports.programs.get(after.network, after.program_id)
    shown = mine(program, after, ports.people.get(after.network, after.person_id), ports)
    if facts:
        ports.enrollments.save(after, announcing=facts, answering=shown)
    return shown
