"""Handing a cohort over to its members, step by step, and back."""

from gateway.routing import SIGNED_IN, route
from gateway.schemas import ladder as shapes

LADDER = "/v1/cohorts/{cohort_id}/ladder"
LINE = {"hard-rule-broken": "Who would lead stands above or below a member."}


@route("GET", LADDER, who=SIGNED_IN, answer=shapes.LadderAnswer, summary="How far a cohort leads itself")
def show_ladder(call):
    """For its members, who leads it, and staff who are strangers to it."""
    return call.ask("membership", "show_ladder", **call.path)


@route(
    "PUT",
    f"{LADDER}/step",
    who=SIGNED_IN,
    body=shapes.StepBody,
    answer=shapes.LadderAnswer,
    summary="Take one step up by evidence, or step back (who leads, or staff)",
    refusals=LINE
    | {
        "no-such-step": "It is where the cohort stands, or more than one step up.",
        "evidence-missing": "What was held so far does not bear it; each lack is named.",
        "not-a-member": "Only a member takes a turn.",
        "nobody-outside": "Nobody neutral from outside is there to step back to.",
    },
)
def take_step(call):
    return call.ask("membership", "take_step", **call.path, **call.body)


@route(
    "PUT",
    "/v1/cohorts/{cohort_id}/turn",
    who=SIGNED_IN,
    body=shapes.TurnBody,
    answer=shapes.LadderAnswer,
    summary="Hand the next session on: to whose turn it is, or (skipped, swapped) to another member",
    refusals=LINE
    | {
        "not-rotating": "Another member leads each time on one step alone.",
        "not-a-member": "Only a member can.",
    },
)
def hand_on(call):
    return call.ask("membership", "hand_on", **call.path, **call.body)
