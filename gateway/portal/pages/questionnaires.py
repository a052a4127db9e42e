"""What is asked after a session; answers are kept apart from names."""

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
    return _questionnaire(call)


@page("POST", "/questionnaires/{questionnaire_id}", who=SIGNED_IN, summary="Give feedback")
def give_feedback(call: Call) -> Answer:
    questionnaire_id = call.path["questionnaire_id"]
    answers = dict(_answer(name, said) for name, said in call.body.items() if said)
    try:
        call.ask("feedback", "give_feedback", questionnaire_id=questionnaire_id, answers=answers)
    except RemoteRefusal as refusal:
        return _questionnaire(call, 422, refusal=refusal, said=answers)
    return done("/", "given")


@page("POST", "/questionnaires/{questionnaire_id}/withdrawal", who=SIGNED_IN, summary="Take answers back")
def withdraw_feedback(call: Call) -> Answer:
    try:
        call.ask("feedback", "withdraw_feedback", questionnaire_id=call.path["questionnaire_id"])
    except RemoteRefusal as refusal:
        return _questionnaire(call, 422, refusal=refusal)
    return done("/", "taken_back")


def _answer(name: str, said: str) -> tuple[str, int | str]:
    """A field "scale.p_1" or "text.p_5" as its question's key and what was said."""
    kind, _, key = name.partition(".")
    return key, int(said) if kind == "scale" and said in SCALE else said


def _questionnaire(
    call: Call,
    status: int = 200,
    refusal: RemoteRefusal | None = None,
    said: dict[str, int | str] | None = None,
) -> Answer:
    shown = call.ask("feedback", "show_questionnaire", questionnaire_id=call.path["questionnaire_id"])
    questions = shown.get("questions", [])
    labels = {question["key"]: question["text"].rstrip(".?") for question in questions}
    errors, wrong = problems_of(refusal, labels) if refusal else ([], {})
    return gather(call).show(
        "questionnaire.html",
        status,
        questionnaire=shown,
        questions=questions,
        is_open=bool(shown.get("is_open")),
        given=shown.get("standing") == "given",
        answers=said or shown.get("answers") or {},
        errors=errors,
        wrong=wrong,
    )
