"""Guests: who leads announces one, each member answers privately, the guest signs the pledge."""

from typing import Any

from gateway.answers import Answer
from gateway.calls import Call
from gateway.portal.frame import done, gather, problems_of
from gateway.portal.pages import SaidQuery
from gateway.portal.phrases import say
from gateway.routing import SIGNED_IN, page
from services.kit.outcomes import RemoteRefusal

HERE = "/guests/{invitation_id}"
OF_SESSION = "/sessions/{session_id}/guests"
LABELS = {"person_id": say("Who"), "introduced_as": say("Who they are"), "purpose": say("What for")}


@page("GET", OF_SESSION, who=SIGNED_IN, query=SaidQuery, summary="Guests of a session")
def guests(call: Call) -> Answer:
    return _guests(call)


@page("POST", OF_SESSION, who=SIGNED_IN, summary="Announce a guest")
def invite(call: Call) -> Answer:
    said = {name: call.body.get(name, "") for name in LABELS}
    try:
        met = call.ask("membership", "invite_guest", session_id=call.path["session_id"], **said)
    except RemoteRefusal as refusal:
        if refusal.kind == "not-found" and not refusal.errors and "session" in refusal.message:
            raise
        errors, wrong = problems_of(refusal, LABELS)
        return _guests(call, 422, errors=errors, wrong=wrong, form=call.body)
    return done(f"/guests/{met['id']}", "guest_asked")


@page("GET", HERE, who=SIGNED_IN, query=SaidQuery, summary="One guest")
def guest(call: Call) -> Answer:
    return _guest(call)


@page("POST", f"{HERE}/answer", who=SIGNED_IN, summary="Answer privately")
def answer(call: Call) -> Answer:
    return _carry_out(call, "answer_guest", "guest_answered", answer=call.body.get("answer", ""))


@page("POST", f"{HERE}/pledge", who=SIGNED_IN, summary="Sign the guest's pledge")
def pledge(call: Call) -> Answer:
    return _carry_out(call, "pledge_as_guest", "saved")


@page("POST", f"{HERE}/withdrawal", who=SIGNED_IN, summary="Take an invitation back")
def withdraw(call: Call) -> Answer:
    return _carry_out(call, "withdraw_guest", "saved")


def _carry_out(call: Call, ask: str, said: str, **given: Any) -> Answer:
    try:
        call.ask("membership", ask, **call.path, **given)
    except RemoteRefusal as refusal:
        if refusal.kind == "not-found":
            raise
        return _guest(call, 422, errors=problems_of(refusal)[0])
    return done(f"/guests/{call.path['invitation_id']}", said)


def _guest(call: Call, status: int = 200, **values: Any) -> Answer:
    shown = call.ask("membership", "show_guest", **call.path)
    return gather(call).show("guest.html", status, guest=shown, **values)


def _guests(call: Call, status: int = 200, **values: Any) -> Answer:
    listed = call.ask("membership", "list_guests", **call.path)
    page = gather(call, people=("membership", "list_directory", {"limit": 100}))
    session_id = call.path["session_id"]
    return page.show(
        "guests.html",
        status,
        session_id=session_id,
        guests=listed["data"],
        may_invite=listed["may_invite"],
        people=page.rows("people"),
        **values,
    )
