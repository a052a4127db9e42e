"""A cohort's quest for its members and facilitators, and what somebody outside is asked in private."""

from typing import Any

from gateway.answers import Answer, see_other
from gateway.calls import Call
from gateway.portal.frame import done, gather, problems_of
from gateway.portal.pages import SaidQuery
from gateway.portal.phrases import say
from gateway.routing import SIGNED_IN, page
from services.kit.outcomes import RemoteRefusal

QUEST, ASKS = "/cohorts/{cohort_id}/quest", "/me/asks"
LABELS = {
    "goal": say("The goal"),
    "words": say("Words to look for"),
    "question": say("Your question to them"),
}
REACHES = {
    "within_reach": say("Within reach"),
    "hard": say("Hard, but it can be done"),
    "impossible": say("Impossible"),
    "not_ours": say("Not a goal of mine"),
}
HOPES = {
    "1": say("1, hardly any"),
    "2": say("2"),
    "3": say("3"),
    "4": say("4"),
    "5": say("5, a great deal"),
}
STAGES = {
    "rating": say("How everybody sees it"),
    "reachable": say("Most do not call it impossible"),
    "inside": say("Who here has done it?"),
    "beyond": say("Others are asked"),
    "found": say("Somebody did it"),
    "closed": say("Closed"),
}


@page("GET", QUEST, who=SIGNED_IN, query=SaidQuery, summary="What your cohort calls impossible")
def quest(call: Call) -> Answer:
    return _quest(call)


@page("POST", QUEST, who=SIGNED_IN, summary="Put a goal to your cohort")
def begin_quest(call: Call) -> Answer:
    return _carry_out(call, "begin_quest", goal=call.body.get("goal", ""))


@page("POST", f"{QUEST}/view", who=SIGNED_IN, summary="Say in private how you see it")
def say_in_quest(call: Call) -> Answer:
    said: dict[str, Any] = {}
    if "reach" in call.body:
        said["reach"] = call.body["reach"]
    if "has_done" in call.body:
        said["has_done"] = call.body["has_done"] == "yes"
    for name in ("hope_before", "hope_after"):
        typed = call.body.get(name, "")
        if typed:
            said[name] = int(typed) if typed in HOPES else typed
    return _carry_out(call, "say_in_quest", **said)


@page("POST", f"{QUEST}/next", who=SIGNED_IN, summary="Go on with the quest")
def go_on_with_quest(call: Call) -> Answer:
    return _carry_out(call, "go_on_with_quest")


@page("POST", f"{QUEST}/asks", who=SIGNED_IN, summary="Ask outside who did it")
def ask_beyond(call: Call) -> Answer:
    said = {name: call.body.get(name, "") for name in ("words", "question")}
    return _carry_out(call, "ask_beyond", **said)


@page("POST", f"{QUEST}/close", who=SIGNED_IN, summary="Close the quest")
def close_quest(call: Call) -> Answer:
    return _carry_out(call, "close_quest")


@page("GET", ASKS, who=SIGNED_IN, query=SaidQuery, summary="What other cohorts ask you")
def asks(call: Call) -> Answer:
    shown = call.ask("membership", "list_my_asks")
    return gather(call).show("asks.html", asks=shown["data"])


@page("POST", f"{ASKS}/{{quest_id}}", who=SIGNED_IN, summary="Answer in private whether you would tell")
def answer_ask(call: Call) -> Answer:
    call.ask("membership", "answer_ask", **call.path, answer=call.body.get("answer", ""))
    return done(ASKS, "saved")


def _carry_out(call: Call, ask: str, **said: Any) -> Answer:
    try:
        call.ask("membership", ask, **call.path, **said)
    except RemoteRefusal as refusal:
        if refusal.kind == "not-found":
            raise
        if refusal.code == "own-factor-needed":
            return see_other(f"/cohorts/{call.path['cohort_id']}/quest")  # leads to proving it, and back
        errors, wrong = problems_of(refusal, LABELS)
        return _quest(call, 422, errors=errors, wrong=wrong, form=call.body)
    return done(f"/cohorts/{call.path['cohort_id']}/quest", "saved")


def _quest(call: Call, status: int = 200, **values: Any) -> Answer:
    cohort_id = call.path["cohort_id"]
    shown = call.ask("membership", "show_quest", cohort_id=cohort_id)["quest"]
    part = gather(call, cohort=("membership", "show_cohort", {"cohort_id": cohort_id}))
    cohort = part.parts["cohort"] or {"id": cohort_id, "display_name": "", "roster": []}
    me = call.caller.person_id
    return part.show(
        "quest.html",
        status,
        cohort=cohort,
        quest=shown,
        is_open=bool(shown) and shown["stage"] not in ("reachable", "closed"),
        stage_words=STAGES[shown["stage"]] if shown else "",
        is_member=any(one["person_id"] == me and one["standing"] == "member" for one in cohort["roster"]),
        reaches=REACHES,
        hopes=HOPES,
        labels=LABELS,
        **values,
    )
