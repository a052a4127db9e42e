"""What membership announces of mutual dedication: that members of a cohort have answered."""

from dataclasses import dataclass
from typing import ClassVar

from services.contracts.events import Fact


@dataclass(frozen=True)
class DedicationState(Fact):
    """That somebody answered or asks for another place; neither who, nor what, nor how many."""

    source: ClassVar[str] = "membership"
    aggregate: ClassVar[str] = "dedication"
    subject_field: ClassVar[str] = "dedication_id"

    dedication_id: str
    cohort_id: str


class DedicationChanged(DedicationState):
    """A member answered in private, or took their answer back."""
