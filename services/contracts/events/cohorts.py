"""What membership announces of a cohort: who is in it, who leads it, and who has signed."""

from dataclasses import dataclass, replace
from typing import ClassVar, TypeVar

from services.contracts.events import Fact


@dataclass(frozen=True)
class RosterEntry:
    """One member of a cohort. `standing` is "member" or "left"."""

    person_id: str
    display_name: str
    organization_id: str | None
    zone: str
    standing: str = "member"


C = TypeVar("C", bound="CohortState")


@dataclass(frozen=True)
class CohortState(Fact):
    """A cohort with its complete roster and who has signed which agreement."""

    source: ClassVar[str] = "membership"
    aggregate: ClassVar[str] = "cohort"
    subject_field: ClassVar[str] = "cohort_id"

    cohort_id: str
    program_id: str
    display_name: str
    form: str
    roster: tuple[RosterEntry, ...]
    facilitators: tuple[RosterEntry, ...]
    session_count: int
    session_minutes: int
    weeks_between: int
    starts_on: str  # ISO date
    agreement_version: str
    signed_by: tuple[str, ...]  # person ids who signed `agreement_version`
    standing: str  # "formed" or "ended"
    barred: tuple[str, ...] = ()  # in a reporting line of a member: no role of theirs opens anything here
    step: str = "external"  # of facilitation: "external", "paired", "shadowed", "rotating" or "self"
    on_hold: bool = False  # the next session waits for the program's staff; who caused it is never said


def without_names(cohort: C, gone: frozenset[str]) -> C:
    """Return `cohort` with everybody in `gone` left and unnamed, as membership itself tells of the forgotten.

    What is heard late, or again, may still name them.
    """

    def unnamed(entries: tuple[RosterEntry, ...]) -> tuple[RosterEntry, ...]:
        return tuple(
            RosterEntry(entry.person_id, "", None, "UTC", "left") if entry.person_id in gone else entry
            for entry in entries
        )

    if not gone:
        return cohort
    return replace(cohort, roster=unnamed(cohort.roster), facilitators=unnamed(cohort.facilitators))


class CohortFormed(CohortState):
    """A cohort came to be from a committed formation."""


class MemberJoined(CohortState):
    """Somebody joined the cohort."""


class MemberLeft(CohortState):
    """Somebody left the cohort."""


class FacilitatorAssigned(CohortState):
    """The cohort's facilitators changed."""


class AgreementSigned(CohortState):
    """One more member signed the present agreement."""


class AgreementChanged(CohortState):
    """The agreement says something else: nobody has signed it yet."""


class CohortGuarded(CohortState):
    """Whom a reporting line keeps out of the cohort, whatever their roles, is now another."""


class SafetyConflictFound(CohortState):
    """Two people of the cohort are in one reporting line: its next session waits until staff resolve it."""


class SafetyConflictSettled(CohortState):
    """Nobody of the cohort is in a reporting line of another any more: its sessions go on."""
