"""The ladder from outside facilitation to a cohort that leads itself (R67, R68), step by step by evidence.

    external   somebody neutral from outside leads
    paired     a member leads beside them
    shadowed   a member leads, the outsider watches
    rotating   another member each time
    self       all of them

One step up at a time, when what was held in sessions bears it; down whenever who leads thinks so, and it is
advised where attendance no longer holds. Evidence is counts and shares, never who was absent.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from services.contracts.events.cohorts import CohortState
from services.kit.errors import Conflict, Invalid
from services.membership.domain.cohorts import Cohort, Taken, assign_facilitators
from services.membership.domain.people import Person

EXTERNAL, PAIRED, SHADOWED, ROTATING, SELF = STEPS = ("external", "paired", "shadowed", "rotating", "self")
FULL = 100  # percent
LATELY = 3  # sessions that attendance is looked at of
ATTENDANCE, WORN = 70, 50  # percent: what a step needs, and below what one back is advised
UP, STAY, BACK = "up", "stay", "back"


@dataclass(frozen=True)
class Held:
    """One session that was held: when, who led, how many of those invited were there."""

    session_id: str
    starts_at: datetime
    leaders: tuple[str, ...]
    invited: int
    present: int


@dataclass(frozen=True)
class Evidence:
    """One thing a step rests on: what there is, and what the next step needs. Counts, or percent."""

    name: str
    has: int
    needs: int

    @property
    def is_enough(self) -> bool:
        return self.has >= self.needs


@dataclass(frozen=True)
class Turn:
    """One member in the order of whose turn it is; `led`: sessions so far."""

    person_id: str
    led: int


@dataclass(frozen=True)
class Ladder:
    """Where a cohort stands on it. `evidence` is for `following`, the next step up (None: there is none)."""

    step: str
    following: str | None
    evidence: tuple[Evidence, ...]
    advice: str
    rota: tuple[Turn, ...]


class NoSuchStep(Invalid):
    """One step up or any down; not where the cohort stands already."""

    code = "no-such-step"


class EvidenceMissing(Conflict):
    """What was held so far does not bear the next step."""

    code = "evidence-missing"


class NotTheirTurn(Invalid):
    """Only a member takes a turn."""

    code = "not-a-member"


class NobodyOutside(Conflict):
    """Nobody neutral from outside is there to step back to: staff assign somebody first."""

    code = "nobody-outside"


class NotRotating(Conflict):
    """Turns are handed on where another member leads each time."""

    code = "not-rotating"


NEEDS: Mapping[str, tuple[int, int]] = {  # sessions held on the present step, percent of members who have led
    PAIRED: (1, 0),
    SHADOWED: (1, 1),
    ROTATING: (1, 30),
    SELF: (3, 60),
}


def look(cohort: Cohort, held: Sequence[Held]) -> Ladder:
    """Return where the cohort stands, what the next step needs and has, and whose turn it is."""
    place = STEPS.index(cohort.step)
    following = STEPS[place + 1] if place + 1 < len(STEPS) else None
    evidence = _evidence(cohort, held, following) if following else ()
    return Ladder(cohort.step, following, evidence, _advice(cohort, held, evidence), rota(cohort, held))


def rota(cohort: Cohort, held: Sequence[Held]) -> tuple[Turn, ...]:
    """Return the members, who led least first; of equals who led longest ago, then as in the roster."""
    led = Counter(one for session in held for one in session.leaders)
    last = {one: session.starts_at.timestamp() for session in _in_order(held) for one in session.leaders}
    inside = [entry.person_id for entry in cohort.roster if entry.standing == "member"]
    order = sorted(inside, key=lambda one: (led[one], last.get(one, 0), inside.index(one)))
    return tuple(Turn(one, led[one]) for one in order)


def take_step(
    cohort: Cohort,
    taken: Taken,
    held: Sequence[Held],
    people: Mapping[str, Person],
    person_id: str | None = None,
) -> tuple[Cohort, tuple[CohortState, ...]]:
    """Return the cohort on another step, led as that step says, and what to announce.

    Args:
        taken: to which step, by whom, when and why.
        people: everybody who may lead from then on: members, and who leads or led from outside.
        person_id: the member who leads next where one does; None: whose turn it is.

    Raises:
        NoSuchStep, NotTheirTurn: with their pointer. EvidenceMissing: names each. NobodyOutside.
    """
    _check_step(cohort, taken.step, held)
    chosen = _chosen(cohort, held, person_id)
    outside = [entry.person_id for entry in cohort.facilitators if not cohort.has_member(entry.person_id)]
    remembered = tuple(outside) or cohort.outside
    leaders = _leaders(taken.step, [one for one in remembered if one in people][:1], chosen)
    stepped = replace(cohort, step=taken.step, steps=(*cohort.steps, taken), outside=remembered)
    led, facts = assign_facilitators(stepped, [people[one] for one in leaders])
    return led, facts


def hand_on(
    cohort: Cohort, held: Sequence[Held], people: Mapping[str, Person], person_id: str | None = None
) -> tuple[Cohort, tuple[CohortState, ...]]:
    """Return the cohort led next by another member: whose turn it is, or (skipped, swapped) the one named.

    Raises:
        NotRotating, NotTheirTurn.
    """
    if cohort.step != ROTATING:
        raise NotRotating("turns are handed on where another member leads each time")
    return assign_facilitators(cohort, [people[_chosen(cohort, held, person_id)]])


def first_step(mode: str) -> str:
    """Return where a cohort begins by its program's facilitation."""
    return {"pair": PAIRED, "member": ROTATING, "rotating": ROTATING, "all": SELF}.get(mode, EXTERNAL)


