"""Experiments on a program's practice: one change at a time, a guess, a comparison, a decision."""

from gateway.routing import roles, route
from gateway.schemas import experiments as shapes

STAFF = roles("network_admin", "program_staff")
EXPERIMENTS = "/v1/programs/{program_id}/experiments"


@route("GET", EXPERIMENTS, who=STAFF, answer=shapes.ExperimentsAnswer, summary="What was tried, newest first")
def list_experiments(call):
    return call.ask("membership", "list_experiments", **call.path)


@route(
    "POST",
    EXPERIMENTS,
    who=STAFF,
    body=shapes.ExperimentBody,
    answer=shapes.ExperimentAnswer,
    status=201,
    summary="Try one change of frequency, length or facilitation",
    refusals={
        "experiment-running": "Another change is being tried.",
        "change-not-within-reason": "The change is none, or none a cohort could carry; or its end is past.",
        "program-ended": "Nothing changes in the program any more.",
    },
)
def begin_experiment(call):
    """It records what is tried; the design changes when it is changed."""
    return call.ask("membership", "begin_experiment", **call.path, **call.body)


@route(
    "PUT",
    f"{EXPERIMENTS}/decision",
    who=STAFF,
    body=shapes.DecisionBody,
    answer=shapes.ExperimentAnswer,
    summary="Compare before and after, and decide",
    refusals={"no-experiment-running": "No change is being tried."},
)
def decide_experiment(call):
    return call.ask("membership", "decide_experiment", **call.path, **call.body)
