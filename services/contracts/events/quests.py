"""What membership announces of quests: a goal a cohort calls impossible, and the search for who did it."""

from dataclasses import dataclass
from typing import ClassVar

from services.contracts.events import Fact


@dataclass(frozen=True)
class QuestState(Fact):
    """How far a quest is and who was asked; neither the goal, nor what anybody answered."""

    source: ClassVar[str] = "membership"
    aggregate: ClassVar[str] = "quest"
    subject_field: ClassVar[str] = "quest_id"

    quest_id: str
    cohort_id: str
    stage: str  # "rating", "reachable", "inside", "beyond", "found", "closed"
    asked: tuple[str, ...]  # person ids outside the cohort, in the order in which they were asked


class QuestChanged(QuestState):
    """A quest began, went on or asked somebody."""
