"""One's own account: sign-ins, networks, addresses."""

from gateway.http import Problem
from gateway.routes.identity import patiently
from gateway.routing import SIGNED_IN, link, route
from gateway.schemas import accounts as shapes
from gateway.schemas.identity import TokensAnswer

OF_MOVES = link("confirm_address", "former_address")
OVER = {"address-move-over": "It is done or stopped already."}
NO_OFFER = {"no-such-offer": "Nothing to accept here: none, run out, withdrawn, or somebody else's."}


@route("GET", "/v1/me/sign-ins", who=SIGNED_IN, answer=shapes.SignInsAnswer, summary="Where I am signed in")
def list_sign_ins(call):
    """In all my networks; of each device a few words, never an address it came from."""
    return call.ask("membership", "list_sign_ins")


@route(
    "DELETE",
    "/v1/me/sign-ins/{sign_in_id}",
    who=SIGNED_IN,
    status=204,
    keyed=False,
    summary="End one of my sign-ins",
    refusals={"no-such-sign-in": "None of mine is called so, or it is over."},
)
def revoke_sign_in(call):
    call.ask("membership", "revoke_sign_in", sign_in_id=call.path["sign_in_id"])


@route("DELETE", "/v1/me/sign-ins", who=SIGNED_IN, status=204, keyed=False, summary="Sign out everywhere")
def sign_out_everywhere(call):
    """Ends every sign-in of mine, this one included, and every link on its way to me."""
    call.ask("membership", "sign_out_everywhere")


@route(
    "POST",
    "/v1/sign-ins/switch",
    who=SIGNED_IN,
    body=shapes.SwitchBody,
    answer=TokensAnswer,
    keyed=False,
    summary="Go on in another of my networks",
    refusals={"network-not-joined": "I have not joined it."},
)
def switch_network(call):
    """Under a new sign-in: the tokens until now are dead."""
    return patiently(call, "switch_network", **call.body)


@route("GET", "/v1/me/networks", who=SIGNED_IN, answer=shapes.PlacesAnswer, summary="My networks")
def list_my_networks(call):
    """Those I joined and those that offer themselves."""
    return call.ask("membership", "list_my_networks")


@route(
    "PUT",
    "/v1/me/networks/{network_id}",
    who=SIGNED_IN,
    answer=shapes.PlaceAnswer,
    keyed=False,
    summary="Join a network that offers itself to me",
    refusals=NO_OFFER,
)
def join_network(call):
    """Repeating it changes nothing."""
    return call.ask("membership", "join_network", network=call.path["network_id"])


@route(
    "DELETE",
    "/v1/me/networks/{network_id}",
    who=SIGNED_IN,
    status=204,
    keyed=False,
    summary="Decline an offer",
    refusals=NO_OFFER,
)
def decline_network(call):
    call.ask("membership", "decline_network", network=call.path["network_id"])


@route(
    "POST",
    "/v1/me/networks",
    who=SIGNED_IN,
    body=shapes.AcceptInvitationBody,
    answer=shapes.PlaceAnswer,
    keyed=False,
    summary="Join by an invitation, with the account I have",
    refusals=NO_OFFER,
)
def accept_invitation(call):
    """Whatever address it was sent to: who holds the link and is signed in joins as the person invited."""
    return join_by_invitation(call, call.body["invitation"])


@route(
    "GET",
    "/v1/me/addresses",
    who=SIGNED_IN,
    answer=shapes.AddressesAnswer,
    summary="My sign-in address, and moves of it",
)
def show_addresses(call):
    return call.ask("membership", "show_addresses")


@route(
    "POST",
    "/v1/me/address-moves",
    who=SIGNED_IN,
    body=shapes.MoveAddressBody,
    answer=shapes.MoveAnswer,
    status=202,
    keyed=False,
    summary="Sign in with another address",
    refusals={"same-address": "It is the present one.", "too-many-tries": "Five a day."},
)
def move_address(call):
    """The new address has to confirm. Then it is done as soon as the old one agrees, or after 72 hours."""
    return patiently(call, "move_address", **call.body)


@route(
    "DELETE",
    "/v1/me/address-moves/{move_id}",
    who=SIGNED_IN,
    status=204,
    keyed=False,
    summary="Stop a move of my address",
    refusals=OVER | {"no-such-address-move": "None of mine is called so."},
)
def stop_move(call):
    call.ask("membership", "stop_move", move_id=call.path["move_id"])


@route(
    "GET",
    "/v1/address-moves/{link}",
    who=OF_MOVES,
    answer=shapes.LinkedMoveAnswer,
    summary="What a link about an address is for; changes nothing",
)
def show_linked_move(call):
    return call.ask("membership", "show_linked_move")


@route(
    "POST",
    "/v1/address-moves/{link}",
    who=OF_MOVES,
    body=shapes.AnswerMoveBody,
    answer=shapes.LinkedMoveAnswer,
    keyed=False,
    summary="Confirm at the new address; agree or stop at the old one",
    refusals=OVER,
)
def answer_move(call):
    return call.ask("membership", "answer_move", **call.body)


def join_by_invitation(call, token):
    """Ask membership to join as the person an invitation's link names. Raises: Problem 404 or 410."""
    held = call.gateway.link_holder(token)
    act, subject = (held.link or {})["act"], (held.link or {})["subject"]
    if act != "join":
        raise Problem(404, "not-found", "nothing is here")
    invitation_id, _, number = subject.partition("/")
    named = {"network": held.network, "invitation_id": invitation_id, "round": int(number or 0)}
    return call.ask("membership", "join_network", **named)
