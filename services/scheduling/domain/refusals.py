"""How scheduling says no.

Refusal
├── Invalid     UnknownZone, WallTimeUnreadable, TooSoon
├── Forbidden   NotYourTimetable
├── NotFound    SlotUnknown
└── Conflict    SlotCancelled, SlotPast, FacilitatorBusy
"""

from services.kit.errors import Conflict, Forbidden, Invalid, NotFound


class UnknownZone(Invalid):
    """No IANA time zone of that name."""

    code = "unknown-zone"


class WallTimeUnreadable(Invalid):
    """Not a wall-clock time to the minute."""

    code = "wall-time-unreadable"


class TooSoon(Invalid):
    """A session can't be put into the past."""

    code = "too-soon"


class NotYourTimetable(Forbidden):
    """The caller may see these dates and not change them."""

    code = "not-your-timetable"


class SlotUnknown(NotFound):
    """No such session, or none this caller may know of: the same words and code as the store's."""

    def __init__(self) -> None:
        super().__init__("there is no such slot")


class SlotCancelled(Conflict):
    """The session was cancelled; it does not move any more."""

    code = "session-cancelled"


class SlotPast(Conflict):
    """The session's start is past; what was, stays."""

    code = "session-started"


class FacilitatorBusy(Conflict):
    """The facilitator leads another session at that time."""

    code = "facilitator-busy"
