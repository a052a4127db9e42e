"""A facilitator's pages: the sessions to run, and the cockpit that always shows the next step."""

from typing import Any

from gateway.answers import Answer
from gateway.calls import Call
from gateway.portal.frame import done, gather, problems_of
from gateway.portal.pages import SaidQuery
from gateway.routing import SIGNED_IN, page
from services.kit.outcomes import RemoteRefusal

PARTS = ("background", "ideas", "sources", "newcomers")
STANDING = "standing_"
Step = dict[str, str]


@page("GET", "/facilitate", who=SIGNED_IN, query=SaidQuery, summary="The sessions you facilitate")
def facilitate(call: Call) -> Answer:
    page = gather(call, sessions=("sessions", "list_facilitated", {}))
    found = page.parts["sessions"]
    return page.show("facilitate.html", sessions=found["data"] if found else [], sessions_down=not found)


@page("GET", "/sessions/{session_id}/cockpit", who=SIGNED_IN, query=SaidQuery, summary="Run a session")
def cockpit(call: Call) -> Answer:
    return _cockpit(call)


@page("POST", "/sessions/{session_id}/open", who=SIGNED_IN, summary="Open the session")
def open_session(call: Call) -> Answer:
    return _carry_out(call, "open_session", "opened")


@page("POST", "/sessions/{session_id}/topics", who=SIGNED_IN, summary="Open the topics")
def start_topics(call: Call) -> Answer:
    return _carry_out(call, "start_topics", "started")


@page("POST", "/sessions/{session_id}/close", who=SIGNED_IN, summary="Close the session")
def close_session(call: Call) -> Answer:
    return _carry_out(call, "close_session", "closed")


@page("POST", "/sessions/{session_id}/attendance", who=SIGNED_IN, summary="Record who is there")
def attendance(call: Call) -> Answer:
    standings = {
        name.removeprefix(STANDING): value
        for name, value in call.body.items()
        if name.startswith(STANDING) and value
    }
    return _carry_out(call, "record_attendance", "saved", standings=standings)


@page("POST", "/sessions/{session_id}/capsule", who=SIGNED_IN, summary="Publish the four-part summary")
def capsule(call: Call) -> Answer:
    return _carry_out(
        call, "publish_capsule", "published", **{part: call.body.get(part, "") for part in PARTS}
    )


def _carry_out(call: Call, ask: str, said: str, **payload: Any) -> Answer:
    session_id = call.path["session_id"]
    try:
        call.ask("sessions", ask, session_id=session_id, **payload)
    except RemoteRefusal as refusal:
        errors, wrong = problems_of(refusal)
        return _cockpit(call, 422, errors=errors, wrong=wrong, form=call.body)
    return done(f"/sessions/{session_id}/cockpit", said)


def _cockpit(call: Call, status: int = 200, **values: Any) -> Answer:
    session_id = call.path["session_id"]
    shown = call.ask("sessions", "show_session", session_id=session_id)
    page = gather(call, commitments=("sessions", "list_commitments", {"cohort_id": shown["cohort_id"]}))
    made = page.parts["commitments"]
    values.setdefault("form", {})
    return page.show(
        "cockpit.html",
        status,
        session=shown,
        cohort_name=shown["cohort_name"],
        members=shown.get("people", []),
        step=_next_step(shown),
        commitments=[one for one in made["data"] if one["session_id"] == session_id] if made else [],
        **values,
    )


def _next_step(session: dict[str, Any]) -> Step:
    """The one thing to do now, and what it does."""
    if session["standing"] == "planned":
        text = "Members see that it is live. Topics stay closed until everyone present has signed."
        return {"title": "Open the session", "text": text, "action": "open", "label": "Open the session"}
    if session["standing"] == "open" and not session.get("topics_started_at"):
        return _gate_step(session.get("gate") or {})
    if session["standing"] == "open":
        text = "Commitments first; then close. Everyone is asked two minutes of feedback."
        return {"title": "Topics are open", "text": text, "action": "close", "label": "Close the session"}
    if session["standing"] == "closed":
        return {
            "title": "Sum it up",
            "text": "Four parts close the session for those who were there and who were not.",
        }
    return {"title": "Summarized", "text": "Nothing is left to do here."}


def _gate_step(gate: dict[str, Any]) -> Step:
    if gate.get("is_open"):
        text = "Everyone present has signed the agreement."
        return {"title": "Open the topics", "text": text, "action": "topics", "label": "Open the topics"}
    names = ", ".join(person["display_name"] for person in gate.get("missing", []))
    text = f"Still to sign: {names}." if names else "Record who is here first."
    return {"title": "The agreement comes first", "text": text}
