"""What membership announces of a guest: whether they may come to one session; never who said what."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from services.contracts.events import Fact


@dataclass(frozen=True)
class GuestState(Fact):
    """One guest of one session. `standing`: "asked", "approved", "not-approved" or "withdrawn"."""

    source: ClassVar[str] = "membership"
    aggregate: ClassVar[str] = "guest"
    subject_field: ClassVar[str] = "invitation_id"

    invitation_id: str
    cohort_id: str
    session_id: str
    person_id: str
    standing: str
    has_pledged: bool  # the pass is good from then on
    admits_from: datetime
    admits_until: datetime


class GuestInvited(GuestState):
    """The members of a cohort are asked privately whether somebody may come to one session."""


class GuestDecided(GuestState):
    """The time to answer is over: the guest is approved, or not."""


class GuestChanged(GuestState):
    """The guest signed the pledge, the session moved, or nobody comes any more."""
