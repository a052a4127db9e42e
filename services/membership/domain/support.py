"""A supervisor's support as part of an enrollment: how it changes, and the monthly tip that goes with it."""

from dataclasses import replace
from datetime import datetime, timedelta

from services.contracts.events.enrollments import PledgeState, PledgeTipDue
from services.kit.due_entry import Due
from services.membership.domain.enrollments import Enrollment, told_pledge, without_due
from services.membership.domain.pledges import SIGNED, Pledge

TIP = "tip"
MONTH = timedelta(days=30)


def with_pledge(
    enrollment: Enrollment, pledge: Pledge, now: datetime
) -> tuple[Enrollment, tuple[PledgeState, ...]]:
    """Return it with its supervisor's support as it stands now; the same again announces nothing.

    From the pledge on a tip is due each month, as long as the support stands.
    """
    if pledge == enrollment.pledge:
        return enrollment, ()
    rest = without_due(enrollment, TIP)
    due = (*rest, Due(TIP, now + MONTH)) if pledge.standing == SIGNED else rest
    after = replace(enrollment, pledge=pledge, due=due)
    return after, (told_pledge(after),)


def tip(
    enrollment: Enrollment, now: datetime, *, is_over: bool
) -> tuple[Enrollment, tuple[PledgeState, ...]]:
    """Return it with the next tip due, and the fact that one is; none where support or program is over.

    Late work tells one tip, not those that were missed.
    """
    rest = without_due(enrollment, TIP)
    if is_over or enrollment.pledge.standing != SIGNED or enrollment.pledge.supervisor_id is None:
        return replace(enrollment, due=rest), ()
    after = replace(enrollment, due=(*rest, Due(TIP, now + MONTH)))
    return after, (PledgeTipDue(**vars(told_pledge(after))),)
