"""What is asked after a session; answers are kept apart from names."""

from typing import Any

from gateway.answers import Answer
from gateway.calls import Call
from gateway.portal.frame import done, gather, problems_of
from gateway.portal.pages import SaidQuery
from gateway.routing import SIGNED_IN, page
from services.kit.outcomes import RemoteRefusal

SCALE = ("1", "2", "3", "4", "5")


@page(
    "GET",
    "/questionnaires/{questionnaire_id}",
    who=SIGNED_IN,
    query=SaidQuery,
    summary="What is asked of you",
)
def questionnaire(call: Call) -> Answer:
    return _questionnaire(call, form={})


@page("POST", "/questionnaires/{questionnaire_id}", who=SIGNED_IN, summary="Give feedback")
def give_feedback(call: Call) -> Answer:
    questionnaire_id = call.path["questionnaire_id"]
    answers = dict(_answer(name, said) for name, said in call.body.items() if said)
    try:
        call.ask("feedback", "give_feedback", questionnaire_id=questionnaire_id, answers=answers)
    except RemoteRefusal as refusal:
        return _questionnaire(call, 422, errors=problems_of(refusal)[0], form=call.body)
    return done("/", "given")


def _answer(name: str, said: str) -> tuple[str, int | str]:
    """A field "scale.p_1" or "text.p_5" as its question's key and what was said."""
    kind, _, key = name.partition(".")
    return key, int(said) if kind == "scale" and said in SCALE else said


def _questionnaire(call: Call, status: int = 200, **values: Any) -> Answer:
    shown = call.ask("feedback", "show_questionnaire", questionnaire_id=call.path["questionnaire_id"])
    given = shown.get("standing") == "given"
    return gather(call).show("questionnaire.html", status, questionnaire=shown, given=given, **values)
