"""Quests: a goal most of a cohort call impossible, who in it did it, and who elsewhere would tell how."""

from gateway.routing import SIGNED_IN, route
from gateway.schemas import quests as shapes

COHORT = "/v1/cohorts/{cohort_id}"
QUEST = f"{COHORT}/quest"
NO_QUEST = {"no-quest": "The cohort has no goal under way."}
NOT_NOW = NO_QUEST | {"quest-at-another-stage": "This is not what comes next."}
WAITING = NOT_NOW | {"answers-missing": "Not everybody has answered, and there is time left."}


@route("GET", QUEST, who=SIGNED_IN, answer=shapes.QuestAnswer, summary="The newest quest of one's cohort")
def show_quest(call):
    """For its members and facilitators; of what was said in private only one's own."""
    return call.ask("membership", "show_quest", **call.path)


@route(
    "POST",
    f"{COHORT}/quests",
    who=SIGNED_IN,
    body=shapes.GoalBody,
    answer=shapes.QuestAnswer,
    status=201,
    summary="Put a goal to one's cohort",
    refusals={"quest-open": "Another goal is under way."},
)
def begin_quest(call):
    return call.ask("membership", "begin_quest", **call.path, **call.body)


@route(
    "PUT",
    f"{QUEST}/view",
    who=SIGNED_IN,
    body=shapes.ViewBody,
    answer=shapes.QuestAnswer,
    summary="Say in private how one sees the goal",
    refusals=NOT_NOW | {"members-only": "Members say it, not who facilitates."},
)
def say_in_quest(call):
    return call.ask("membership", "say_in_quest", **call.path, **call.body)


@route(
    "POST",
    f"{QUEST}/next",
    who=SIGNED_IN,
    answer=shapes.QuestAnswer,
    summary="Take the quest to its next stage",
    refusals=WAITING,
)
def go_on_with_quest(call):
    """When everybody has answered, or at least three did and a week has gone by."""
    return call.ask("membership", "go_on_with_quest", **call.path)


@route(
    "POST",
    f"{QUEST}/asks",
    who=SIGNED_IN,
    body=shapes.BeyondBody,
    answer=shapes.QuestAnswer,
    summary="Ask outside who did it",
    refusals=WAITING | {"nobody-to-ask": "Nobody is found by these words who may be asked."},
)
def ask_beyond(call):
    """At most five people at once, nobody more than twice in 90 days; the cohort does not learn whom."""
    return call.ask("membership", "ask_beyond", **call.path, **call.body)


@route("DELETE", QUEST, who=SIGNED_IN, answer=shapes.QuestAnswer, summary="Close it", refusals=NO_QUEST)
def close_quest(call):
    return call.ask("membership", "close_quest", **call.path)


@route("GET", "/v1/me/asks", who=SIGNED_IN, answer=shapes.AsksAnswer, summary="What other cohorts ask you")
def list_my_asks(call):
    """Whether you would tell how you did something; neither by which cohort, nor for which goal."""
    return call.ask("membership", "list_my_asks")


@route(
    "PUT",
    "/v1/me/asks/{quest_id}",
    who=SIGNED_IN,
    body=shapes.AnswerBody,
    answer=shapes.AskAnswer,
    summary="Answer in private whether you would tell",
)
def answer_ask(call):
    return call.ask("membership", "answer_ask", **call.path, **call.body)
