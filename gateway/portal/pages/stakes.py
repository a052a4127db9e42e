"""What a program means to one participant: theirs alone to write and to read."""

from typing import Any

from gateway.answers import Answer, see_other
from gateway.calls import Call
from gateway.portal.frame import done, gather, problems_of
from gateway.portal.pages import SaidQuery
from gateway.portal.phrases import say
from gateway.routing import SIGNED_IN, page
from services.kit.outcomes import RemoteRefusal

STAKE = "/programs/{program_id}/stake"
LINES = ("expected", "gave")
LISTS = ("goals", "methods", "evaluation")
RATINGS = ("1", "2", "3", "4", "5")
LABELS = {
    "enrollment": say("How much is at stake for you, as you begin"),
    "midway": say("How much is at stake for you, midway"),
    "expected": say("What the group could give you"),
    "gave": say("What it gave you in the end"),
    "goals": say("What you want to learn"),
    "methods": say("How you want to learn it"),
    "evaluation": say("By what you will see that you did"),
}
SCALE = {
    "1": say("1, next to nothing"),
    "2": say("2"),
    "3": say("3, something"),
    "4": say("4"),
    "5": say("5, a great deal"),
}


@page("GET", STAKE, who=SIGNED_IN, query=SaidQuery, summary="What is at stake for you")
def stake(call: Call) -> Answer:
    return _stake(call)


@page("POST", STAKE, who=SIGNED_IN, summary="Say what is at stake for you")
def say_stake(call: Call) -> Answer:
    program_id = call.path["program_id"]
    try:
        call.ask("membership", "say_stake", program_id=program_id, **_said(call.body))
    except RemoteRefusal as refusal:
        if refusal.kind == "not-found":
            raise
        if refusal.code == "own-factor-needed":
            return see_other(f"/programs/{program_id}/stake")  # which leads to proving it, and back
        refusal.errors = [error | {"pointer": _field(error["pointer"])} for error in refusal.errors]
        errors, wrong = problems_of(refusal, LABELS)
        return _stake(call, 422, errors=errors, wrong=wrong, form=call.body)
    return done(f"/programs/{program_id}/stake", "saved")


def _said(form: dict[str, Any]) -> dict[str, Any]:
    rated = {name: _rating(form[name]) for name in ("enrollment", "midway") if name in form}
    said: dict[str, Any] = {"importance": rated} if rated else {}
    said |= {name: form[name] for name in LINES if name in form}
    return said | {
        name: [line.strip() for line in form[name].splitlines() if line.strip()]
        for name in LISTS
        if name in form
    }


def _rating(typed: str) -> Any:
    return int(typed) if typed in RATINGS else typed or None


def _field(pointer: str) -> str:
    """The field of the page that a pointer into what was sent means."""
    parts = pointer.strip("/").split("/")
    return "/" + (parts[-1] if parts[0] == "importance" and len(parts) > 1 else parts[0])


def _stake(call: Call, status: int = 200, **values: Any) -> Answer:
    program_id = call.path["program_id"]
    shown = call.ask("membership", "show_stake", program_id=program_id)
    part = gather(call, program=("membership", "show_program", {"program_id": program_id}))
    stands = {name: shown[name] for name in LINES} | {name: "\n".join(shown[name]) for name in LISTS}
    stands |= {name: str(rating or "") for name, rating in shown["importance"].items()}
    typed = values.pop("form", None) or {}
    return part.show(
        "stake.html",
        status,
        program=part.parts["program"] or {"id": program_id, "display_name": ""},
        form=stands | dict(typed),
        scale=SCALE,
        labels=LABELS,
        **values,
    )
