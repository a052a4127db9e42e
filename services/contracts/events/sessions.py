"""What sessions announces: who comes, and what happened. Never what was said."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from services.contracts.events import Fact


@dataclass(frozen=True)
class Answered:
    """One RSVP: `answer` is "yes", "no" or "maybe"."""

    person_id: str
    answer: str


@dataclass(frozen=True)
class Attended:
    """One attendance: `standing` is "present", "late", "apology", "no_show" or "guest"."""

    person_id: str
    standing: str


@dataclass(frozen=True)
class Promised:
    """That a commitment exists, not what it says. `standing`: "open", "kept", "let_go"."""

    commitment_id: str
    person_id: str
    buddy_id: str | None
    due_on: str  # ISO date
    standing: str


@dataclass(frozen=True)
class SessionState(Fact):
    source: ClassVar[str] = "sessions"
    aggregate: ClassVar[str] = "session"
    subject_field: ClassVar[str] = "session_id"

    session_id: str
    cohort_id: str
    program_id: str
    number: int
    of: int
    starts_at: datetime
    ends_at: datetime
    standing: str  # "planned", "open", "closed", "summarised", "cancelled"
    invited: tuple[str, ...]
    facilitators: tuple[str, ...]
    rsvps: tuple[Answered, ...]
    attendance: tuple[Attended, ...]
    commitments: tuple[Promised, ...]
    capsule_published_at: datetime | None


class SessionPlanned(SessionState):
    """A session came to be, or its time or its roster changed."""


class RsvpRecorded(SessionState):
    """A member answered an invitation."""


class SessionOpened(SessionState):
    """The facilitator opened the session."""


class SessionClosed(SessionState):
    """The session is over."""


class AttendanceRecorded(SessionState):
    """It is known who was there."""


class CommitmentMade(SessionState):
    """A member said what they would do."""


class CommitmentReported(SessionState):
    """A member reported on what they said they would do."""


class CapsulePublished(SessionState):
    """The four-part summary is published to the members."""


@dataclass(frozen=True)
class SessionsErasureState(Fact):
    """That sessions has forgotten one person."""

    source: ClassVar[str] = "sessions"
    aggregate: ClassVar[str] = "sessions_erasure"
    subject_field: ClassVar[str] = "erasure_id"

    erasure_id: str
    person_id: str
    standing: str  # "forgotten"


class PersonErasedBySessions(SessionsErasureState):
    """Nothing that sessions keeps names the person or opens their words."""
