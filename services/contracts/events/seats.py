"""What membership announces of those beside a program: who advises, champions it or receives its results."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from services.contracts.events import Fact


@dataclass(frozen=True)
class SeatEntry:
    """One seat: whose, of which kind ("adviser", "champion", "recipient"), until when (None: no end)."""

    person_id: str
    kind: str
    until: datetime | None = None


@dataclass(frozen=True)
class SeatingState(Fact):
    source: ClassVar[str] = "membership"
    aggregate: ClassVar[str] = "seating"
    subject_field: ClassVar[str] = "seating_id"

    seating_id: str
    program_id: str
    seats: tuple[SeatEntry, ...]  # whoever listens compares `until` when it reads


class SeatsChanged(SeatingState):
    """Somebody was given a seat beside a program, or lost it."""


@dataclass(frozen=True)
class AdviceState(Fact):
    """That advice was given; neither what it says nor by whom."""

    source: ClassVar[str] = "membership"
    aggregate: ClassVar[str] = "advice"
    subject_field: ClassVar[str] = "advice_id"

    advice_id: str
    program_id: str
    about: str  # "topic", "issue", "challenge", "goal", "opportunity", "interest"


class AdviceGiven(AdviceState):
    """An adviser of a program had something to say to its staff."""
