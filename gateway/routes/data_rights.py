"""A person's own data: taken along, and forgotten."""

from datetime import UTC, datetime

from gateway.answers import download
from gateway.own_data import archive_of
from gateway.routing import SIGNED_IN, roles, route
from gateway.schemas import data_rights as shapes

ADMIN = roles("network_admin")
PROOF = {"own-factor-needed": "Prove by your own factor that it is you, in the last 15 minutes."}
BEGUN = {"erasure-begun": "It has begun and cannot be taken back any more."}
LAST = {"last-admin": "Make somebody else an admin of the network first."}


@route(
    "GET",
    "/v1/me/export",
    who=SIGNED_IN,
    answers_media="application/zip",
    summary="Everything about me, as one archive",
    refusals={
        "own-factor-needed": "Your words open to your own factor.",
        "export-too-large": "There is too much for one archive.",
    },
)
def export_my_data(call):
    """A JSON file for each of the five services, your sessions as a calendar file, and what it all means.

    Your own words are in clear; what others wrote is not in it.
    """
    day = datetime.now(UTC).date().isoformat()
    return download(archive_of(call), "application/zip", f"commonthread-{day}.zip")


@route(
    "POST",
    "/v1/me/erasure",
    who=SIGNED_IN,
    answer=shapes.ErasureAnswer,
    status=202,
    location="/v1/me/erasure",
    summary="Have me forgotten",
    refusals=PROOF | BEGUN | LAST,
)
def ask_my_erasure(call):
    """It begins in 72 hours; until then it can be taken back. Asking again while it waits changes nothing."""
    return call.ask("membership", "ask_erasure")


@route("GET", "/v1/me/erasure", who=SIGNED_IN, answer=shapes.ErasureAnswer, summary="How far my erasure is")
def show_my_erasure(call):
    return call.ask("membership", "show_erasure")


@route(
    "DELETE",
    "/v1/me/erasure",
    who=SIGNED_IN,
    answer=shapes.ErasureAnswer,
    summary="Stay after all",
    refusals=BEGUN,
)
def cancel_my_erasure(call):
    return call.ask("membership", "cancel_erasure")


@route(
    "POST",
    "/v1/people/{person_id}/erasure",
    who=ADMIN,
    answer=shapes.ErasureAnswer,
    status=202,
    location="/v1/people/{person_id}/erasure",
    summary="Have a person forgotten who asked for it",
    refusals=PROOF | BEGUN | LAST,
)
def ask_erasure(call):
    """The person is told by mail, and has 72 hours to take it back."""
    return call.ask("membership", "ask_erasure", person_id=call.path["person_id"])


@route(
    "GET",
    "/v1/people/{person_id}/erasure",
    who=ADMIN,
    answer=shapes.ErasureAnswer,
    summary="How far a person's erasure is",
)
def show_erasure(call):
    return call.ask("membership", "show_erasure", person_id=call.path["person_id"])


@route(
    "DELETE",
    "/v1/people/{person_id}/erasure",
    who=ADMIN,
    answer=shapes.ErasureAnswer,
    summary="Keep a person after all",
    refusals=BEGUN,
)
def cancel_erasure(call):
    return call.ask("membership", "cancel_erasure", person_id=call.path["person_id"])


@route(
    "GET",
    "/v1/erasures",
    who=ADMIN,
    answer=shapes.ErasureAnswer,
    paged=True,
    summary="Who is being forgotten, and how far it is",
)
def list_erasures(call):
    """The newest first. Those who are forgotten stand here as an id."""
    return call.ask("membership", "list_erasures")
