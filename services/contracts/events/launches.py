"""What membership announces of a program's launch: who is to verify its purpose, and who has."""

from dataclasses import dataclass
from typing import ClassVar

from services.contracts.events import Fact


@dataclass(frozen=True)
class LaunchState(Fact):
    """Keys and counts; neither what was said nor by whom."""

    source: ClassVar[str] = "membership"
    aggregate: ClassVar[str] = "launch"
    subject_field: ClassVar[str] = "launch_id"

    launch_id: str
    program_id: str
    purpose_version: int  # counts the wordings; 0: none yet
    groups: tuple[str, ...]  # the stakeholders named: "sponsor", "participant" …
    verified_groups: tuple[str, ...]  # those of them that verified the present wording
    shared_goals: tuple[str, ...]  # keys of outcomes that every group has
    is_verified: bool  # each group has, so enrollment may open


class LaunchChanged(LaunchState):
    """The purpose, the stakeholders or their word changed."""
