"""A person's sign-in address and moves of it; what links from mails about it do."""

from typing import Any

from gateway.answers import Answer
from gateway.calls import Call
from gateway.portal.frame import done, gather, plain_page, problems_of
from gateway.portal.pages import SaidQuery
from gateway.portal.phrases import say
from gateway.routes.accounts import OF_MOVES
from gateway.routes.identity import patiently
from gateway.routing import SIGNED_IN, page
from services.kit.outcomes import RemoteRefusal

LABELS = {"email": say("New address")}


@page("GET", "/me/addresses", who=SIGNED_IN, query=SaidQuery, summary="Your addresses")
def addresses(call: Call) -> Answer:
    return _addresses(call)


@page("POST", "/me/addresses", who=SIGNED_IN, keyed=False, summary="Sign in with another address")
def move_address(call: Call) -> Answer:
    email = call.body.get("email", "").strip()
    try:
        patiently(call, "move_address", email=email)
    except RemoteRefusal as refusal:
        errors, wrong = problems_of(refusal, LABELS)
        return _addresses(call, 422, errors=errors, wrong=wrong, email=email)
    return done("/me/addresses", "move_asked")


@page(
    "POST", "/me/addresses/{move_id}/stop", who=SIGNED_IN, keyed=False, summary="Stop a move of your address"
)
def stop_move(call: Call) -> Answer:
    try:
        call.ask("membership", "stop_move", move_id=call.path["move_id"])
    except RemoteRefusal as refusal:
        return _addresses(call, 422, errors=problems_of(refusal)[0])
    return done("/me/addresses", "move_stopped")


@page("GET", "/addresses/{link}", who=OF_MOVES, summary="A link about an address: shows it, changes nothing")
def linked_move(call: Call) -> Answer:
    return _linked(call)


@page("POST", "/addresses/{link}", who=OF_MOVES, keyed=False, summary="Confirm, agree to or stop a move")
def answer_move(call: Call) -> Answer:
    chosen = call.body.get("answer", "")
    try:
        call.ask("membership", "answer_move", answer=chosen)
    except RemoteRefusal as refusal:
        return _linked(call, 422, errors=problems_of(refusal)[0])
    return _linked(call, chosen=chosen or "confirm")


def _addresses(call: Call, status: int = 200, **values: Any) -> Answer:
    shown = call.ask("membership", "show_addresses")
    waiting = [one for one in shown["moves"] if one["standing"] == "waiting"]
    return gather(call).show("addresses.html", status, shown=shown, waiting=waiting, **values)


def _linked(call: Call, status: int = 200, **values: Any) -> Answer:
    move = call.ask("membership", "show_linked_move")
    act = (call.caller.link or {}).get("act")
    page = plain_page(call)
    return page.show("address_link.html", status, move=move, act=act, token=call.path["link"], **values)
