"""What is at stake for participants: how important the thread is, what they expect and want to learn."""

from gateway.routing import SIGNED_IN, roles, route
from gateway.schemas import stakes as shapes

STAFF = roles("network_admin", "program_staff")
PROGRAM = "/v1/programs/{program_id}"


@route(
    "GET", f"{PROGRAM}/stake", who=SIGNED_IN, answer=shapes.StakeAnswer, summary="What is at stake for you"
)
def show_stake(call):
    """Yours alone: importance of the thread, expected value, own goals, methods and means of evaluation."""
    return call.ask("membership", "show_stake", **call.path)


@route(
    "PATCH",
    f"{PROGRAM}/stake",
    who=SIGNED_IN,
    body=shapes.StakeBody,
    answer=shapes.StakeAnswer,
    summary="Say what is at stake for you",
    refusals={"not-midway-yet": "Midway is rated by who is in a cohort."},
)
def say_stake(call):
    return call.ask("membership", "say_stake", **call.path, **call.body)


@route(
    "GET",
    f"{PROGRAM}/importance",
    who=STAFF,
    answer=shapes.ImportanceAnswer,
    summary="How important the thread is to those in it",
)
def show_importance(call):
    """Bands over at least three people; a low one says that the thread is to be opened again."""
    return call.ask("membership", "show_importance", **call.path)
