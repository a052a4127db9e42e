"""One session as its members see it: before, during and after."""

from datetime import UTC, datetime, timedelta
from typing import Any

from gateway.answers import Answer
from gateway.calls import Call
from gateway.portal.frame import done, gather, is_closed, problems_of
from gateway.portal.pages import SaidQuery
from gateway.portal.phrases import say
from gateway.routing import SIGNED_IN, page
from services.kit.outcomes import RemoteRefusal

MEMBER = "member"
FACILITATOR = "facilitator"
PRACTICE = timedelta(days=14)  # proposed for a commitment
LABELS = {"what": say("What you will do"), "due_on": say("By"), "buddy_id": say("Who asks you")}


@page("GET", "/sessions/{session_id}", who=SIGNED_IN, query=SaidQuery, summary="A session")
def session(call: Call) -> Answer:
    return _session(call)


@page("POST", "/sessions/{session_id}/rsvp", who=SIGNED_IN, summary="Answer an invitation")
def rsvp(call: Call) -> Answer:
    session_id, answer = call.path["session_id"], call.body.get("answer", "")
    try:
        call.ask("sessions", "record_rsvp", session_id=session_id, answer=answer)
    except RemoteRefusal as refusal:
        return _session(call, 422, errors=problems_of(refusal)[0])
    return done(f"/sessions/{session_id}", answer)


@page("POST", "/sessions/{session_id}/commitments", who=SIGNED_IN, summary="Make a commitment")
def commit(call: Call) -> Answer:
    session_id = call.path["session_id"]
    said = {name: call.body[name] for name in LABELS if call.body.get(name)}
    try:
        call.ask("sessions", "make_commitment", session_id=session_id, **said)
    except RemoteRefusal as refusal:
        errors, wrong = problems_of(refusal, LABELS)
        return _session(call, 422, errors=errors, wrong=wrong, form=call.body)
    return done(f"/sessions/{session_id}", "made")


def _session(call: Call, status: int = 200, **values: Any) -> Answer:
    session_id = call.path["session_id"]
    shown = call.ask("sessions", "show_session", session_id=session_id)
    parts: dict[str, tuple[str, str, dict[str, Any]]] = {"commitments": ("sessions", "list_commitments", {})}
    if shown.get("has_capsule"):
        parts["capsule"] = ("sessions", "show_capsule", {"session_id": session_id})
    page = gather(call, **parts)
    me = call.caller.person_id
    values.setdefault("form", {"due_on": (datetime.now(UTC) + PRACTICE).date().isoformat()})
    return page.show(
        "session.html",
        status,
        session=shown,
        cohort_name=shown.get("cohort_name", ""),
        is_member=shown["face"] == MEMBER,
        is_facilitator=shown["face"] == FACILITATOR,
        others=[peer for peer in shown.get("people", []) if peer["person_id"] != me],
        made=[one for one in page.rows("commitments") if one["session_id"] == session_id],
        capsule=page.parts.get("capsule") or None,
        capsule_closed=is_closed(page.parts.get("capsule")),
        **values,
    )
