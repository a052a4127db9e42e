"""One's own profile, and the directory of those who consented to be seen."""

from typing import Any

from gateway.routing import SIGNED_IN, route
from gateway.schemas import profiles as shapes

AROUND = ("latitude", "longitude", "radius_km")
CLOSED = {
    "own-factor-needed": "Prove by your own factor that it is you.",
    "directory-not-open": "Guests, recipients and sponsors see the directory only where a cohort has them.",
}


@route(
    "GET",
    "/v1/me/profile",
    who=SIGNED_IN,
    answer=shapes.ProfileAnswer,
    summary="My profile, and who sees which part of it",
    refusals={"own-factor-needed": CLOSED["own-factor-needed"]},
)
def show_my_profile(call):
    """Until it is saved once it holds what the roster says, shown to nobody."""
    return call.ask("membership", "show_profile")


@route(
    "PATCH",
    "/v1/me/profile",
    who=SIGNED_IN,
    body=shapes.ProfileBody,
    answer=shapes.ProfileAnswer,
    guarded=True,
    summary="Change my profile, or who sees it",
    refusals={
        "own-factor-needed": CLOSED["own-factor-needed"],
        "consent-too-wide": "Ways to reach you are for your own cohorts at most.",
        "half-a-place": "A point needs latitude and longitude.",
    },
)
def change_my_profile(call):
    """From the first save on it is yours: no import changes it."""
    return call.ask("membership", "change_profile", **call.body)


@route(
    "GET",
    "/v1/directory",
    who=SIGNED_IN,
    query=shapes.DirectoryQuery,
    answer=shapes.EntryAnswer,
    paged=True,
    summary="Who can help with what: people who consented to be seen, by name",
    refusals=CLOSED | {"nothing-to-search": "The text holds no word to look for."},
)
def list_directory(call):
    """People of your own cohorts show you more than the rest of the network does."""
    return call.ask("membership", "list_directory", **search_of(call.query))


@route(
    "GET",
    "/v1/directory/{person_id}",
    who=SIGNED_IN,
    answer=shapes.EntryAnswer,
    summary="One person of the directory",
    refusals={"directory-not-open": CLOSED["directory-not-open"]},
)
def show_directory_entry(call):
    return call.ask("membership", "show_entry", person_id=call.path["person_id"])


def search_of(query: dict[str, Any]) -> dict[str, Any]:
    """Return the ask's payload for a query: its words by kind, the circle and the room where there is one."""
    around = {name: query[name] for name in AROUND if name in query}
    room = {name: query[name] for name in ("cohort_id",) if name in query}
    asked = {name: text for name, text in query.items() if name not in (*AROUND, "cohort_id")}
    return {"asked": asked} | room | ({"around": around} if around else {})
