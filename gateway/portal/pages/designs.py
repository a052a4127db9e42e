"""Designing a program: the one question, what it proposes and why, and the forms side by side."""

from typing import Any

from marshmallow import fields, validate

from gateway.answers import Answer, see_other
from gateway.calls import Call
from gateway.portal import launch_words as words
from gateway.portal.frame import STAFF, done, gather, problems_of
from gateway.portal.pages import SaidQuery
from gateway.portal.phrases import say
from gateway.portal.vocabulary import FACILITATION, FORMS, OUTCOMES, worded
from gateway.routing import page, roles
from services.kit.outcomes import RemoteRefusal

WHO = roles(*STAFF)
LABELS = {
    "display_name": say("Name of the program"),
    "cohort_title": say("What its cohorts are called"),
    "starts_on": say("First session not before"),
    "size_low": say("Members at least"),
    "size_high": say("Members at most"),
    "deviation_reason": say("Why this size goes beyond the form’s bounds"),
    "session_count": say("Sessions"),
    "session_minutes": say("Minutes each"),
    "weeks_between": say("Weeks between"),
    "title": say("What it enhances"),
    "url": say("Where it is described"),
    "licence": say("Licence for a name that is another’s mark"),
}
NAMING = {"display_name": say("Your name for it"), "licence": LABELS["licence"]}
NUMBERS = ("size_low", "size_high", "session_count", "session_minutes", "weeks_between")
TEXTS = (
    *("display_name", "outcome", "form", "starts_on", "facilitation", "deviation_reason"),
    *("cohort_title", "licence"),
)
CHOICES = {
    "action": (say("Action, as what a session is for"), words.WANTED),
    "learning": (say("Learning, as what a session is for"), words.WANTED),
    "kind": (say("Which learning"), words.LEARNINGS),
    "purpose": (say("What the group is for"), words.PURPOSES),
    "outcome": (say("The program’s primary outcome"), OUTCOMES),
}


class DesignQuery(SaidQuery):
    """`outcome`: whose proposal is shown, with another `form` if one is wished; `asked`: it was sent."""

    outcome = fields.String(validate=validate.Length(max=60), load_default="")
    form = fields.String(validate=validate.Length(max=60), load_default="")
    asked = fields.String(validate=validate.Length(max=5), load_default="")


class FormsQuery(SaidQuery):
    """What the chooser asks; without `action` and `learning` forms stand in their own order."""

    action = fields.String(validate=validate.OneOf(("", *words.WANTED)), load_default="")
    learning = fields.String(validate=validate.OneOf(("", *words.WANTED)), load_default="")
    kind = fields.String(validate=validate.OneOf(("", *words.LEARNINGS)), load_default="")
    purpose = fields.String(validate=validate.OneOf(("", *words.PURPOSES)), load_default="")
    outcome = fields.String(validate=validate.OneOf(("", *OUTCOMES)), load_default="")


@page("GET", "/staff/programs/new", who=WHO, query=DesignQuery, summary="Design a program")
def new_program(call: Call) -> Answer:
    outcome, form = call.query["outcome"], call.query["form"]
    if outcome in OUTCOMES:
        return _proposed(call, outcome, form if form in FORMS else None, typed={})
    nothing = [{"field": "outcome", "text": say("Choose the one question that matters most.")}]
    return _one_question(call, nothing if call.query["asked"] else [])


@page("POST", "/staff/programs", who=WHO, summary="Use a design")
def design_program(call: Call) -> Answer:
    try:
        program = call.ask("membership", "design_program", **_said(call.body))
    except RemoteRefusal as refusal:
        errors, wrong = problems_of(refusal, LABELS)
        outcome, form = call.body.get("outcome", ""), call.body.get("form", "")
        if outcome not in OUTCOMES:
            return _one_question(call, errors)
        chosen = form if form in FORMS else None
        return _proposed(call, outcome, chosen, call.body, 422, errors=errors, wrong=wrong)
    return see_other(f"/staff/programs/{program['id']}")


