"""Inviting people to have an account, and what an invitation's link leads to."""

from gateway.routes.identity import patiently
from gateway.routing import link, roles, route
from gateway.schemas import accounts as shapes
from gateway.schemas.identity import EmptyAnswer

STAFF = roles("program_staff", "network_admin")


@route(
    "POST",
    "/v1/invitations",
    who=STAFF,
    body=shapes.InvitePeopleBody,
    answer=shapes.InvitingAnswer,
    status=202,
    location="/v1/invitings/{id}",
    summary="Invite people to have an account",
    refusals={"nobody-to-invite": "There is nobody."},
)
def invite_people(call):
    """Each gets a mail, which opens nothing by itself; who has an account by that address gets none.

    Naming somebody who signs in by another address than the one you have for them asks that address first: it
    has 72 hours to stop it.
    """
    return call.ask("membership", "invite_people", **call.body)


@route(
    "GET",
    "/v1/invitings/{inviting_id}",
    who=STAFF,
    answer=shapes.InvitingAnswer,
    summary="How far inviting is",
)
def show_inviting(call):
    return call.ask("membership", "show_inviting", inviting_id=call.path["inviting_id"])


@route(
    "POST",
    "/v1/invitations/{link}/sign-in",
    who=link("join"),
    body=shapes.KnockBody,
    answer=EmptyAnswer,
    status=202,
    keyed=False,
    summary="Have the one-time link sent that an invitation leads to",
)
def knock(call):
    """It goes to the address that was invited; the answer is the same whatever became of the invitation."""
    return patiently(call, "knock", origin=call.request.client, **call.body)
