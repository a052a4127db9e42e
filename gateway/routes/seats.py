"""Seats beside programs: advisory committee, champions, recipients of results; and what advisers say."""

from gateway.routing import SIGNED_IN, roles, route
from gateway.schemas import seats as shapes

STAFF = roles("network_admin", "program_staff")
PROGRAM = "/v1/programs/{program_id}"
SEAT = f"{PROGRAM}/seats/{{kind}}/{{person_id}}"


@route("GET", f"{PROGRAM}/seats", who=STAFF, answer=shapes.NamedSeatingAnswer, summary="Who stands beside it")
def list_seats(call):
    """Advisers, champions and recipients of results, those whose seat ran out, too."""
    return call.ask("membership", "list_seats", **call.path)


@route(
    "PUT",
    SEAT,
    who=STAFF,
    body=shapes.SeatBody,
    answer=shapes.SeatingAnswer,
    summary="Give somebody a seat: adviser, champion or recipient",
    refusals={
        "seat-ends-in-the-past": "The seat would have ended before it began.",
        "too-many-seats": "More seats of a kind than a program has.",
        "no-results-for-others": "Only committees and quality circles have results that others receive.",
    },
)
def give_seat(call):
    return call.ask("membership", "give_seat", **call.path, **call.body)


@route("DELETE", SEAT, who=STAFF, answer=shapes.SeatingAnswer, summary="Take a seat back")
def take_seat(call):
    return call.ask("membership", "take_seat", **call.path)


@route(
    "GET", "/v1/me/seats", who=SIGNED_IN, answer=shapes.MySeatsAnswer, summary="Your seats beside programs"
)
def list_my_seats(call):
    return call.ask("membership", "list_my_seats")


@route(
    "GET",
    f"{PROGRAM}/standing",
    who=SIGNED_IN,
    answer=shapes.StandingOfProgramAnswer,
    summary="How a program does, in figures over many",
    refusals={"not-beside-this-program": "Neither staff nor an adviser or champion of it."},
)
def show_standing(call):
    """For staff, its advisers and champions, and advisers of the whole network. It holds no text."""
    return call.ask("membership", "show_standing", **call.path)


@route(
    "GET",
    f"{PROGRAM}/advice",
    who=SIGNED_IN,
    answer=shapes.AdviceAnswer,
    paged=True,
    summary="What its advisers said, newest first",
    refusals={"not-beside-this-program": "Neither staff nor an adviser or champion of it."},
)
def list_advice(call):
    return call.ask("membership", "list_advice", **call.path)


@route(
    "POST",
    f"{PROGRAM}/advice",
    who=SIGNED_IN,
    body=shapes.AdviceBody,
    answer=shapes.AdviceAnswer,
    status=201,
    summary="Advise a program",
    refusals={"not-beside-this-program": "Neither staff nor an adviser or champion of it."},
)
def give_advice(call):
    return call.ask("membership", "give_advice", **call.path, **call.body)
