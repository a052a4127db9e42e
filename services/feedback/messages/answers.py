"""How questionnaires and reports look from outside: what is not named here is not told."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from services.contracts.caller import Caller
from services.feedback.domain.access import audience_of
from services.feedback.domain.questionnaire import Participation, Questionnaire
from services.feedback.domain.questions import Question, questions
from services.feedback.domain.reports import ATTENDANCE, FEWEST, SPONSOR, Figure, Ledger, Report

Answer = dict[str, Any]
WHOLE = "program"
WITHHELD = "own-factor-needed"
READ_BY = {True: "nobody; counted in figures over enough people", False: "you alone"}


@dataclass(frozen=True)
class Seen:
    """A questionnaire as the asked person sees it. `mine`: what they answered, None while they have not."""

    part: Participation
    mine: dict[str, Any] | None
    is_open: bool


@dataclass(frozen=True)
class Listed:
    """Some of a list; `next` is where the following ones begin."""

    items: list[Any]
    next: str | None = None


@dataclass(frozen=True)
class Filed:
    """A report, the ledger it stands in, and the program's display name."""

    report: Report
    ledger: Ledger
    program_name: str


def seen_answer(seen: Seen | Questionnaire, caller: Caller) -> Answer:
    """With questions and own answers for the asked person; for who looks after it, its standing alone.

    To whom text is not open the questions are told without the answers, and that these are withheld: a
    mailbox or an identity provider alone says that it is they (SECURITY 1.36).
    """
    if isinstance(seen, Questionnaire):
        return kept_answer(seen, caller)
    is_withheld = seen.mine is not None and not caller.text_open
    return part_answer(seen) | {
        "questions": [_question(q) for q in questions()],
        "answers": None if is_withheld else seen.mine,
        "withheld": WITHHELD if is_withheld else None,
    }


def part_answer(seen: Seen) -> Answer:
    part = seen.part
    return {
        "id": part.questionnaire_id,
        "session_id": part.session_id,
        "cohort_id": part.cohort_id,
        "number": part.number,
        "standing": part.standing,
        "is_open": seen.is_open,
        "closes_at": moment(part.closes_at),
    }


def given_answer(part: Participation, _: Caller) -> Answer:
    """That somebody took part, or took it back; never what they said."""
    return {"id": part.questionnaire_id, "standing": part.standing}


def kept_answer(questionnaire: Questionnaire, _: Caller) -> Answer:
    """A questionnaire for staff and facilitators: nothing in it moves when somebody answers."""
    return {
        "id": questionnaire.id,
        "program_id": questionnaire.program_id,
        "cohort_id": questionnaire.cohort_id,
        "session_id": questionnaire.session_id,
        "number": questionnaire.number,
        "standing": questionnaire.standing,
        "asked": len(questionnaire.asked),
        "closes_at": moment(questionnaire.closes_at),
        "closed_on": questionnaire.closed_on,
    }


def questionnaires_answer(listed: Listed, caller: Caller) -> Answer:
    data = [
        kept_answer(each, caller) if isinstance(each, Questionnaire) else part_answer(each)
        for each in listed.items
    ]
    return {"data": data, "next": listed.next}


def filed_answer(filed: Filed, _: Caller) -> Answer:
    report = filed.report
    return {
        "id": report.id,
        "program_id": filed.ledger.program_id,
        "program_name": filed.program_name,
        "period_from": report.period.first,
        "period_to": report.period.last,
        "published_on": report.published_on,
        "number": filed.ledger.reports.index(report) + 1,
    }


def reports_answer(listed: Listed, caller: Caller) -> Answer:
    return {"data": [filed_answer(each, caller) for each in listed.items], "next": listed.next}


def report_answer(filed: Filed, caller: Caller) -> Answer:
    """The figures for this caller's audience. Sponsors see groups by number, never by name or id."""
    audience = audience_of(caller)
    names = _group_names(filed, audience)
    figures = [_figure(figure, names) for figure in filed.report.figures[audience]]
    return filed_answer(filed, caller) | {
        "audience": audience,
        "fewest_people": FEWEST[audience],
        "groups": list(names.values()),
        "attendance": [each for each in figures if each["subject"] == ATTENDANCE],
        "satisfaction": _of_kind(figures, "satisfaction"),
        "progress": _of_kind(figures, "progress"),
        "withheld": sum(each["withheld"] is not None for each in figures),
    }


def moment(at: datetime) -> str:
    """Return a time as it stands on the wire: UTC, to the millisecond."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _question(question: Question) -> Answer:
    return {
        "key": question.key,
        "scale": question.scale,
        "text": question.text,
        "is_required": question.scale == "T",
        "read_by": READ_BY[question.figure is not None],
    }


def _group_names(filed: Filed, audience: str) -> dict[str, Answer]:
    names: dict[str, Answer] = {filed.ledger.program_id: {"key": WHOLE, "name": filed.program_name}}
    for number, (cohort_id, display_name) in enumerate(sorted(filed.report.groups), 1):
        is_named = audience != SPONSOR
        names[cohort_id] = {
            "key": cohort_id if is_named else f"group-{number}",
            "name": display_name if is_named else f"Group {number}",
        }
    return names


def _figure(figure: Figure, names: dict[str, Answer]) -> Answer:
    texts = {question.key: question.text for question in questions()}
    return {
        "group": names[figure.group]["key"],
        "group_name": names[figure.group]["name"],
        "subject": figure.subject,
        "text": texts.get(figure.subject, "Attended, of those expected"),
        "mean": figure.mean,
        "low": figure.low,
        "high": figure.high,
        "people": figure.people,
        "withheld": figure.withheld,
    }


def _of_kind(figures: list[Answer], kind: str) -> list[Answer]:
    keys = {question.key for question in questions() if question.figure == kind}
    return [each for each in figures if each["subject"] in keys]
