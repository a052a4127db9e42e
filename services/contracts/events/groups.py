"""What membership announces of self-formed groups: that they gather and form, without a name or a title."""

from dataclasses import dataclass
from typing import ClassVar

from services.contracts.events import Fact


@dataclass(frozen=True)
class GroupState(Fact):
    source: ClassVar[str] = "membership"
    aggregate: ClassVar[str] = "group"
    subject_field: ClassVar[str] = "group_id"

    group_id: str
    kind: str  # "training", "coaching", "board"
    purpose: str  # "goal_attainment", "problem_solving", "training", "support", "networking"
    standing: str  # "gathering", "forming", "formed", "closed"
    size: int
    cohort_id: str | None


class GroupFounded(GroupState):
    """Somebody began to gather people."""


class GroupChanged(GroupState):
    """Somebody joined or left, or the group was formed or closed."""
