"""How a program's practice is tried out, for staff: importance of the thread, and one change at a time."""

from typing import Any

from gateway.answers import Answer
from gateway.calls import Call
from gateway.portal.frame import STAFF, done, gather, shown_again
from gateway.portal.pages import SaidQuery
from gateway.portal.phrases import say
from gateway.portal.vocabulary import FACILITATION, worded
from gateway.routing import page, roles
from services.kit.outcomes import RemoteRefusal

WHO = roles(*STAFF)
EXPERIMENTS = "/staff/programs/{program_id}/experiments"
CHANGES = {
    "frequency": say("Weeks between sessions"),
    "length": say("Minutes of a session"),
    "facilitation": say("How it is facilitated"),
}
DIRECTIONS = {"up": say("rises"), "down": say("falls")}
DECISIONS = {
    "adopt": say("Keep the change"),
    "return": say("Go back to how it was"),
    "again": say("Try once more"),
}
MOMENTS = {"enrollment": say("As people begin"), "midway": say("Midway")}
BANDS = {"low": say("low"), "middling": say("middling"), "high": say("high")}
LABELS = {
    "to": say("To"),
    "measure": say("What it is measured by"),
    "until": say("Compared on"),
    "why": say("Why"),
    "before": say("Before"),
    "after": say("After"),
}


@page("GET", EXPERIMENTS, who=WHO, query=SaidQuery, summary="What is tried out in a program")
def experiments(call: Call) -> Answer:
    return _experiments(call)


@page("POST", EXPERIMENTS, who=WHO, summary="Try one change")
def begin_experiment(call: Call) -> Answer:
    names = ("change", "measure", "direction", "until", "why")
    said = {name: call.body.get(name, "") for name in names}
    typed = call.body.get("to", "").strip()
    is_way = said["change"] == "facilitation"
    to = call.body.get("way", "") if is_way else int(typed) if _is_whole(typed) else typed
    return _carry_out(call, "begin_experiment", **said, to=to)


@page("POST", f"{EXPERIMENTS}/decision", who=WHO, summary="Compare and decide")
def decide_experiment(call: Call) -> Answer:
    said = {name: call.body.get(name, "") for name in ("decision", "why")}
    figures = {name: _figure(call.body.get(name, "")) for name in ("before", "after")}
    return _carry_out(call, "decide_experiment", **said, **figures)


def _is_whole(typed: str) -> bool:
    return typed.isascii() and typed.isdecimal() and len(typed) < 10


def _figure(typed: str) -> Any:
    try:
        return float(typed.strip().replace(",", "."))
    except ValueError:
        return typed


def _carry_out(call: Call, ask: str, **said: Any) -> Answer:
    try:
        call.ask("membership", ask, **call.path, **said)
    except RemoteRefusal as refusal:
        return shown_again(call, refusal, LABELS, _experiments)
    return done(f"/staff/programs/{call.path['program_id']}/experiments", "saved")


def _experiments(call: Call, status: int = 200, **values: Any) -> Answer:
    about = {"program_id": call.path["program_id"]}
    shown = call.ask("membership", "list_experiments", **about)["data"]
    part = gather(
        call,
        program=("membership", "show_program", about),
        importance=("membership", "show_importance", about),
    )
    importance = part.parts["importance"] or {"moments": [], "reopen": []}
    return part.show(
        "experiments.html",
        status,
        program=part.parts["program"] or {"id": about["program_id"], "display_name": ""},
        running=next((_worded(one) for one in shown if one["standing"] == "running"), None),
        tried=[_worded(one) for one in shown if one["standing"] != "running"],
        moments=[_moment(one) for one in importance["moments"]],
        reopen=importance["reopen"],
        changes=CHANGES,
        ways=FACILITATION,
        directions=DIRECTIONS,
        decisions=DECISIONS,
        labels=LABELS,
        **values,
    )


def _worded(one: dict[str, Any]) -> dict[str, Any]:
    is_way = one["change"] == "facilitation"
    was, to = (worded(FACILITATION, one[name]) if is_way else one[name] for name in ("was", "to"))
    decided = worded(DECISIONS, one["found"]["decision"]) if one["found"] else ""
    return one | {
        "label": worded(CHANGES, one["change"]),
        "was": was,
        "to": to,
        "direction": worded(DIRECTIONS, one["guess"]["direction"]),
        "decided": decided,
    }


def _moment(one: dict[str, Any]) -> dict[str, Any]:
    words = worded(BANDS, one["band"]) if one["band"] else say("fewer than three have said")
    return {"label": worded(MOMENTS, one["moment"]), "value": words, "is_bad": one["band"] == "low"}
