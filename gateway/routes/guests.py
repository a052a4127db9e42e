"""Guests of a session: announced, let in by every member's private yes, for one session."""

from gateway.routing import SIGNED_IN, route
from gateway.schemas import guests as shapes

GUEST = "/v1/guest-invitations/{invitation_id}"


@route(
    "POST",
    "/v1/sessions/{session_id}/guests",
    who=SIGNED_IN,
    body=shapes.GuestBody,
    answer=shapes.GuestAnswer,
    status=201,
    location="/v1/guest-invitations/{id}",
    summary="Ask a cohort whether somebody may come to one session (who leads it, or staff)",
    refusals={
        "guest-not-possible": "Of the cohort already, gone, or in a line of a member.",
        "too-late-for-guest": "Members have until a day before the session to answer.",
    },
)
def invite_guest(call):
    """Somebody is asked about once for a session; asking again shows how it stands."""
    return call.ask("membership", "invite_guest", **call.path, **call.body)


@route(
    "GET",
    "/v1/sessions/{session_id}/guests",
    who=SIGNED_IN,
    answer=shapes.GuestsAnswer,
    summary="Who was announced as a guest of a session",
)
def list_guests(call):
    return call.ask("membership", "list_guests", **call.path)


@route(
    "GET",
    "/v1/me/guest-invitations",
    who=SIGNED_IN,
    answer=shapes.GuestsAnswer,
    summary="Guests I am asked about, and where I am one",
)
def list_my_guests(call):
    return call.ask("membership", "list_my_guests")


@route("GET", GUEST, who=SIGNED_IN, answer=shapes.GuestAnswer, summary="One guest")
def show_guest(call):
    return call.ask("membership", "show_guest", **call.path)


@route(
    "PUT",
    f"{GUEST}/answer",
    who=SIGNED_IN,
    body=shapes.GuestAnswerBody,
    answer=shapes.GuestAnswer,
    summary="Say privately whether you are comfortable with a guest (members)",
    refusals={"answers-closed": "The time to answer is over."},
)
def answer_guest(call):
    """May be changed until a day before the session. Nobody is shown it, not even as a count."""
    return call.ask("membership", "answer_guest", **call.path, **call.body)


@route(
    "PUT",
    f"{GUEST}/pledge",
    who=SIGNED_IN,
    answer=shapes.GuestAnswer,
    summary="Sign the guest's pledge (the guest, once let in)",
)
def pledge_as_guest(call):
    """From then on the pass is good, from a quarter of an hour before the session to its end."""
    return call.ask("membership", "pledge_as_guest", **call.path)


@route("DELETE", GUEST, who=SIGNED_IN, answer=shapes.GuestAnswer, summary="Take an invitation back (hosts)")
def withdraw_guest(call):
    return call.ask("membership", "withdraw_guest", **call.path)
