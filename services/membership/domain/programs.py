"""Programs: designed from one primary outcome, which proposes form, bounds, cadence and facilitation."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from services.contracts.events.membership import ProgramChanged, ProgramDesigned, ProgramState
from services.kit.errors import Conflict, Invalid
from services.membership.domain.forms import FACILITATION, Form, form_of
from services.membership.domain.indicators import INDICATORS
from services.membership.domain.outcomes import Outcome, outcome_of

STANDINGS = (
    "designed",
    "enrolling",
    "running",
    "ended",
)  # enrolling: it has people; running: its cohorts are formed
SIZE_LEEWAY = 2  # members a program may go beyond its form's bounds
FIRST_SESSION_IN = timedelta(days=14)
LAST_START_IN = timedelta(days=730)


@dataclass(frozen=True)
class Program:
    """A program's design. `reasons` say where each figure comes from, `warnings` what does not fit."""

    id: str
    network: str
    display_name: str
    outcome: str
    form: str
    size_low: int
    size_high: int
    session_count: int
    session_minutes: int
    weeks_between: int
    facilitation: str
    starts_on: date
    secondary_outcomes: tuple[str, ...] = ()
    standing: str = "designed"
    reasons: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    revision: int = 0


class NotWithinReason(Invalid):
    """An override lies outside what the form can carry."""

    code = "not-within-reason"


class CohortsFormed(Conflict):
    """Cohorts live by this design already."""

    code = "cohorts-formed"


class ProgramEnded(Conflict):
    code = "program-ended"


def design_program(
    id: str, network: str, wishes: Mapping[str, object], today: date
) -> tuple[Program, tuple[ProgramState, ...]]:
    """Design a program from its one primary outcome.

    Args:
        wishes: `display_name`, `outcome` (a key, or several - which is refused), and what the caller wants
            otherwise than proposed: `form`, `size_low`, `size_high`, `session_count`, `session_minutes`,
            `weeks_between`, `facilitation`, `starts_on` (a date), `secondary_outcomes`.
        today: the day of the design; the first session is proposed two weeks later.

    Returns:
        (program, facts): the design with its reasons, and what to announce.

    Raises:
        TwoHouses, OutcomeUnknown: not exactly one primary outcome.
        FormUnknown, NotWithinReason: an override that no such cohort could carry.

    Source: CONTENT 1.1 and 2.
    """
    outcome = outcome_of(_keys(wishes.get("outcome")))
    form = form_of(str(wishes.get("form") or outcome.forms[0]))
    program = _proposal(id, network, outcome, form, today)
    program = _overridden(program, form, wishes)
    _check_start(program.starts_on, today)
    program = _explained(program, outcome, form)
    return program, (_told(ProgramDesigned, program),)


def change_program(
    program: Program, wishes: Mapping[str, object], has_cohorts: bool, today: date
) -> tuple[Program, tuple[ProgramState, ...]]:
    """Change a design or move its standing on.

    Raises:
        TwoHouses: another outcome than the one it was designed for; design a second program instead.
        CohortsFormed: form, size or cadence would change under cohorts that were formed by them.
        ProgramEnded: nothing changes any more.
        NotWithinReason, FormUnknown: as in `design_program`.
    """
    if program.standing == "ended":
        raise ProgramEnded(f"{program.display_name} has ended")
    if "outcome" in wishes:
        outcome_of((*_keys(wishes["outcome"]), program.outcome))
    if has_cohorts and wishes.keys() - {"display_name", "standing", "outcome", "secondary_outcomes"}:
        raise CohortsFormed("its cohorts were formed by this design; name and standing may still change")
    form = form_of(str(wishes.get("form") or program.form))
    outcome = outcome_of((program.outcome,))
    changed = _overridden(replace(program, form=form.key), form, wishes)
    if "starts_on" in wishes:
        _check_start(changed.starts_on, today)
    changed = replace(_explained(changed, outcome, form), standing=_next(program, wishes))
    if changed == program:
        return program, ()
    return changed, (_told(ProgramChanged, changed),)


def reach(program: Program, standing: str) -> tuple[Program, tuple[ProgramState, ...]]:
    """Move a program on to `standing`, because people are enrolled or its cohorts are formed.

    Returns:
        (program, facts): as it is, without facts, when it is there or further already.
    """
    if STANDINGS.index(program.standing) >= STANDINGS.index(standing):
        return program, ()
    moved = replace(program, standing=standing)
    return moved, (_told(ProgramChanged, moved),)


def told_program(program: Program) -> ProgramState:
    """Return the fact that says how a program is now."""
    return _told(ProgramChanged, program)


def _keys(chosen: object) -> tuple[str, ...]:
    if isinstance(chosen, str):
        return (chosen,)
    return tuple(str(key) for key in chosen) if isinstance(chosen, list | tuple) else ()


