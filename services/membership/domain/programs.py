"""Programs: designed from one primary outcome, which proposes everything else (proposals.py)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from services.contracts.events.membership import ProgramChanged, ProgramDesigned, ProgramState
from services.kit.errors import Conflict
from services.membership.domain.forms import Form, form_of
from services.membership.domain.names import check_name
from services.membership.domain.outcomes import Outcome, check_secondary, outcome_of
from services.membership.domain.proposals import explain, instruments_of, propose, warnings_for
from services.membership.domain.wishes import (
    Enhances,
    NotWithinReason,
    check_start,
    facilitation_wished,
    keys_wished,
    line_wished,
    number_wished,
    size_wished,
)

STANDINGS = (
    "designed",
    "enrolling",
    "running",
    "ended",
)  # enrolling: it has people; running: its cohorts are formed
FIRST_SESSION_IN = timedelta(days=14)
AFTER_FORMING = frozenset(
    {"display_name", "standing", "outcome", "secondary_outcomes", "licence", "enhances"}
)


@dataclass(frozen=True)
class Program:
    """A program's design. `reasons` say where each figure comes from, `warnings` what does not fit.

    `cohort_title`: what its cohorts are called, with a number; "" for the program's own name. `licence`: for
    a name that is another's mark. `deviation_reason`: why its size goes beyond its form's bounds. `enhances`:
    what it follows, None for a program that stands alone (R76).
    """

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
    deviation_reason: str = ""
    cohort_title: str = ""
    licence: str = ""
    enhances: Enhances | None = None
    revision: int = 0

    @property
    def agenda_template(self) -> str:
        """The key of the agenda its sessions follow: its form's."""
        return self.form

    @property
    def instruments(self) -> tuple[str, ...]:
        """The indicators it is measured by, those of its secondary outcomes last."""
        return instruments_of(outcome_of((self.outcome,)), self.secondary_outcomes)


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
            `weeks_between`, `facilitation`, `starts_on` (a date), `secondary_outcomes`, `deviation_reason`,
            `cohort_title`, `licence`, `enhances`.
        today: the day of the design; the first session is proposed two weeks later.

    Returns:
        (program, facts): the design with its reasons, and what to announce.

    Raises:
        TwoHouses, OutcomeUnknown: not exactly one primary outcome.
        FormUnknown, NotWithinReason: an override that no such cohort could carry.
        DeviationUnexplained: a size beyond the form's bounds without `deviation_reason`.
        NameReserved: another provider's mark without `licence`. SecondaryUnknown.

    Source: CONTENT 1.1 and 2.
    """
    proposed = propose(keys_wished(wishes.get("outcome")), str(wishes.get("form") or "") or None)
    program = Program(
        id=id,
        network=network,
        display_name="",
        outcome=proposed.outcome.key,
        form=proposed.form.key,
        size_low=proposed.size_low,
        size_high=proposed.size_high,
        session_count=proposed.session_count,
        session_minutes=proposed.session_minutes,
        weeks_between=proposed.weeks_between,
        facilitation=proposed.facilitation,
        starts_on=today + FIRST_SESSION_IN,
    )
    program = _overridden(program, proposed.form, wishes)
    check_start(program.starts_on, today)
    program = _explained(program, proposed.outcome, proposed.form)
    return program, (_told(ProgramDesigned, program),)


def change_program(
    program: Program, wishes: Mapping[str, object], has_cohorts: bool, today: date
) -> tuple[Program, tuple[ProgramState, ...]]:
    """Change a design or move its standing on.

    Raises:
        TwoHouses: another outcome than the one it was designed for; design a second program instead.
        CohortsFormed: form, size or cadence would change under cohorts that were formed by them.
        ProgramEnded: nothing changes any more.
        NotWithinReason, FormUnknown and the others of `design_program`.
    """
    if program.standing == "ended":
        raise ProgramEnded(f"{program.display_name} has ended")
    if "outcome" in wishes:
        outcome_of((*keys_wished(wishes["outcome"]), program.outcome))
    if has_cohorts and wishes.keys() - AFTER_FORMING:
        raise CohortsFormed("its cohorts were formed by this design; name and standing may still change")
    form = form_of(str(wishes.get("form") or program.form))
    outcome = outcome_of((program.outcome,))
    changed = _overridden(replace(program, form=form.key), form, wishes)
    if "starts_on" in wishes:
        check_start(changed.starts_on, today)
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


def _next(program: Program, wishes: Mapping[str, object]) -> str:
    standing = str(wishes.get("standing", program.standing))
    if standing not in STANDINGS:
        raise NotWithinReason(f"standing is one of {', '.join(STANDINGS)}")
    if STANDINGS.index(standing) < STANDINGS.index(program.standing):
        raise NotWithinReason(f"a program goes from {program.standing} onward, not back to {standing}")
    return standing


def _overridden(program: Program, form: Form, wishes: Mapping[str, object]) -> Program:
    low, high, reason = size_wished(program, form, wishes)
    starts_on = wishes.get("starts_on")
    licence = line_wished(program, wishes, "licence")
    display_name = line_wished(program, wishes, "display_name") or program.display_name
    cohort_title = line_wished(program, wishes, "cohort_title")
    check_name(display_name, licence, "display_name")
    check_name(cohort_title, licence, "cohort_title")
    secondary = keys_wished(wishes.get("secondary_outcomes", program.secondary_outcomes))
    return replace(
        program,
        display_name=display_name,
        cohort_title=cohort_title,
        licence=licence,
        size_low=low,
        size_high=high,
        deviation_reason=reason,
        session_count=number_wished(program, form, wishes, "session_count", 1, 52),
        session_minutes=number_wished(program, form, wishes, "session_minutes", 30, 240),
        weeks_between=number_wished(program, form, wishes, "weeks_between", form.gap_low, form.gap_high),
        facilitation=facilitation_wished(str(wishes.get("facilitation") or program.facilitation)),
        starts_on=starts_on if isinstance(starts_on, date) else program.starts_on,
        secondary_outcomes=check_secondary(secondary, program.outcome),
        enhances=Enhances.of(wishes.get("enhances", program.enhances)),
    )


def _explained(program: Program, outcome: Outcome, form: Form) -> Program:
    reasons = tuple(explain(program, outcome, form).values())
    return replace(program, reasons=reasons, warnings=warnings_for(outcome, form))


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
