"""Whether a queued notice is still worth sending, in the moment before it is sent.

Much may have happened since it was queued: the world is looked at once more, in our own copies.
"""

from dataclasses import dataclass
from datetime import datetime

from services.notifications.domain.copies import Cohort, Contact, Enrollment, Request, Session, Slot
from services.notifications.domain.kinds import KINDS
from services.notifications.domain.notice import Notice

PAUSED = ("session_reminder", "feedback_requested", "feedback_reminder")  # not told to who pauses


@dataclass(frozen=True)
class View:
    """What the copies say now about the things a notice tells of; None for what it does not touch."""

    contact: Contact | None = None
    cohort: Cohort | None = None
    slot: Slot | None = None
    session: Session | None = None
    request: Request | None = None
    enrollment: Enrollment | None = None
    network_name: str = ""
    stopped: frozenset[str] = frozenset()
    is_gone: bool = False


def reason_to_drop(notice: Notice, view: View, now: datetime) -> str:
    """Return why `notice` must not be sent any more, a slug; "" when it is still right."""
    if view.is_gone:
        return "person-forgotten"
    if notice.useless_after is not None and now >= notice.useless_after:
        return "too-late"
    if KINDS[notice.kind].topic in view.stopped:
        return "unsubscribed"
    if notice.about.get("left"):
        return "came-back" if _belongs(notice, view) else ""
    if view.cohort is not None and not _belongs(notice, view):
        return "no-longer-in-cohort"
    return _overtaken(notice, view) or _answered(notice, view) or _off(notice, view, now)


def _belongs(notice: Notice, view: View) -> bool:
    return view.cohort is not None and notice.person_id in view.cohort.people


def _overtaken(notice: Notice, view: View) -> str:
    if view.slot is None or notice.kind == "capsule_published" or "sequence" not in notice.about:
        return ""
    if view.slot.sequence > notice.about["sequence"]:
        return "overtaken"
    cancelled = view.slot.standing == "cancelled"
    return "overtaken" if cancelled and notice.kind != "session_cancelled" else ""


def _off(notice: Notice, view: View, now: datetime) -> str:
    """An offer that is over; and what falls into a pause, which ends by itself."""
    if view.enrollment is None:
        return ""
    if notice.kind == "seat_offered":
        stands = view.enrollment.standing == "offered" and view.enrollment.offer_until == notice.useless_after
        return "" if stands else "overtaken"
    until = view.enrollment.paused_until
    if until is None or notice.kind not in PAUSED:
        return ""
    return "paused" if (view.slot.starts_at if view.slot else now) < until else ""


def _answered(notice: Notice, view: View) -> str:
    if notice.kind == "session_reminder" and view.cohort is not None and view.cohort.on_hold:
        return "on-hold"
    if notice.kind == "session_reminder" and view.session is not None:
        return "declined" if view.session.answers.get(notice.person_id) == "no" else ""
    if view.request is not None and view.request.standing != "asked":
        return "answered"
    return ""
