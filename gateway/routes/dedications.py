"""Mutual dedication where levels differ widely, and another place for whoever asks for one."""

from gateway.routing import SIGNED_IN, roles, route
from gateway.schemas import dedications as shapes

STAFF = roles("network_admin", "program_staff")
DEDICATION = "/v1/cohorts/{cohort_id}/dedication"


@route("GET", DEDICATION, who=SIGNED_IN, answer=shapes.DedicationAnswer, summary="Your own private answer")
def show_dedication(call):
    """Whether you regard the others as equals here and will support their development; for members."""
    return call.ask("membership", "show_dedication", **call.path)


@route(
    "PUT",
    DEDICATION,
    who=SIGNED_IN,
    body=shapes.DedicationBody,
    answer=shapes.DedicationAnswer,
    summary="Answer in private, or ask for another place",
)
def answer_dedication(call):
    return call.ask("membership", "answer_dedication", **call.path, **call.body)


@route(
    "GET",
    "/v1/places-wanted",
    who=STAFF,
    answer=shapes.PlacesWantedAnswer,
    summary="Who asks for another place",
)
def list_places_wanted(call):
    """Without a reason; of cohorts in whose reporting lines the caller stands, nothing."""
    return call.ask("membership", "list_places_wanted")
