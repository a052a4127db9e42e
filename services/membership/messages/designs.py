"""What membership is asked about forms and outcomes, and how they look from outside."""

from dataclasses import asdict, dataclass
from typing import Any

from marshmallow import fields, validate

from services.contracts.caller import Caller
from services.membership.domain.form_choice import LEARNINGS, PURPOSES, WANTED, Choice
from services.membership.domain.form_names import CalledForm
from services.membership.domain.form_words import WORDS
from services.membership.domain.indicators import INDICATORS
from services.membership.domain.outcomes import OUTCOMES
from services.membership.domain.proposals import Proposal
from services.membership.messages.identity import NOBODY, ONE_LINE, Asked

LINE = (validate.Length(max=200), ONE_LINE[1])
LISTS_OF_OUTCOMES = ("forms", "instruments")


@dataclass(frozen=True)
class ListAll:
    caller: Caller = NOBODY


@dataclass(frozen=True)
class ShowForm:
    form: str
    caller: Caller = NOBODY


@dataclass(frozen=True)
class ChooseForms:
    """`action`, `learning`: of WANTED; `kind` of learning; `purpose`; `outcome` the form is to serve."""

    action: str
    learning: str
    kind: str | None = None
    purpose: str | None = None
    outcome: str | None = None
    caller: Caller = NOBODY


@dataclass(frozen=True)
class NameForm:
    """`display_name`: "" takes the name back."""

    form: str
    display_name: str
    licence: str = ""
    caller: Caller = NOBODY


@dataclass(frozen=True)
class ProposeDesign:
    outcome: str
    form: str | None = None
    caller: Caller = NOBODY


class ListAllSchema(Asked):
    makes = ListAll


class ShowFormSchema(Asked):
    makes = ShowForm
    form = fields.String(required=True, validate=validate.Length(max=64))


class ChooseFormsSchema(Asked):
    makes = ChooseForms
    action = fields.String(required=True, validate=validate.OneOf(WANTED))
    learning = fields.String(required=True, validate=validate.OneOf(WANTED))
    kind = fields.String(allow_none=True, validate=validate.OneOf(tuple(LEARNINGS)))
    purpose = fields.String(allow_none=True, validate=validate.OneOf(tuple(PURPOSES)))
    outcome = fields.String(allow_none=True, validate=validate.OneOf(tuple(OUTCOMES)))


class NameFormSchema(Asked):
    makes = NameForm
    form = fields.String(required=True, validate=validate.Length(max=64))
    display_name = fields.String(required=True, validate=LINE)
    licence = fields.String(validate=LINE)


class ProposeDesignSchema(Asked):
    makes = ProposeDesign
    outcome = fields.String(required=True, validate=validate.Length(max=64))
    form = fields.String(allow_none=True, validate=validate.Length(max=64))


def form_answer(called: CalledForm, caller: Caller | None = None) -> dict[str, Any]:
    """A form with its words and its name here; `agenda_template` names the agenda that sessions shows."""
    form = called.form
    words = WORDS[form.key]
    return (
        asdict(form)
        | {
            "agenda_template": form.key,
            "own_name": called.own_name,
            "purpose": words.purpose,
            "differs": words.differs,
            "adds": words.adds,
        }
        | {name: list(getattr(words, name)) for name in ("roles", "between", "metrics")}
    )


def forms_answer(forms: Any, caller: Caller | None = None) -> dict[str, Any]:
    return {"data": [form_answer(form) for form in forms]}


def outcomes_answer(outcomes: Any, caller: Caller | None = None) -> dict[str, Any]:
    return {
        "data": [
            asdict(one) | {name: list(getattr(one, name)) for name in LISTS_OF_OUTCOMES} for one in outcomes
        ]
    }


def choices_answer(choices: tuple[Choice, ...], caller: Caller | None = None) -> dict[str, Any]:
    return {
        "data": [
            {
                "form": choice.form.key,
                "display_name": choice.form.display_name,
                "points": choice.points,
                "reasons": list(choice.reasons),
                "against": list(choice.against),
                "is_weak": choice.is_weak,
            }
            for choice in choices
        ]
    }


def proposal_answer(proposal: Proposal, caller: Caller | None = None) -> dict[str, Any]:
    plain = (
        "size_low", "size_high", "session_count", "session_minutes", "weeks_between", "facilitation",
        "agenda_template",
    )  # fmt: skip
    return {name: getattr(proposal, name) for name in plain} | {
        "outcome": proposal.outcome.key,
        "promise": proposal.outcome.promise,
        "form": proposal.form.key,
        "other_forms": list(proposal.other_forms),
        "grows_into": proposal.form.grows_into,
        "instruments": [{"key": key, "display_name": INDICATORS[key]} for key in proposal.instruments],
        "reasons": dict(proposal.reasons),
        "warnings": list(proposal.warnings),
    }
