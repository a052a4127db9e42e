"""A member's pages: what is next, their cohorts, the agreement, commitments. Sessions are in `sessions`."""

from datetime import UTC, datetime
from typing import Any

from gateway.answers import Answer
from gateway.calls import Call
from gateway.portal.frame import Page, done, gather, problems_of
from gateway.portal.pages import SaidQuery
from gateway.portal.phrases import say
from gateway.portal.words import moment, short_name
from gateway.routing import SIGNED_IN, page
from services.kit.outcomes import RemoteRefusal

OVER = ("closed", "summarised")


@page("GET", "/", who=SIGNED_IN, query=SaidQuery, summary="What is next for you")
def home(call: Call) -> Answer:
    page = gather(
        call,
        next=("sessions", "next_session", {}),
        commitments=("sessions", "list_commitments", {}),
        cohorts=("membership", "list_my_cohorts", {}),
        questionnaires=("feedback", "list_questionnaires", {}),
        seats=("membership", "list_my_seats", {}),
        asks=("membership", "list_my_asks", {}),
        guests=("membership", "list_my_guests", {}),
    )
    found, cohorts = page.parts["next"], page.rows("cohorts")
    return page.show(
        "home.html",
        first_name=short_name((page.me or {}).get("display_name", "")),
        session=found["session"] if found else None,
        session_down=page.is_down("next"),
        commitments=[one for one in page.rows("commitments") if one["standing"] == "open"],
        commitments_down=page.is_down("commitments"),
        cohorts=cohorts,
        is_member=any(one["relation"] == "member" for one in cohorts),
        last=_last_capsule(call, cohorts),
        todos=_todos(page),
        seats=_hearing(page),
    )


@page("GET", "/cohorts", who=SIGNED_IN, query=SaidQuery, summary="Your cohorts")
def cohorts(call: Call) -> Answer:
    page = gather(
        call,
        cohorts=("membership", "list_my_cohorts", {}),
        dates=("scheduling", "my_sessions", {"limit": 100}),
    )
    following: dict[str, dict[str, Any]] = {}
    for slot in page.rows("dates"):
        if slot["standing"] == "scheduled":
            following.setdefault(slot["cohort_id"], slot)
    listed = [one | {"next": following.get(one["id"])} for one in page.rows("cohorts")]
    return page.show("cohorts.html", cohorts=listed, cohorts_down=page.is_down("cohorts"))


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
        sessions=dated(page.rows("sessions")),
        sessions_down=page.is_down("sessions"),
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


@page("POST", "/cohorts/{cohort_id}/ground-rules", who=SIGNED_IN, summary="Word the cohort's own rules")
def word_ground_rules(call: Call) -> Answer:
    cohort_id, typed = call.path["cohort_id"], call.body.get("rules", "")
    call.if_match = call.body.get("tag", "") or "*"
    said = {
        "rules": [line.strip() for line in typed.splitlines() if line.strip()],
        "only_typing_errors": call.body.get("only_typing_errors") == "yes",
    }
    try:
        call.ask("membership", "word_ground_rules", cohort_id=cohort_id, **said)
    except RemoteRefusal as refusal:
        if refusal.kind in ("not-found", "forbidden"):
            raise
        call.if_match = None
        errors, _ = problems_of(refusal)
        errors = [one | {"field": "rules"} for one in errors]
        wrong = {"rules": errors[0]["text"]}
        return _agreement(call, 422, errors=errors, wrong=wrong, rules_typed=typed)
    return done(f"/cohorts/{cohort_id}/agreement", "saved")


@page("GET", "/commitments", who=SIGNED_IN, query=SaidQuery, summary="Your commitments")
def commitments(call: Call) -> Answer:
    return _commitments(call)


@page("POST", "/commitments/{commitment_id}", who=SIGNED_IN, summary="Say how a commitment goes")
def report_commitment(call: Call) -> Answer:
    said = {name: call.body[name] for name in ("standing", "note") if name in call.body}
    try:
        call.ask("sessions", "report_commitment", commitment_id=call.path["commitment_id"], **said)
    except RemoteRefusal as refusal:
        return _commitments(call, 422, errors=problems_of(refusal)[0])
    return done("/commitments", "saved")


def dated(sessions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Sessions in the order of time, each with whether it is over and whether it is the next one."""
    now = datetime.now(UTC)
    ahead = [one["id"] for one in sessions if one["standing"] not in OVER and moment(one["ends_at"]) > now]
    return [
        one | {"is_past": one["id"] not in ahead, "is_next": bool(ahead) and one["id"] == ahead[0]}
        for one in sessions
    ]


def _agreement(call: Call, status: int = 200, **values: Any) -> Answer:
    cohort_id = call.path["cohort_id"]
    shown = call.ask("membership", "show_agreement", cohort_id=cohort_id)
    tag = call.etag
    return gather(call).show(
        "agreement.html",
        status,
        agreement=shown,
        cohort_id=cohort_id,
        tag=tag,
        **{"rules_typed": "\n".join(shown["own_rules"] or ())} | values,
    )


def _commitments(call: Call, status: int = 200, **values: Any) -> Answer:
    page = gather(call, commitments=("sessions", "list_commitments", {}))
    mine = sorted(page.rows("commitments"), key=lambda one: one["standing"] != "open")
    return page.show(
        "commitments.html", status, commitments=mine, commitments_down=page.is_down("commitments"), **values
    )


def _last_capsule(call: Call, cohorts: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The session whose capsule is the latest to read in the first of somebody's cohorts."""
    if not cohorts:
        return None
    about = {"cohort_id": cohorts[0]["id"]}
    page = Page(call, None, call.together({"sessions": ("sessions", "list_sessions", about)}))
    return next((one for one in reversed(page.rows("sessions")) if one["standing"] == "summarised"), None)


def _hearing(page: Page) -> list[dict[str, Any]]:
    """The programs this person advises or champions, each once."""
    hearing = (one for one in page.rows("seats") if one["kind"] != "recipient")
    return list({one["program_id"]: one for one in hearing}.values())


def _todos(page: Page) -> list[dict[str, Any]]:
    """What waits for this person, the quickest first."""
    agreements = [
        {
            "url": f"/cohorts/{one['id']}/agreement",
            "label": say("Read and sign the agreement"),
            "hint": say("3 min · topics open when everyone present has signed"),
        }
        for one in page.rows("cohorts")
        if not one["signed"]
    ]
    asked = [
        {
            "url": f"/questionnaires/{one['id']}",
            "label": say("Tell how session %(number)s was", number=one["number"]),
            "hint": say("2 min · kept apart from your name"),
        }
        for one in page.rows("questionnaires")
        if one["is_open"] and one["standing"] == "asked"
    ]
    guests = [
        {
            "url": f"/guests/{one['id']}",
            "label": say("Say whether a guest may come"),
            "hint": say("1 min · only you see your answer"),
        }
        for one in page.rows("guests")
        if one["face"] == "member" and one["my_answer"] is None
    ]
    stories = [
        {
            "url": "/me/asks",
            "label": say("Somebody asks how you did something"),
            "hint": say("1 min · a no is told to nobody"),
        }
        for one in page.rows("asks")
        if one["answer"] is None
    ]
    return asked + guests + agreements + stories[:1]
