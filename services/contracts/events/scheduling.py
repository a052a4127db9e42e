"""What scheduling announces: when and where cohorts meet."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from services.contracts.events import Fact


@dataclass(frozen=True)
class SlotState(Fact):
    """When and where one session meets. Wall time and zone are what people mean; `starts_at` is derived."""

    source: ClassVar[str] = "scheduling"
    aggregate: ClassVar[str] = "slot"
    subject_field: ClassVar[str] = "session_id"

    session_id: str
    cohort_id: str
    program_id: str
    number: int  # 1 is the first session of the cohort
    of: int
    starts_at: datetime
    ends_at: datetime
    wall_start: str  # "2027-01-12T15:00", naive, on the clock of `zone`
    zone: str
    place: str  # room or link; "" when none is set yet
    sequence: int  # iTIP SEQUENCE: rises with every change of time
    standing: str  # "scheduled" or "cancelled"


class SessionScheduled(SlotState):
    """A session has its time."""


class SessionRescheduled(SlotState):
    """A session moved to this time."""


class SessionCancelled(SlotState):
    """A session will not take place."""


@dataclass(frozen=True)
class SchedulingErasureState(Fact):
    """That scheduling has forgotten one person."""

    source: ClassVar[str] = "scheduling"
    aggregate: ClassVar[str] = "scheduling_erasure"
    subject_field: ClassVar[str] = "erasure_id"

    erasure_id: str
    person_id: str
    standing: str  # "forgotten"


class PersonErasedByScheduling(SchedulingErasureState):
    """Nothing that scheduling keeps names the person or opens their words."""
