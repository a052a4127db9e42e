"""A facilitator's pages: the sessions to run, and the cockpit that always shows the next step."""

from typing import Any

from gateway.answers import Answer
from gateway.calls import Call
from gateway.portal.frame import done, gather, is_closed, problems_of
from gateway.portal.pages import SaidQuery
from gateway.portal.phrases import say
from gateway.routing import SIGNED_IN, page
from services.kit.outcomes import RemoteRefusal

PARTS = {
    "background": say("1. Background: why it matters"),
    "ideas": say("2. Ideas, challenges, strategies, tools"),
    "sources": say("3. Sources"),
    "newcomers": say("4. For newcomers"),
}
STANDING = "standing_"
OVER = ("closed", "summarised", "cancelled")
Step = dict[str, Any]


@page("GET", "/facilitate", who=SIGNED_IN, query=SaidQuery, summary="The sessions you facilitate")
def facilitate(call: Call) -> Answer:
    page = gather(call, sessions=("sessions", "list_facilitated", {"limit": 100}))
    listed = page.rows("sessions")
    return page.show(
        "facilitate.html",
        ahead=[one for one in listed if one["standing"] not in OVER],
        over=[one for one in listed if one["standing"] in OVER],
        sessions_down=page.is_down("sessions"),
    )


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
    parts = {part: call.body.get(part, "") for part in PARTS}
    return _carry_out(call, "publish_capsule", "published", **parts)


def _carry_out(call: Call, ask: str, said: str, **payload: Any) -> Answer:
    session_id = call.path["session_id"]
    try:
        call.ask("sessions", ask, session_id=session_id, **payload)
    except RemoteRefusal as refusal:
        errors, wrong = problems_of(refusal, PARTS)
        return _cockpit(call, 422, errors=errors, wrong=wrong, form=call.body)
    return done(f"/sessions/{session_id}/cockpit", said)


def _cockpit(call: Call, status: int = 200, **values: Any) -> Answer:
    session_id = call.path["session_id"]
    shown = call.ask("sessions", "show_session", session_id=session_id)
    parts = {"commitments": ("sessions", "list_commitments", {"cohort_id": shown["cohort_id"], "limit": 100})}
    if shown.get("has_capsule"):
        parts["capsule"] = ("sessions", "show_capsule", {"session_id": session_id})
    page = gather(call, **parts)
    values.setdefault("form", {})
    return page.show(
        "cockpit.html",
        status,
        session=shown,
        cohort_name=shown["cohort_name"],
        members=shown.get("people", []),
        step=_next_step(shown),
        part_labels=PARTS,
        capsule=page.parts.get("capsule") or None,
        capsule_closed=is_closed(page.parts.get("capsule")),
        commitments=[one for one in page.rows("commitments") if one["session_id"] == session_id],
        commitments_down=page.is_down("commitments"),
        **values,
    )


def _next_step(session: dict[str, Any]) -> Step:
    """The one thing to do now, and what it does; `waits` while others have to act first."""
    standing = session["standing"]
    if standing == "open":
        return _open_step(session) if session.get("topics_started_at") else _gate_step(session["gate"])
    if session.get("is_held"):
        text = say(
            "The program's staff look at how the cohort is put together. Nothing is to be done by you."
        )
        return {"title": say("This session waits"), "text": text, "waits": True}
    if standing == "planned":
        title = say("Open the session")
        text = say("Members see that it is live. Topics stay closed until everyone present has signed.")
        return {"title": title, "text": text, "action": "open", "label": title}
    if standing == "closed":
        text = say("Four parts close the session for those who were there and who were not.")
        return {"title": say("Sum it up"), "text": text}
    if standing == "cancelled":
        return {
            "title": say("Called off"),
            "text": say("This session does not take place. Everyone was told."),
        }
    return {"title": say("Summarized"), "text": say("The capsule is published. Nothing is left to do here.")}


def _open_step(session: dict[str, Any]) -> Step:
    text = say("Commitments first; then close. Everyone is asked two minutes of feedback.")
    return {
        "title": say("Topics are open"),
        "text": text,
        "action": "close",
        "label": say("Close the session"),
    }


def _gate_step(gate: dict[str, Any]) -> Step:
    if gate["is_open"]:
        title, text = say("Open the topics"), say("Everyone present has signed the agreement.")
        return {"title": title, "text": text, "action": "topics", "label": title}
    names = ", ".join(person["display_name"] for person in gate.get("missing", []))
    text = say("Still to sign: %(names)s.", names=names) if names else say("Record below who is here first.")
    return {"title": say("The agreement comes first"), "text": text, "waits": True}