@page("GET", "/staff/forms", who=WHO, query=FormsQuery, summary="Forms side by side, and which suits")
def forms(call: Call) -> Answer:
    return _forms(call)


@page("POST", "/staff/forms", who=WHO, summary="Name a form as your network calls it")
def name_form(call: Call) -> Answer:
    said = {name: call.body.get(name, "").strip() for name in ("form", "display_name", "licence")}
    try:
        call.ask("membership", "name_form", **said)
    except RemoteRefusal as refusal:
        errors, wrong = problems_of(refusal, NAMING)
        return _forms(call, 422, errors=errors, wrong=wrong, form_typed=call.body)
    return done("/staff/forms", "saved")


def _forms(call: Call, status: int = 200, **values: Any) -> Answer:
    call.query = {**dict.fromkeys(CHOICES, ""), **call.query}
    asked = {name: call.query[name] for name in CHOICES if call.query[name]}
    parts: dict[str, Any] = {"forms": ("membership", "list_forms", {})}
    if {"action", "learning"} <= asked.keys():
        parts["choices"] = ("membership", "choose_forms", asked)
    shown = gather(call, **parts)
    ranked = shown.rows("choices") if "choices" in parts else []
    return shown.show(
        "forms.html",
        status,
        rows=_ranked(shown.rows("forms"), ranked),
        is_ranked=bool(ranked),
        forms_down=shown.is_down("forms"),
        questions=[
            {"name": name, "label": label, "options": options, "is_must": name in ("action", "learning")}
            for name, (label, options) in CHOICES.items()
        ],
        asked=asked,
        outcome=asked.get("outcome", ""),
        named=shown.rows("forms"),
        naming=NAMING,
        **({"form_typed": {}} | values),
    )


def _ranked(forms: list[dict[str, Any]], ranked: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The forms as the chooser ranks them, each with its reasons; else in their own order."""
    by_key = {form["key"]: form | _focus(form) for form in forms}
    return [by_key[one["form"]] | one for one in ranked if one["form"] in by_key] or list(by_key.values())


def _focus(form: dict[str, Any]) -> dict[str, Any]:
    """How far action and learning are meant, in words; remarks stay with the API."""
    levels = {name: form[name].partition(",")[0] for name in ("action", "learning")}
    return {name: worded(words.FOCUS, level) for name, level in levels.items()}


def _one_question(call: Call, errors: list[dict[str, Any]]) -> Answer:
    shown = gather(call, outcomes=("membership", "list_outcomes", {}))
    wrong = {"outcome": errors[0]["text"]} if errors else {}
    status = 422 if errors else 200
    return shown.show("program_new.html", status, outcomes=shown.rows("outcomes"), errors=errors, wrong=wrong)


def _proposed(
    call: Call, outcome: str, form: str | None, typed: dict[str, Any], status: int = 200, **values: Any
) -> Answer:
    proposal = call.ask("membership", "propose_design", outcome=outcome, form=form)
    shown = gather(call, agenda=("sessions", "show_form_agenda", {"form": proposal["form"]}))
    return shown.show(
        "program_proposal.html",
        status,
        proposal=proposal,
        outcome_name=worded(OUTCOMES, outcome),
        reasons=[
            {"part": worded(words.PARTS, part), "why": words.begun(why)}
            for part, why in proposal["reasons"].items()
        ],
        agenda=shown.parts["agenda"],
        labels=LABELS,
        facilitations=FACILITATION,
        courses=words.COURSES,
        form={name: str(proposal[name]) for name in (*NUMBERS, "facilitation")} | dict(typed),
        **values,
    )


def _said(body: dict[str, str]) -> dict[str, Any]:
    """What was typed, as membership takes it; what is no number goes as it is, and is named there."""
    said: dict[str, Any] = {name: body[name] for name in TEXTS if body.get(name)}
    for name in NUMBERS:
        if typed := body.get(name, "").strip():
            said[name] = int(typed) if typed.isdecimal() and len(typed) < 5 else typed
    if body.get("title") or body.get("url"):
        enhances = {name: body[name] for name in ("kind", "title", "url") if body.get(name)}
        said["enhances"] = enhances
    return said
