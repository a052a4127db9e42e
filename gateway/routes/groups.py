"""Self-formed groups: founded from a purpose, joined, formed into a cohort."""

from gateway.routing import SIGNED_IN, route
from gateway.schemas import groups as shapes

ONE = "/v1/groups/{group_id}"
OVER = {"group-not-gathering": "It is formed already, or was closed."}
SAFE = {
    "hard-rule-broken": "Somebody in it is above or below another.",
    "no-common-start": "No weekly start suits everybody.",
    "somebody-gone": "Somebody of it has left the network.",
}


@route(
    "POST",
    "/v1/groups",
    who=SIGNED_IN,
    body=shapes.FoundGroupBody,
    answer=shapes.GroupAnswer,
    status=201,
    location="/v1/groups/{id}",
    summary="Found a group",
    refusals={
        "too-many-groups": "Three groups gather people already.",
        "name-reserved": "The title is another provider's mark.",
        "not-within-reason": "The first day is over, or more than two years away.",
    },
)
def found_group(call):
    return call.ask("membership", "found_group", **call.body)


@route(
    "GET",
    "/v1/groups",
    who=SIGNED_IN,
    answer=shapes.GroupsAnswer,
    summary="Groups I am in or invited to, and those open to all",
)
def list_groups(call):
    return call.ask("membership", "list_groups")


@route("GET", ONE, who=SIGNED_IN, answer=shapes.GroupAnswer, summary="One group")
def show_group(call):
    return call.ask("membership", "show_group", **call.path)


@route(
    "POST",
    f"{ONE}/invitations",
    who=SIGNED_IN,
    body=shapes.InviteBody,
    answer=shapes.GroupAnswer,
    summary="Invite somebody into my group",
    refusals=OVER | {"founder-only": "Only its founder does this.", "group-full": "Too many are invited."},
)
def invite_to_group(call):
    return call.ask("membership", "invite_to_group", **call.path, **call.body)


@route(
    "PUT",
    f"{ONE}/membership",
    who=SIGNED_IN,
    answer=shapes.GroupAnswer,
    summary="Join a group",
    refusals=OVER | SAFE | {"group-full": "It has as many members as its form carries."},
)
def join_group(call):
    """Nobody sits with who is above or below them, and a weekly start suits all."""
    return call.ask("membership", "join_group", **call.path)


@route(
    "DELETE",
    f"{ONE}/membership",
    who=SIGNED_IN,
    answer=shapes.GroupAnswer,
    summary="Leave a group, or decline its invitation",
    refusals=OVER,
)
def leave_group(call):
    """Where its founder leaves, it is closed."""
    return call.ask("membership", "leave_group", **call.path)


@route(
    "POST",
    f"{ONE}/formation",
    who=SIGNED_IN,
    answer=shapes.GroupAnswer,
    status=202,
    location="/v1/groups/{id}",
    summary="Have my group's cohort formed",
    refusals=OVER
    | SAFE
    | {"founder-only": "Only its founder does this.", "group-too-small": "It needs more people."},
)
def form_group(call):
    return call.ask("membership", "form_group", **call.path)
