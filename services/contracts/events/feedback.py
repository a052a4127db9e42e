"""What feedback announces: that it asks and that it published. Never an answer."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from services.contracts.events import Fact


@dataclass(frozen=True)
class RequestState(Fact):
    """That one person is asked for feedback. Heard by notifications alone."""

    source: ClassVar[str] = "feedback"
    aggregate: ClassVar[str] = "feedback_request"
    subject_field: ClassVar[str] = "request_id"

    request_id: str
    questionnaire_id: str
    person_id: str
    cohort_id: str
    session_id: str
    closes_at: datetime
    standing: str  # "asked", "given", "closed"


class FeedbackRequested(RequestState):
    """A person is asked for feedback."""


class FeedbackGiven(RequestState):
    """A person answered: no more reminders. Says nothing of the answer, names no time of its own."""


@dataclass(frozen=True)
class ReportState(Fact):
    source: ClassVar[str] = "feedback"
    aggregate: ClassVar[str] = "report"
    subject_field: ClassVar[str] = "report_id"

    report_id: str
    program_id: str
    period_from: str  # ISO date
    period_to: str
    standing: str  # "published"


class ReportPublished(ReportState):
    """A period's figures are frozen and may be read by the sponsor."""


@dataclass(frozen=True)
class FeedbackErasureState(Fact):
    """That feedback has forgotten one person."""

    source: ClassVar[str] = "feedback"
    aggregate: ClassVar[str] = "feedback_erasure"
    subject_field: ClassVar[str] = "erasure_id"

    erasure_id: str
    person_id: str
    standing: str  # "forgotten"


class PersonErasedByFeedback(FeedbackErasureState):
    """Nothing that feedback keeps names the person or opens their words."""
