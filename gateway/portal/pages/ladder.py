"""Handing over: where a cohort stands on the ladder, what the next step needs, and whose turn it is."""

from typing import Any

from gateway.answers import Answer
from gateway.calls import Call
from gateway.portal.frame import done, gather, problems_of
from gateway.portal.pages import SaidQuery
from gateway.portal.phrases import say
from gateway.routing import SIGNED_IN, page
from services.kit.outcomes import RemoteRefusal

HERE = "/cohorts/{cohort_id}/hand-over"
STEPS = {
    "external": say("Somebody from outside leads"),
    "paired": say("A member leads beside them"),
    "shadowed": say("A member leads, the outsider watches"),
    "rotating": say("Another member leads each time"),
    "self": say("All of you lead"),
}
EVIDENCE = {
    "sessions": say("Sessions held on this step"),
    "attendance": say("Attendance lately, in percent"),
    "signed": say("Members who have signed, in percent"),
    "led": say("Members who have led, in percent"),
}


@page("GET", HERE, who=SIGNED_IN, query=SaidQuery, summary="How far your cohort leads itself")
def ladder(call: Call) -> Answer:
    return _ladder(call)


@page("POST", f"{HERE}/step", who=SIGNED_IN, summary="Take a step")
def take_step(call: Call) -> Answer:
    said = {"step": call.body.get("step", ""), "why": call.body.get("why", "")}
    return _carry_out(call, "take_step", said | _named(call))


@page("POST", f"{HERE}/turn", who=SIGNED_IN, summary="Hand the next session on")
def hand_on(call: Call) -> Answer:
    return _carry_out(call, "hand_on", _named(call))


def _named(call: Call) -> dict[str, Any]:
    return {"person_id": call.body.get("person_id") or None}


def _carry_out(call: Call, ask: str, said: dict[str, Any]) -> Answer:
    try:
        call.ask("membership", ask, **call.path, **said)
    except RemoteRefusal as refusal:
        if refusal.kind == "not-found":
            raise
        return _ladder(call, 422, errors=problems_of(refusal, EVIDENCE)[0])
    return done(f"/cohorts/{call.path['cohort_id']}/hand-over", "saved")


def _ladder(call: Call, status: int = 200, **values: Any) -> Answer:
    shown = call.ask("membership", "show_ladder", **call.path)
    place = list(STEPS).index(shown["step"])
    return gather(call).show(
        "hand_over.html",
        status,
        ladder=shown,
        steps=[{"key": key, "label": label, "is_here": key == shown["step"]} for key, label in STEPS.items()],
        words=STEPS,
        evidence_words=EVIDENCE,
        earlier=list(STEPS)[:place],
        **values,
    )
