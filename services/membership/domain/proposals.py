"""What one outcome proposes: form, size, cadence, facilitation, agenda and instruments, each with a reason.

A proposal is read without anything being written; a design takes it over with changes (programs.py).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol

from services.membership.domain.form_choice import focus_words
from services.membership.domain.forms import FACILITATION, FORMS, Form, form_of
from services.membership.domain.indicators import INDICATORS
from services.membership.domain.outcomes import (
    Outcome,
    outcome_of,
    secondary_instruments,
    secondary_words,
)


class Figures(Protocol):
    """What of a design has reasons: a proposal's figures, or a program's."""

    @property
    def size_low(self) -> int: ...
    @property
    def size_high(self) -> int: ...
    @property
    def session_count(self) -> int: ...
    @property
    def session_minutes(self) -> int: ...
    @property
    def weeks_between(self) -> int: ...
    @property
    def facilitation(self) -> str: ...
    @property
    def secondary_outcomes(self) -> tuple[str, ...]: ...
    @property
    def deviation_reason(self) -> str: ...


@dataclass(frozen=True)
class Proposal:
    """A design nobody has taken over yet. `reasons`: what is proposed -> why.

    `agenda_template` is the key of a form, `instruments` are keys of indicators; `other_forms` are those of
    the outcome, best first, without this one.
    """

    outcome: Outcome
    form: Form
    size_low: int
    size_high: int
    session_count: int
    session_minutes: int
    weeks_between: int
    facilitation: str
    agenda_template: str
    instruments: tuple[str, ...]
    other_forms: tuple[str, ...]
    secondary_outcomes: tuple[str, ...] = ()
    deviation_reason: str = ""
    reasons: Mapping[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()


def propose(outcomes: tuple[str, ...], form: str | None = None) -> Proposal:
    """Return what the one primary outcome proposes.

    Args:
        outcomes: keys; exactly one is a proposal.
        form: the key of a form wished otherwise than the outcome's best one.

    Raises:
        TwoHouses, OutcomeUnknown: not exactly one primary outcome.
        FormUnknown: there is no such form.

    Source: CONTENT 1.1 and 2.
    """
    chosen = outcome_of(outcomes)
    shape = form_of(form or chosen.forms[0])
    is_best = shape.key == chosen.forms[0]
    proposal = Proposal(
        outcome=chosen,
        form=shape,
        size_low=shape.size_low,
        size_high=shape.size_high,
        session_count=(chosen.session_count if is_best else None) or shape.session_count,
        session_minutes=shape.session_minutes,
        weeks_between=(chosen.weeks_between if is_best else None) or shape.weeks_between,
        facilitation=(chosen.facilitation if is_best else None) or shape.facilitation,
        agenda_template=shape.key,
        instruments=chosen.instruments,
        other_forms=tuple(key for key in chosen.forms if key != shape.key),
        warnings=warnings_for(chosen, shape),
    )
    return replace(proposal, reasons=explain(proposal, chosen, shape))


def is_suited(outcome: Outcome, form: Form) -> bool:
    """True for a form that stands among those of the outcome."""
    return form.key in outcome.forms


def warnings_for(outcome: Outcome, form: Form) -> tuple[str, ...]:
    """Return what fits badly, in words."""
    if is_suited(outcome, form):
        return ()
    best = FORMS[outcome.forms[0]].display_name
    return (
        f"{form.display_name} is weak for {outcome.display_name}; the best form for it is {best}. "
        f"It no longer fits when you see: {outcome.drift}",
    )


def instruments_of(outcome: Outcome, secondary: tuple[str, ...]) -> tuple[str, ...]:
    """Return the indicators of a design: the outcome's, then what its secondary ones are looked at by."""
    return tuple(dict.fromkeys((*outcome.instruments, *secondary_instruments(secondary))))


def explain(figures: Figures, outcome: Outcome, form: Form) -> dict[str, str]:
    """Return why each part of a design is as it is: part -> reason, in the order they are read."""
    measured = ", ".join(INDICATORS[key] for key in outcome.instruments)
    beside = ", ".join(secondary_words(key) for key in figures.secondary_outcomes)
    return {
        "form": _form_reason(outcome, form),
        "size": _size_reason(figures, form),
        "cadence": f"{figures.session_count} sessions of {figures.session_minutes} minutes, "
        f"{_apart(figures.weeks_between)}; the outcome's cadence is {outcome.cadence}",
        "facilitation": _facilitated(figures.facilitation, form.grows_into),
        "agenda": f"each session follows the agenda of {form.display_name}: action is "
        f"{focus_words(form.action)}, learning is {focus_words(form.learning)}",
        "instruments": f"measured at the beginning and at the end by: {measured}"
        + (f"; looked at beside it, without deciding: {beside}" if beside else ""),
    }


def _form_reason(outcome: Outcome, form: Form) -> str:
    if not is_suited(outcome, form):
        return f"{form.display_name} was chosen against the proposal for {outcome.display_name}"
    rank = outcome.forms.index(form.key) + 1
    return f"{form.display_name} is number {rank} of the forms for {outcome.display_name}"


def _size_reason(figures: Figures, form: Form) -> str:
    bounds = f"{form.size_low} to {form.size_high}"
    members = f"{figures.size_low} to {figures.size_high} members"
    if figures.deviation_reason:
        return f"{members}, beyond the form's own bounds of {bounds}, because: {figures.deviation_reason}"
    return f"{members}; the form's own bounds are {bounds}"


def _apart(weeks: int) -> str:
    return "a week apart" if weeks == 1 else f"{weeks} weeks apart"


def _facilitated(begins: str, grows_into: str) -> str:
    first = f"facilitated by {FACILITATION[begins]}"
    return first if begins == grows_into else f"{first} to begin with, later by {FACILITATION[grows_into]}"
