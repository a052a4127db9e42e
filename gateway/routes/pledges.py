"""Pledges: a supervisor's support, asked for by a member, given by a link without an account, or waived."""

from gateway.routes.enrollments import MINE, ONE, OVER, STAFF
from gateway.routing import SIGNED_IN, link, route
from gateway.schemas import enrollments as shapes
from gateway.schemas import pledges


@route(
    "PUT",
    f"{MINE}/pledge",
    who=SIGNED_IN,
    body=pledges.PledgeBody,
    answer=shapes.MyEnrollmentAnswer,
    summary="Ask my supervisor for their support",
    refusals=OVER
    | {
        "no-supervisor-known": "Nobody I report to is known here.",
        "pledge-waived": "The program asks no supervisor, or staff waived it.",
        "pledge-settled": "They have pledged it already.",
        "asked-too-often": "Five times are enough.",
    },
)
def ask_pledge(call):
    """They get a mail with a link, which names neither me nor the program."""
    return call.ask("membership", "ask_pledge", **call.path, **call.body)


@route(
    "PUT",
    f"{MINE}/pledge/waiver",
    who=SIGNED_IN,
    answer=shapes.MyEnrollmentAnswer,
    summary="Wish that my supervisor is not asked",
    refusals=OVER | {"pledge-settled": "They were asked already, or it is waived."},
)
def wish_waiver(call):
    return call.ask("membership", "wish_waiver", **call.path)


@route(
    "PUT",
    f"{ONE}/pledge/waiver",
    who=STAFF,
    answer=shapes.ShownEnrollmentAnswer,
    summary="Waive a supervisor's pledge",
)
def waive_pledge(call):
    """Nothing is sent; a link sent before answers nothing any more."""
    return call.ask("membership", "waive_pledge", **call.path)


@route(
    "GET",
    "/v1/pledges/{link}",
    who=link("pledge"),
    answer=pledges.PledgeAnswer,
    summary="What a supervisor is asked; changes nothing",
    refusals={"no-longer-asked": "Another request or a waiver took its place."},
)
def show_pledge(call):
    return call.ask("membership", "show_pledge")


@route(
    "POST",
    "/v1/pledges/{link}",
    who=link("pledge"),
    body=pledges.AnswerPledgeBody,
    answer=pledges.PledgeAnswer,
    keyed=False,
    summary="Answer as the supervisor",
    refusals={"no-longer-asked": "Another request or a waiver took its place."},
)
def answer_pledge(call):
    return call.ask("membership", "answer_pledge", **call.body)
