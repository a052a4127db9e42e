"""What membership announces of stakes: that somebody said what a program means to them."""

from dataclasses import dataclass
from typing import ClassVar

from services.contracts.events import Fact


@dataclass(frozen=True)
class StakeState(Fact):
    """That there is something; neither a rating nor a word of it."""

    source: ClassVar[str] = "membership"
    aggregate: ClassVar[str] = "stake"
    subject_field: ClassVar[str] = "stake_id"

    stake_id: str
    program_id: str
    person_id: str
    rated: tuple[str, ...]  # moments at which they rated the thread: "enrollment", "midway"
    has_goals: bool


class StakeChanged(StakeState):
    """Somebody said what is at stake for them, or what they want to learn."""
