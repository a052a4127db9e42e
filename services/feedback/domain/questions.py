"""What is asked after a session (CONTENT 4.2), and what is an answer to it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from services.feedback.domain.refusals import BadAnswers

AFTER_SESSION = "after_session"
LONGEST_TEXT = 2000


@dataclass(frozen=True)
class Question:
    """One question. `scale` is "T" (1 not at all true … 5 fully) or "text"; texts may be left out.

    `figure` names the part of a report it is counted in; None: nobody but its author reads the answer.
    """

    key: str
    scale: str
    text: str
    figure: str | None = None


@cache
def questions(moment: str = AFTER_SESSION) -> tuple[Question, ...]:
    """Return what is asked at that moment, in order."""
    text = files(__package__).joinpath("questions.json").read_text(encoding="utf-8")
    return tuple(Question(**each) for each in json.loads(text)[moment])


def counted() -> tuple[Question, ...]:
    """Return the questions whose answers go into figures."""
    return tuple(question for question in questions() if question.figure)


def check_answers(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Return the answers as they are kept: every scale answered, texts trimmed, empty ones left out.

    Scales may not be skipped, so that whoever took part is known to be counted in every figure.

    Raises:
        BadAnswers: with one pointer per fault.
    """
    known = {question.key: question for question in questions()}
    errors = [_fault(key, "is not asked") for key in answers if key not in known]
    kept: dict[str, Any] = {}
    for question in known.values():
        fault = _wrong(question, answers.get(question.key))
        if fault:
            errors.append(_fault(question.key, fault))
        elif answers.get(question.key) not in (None, ""):
            kept[question.key] = answers[question.key]
    if errors:
        raise BadAnswers("These answers cannot be taken as they are.", errors=errors)
    return kept


def _wrong(question: Question, value: Any) -> str | None:
    if question.scale == "T":
        is_whole = isinstance(value, int) and not isinstance(value, bool)
        return None if is_whole and 1 <= value <= 5 else "is a whole number from 1 to 5"
    if value is None or (isinstance(value, str) and len(value) <= LONGEST_TEXT and "\x00" not in value):
        return None
    return f"is a text of at most {LONGEST_TEXT} characters"


def _fault(key: str, detail: str) -> dict[str, str]:
    return {"pointer": f"/answers/{key}", "detail": detail}
