"""What membership announces of experiments: one change of a program's practice, compared and decided."""

from dataclasses import dataclass
from typing import ClassVar

from services.contracts.events import Fact


@dataclass(frozen=True)
class ExperimentState(Fact):
    source: ClassVar[str] = "membership"
    aggregate: ClassVar[str] = "experiment"
    subject_field: ClassVar[str] = "experiment_id"

    experiment_id: str
    program_id: str
    change: str  # "frequency", "length", "facilitation"
    was: str  # weeks, minutes or the way it was facilitated, as text
    to: str
    standing: str  # "running", "decided"
    decision: str  # "adopt", "return", "again"; "" while it runs


class ExperimentChanged(ExperimentState):
    """An experiment began, or was decided."""
