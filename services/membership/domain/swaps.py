"""Moving members between cohorts of one program, as staff decide: a process of its own (MECHANISMS P2).

First every enrollment is claimed, each as it was; one that is not frees the others again. Then the cohorts
follow, one write each. Sizes beyond the program's greatest and lines within a cohort are refused before
anything is written; what changes meanwhile is found by the look at the cohorts afterwards.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from services.contracts.caller import Caller
from services.contracts.events.membership import EnrollmentState
from services.kit.due_entry import Due
from services.kit.errors import Conflict, Forbidden, Invalid
from services.membership.domain.cohorts import Cohort
from services.membership.domain.enrollments import Enrollment, told_enrollment
from services.membership.domain.line_conflicts import find_conflicts
from services.membership.domain.resolutions import Move
from services.membership.domain.safety import Ancestors, HardRuleBroken

CLAIM, SEAT = "claim", "seat"


@dataclass(frozen=True)
class Leading:
    """Who leads a cohort from then on."""

    cohort_id: str
    person_ids: tuple[str, ...]


@dataclass(frozen=True)
class Swap:
    """`standing`: "running", "done" or "refused" (`reason` says by which code)."""

    id: str
    network: str
    asked_by: str
    moves: tuple[Move, ...]
    leading: Leading | None = None
    standing: str = "running"
    reason: str | None = None
    revision: int = 0
    due: tuple[Due, ...] = ()

    def cohort_ids(self) -> tuple[str, ...]:
        """Return the cohorts it changes, in the order in which they are written."""
        named = [one for move in self.moves for one in (move.from_cohort, move.to_cohort) if one is not None]
        led = [self.leading.cohort_id] if self.leading else []
        return tuple(sorted({*named, *led}))


class BadSwap(Invalid):
    """Nobody moves, somebody moves twice, or to where they are, or not from where they are."""

    code = "bad-swap"


class OtherProgram(Invalid):
    """Members move within one program."""

    code = "other-program"


class CohortFull(Conflict):
    code = "cohort-full"


class MovedMeanwhile(Conflict):
    """Somebody is not any more where they were to leave from."""

    code = "moved-meanwhile"


class TooClose(Forbidden):
    """The member of staff belongs to a cohort that is concerned, leads it, or is in a member's line."""

    code = "too-close"


def is_stranger(caller: Caller, cohort: Cohort) -> bool:
    """True for who neither belongs to the cohort nor leads it nor is in a line with a member."""
    person_id = caller.person_id
    near = cohort.has_member(person_id) or cohort.has_facilitator(person_id)
    return not near and person_id not in cohort.barred


def begin(swap: Swap, now: datetime) -> Swap:
    """Return the swap due at once."""
    return replace(swap, due=(Due(CLAIM, now),))


def claimed(swap: Swap, now: datetime) -> Swap:
    """Return the swap with every enrollment claimed: the cohorts follow."""
    return replace(swap, due=(Due(SEAT, now),))


def finish(swap: Swap) -> Swap:
    return replace(swap, standing="done", due=())


def refuse(swap: Swap, code: str) -> Swap:
    return replace(swap, standing="refused", reason=code, due=())


def check_swap(swap: Swap, cohorts: Mapping[str, Cohort], high: int, ancestors: Ancestors) -> None:
    """Refuse what no cohort may look like.

    Args:
        cohorts: by id, all the swap names.
        high: the program's greatest size.
        ancestors: of everybody in them, and of who comes.

    Raises:
        BadSwap, OtherProgram: with the pointer of the move. CohortFull: beyond `high`.
        HardRuleBroken: two people would be in one line who were not before.
    """
    _check_shape(swap, cohorts)
    for one in swap.cohort_ids():
        before, after = _people(cohorts[one]), _people_after(swap, cohorts[one])
        if len(after[0]) > max(high, len(before[0])):
            raise CohortFull(f"{cohorts[one].display_name} would have more than {high} members")
        if set(find_conflicts(*after, ancestors)) - set(find_conflicts(*before, ancestors)):
            raise HardRuleBroken(
                "somebody would share a cohort with, or be led by, somebody above or below them"
            )


def joining(swap: Swap, cohort_id: str) -> tuple[str, ...]:
    """Return who comes to a cohort."""
    return tuple(move.person_id for move in swap.moves if move.to_cohort == cohort_id)


def leaving(swap: Swap, cohort_id: str) -> tuple[str, ...]:
    """Return who leaves a cohort."""
    return tuple(move.person_id for move in swap.moves if move.from_cohort == cohort_id)


def move_enrollment(
    enrollment: Enrollment, old: str, new: str | None
) -> tuple[Enrollment, tuple[EnrollmentState, ...]]:
    """Return the enrollment placed in `new`, or (None) waiting again; moved before, it stays as it is.

    Raises:
        MovedMeanwhile: it is neither in `old` nor in `new`.
    """
    if enrollment.cohort_id == new:
        return enrollment, ()
    if enrollment.cohort_id != old:
        raise MovedMeanwhile(f"{enrollment.person_id} is not in the cohort they were to leave")
    after = replace(enrollment, cohort_id=new, standing="placed" if new else "enrolled")
    return after, (told_enrollment(after),)


def _check_shape(swap: Swap, cohorts: Mapping[str, Cohort]) -> None:
    if not swap.moves and swap.leading is None:
        raise _bad("/moves", "nobody moves, and nobody else is to lead")
    seen: set[str] = set()
    for place, move in enumerate(swap.moves):
        pointer = f"/moves/{place}"
        if move.person_id in seen:
            raise _bad(f"{pointer}/person_id", "moves twice")
        seen.add(move.person_id)
        if not cohorts[move.from_cohort].has_member(move.person_id):
            raise _bad(f"{pointer}/person_id", "is not a member of the cohort they are to leave")
        if move.to_cohort == move.from_cohort:
            raise _bad(f"{pointer}/to_cohort_id", "is the cohort they are to leave")
    programs = {cohorts[one].program_id for one in swap.cohort_ids()}
    if len(programs) > 1:
        error = {"pointer": "/moves", "detail": "names cohorts of several programs"}
        raise OtherProgram("members move within one program", errors=[error])


def _bad(pointer: str, detail: str) -> BadSwap:
    return BadSwap(f"this swap cannot be: {detail}", errors=[{"pointer": pointer, "detail": detail}])


def _people(cohort: Cohort) -> tuple[frozenset[str], Iterable[str]]:
    return cohort.member_ids(), tuple(entry.person_id for entry in cohort.facilitators)


def _people_after(swap: Swap, cohort: Cohort) -> tuple[frozenset[str], Iterable[str]]:
    members = cohort.member_ids() - set(leaving(swap, cohort.id)) | set(joining(swap, cohort.id))
    if swap.leading and swap.leading.cohort_id == cohort.id:
        return members, swap.leading.person_ids
    return members, _people(cohort)[1]
