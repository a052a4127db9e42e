"""A member's pages: what is next, their cohorts, a session before, during and after, commitments."""

from datetime import UTC, datetime, timedelta
from typing import Any

from gateway.answers import Answer
from gateway.calls import Call
from gateway.portal.frame import Page, done, gather, problems_of
from gateway.portal.pages import SaidQuery
from gateway.portal.words import moment
from gateway.routing import SIGNED_IN, page
from services.kit.outcomes import RemoteRefusal

MEMBER = "member"
FACILITATOR = "facilitator"


@page("GET", "/", who=SIGNED_IN, query=SaidQuery, summary="What is next for you")
def home(call: Call) -> Answer:
    page = gather(
        call,
        next=("sessions", "next_session", {}),
        commitments=("sessions", "list_commitments", {}),
        cohorts=("membership", "list_my_cohorts", {}),
        questionnaires=("feedback", "list_questionnaires", {}),
    )
    found = page.parts["next"]
    open_ones = [one for one in _data(page, "commitments") if one["standing"] == "open"]
    return page.show(
        "home.html",
        first_name=((page.me or {}).get("display_name") or "").split(" ")[0],
        session=found["session"] if found else None,
        session_down=_is_down(page, "next"),
        commitments=open_ones,
        commitments_down=_is_down(page, "commitments"),
        cohorts=_data(page, "cohorts"),
        todos=_todos(page),
    )


@page("GET", "/cohorts", who=SIGNED_IN, query=SaidQuery, summary="Your cohorts")
def cohorts(call: Call) -> Answer:
    page = gather(call, cohorts=("membership", "list_my_cohorts", {}))
    return page.show("cohorts.html", cohorts=_data(page, "cohorts"), base="/cohorts", title="Your cohorts")


@page("GET", "/cohorts/{cohort_id}", who=SIGNED_IN, query=SaidQuery, summary="One of your cohorts")
def cohort(call: Call) -> Answer:
    cohort_id = call.path["cohort_id"]
    shown = call.ask("membership", "show_cohort", cohort_id=cohort_id)
    page = gather(
        call,
        sessions=("sessions", "list_sessions", {"cohort_id": cohort_id}),
        agreement=("membership", "show_agreement", {"cohort_id": cohort_id}),
    )
    agreement = page.parts["agreement"]
    return page.show(
        "cohort.html",
        cohort=shown,
        sessions=_dated(_data(page, "sessions")),
        sessions_down=_is_down(page, "sessions"),
        needs_signature=bool(agreement) and not agreement["signed"],
    )


@page("GET", "/cohorts/{cohort_id}/agreement", who=SIGNED_IN, query=SaidQuery, summary="The agreement")
def agreement(call: Call) -> Answer:
    return _agreement(call)


@page("POST", "/cohorts/{cohort_id}/agreement", who=SIGNED_IN, summary="Sign the agreement")
def sign_agreement(call: Call) -> Answer:
    cohort_id = call.path["cohort_id"]
    try:
        version = call.body.get("version", "")
        call.ask("membership", "sign_agreement", cohort_id=cohort_id, version=version)
    except RemoteRefusal as refusal:
        return _agreement(call, 422, errors=problems_of(refusal)[0])
    return done(f"/cohorts/{cohort_id}", "signed")


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
    said = {
        name: value for name, value in call.body.items() if name in ("what", "due_on", "buddy_id") and value
    }
    try:
        call.ask("sessions", "make_commitment", session_id=session_id, **said)
    except RemoteRefusal as refusal:
        errors, wrong = problems_of(refusal)
        return _session(call, 422, errors=errors, wrong=wrong, form=call.body)
    return done(f"/sessions/{session_id}", "made")


@page("GET", "/commitments", who=SIGNED_IN, query=SaidQuery, summary="Your commitments")
def commitments(call: Call) -> Answer:
    return _commitments(call)


@page("POST", "/commitments/{commitment_id}", who=SIGNED_IN, summary="Say how a commitment goes")
def report_commitment(call: Call) -> Answer:
    try:
        standing = call.body.get("standing", "")
        call.ask("sessions", "report_commitment", commitment_id=call.path["commitment_id"], standing=standing)
    except RemoteRefusal as refusal:
        return _commitments(call, 422, errors=problems_of(refusal)[0])
    return done("/commitments", "saved")


def _session(call: Call, status: int = 200, **values: Any) -> Answer:
    session_id = call.path["session_id"]
    shown = call.ask("sessions", "show_session", session_id=session_id)
    parts = (
        {"capsule": ("sessions", "show_capsule", {"session_id": session_id})}
        if shown.get("has_capsule")
        else {}
    )
    page = gather(call, **parts)
    me = call.caller.person_id
    values.setdefault("form", {"due_on": (datetime.now(UTC) + timedelta(days=14)).date().isoformat()})
    return page.show(
        "session.html",
        status,
        session=shown,
        cohort_name=shown["cohort_name"],
        is_member=shown["face"] == MEMBER,
        is_facilitator=shown["face"] == FACILITATOR,
        others=[peer for peer in shown.get("people", []) if peer["person_id"] != me],
        capsule=page.parts.get("capsule") or None,
        **values,
    )


def _agreement(call: Call, status: int = 200, **values: Any) -> Answer:
    cohort_id = call.path["cohort_id"]
    shown = call.ask("membership", "show_agreement", cohort_id=cohort_id)
    return gather(call).show("agreement.html", status, agreement=shown, cohort_id=cohort_id, **values)


def _commitments(call: Call, status: int = 200, **values: Any) -> Answer:
    page = gather(call, commitments=("sessions", "list_commitments", {}))
    mine = [one for one in _data(page, "commitments") if one["person_id"] == call.caller.person_id]
    return page.show("commitments.html", status, commitments=mine, **values)


def _todos(page: Page) -> list[dict[str, str]]:
    """What waits for this person, the quickest first."""
    asked = [one for one in _data(page, "questionnaires") if one["standing"] == "asked"]
    return [
        {
            "url": f"/questionnaires/{one['id']}",
            "label": "Tell how the session was",
            "hint": "2 min · kept apart from your name",
        }
        for one in asked
    ]


def _dated(sessions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    now = datetime.now(UTC)
    ahead = [one["id"] for one in sessions if moment(one["ends_at"]) > now]
    return [
        one | {"is_past": one["id"] not in ahead, "is_next": bool(ahead) and one["id"] == ahead[0]}
        for one in sessions
    ]


def _data(page: Page, part: str) -> list[dict[str, Any]]:
    found = page.parts[part]
    return found["data"] if found else []


def _is_down(page: Page, part: str) -> bool:
    return getattr(page.parts[part], "reason", "") == "unavailable"
