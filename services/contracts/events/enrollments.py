"""What membership announces of how people come into programs: the intake, and supervisors' pledges."""

from dataclasses import dataclass
from typing import ClassVar

from services.contracts.events import Fact


@dataclass(frozen=True)
class IntakeState(Fact):
    """How people come into a program; nobody's name."""

    source: ClassVar[str] = "membership"
    aggregate: ClassVar[str] = "intake"
    subject_field: ClassVar[str] = "intake_id"

    intake_id: str
    program_id: str
    mode: str  # "closed": staff enroll; "apply": staff decide; "open": who applies is in
    closes_on: str | None  # ISO date of the last day to apply
    seats: int | None  # None: no limit
    pledge: str  # "required", "invited", "waived"


class IntakeChanged(IntakeState):
    """How people come into a program was set."""


@dataclass(frozen=True)
class PledgeState(Fact):
    """How a supervisor's support stands. For the letters alone; neither words nor the program's name."""

    source: ClassVar[str] = "membership"
    aggregate: ClassVar[str] = "pledge"
    subject_field: ClassVar[str] = "enrollment_id"

    enrollment_id: str
    person_id: str
    supervisor_id: str | None
    standing: str  # "asked", "signed", "talk", "withdrawn", "waiver_wished", "waived"
    round: int  # counts how often it was asked


class PledgeAsked(PledgeState):
    """A member asks their supervisor for support."""


class PledgeTipDue(PledgeState):
    """A month has gone by: the supervisor is sent a sentence on support."""


class PledgeAnswered(PledgeState):
    """A supervisor answered, or staff waived it."""
