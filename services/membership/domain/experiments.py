"""Experiments: one change of how often, how long or how facilitated, a guess, a decision (R80, R123).

    running ──figures before and after, a decision──> decided

One at a time in a program: of two changes at once nobody could tell which one it was. It records what is
tried and found; the design changes only when staff change it.
"""

from dataclasses import dataclass, replace
from datetime import date

from services.contracts.events.experiments import ExperimentChanged, ExperimentState
from services.kit.errors import Conflict, Invalid
from services.membership.domain.derived import derived_id
from services.membership.domain.forms import FACILITATION
from services.membership.domain.programs import Program, ProgramEnded

FREQUENCY, LENGTH, WAY = CHANGES = ("frequency", "length", "facilitation")
FIELD_OF = {FREQUENCY: "weeks_between", LENGTH: "session_minutes", WAY: "facilitation"}
BOUNDS = {FREQUENCY: (1, 26), LENGTH: (30, 240)}  # weeks between, minutes
DIRECTIONS = ("up", "down")
DECISIONS = ("adopt", "return", "again")
RUNNING, DECIDED = "running", "decided"


@dataclass(frozen=True)
class Guess:
    """What is expected: `measure` goes `direction`, and why."""

    measure: str
    direction: str
    why: str = ""


@dataclass(frozen=True)
class Found:
    """What the measure was before and after, what was decided, and why."""

    before: float
    after: float
    decision: str
    why: str = ""


@dataclass(frozen=True)
class Experiment:
    """One of a program's experiments, `number` from 1. `was` and `to` are figures or ways, as text."""

    id: str
    network: str
    program_id: str
    number: int
    change: str
    was: str
    to: str
    guess: Guess
    begun_on: date
    until: date
    standing: str = RUNNING
    found: Found | None = None
    revision: int = 0

    @property
    def guess_held(self) -> bool | None:
        """Whether the measure went where it was expected to; None as long as nothing is found."""
        if self.found is None:
            return None
        risen, fallen = self.found.after > self.found.before, self.found.after < self.found.before
        return risen if self.guess.direction == "up" else fallen


class ExperimentRunning(Conflict):
    """One change at a time."""

    code = "experiment-running"


class NothingRuns(Conflict):
    """It was decided already, or never begun."""

    code = "no-experiment-running"


class ChangeNotWithinReason(Invalid):
    code = "change-not-within-reason"


Changed = tuple[Experiment, tuple[ExperimentState, ...]]


def begin(
    known: Experiment | None,
    program: Program,
    change: str,
    to: object,
    guess: Guess,
    until: date,
    today: date,
) -> Changed:
    """Begin an experiment.

    Args:
        known: the program's newest one, or None.
        to: weeks between sessions, minutes of one, or a key of FACILITATION.
        until: the last day before it is compared.

    Raises:
        ProgramEnded. ExperimentRunning: that one is not decided.
        ChangeNotWithinReason: `to` is out of bounds or what is done already, or `until` is not ahead.
    """
    if program.standing == "ended":
        raise ProgramEnded(f"{program.display_name} has ended")
    if known is not None and known.standing == RUNNING:
        raise ExperimentRunning("another change is being tried; decide on it first")
    was = str(getattr(program, FIELD_OF[change]))
    if not today < until:
        raise _not_within("until", "is not ahead")
    number = known.number + 1 if known else 1
    begun = Experiment(
        id=derived_id("exp", program.id, str(number)),
        network=program.network,
        program_id=program.id,
        number=number,
        change=change,
        was=was,
        to=_checked(change, to, was),
        guess=guess,
        begun_on=today,
        until=until,
    )
    return _changed(begun)


def decide(experiment: Experiment | None, found: Found) -> Changed:
    """Compare and decide.

    Raises:
        NothingRuns.
    """
    if experiment is None or experiment.standing != RUNNING:
        raise NothingRuns("no change is being tried")
    return _changed(replace(experiment, standing=DECIDED, found=found))


def told_experiment(experiment: Experiment) -> ExperimentState:
    """Return the fact that says how an experiment stands."""
    return ExperimentChanged(
        network=experiment.network,
        experiment_id=experiment.id,
        program_id=experiment.program_id,
        change=experiment.change,
        was=experiment.was,
        to=experiment.to,
        standing=experiment.standing,
        decision=experiment.found.decision if experiment.found else "",
    )


def _checked(change: str, to: object, was: str) -> str:
    if change == WAY:
        is_one = isinstance(to, str) and to in FACILITATION
        words = f"is one of {', '.join(FACILITATION)}"
    else:
        low, high = BOUNDS[change]
        is_one = isinstance(to, int) and not isinstance(to, bool) and low <= to <= high
        words = f"is a whole number from {low} to {high}"
    if not is_one:
        raise _not_within("to", words)
    if str(to) == was:
        raise _not_within("to", "is how it is done already")
    return str(to)


def _not_within(field: str, detail: str) -> ChangeNotWithinReason:
    return ChangeNotWithinReason(f"{field} {detail}", errors=[{"pointer": f"/{field}", "detail": detail}])


def _changed(experiment: Experiment) -> Changed:
    return experiment, (told_experiment(experiment),)
