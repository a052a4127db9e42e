"""One meeting of a cohort: planned -> open -> closed -> summarised (or cancelled while planned)."""

from dataclasses import dataclass, field
from datetime import datetime

PLANNED, OPEN, CLOSED, SUMMARISED, CANCELLED = "planned", "open", "closed", "summarised", "cancelled"
PRESENT, LATE, APOLOGY, NO_SHOW = "present", "late", "apology", "no_show"
WAS_THERE = frozenset({PRESENT, LATE})


@dataclass(frozen=True)
class Peer:
    """Someone of the cohort as its roster names them; `standing` is "member" or "left"."""

    person_id: str
    display_name: str
    standing: str = "member"


@dataclass(frozen=True)
class Circle:
    """What the session knows of its cohort: the roster and the signatures, as of `version` of the cohort.

    `barred`: whom a reporting line to a member keeps out, whatever their roles. `on_hold`: no session of it
    opens until the program's staff have resolved a conflict of status (R41).
    """

    version: int = 0
    display_name: str = ""
    form: str = ""
    members: tuple[Peer, ...] = ()
    facilitators: tuple[Peer, ...] = ()
    agreement_version: str = ""
    signed_by: frozenset[str] = frozenset()
    barred: frozenset[str] = frozenset()
    on_hold: bool = False

    def member_ids(self) -> tuple[str, ...]:
        """Return the ids of those who are members now, in roster order."""
        return tuple(peer.person_id for peer in self.members if peer.standing == "member")

    def has_member(self, person_id: str | None) -> bool:
        """True when the person is a member now."""
        return person_id in self.member_ids()

    def facilitator_ids(self) -> tuple[str, ...]:
        """Return the ids of those assigned to facilitate now."""
        return tuple(peer.person_id for peer in self.facilitators if peer.standing != "left")

    def leader_ids(self) -> tuple[str, ...]:
        """Return who may run sessions: the facilitators; where none is assigned, every member."""
        return self.facilitator_ids() or self.member_ids()


@dataclass(frozen=True)
class Rsvp:
    """One member's answer to the invitation: "yes", "no" or "maybe"."""

    person_id: str
    answer: str


@dataclass(frozen=True)
class Attendance:
    """How one person attended: "present", "late", "apology" or "no_show"."""

    person_id: str
    standing: str


@dataclass(frozen=True)
class Commitment:
    """What one member said they would do. `what` and `note` are confidential; `due_on` is an ISO date."""

    id: str
    person_id: str
    what: str
    due_on: str
    buddy_id: str | None = None
    standing: str = "open"
    note: str = ""


@dataclass(frozen=True)
class Capsule:
    """The four-part summary (R99-R102), for those who were there and those who were not. Confidential."""

    background: str
    ideas: str
    sources: str
    newcomers: str
    published_at: datetime


@dataclass(frozen=True)
class Session:
    """A session as last read from the store; times are aware and in UTC."""

    id: str
    network: str
    cohort_id: str
    program_id: str
    number: int
    of: int
    starts_at: datetime
    ends_at: datetime
    wall_start: str
    zone: str
    place: str = ""
    standing: str = PLANNED
    slot_version: int = 0
    circle: Circle = field(default_factory=Circle)
    expected: tuple[str, ...] | None = None  # who was invited when it closed; None before
    rsvps: tuple[Rsvp, ...] = ()
    attendance: tuple[Attendance, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    capsule: Capsule | None = None
    opened_at: datetime | None = None
    topics_started_at: datetime | None = None
    closed_at: datetime | None = None
    revision: int = 0

    def is_held(self) -> bool:
        """True when it has not begun and waits for the program's staff."""
        return self.standing == PLANNED and self.circle.on_hold

    def invited(self) -> tuple[str, ...]:
        """Return whom the session is for: the members now, or those at its close once it is closed."""
        return self.circle.member_ids() if self.expected is None else self.expected

    def present(self) -> tuple[str, ...]:
        """Return who is marked present or late."""
        return tuple(mark.person_id for mark in self.attendance if mark.standing in WAS_THERE)

    def answer_of(self, person_id: str | None) -> str | None:
        """Return the person's answer to the invitation, or None."""
        return next((rsvp.answer for rsvp in self.rsvps if rsvp.person_id == person_id), None)

    def attendance_of(self, person_id: str | None) -> str | None:
        """Return how the person attended, or None where nothing is recorded."""
        return next((mark.standing for mark in self.attendance if mark.person_id == person_id), None)

    def minutes(self) -> int:
        """Return the planned length in minutes."""
        return int((self.ends_at - self.starts_at).total_seconds() // 60)
