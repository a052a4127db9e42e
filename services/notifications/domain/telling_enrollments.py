"""Whom to tell of enrollment: who applied, of an answer or a seat; supervisors, that they are asked.

A letter names neither the program nor the member: an employer may read it. Whom staff enrolled is told by the
sessions of their cohort.
"""

from datetime import datetime, timedelta
from typing import Any

from services.notifications.domain.copies import Enrollment
from services.notifications.domain.notice import Notice, queue_notice

DECIDED = ("enrolled", "waitlisted", "declined")
NEWS = timedelta(days=7)  # what is told again long after is no news


def tell_enrollment(enrollment: Enrollment, round: int, now: datetime) -> list[Notice]:
    """Return the notice of a seat offered, or of the answer to an application, once a round.

    Args:
        round: counts the person's applications; 0: staff enrolled them.
    """
    about = {"enrollment_id": enrollment.id, "program_id": enrollment.program_id}
    until = enrollment.offer_until
    if enrollment.standing == "offered" and until is not None:
        if until <= now:
            return []
        key = f"offer:{enrollment.id}:{until.isoformat(timespec='seconds')}"
        late = {"useless_after": until, "about": about}
        return [queue_notice(enrollment.network, key, enrollment.person_id, "seat_offered", now, **late)]
    if not round or enrollment.standing not in DECIDED:
        return []
    key = f"decided:{enrollment.id}:{round}:{enrollment.standing}"
    told = {"useless_after": now + NEWS, "about": about}
    return [queue_notice(enrollment.network, key, enrollment.person_id, "enrollment_decided", now, **told)]


def tell_pledge(
    network: str,
    enrollment_id: str,
    person_id: str,
    supervisor_id: str | None,
    standing: str,
    round: int,
    now: datetime,
    tip: int = 0,
) -> list[Notice]:
    """Return the request to the supervisor, or for the member that they answered; each once a round.

    Args:
        tip: the number of a month's tip, which is all that is told then; 0: none.
    """
    about = {"pledge": f"{enrollment_id}/{round}"}
    if tip and supervisor_id is not None:
        told: dict[str, Any] = {"useless_after": now + NEWS, "about": about}
        return [queue_notice(network, f"tip:{enrollment_id}:{tip}", supervisor_id, "pledge_tip", now, **told)]
    if tip:
        return []
    key = f"pledge:{enrollment_id}:{round}:{standing}"
    if standing == "asked" and supervisor_id is not None:
        return [queue_notice(network, key, supervisor_id, "pledge_asked", now, about=about)]
    if standing in ("signed", "talk", "withdrawn"):
        return [queue_notice(network, key, person_id, "pledge_answered", now)]
    return []