def _check_step(cohort: Cohort, step: str, held: Sequence[Held]) -> None:
    change = STEPS.index(step) - STEPS.index(cohort.step)
    if change == 0 or change > 1:
        detail = "is where the cohort stands" if change == 0 else "is more than one step up"
        raise NoSuchStep(f"this step {detail}", errors=[{"pointer": "/step", "detail": detail}])
    missing = [one for one in _evidence(cohort, held, step) if not one.is_enough] if change == 1 else []
    if missing:
        errors = [
            {"pointer": f"/evidence/{one.name}", "detail": f"has {one.has}, needs {one.needs}"}
            for one in missing
        ]
        raise EvidenceMissing("what was held so far does not bear this step", errors=errors)


def _evidence(cohort: Cohort, held: Sequence[Held], step: str) -> tuple[Evidence, ...]:
    sessions, led = NEEDS[step]
    here = [one for one in held if not cohort.steps or one.starts_at >= cohort.steps[-1].at]
    members = cohort.member_ids()
    leading = {one for session in held for one in session.leaders} & members
    return (
        Evidence("sessions", len(here), sessions),
        Evidence("attendance", _attendance(held), ATTENDANCE),
        Evidence("signed", _percent(len(members & set(cohort.signed_by)), len(members)), FULL),
        Evidence("led", _percent(len(leading), len(members)), led),
    )


def _advice(cohort: Cohort, held: Sequence[Held], evidence: Sequence[Evidence]) -> str:
    if evidence and all(one.is_enough for one in evidence):
        return UP
    here = [one for one in held if cohort.steps and one.starts_at >= cohort.steps[-1].at]
    is_worn = len(here) > 1 and _attendance(here) < WORN
    return BACK if is_worn and cohort.step != EXTERNAL else STAY


def _attendance(held: Sequence[Held]) -> int:
    last = _in_order(held)[-LATELY:]
    return _percent(sum(one.present for one in last), sum(one.invited for one in last))


def _in_order(held: Sequence[Held]) -> list[Held]:
    return sorted(held, key=lambda one: one.starts_at)


def _percent(part: int, whole: int) -> int:
    return FULL * part // whole if whole else 0


def _chosen(cohort: Cohort, held: Sequence[Held], person_id: str | None) -> str:
    if person_id is None:
        present = {entry.person_id for entry in cohort.facilitators}
        turns = [turn.person_id for turn in rota(cohort, held)]
        return next((one for one in turns if one not in present), turns[0])
    if not cohort.has_member(person_id):
        error = {"pointer": "/person_id", "detail": "is not a member of this cohort"}
        raise NotTheirTurn("only a member takes a turn", errors=[error])
    return person_id


def _leaders(step: str, outside: Sequence[str], member: str) -> Sequence[str]:
    if step in (EXTERNAL, PAIRED, SHADOWED) and not outside:
        raise NobodyOutside("nobody neutral from outside is there: have staff assign somebody first")
    return {
        EXTERNAL: outside,
        PAIRED: [*outside, member],
        SHADOWED: [member, *outside],
        ROTATING: [member],
        SELF: [],
    }[step]
