"""What is mailed about enrollment: answers to applications, seats offered, supervisors asked for support."""

from services.contracts.events.enrollments import PledgeState
from services.contracts.events.membership import EnrollmentState
from services.kit.clock import Clock
from services.kit.context import Heard
from services.notifications.domain.ports import Notices, World
from services.notifications.domain.telling_enrollments import tell_enrollment, tell_pledge


def mail_enrollment(
    fact: EnrollmentState, version: int, world: World, notices: Notices, clock: Clock
) -> None:
    """Copy how somebody stands; tell them of an answer or an offer, once. Of older facts nobody is told."""
    world.keep_enrollment(fact, version)
    enrollment = world.enrollment(fact.network, fact.enrollment_id)
    is_newest = enrollment is not None and (enrollment.standing, enrollment.offer_until) == (
        fact.standing,
        fact.offer_until,
    )
    if enrollment is not None and is_newest:
        notices.queue_all(tell_enrollment(enrollment, fact.round, clock.now()))


def mail_pledge(fact: PledgeState, heard: Heard, notices: Notices, clock: Clock) -> None:
    """Queue the letter of how a supervisor's support stands, once."""
    stands = (fact.supervisor_id, fact.standing, fact.round)
    tip = heard.version if heard.type == "pledge_tip_due" else 0
    notices.queue_all(
        tell_pledge(fact.network, fact.enrollment_id, fact.person_id, *stands, clock.now(), tip)
    )
