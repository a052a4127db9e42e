"""The kinds of notice: what each is for, whether one may stop it, and who else may see that it was sent.

That somebody was reminded, or asked for feedback, says whether they answered; so staff see neither. Nor are
they shown anything about anybody's own factors.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """One kind of notice.

    Args:
        topic: what a person stops when they unsubscribe; "" for what can't be stopped.
        invites: it carries a calendar entry.
        shown_to_staff: in the delivery log.
        is_awaited: somebody sits and waits for it, so it goes before everything that is due already.
    """

    topic: str
    invites: bool = False
    shown_to_staff: bool = True
    is_awaited: bool = False


KINDS = {
    "sign_in_link": Kind(topic="", is_awaited=True),
    "own_factor_set": Kind(topic="", shown_to_staff=False),
    "own_factor_reset_asked": Kind(topic="", shown_to_staff=False, is_awaited=True),
    "own_factor_reset_cancelled": Kind(topic="", shown_to_staff=False),
    "own_factors_reset": Kind(topic="", shown_to_staff=False),
    "person_invited": Kind(topic="", shown_to_staff=False),
    "address_move_confirm": Kind(topic="", shown_to_staff=False, is_awaited=True),
    "address_move_asked": Kind(topic="", shown_to_staff=False, is_awaited=True),
    "address_left_asked": Kind(topic="", shown_to_staff=False),
    "address_moved": Kind(topic="", shown_to_staff=False),
    "erasure_asked": Kind(topic="", shown_to_staff=False, is_awaited=True),
    "erasure_cancelled": Kind(topic="", shown_to_staff=False),
    "seat_offered": Kind(topic="", is_awaited=True),
    "enrollment_decided": Kind(topic=""),
    "pledge_asked": Kind(topic="", shown_to_staff=False),
    "pledge_answered": Kind(topic="", shown_to_staff=False),
    "pledge_tip": Kind(topic="tips", shown_to_staff=False),
    "session_scheduled": Kind(topic="timetable", invites=True),
    "session_rescheduled": Kind(topic="timetable", invites=True),
    "session_placed": Kind(topic="timetable", invites=True),
    "session_cancelled": Kind(topic="timetable", invites=True),
    "session_reminder": Kind(topic="reminders", shown_to_staff=False),
    "capsule_published": Kind(topic="capsules"),
    "feedback_requested": Kind(topic="feedback", shown_to_staff=False),
    "feedback_reminder": Kind(topic="feedback", shown_to_staff=False),
}
TOPICS = tuple(sorted({kind.topic for kind in KINDS.values()} - {""}))
STAFF_KINDS = tuple(sorted(name for name, kind in KINDS.items() if kind.shown_to_staff))
