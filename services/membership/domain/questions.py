"""What an application asks: questions of ours or a program's own; whether answers fit (R141, R143)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from services.kit.errors import Invalid

SCALE, TEXT, CHOICE = "scale", "text", "choice"
KINDS = (SCALE, TEXT, CHOICE)
MOST_QUESTIONS, MOST_OPTIONS, LONGEST = 12, 10, 1000
Answers = Mapping[str, str | int]


@dataclass(frozen=True)
class Question:
    """One question. `kind`: "scale" (1 to 5), "text", or "choice" (one of `options`)."""

    key: str
    words: str
    kind: str = TEXT
    options: tuple[str, ...] = ()
    is_required: bool = False


QUESTIONS = (
    Question("importance", "How much is at stake for you in what this program is about?", SCALE, (), True),
    Question("expected_value", "What could the group give you that you cannot get alone?"),
    Question("offer", "What could you bring that would help others?"),
)


class QuestionsNotAskable(Invalid):
    """The questions contradict themselves."""

    code = "questions-not-askable"


class AnswersIncomplete(Invalid):
    """An answer is missing, unknown, or does not fit its question; each is named."""

    code = "answers-incomplete"


def check_questions(questions: Sequence[Question]) -> tuple[Question, ...]:
    """Return the questions when they can be asked.

    Raises:
        QuestionsNotAskable: two share a key, or a choice has fewer than two different options.
    """
    for place, one in enumerate(questions):
        if one.key in {other.key for other in questions[:place]}:
            raise _not_askable(place, "key", f"two questions are called {one.key}")
        if one.kind == CHOICE and len(set(one.options)) < 2:
            raise _not_askable(place, "options", "a choice needs two different options at least")
        if one.kind != CHOICE and one.options:
            raise _not_askable(place, "options", "only a choice has options")
    return tuple(questions)


def check_answers(questions: Sequence[Question], answers: Answers) -> dict[str, str | int]:
    """Return the answers in the order of the questions, without empty ones.

    Raises:
        AnswersIncomplete: with a pointer for each answer that is missing, unknown or does not fit.
    """
    known = {one.key for one in questions}
    faults = [_fault(key, "no such question") for key in answers if key not in known]
    kept: dict[str, str | int] = {}
    for one in questions:
        said = answers.get(one.key, "")
        said = said.strip() if isinstance(said, str) else said
        why = _why_not(one, said)
        if why:
            faults.append(_fault(one.key, why))
        elif said != "":
            kept[one.key] = said
    if faults:
        raise AnswersIncomplete("some answers are missing or do not fit", errors=faults)
    return kept


def _why_not(question: Question, said: str | int) -> str:
    if said == "":
        return "needs an answer" if question.is_required else ""
    if question.kind == SCALE:
        is_number = isinstance(said, int) and not isinstance(said, bool)
        return "" if is_number and 1 <= int(said) <= 5 else "a whole number from 1 to 5"
    if not isinstance(said, str):
        return "words, not a number"
    if question.kind == CHOICE and said not in question.options:
        return f"one of: {', '.join(question.options)}"
    return f"at most {LONGEST} characters" if len(said) > LONGEST else ""


def _fault(key: str, detail: str) -> dict[str, str]:
    return {"pointer": f"/answers/{key}", "detail": detail}


def _not_askable(place: int, field: str, detail: str) -> QuestionsNotAskable:
    pointer = {"pointer": f"/questions/{place}/{field}", "detail": detail}
    return QuestionsNotAskable("these questions cannot be asked", errors=[pointer])
