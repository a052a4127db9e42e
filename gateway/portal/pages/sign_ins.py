"""A person's own sign-ins, and going on in another of their networks."""

from typing import Any

from gateway.answers import Answer, see_other
from gateway.calls import Call
from gateway.portal.frame import done, gather, problems_of
from gateway.portal.pages import SaidQuery
from gateway.portal.pages.entering import enter
from gateway.portal.phrases import say
from gateway.routes.identity import patiently
from gateway.routing import SIGNED_IN, page
from services.kit.outcomes import RemoteRefusal

PROBLEMS = {
    "no-such-offer": say("This network offers you nothing to accept. Ask its staff for a new invitation."),
    "network-not-joined": say("You have not joined this network."),
}


@page("GET", "/me/sign-ins", who=SIGNED_IN, query=SaidQuery, summary="Where you are signed in")
def sign_ins(call: Call) -> Answer:
    return _sign_ins(call)


@page("POST", "/me/sign-ins/{sign_in_id}/end", who=SIGNED_IN, keyed=False, summary="End a sign-in")
def end_sign_in(call: Call) -> Answer:
    try:
        call.ask("membership", "revoke_sign_in", sign_in_id=call.path["sign_in_id"])
    except RemoteRefusal as refusal:
        return _sign_ins(call, 422, problems_of(refusal)[0])
    if call.path["sign_in_id"] == call.caller.signin_id:
        return _left(call)
    return done("/me/sign-ins", "ended")


@page("POST", "/me/sign-ins/end-all", who=SIGNED_IN, keyed=False, summary="Sign out everywhere")
def end_all(call: Call) -> Answer:
    call.ask("membership", "sign_out_everywhere")
    return _left(call)


@page("GET", "/me/networks", who=SIGNED_IN, query=SaidQuery, summary="Your networks")
def networks(call: Call) -> Answer:
    return _networks(call)


@page("POST", "/me/networks/{network_id}/join", who=SIGNED_IN, keyed=False, summary="Join a network")
def join(call: Call) -> Answer:
    return _answer_offer(call, "join_network", "joined")


@page("POST", "/me/networks/{network_id}/decline", who=SIGNED_IN, keyed=False, summary="Decline a network")
def decline(call: Call) -> Answer:
    return _answer_offer(call, "decline_network", "declined")


@page("POST", "/me/networks/{network_id}/enter", who=SIGNED_IN, keyed=False, summary="Go to another network")
def enter_network(call: Call) -> Answer:
    if call.path["network_id"] == call.caller.network:
        return see_other("/")
    try:
        tokens = patiently(call, "switch_network", network=call.path["network_id"])
    except RemoteRefusal as refusal:
        return _networks(call, 422, refusal)
    return enter(call, tokens | {"places": 1})


def _sign_ins(call: Call, status: int = 200, errors: Any = ()) -> Answer:
    listed = call.ask("membership", "list_sign_ins")
    page = gather(call, networks=("membership", "list_my_networks", {}))
    names = {one["network"]: one["display_name"] for one in page.rows("networks")}
    return page.show("sign_ins.html", status, sign_ins=listed["data"], names=names, errors=list(errors))


def _answer_offer(call: Call, ask: str, said: str) -> Answer:
    try:
        call.ask("membership", ask, network=call.path["network_id"])
    except RemoteRefusal as refusal:
        return _networks(call, 422, refusal)
    return done("/me/networks", said)


def _networks(call: Call, status: int = 200, refusal: RemoteRefusal | None = None) -> Answer:
    listed = call.ask("membership", "list_my_networks")
    errors = problems_of(refusal)[0] if refusal else []
    if refusal and refusal.code in PROBLEMS:
        errors = [{"field": "", "text": PROBLEMS[refusal.code]}]
    places = listed["data"]
    return gather(call).show(
        "networks.html",
        status,
        joined=[one for one in places if one["standing"] == "joined"],
        offered=[one for one in places if one["standing"] == "offered"],
        errors=errors,
    )


def _left(call: Call) -> Answer:
    answer = see_other("/sign-in")
    answer.headers += call.gateway.sign_out()
    return answer
