"""A program's launch for staff: what is ready, the purpose, the stakeholders and their word, buy-in."""

from typing import Any

from gateway.answers import Answer
from gateway.calls import Call
from gateway.portal import launch_words as words
from gateway.portal.frame import STAFF, done, gather, shown_again
from gateway.portal.pages import SaidQuery
from gateway.portal.phrases import say
from gateway.portal.vocabulary import worded
from gateway.routing import page, roles
from services.kit.outcomes import RemoteRefusal

WHO = roles(*STAFF)
LAUNCH = "/staff/programs/{program_id}/launch"
LABELS = {
    "purpose": say("Purpose"),
    "goals": say("Goals"),
    "expectation": say("What they expect"),
    "office": say("Office"),
    "said_on": say("Said on"),
    "note": say("In a few words"),
}


@page("GET", LAUNCH, who=WHO, query=SaidQuery, summary="A program's launch guide")
def launch(call: Call) -> Answer:
    return _launch(call)


@page("POST", f"{LAUNCH}/purpose", who=WHO, summary="Word the purpose")
def state_purpose(call: Call) -> Answer:
    return _carry_out(call, "state_purpose", purpose=call.body.get("purpose", ""))


@page("POST", f"{LAUNCH}/stakeholders", who=WHO, summary="Name a group of stakeholders")
def name_stakeholder(call: Call) -> Answer:
    goals = [goal for goal in words.GOALS if call.body.get(f"goal_{goal}")]
    said = {"group": call.body.get("group", ""), "goals": goals}
    return _carry_out(call, "name_stakeholder", **said, expectation=call.body.get("expectation", ""))


@page("POST", f"{LAUNCH}/stakeholders/{{group}}/drop", who=WHO, summary="Take a group off")
def drop_stakeholder(call: Call) -> Answer:
    return _carry_out(call, "drop_stakeholder")


@page("POST", f"{LAUNCH}/stakeholders/{{group}}/verification", who=WHO, summary="A group has verified")
def verify_purpose(call: Call) -> Answer:
    typed = call.body.get("version", "")
    version = int(typed) if typed.isdecimal() and len(typed) < 10 else typed
    return _carry_out(call, "verify_purpose", version=version)


@page("POST", f"{LAUNCH}/buy-ins", who=WHO, summary="Record what somebody senior said")
def record_buy_in(call: Call) -> Answer:
    names = ("office", "stance", "said_on", "note")
    return _carry_out(call, "record_buy_in", **{name: call.body.get(name, "") for name in names})


def _carry_out(call: Call, ask: str, **said: Any) -> Answer:
    try:
        call.ask("membership", ask, **call.path, **said)
    except RemoteRefusal as refusal:
        return shown_again(call, refusal, LABELS, _launch)
    return done(f"/staff/programs/{call.path['program_id']}/launch", "saved")


def _launch(call: Call, status: int = 200, **values: Any) -> Answer:
    program_id = call.path["program_id"]
    shown = call.ask("membership", "show_launch", program_id=program_id)
    part = gather(call, program=("membership", "show_program", {"program_id": program_id}))
    program = part.parts["program"] or {}
    return part.show(
        "launch.html",
        status,
        program_id=program_id,
        program_name=program.get("display_name") or say("The program"),
        launch=shown,
        steps=[
            one | {"label": worded(words.STEPS, one["key"]), "words": words.begun(one["words"])}
            for one in shown["steps"]
        ],
        stakeholders=[_named(one) for one in shown["stakeholders"]],
        overlap=_overlap(shown),
        buy_ins=[one | {"stance": worded(words.STANCES, one["stance"])} for one in shown["buy_ins"]],
        groups=words.GROUPS,
        goals=words.GOALS,
        stances=words.STANCES,
        labels=LABELS,
        **values,
    )


def _named(stakeholder: dict[str, Any]) -> dict[str, Any]:
    goals = [worded(words.GOALS, goal) for goal in stakeholder["goals"]]
    return stakeholder | {"label": worded(words.GROUPS, stakeholder["group"]), "goal_names": goals}


def _overlap(shown: dict[str, Any]) -> list[dict[str, Any]]:
    """The goals with how many groups want each, those that all want first."""
    everyone = len(shown["stakeholders"])
    found = [
        {
            "label": worded(words.GOALS, one["goal"]),
            "words": say("%(some)s of %(all)s", some=one["groups"], all=everyone),
            "is_shared": one["goal"] in shown["shared_goals"],
            "groups": one["groups"],
        }
        for one in shown["goals"]
    ]
    return sorted(found, key=lambda one: -one["groups"])