def _next(program: Program, wishes: Mapping[str, object]) -> str:
    standing = str(wishes.get("standing", program.standing))
    if standing not in STANDINGS:
        raise NotWithinReason(f"standing is one of {', '.join(STANDINGS)}")
    if STANDINGS.index(standing) < STANDINGS.index(program.standing):
        raise NotWithinReason(f"a program goes from {program.standing} onward, not back to {standing}")
    return standing


def _proposal(id: str, network: str, outcome: Outcome, form: Form, today: date) -> Program:
    best = form.key == outcome.forms[0]
    return Program(
        id=id,
        network=network,
        display_name="",
        outcome=outcome.key,
        form=form.key,
        size_low=form.size_low,
        size_high=form.size_high,
        session_count=(outcome.session_count if best else None) or form.session_count,
        session_minutes=form.session_minutes,
        weeks_between=(outcome.weeks_between if best else None) or form.weeks_between,
        facilitation=(outcome.facilitation if best else None) or form.facilitation,
        starts_on=today + FIRST_SESSION_IN,
    )


def _overridden(program: Program, form: Form, wishes: Mapping[str, object]) -> Program:
    def number(name: str, low: int, high: int) -> int:
        wished = wishes.get(name)
        value = getattr(program, name) if wished is None else wished
        if not isinstance(value, int) or not low <= value <= high:
            raise NotWithinReason(
                f"{name} {value} is not within {low} to {high} for {form.display_name}",
                errors=[{"pointer": f"/{name}", "detail": f"must be {low} to {high}"}],
            )
        return value

    starts_on = wishes.get("starts_on")
    low = number("size_low", max(2, form.size_low - SIZE_LEEWAY), form.size_high + SIZE_LEEWAY)
    return replace(
        program,
        display_name=" ".join(str(wishes.get("display_name") or program.display_name).split()),
        size_low=low,
        size_high=number("size_high", low, form.size_high + SIZE_LEEWAY),
        session_count=number("session_count", 1, 52),
        session_minutes=number("session_minutes", 30, 240),
        weeks_between=number("weeks_between", form.gap_low, form.gap_high),
        facilitation=_facilitation(str(wishes.get("facilitation") or program.facilitation)),
        starts_on=starts_on if isinstance(starts_on, date) else program.starts_on,
        secondary_outcomes=_keys(wishes.get("secondary_outcomes", program.secondary_outcomes)),
    )


def _facilitation(mode: str) -> str:
    if mode not in FACILITATION:
        raise NotWithinReason(f"facilitation is one of {', '.join(FACILITATION)}")
    return mode


def _check_start(starts_on: date, today: date) -> None:
    if not today <= starts_on <= today + LAST_START_IN:
        raise NotWithinReason(
            f"starts_on {starts_on.isoformat()} must lie between today and two years from now",
            errors=[{"pointer": "/starts_on", "detail": "must lie between today and two years from now"}],
        )


def _explained(program: Program, outcome: Outcome, form: Form) -> Program:
    rank = outcome.forms.index(form.key) + 1 if form.key in outcome.forms else 0
    chosen = f"{form.display_name} is number {rank} of the forms for {outcome.display_name}"
    measured = ", ".join(INDICATORS[key] for key in outcome.instruments)
    reasons = [
        chosen if rank else f"{form.display_name} was chosen against the proposal for {outcome.display_name}",
        f"{program.size_low} to {program.size_high} members; the form's own bounds are "
        f"{form.size_low} to {form.size_high}",
        f"{program.session_count} sessions of {program.session_minutes} minutes, "
        f"{program.weeks_between} weeks apart; the outcome's cadence is {outcome.cadence}",
        _facilitated(program.facilitation, form.grows_into),
        f"measured at the beginning and at the end by: {measured}",
    ]
    warnings = [] if rank else [f"{form.display_name} is weak for {outcome.display_name}: {outcome.drift}"]
    return replace(program, reasons=tuple(reasons), warnings=tuple(warnings))


def _facilitated(begins: str, grows_into: str) -> str:
    first = f"facilitated by {FACILITATION[begins]}"
    return first if begins == grows_into else f"{first} to begin with, later by {FACILITATION[grows_into]}"


def _told(kind: type[ProgramState], program: Program) -> ProgramState:
    return kind(
        network=program.network,
        program_id=program.id,
        display_name=program.display_name,
        outcome=program.outcome,
        form=program.form,
        size_low=program.size_low,
        size_high=program.size_high,
        session_count=program.session_count,
        session_minutes=program.session_minutes,
        weeks_between=program.weeks_between,
        facilitation=program.facilitation,
        starts_on=program.starts_on.isoformat(),
        standing=program.standing,
    )
