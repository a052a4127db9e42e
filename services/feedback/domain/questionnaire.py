"""One questionnaire after one session, and each person's part in it.

What somebody answered and that they took part never share a document: the participation names a person and
holds no answer; the answer names nobody (adapters/answers.py; SECURITY 3.6).
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TypeVar

from services.contracts.events.feedback import FeedbackGiven, FeedbackRequested, RequestState
from services.contracts.events.sessions import SessionState
from services.feedback.domain.refusals import QuestionnaireClosed
from services.kit.due_entry import Due

OPEN, CLOSING, CLOSED = "open", "closing", "closed"
ASKED, GIVEN, WITHDRAWN = "asked", "given", "withdrawn"
CLOSE, SETTLE = "close", "settle"
OPEN_FOR = timedelta(days=5)
R = TypeVar("R", bound=RequestState)
WAS_THERE = frozenset({"present", "late"})


@dataclass(frozen=True)
class Questionnaire:
    """What is asked of those who were in one session.

    `standing`: "open"; "closing" once nothing more is taken while participations are settled; "closed" then.
    `closed_on` is the ISO day it stopped taking answers: by it an answer belongs to a period.
    """

    id: str
    network: str
    program_id: str
    cohort_id: str
    session_id: str
    number: int
    asked: tuple[str, ...]
    opened_on: str
    closes_at: datetime
    standing: str = OPEN
    closed_on: str | None = None
    revision: int = 0
    due: tuple[Due, ...] = ()


@dataclass(frozen=True)
class Participation:
    """That one person is asked, and whether they answered; never what.

    `is_closed` is set while the questionnaire settles: from then on nothing here changes.
    `was_told` says that the answer was announced; taking it back announces nothing.
    """

    id: str
    network: str
    questionnaire_id: str
    program_id: str
    cohort_id: str
    session_id: str
    person_id: str
    number: int
    closes_at: datetime
    standing: str = ASKED
    is_closed: bool = False
    was_told: bool = False
    revision: int = 0


def plan_questionnaire(questionnaire_id: str, session: SessionState, now: datetime) -> Questionnaire:
    """Return the questionnaire for a closed session, open for five days.

    Asked are those who were there; everyone invited where no attendance was taken.
    """
    there = tuple(mark.person_id for mark in session.attendance if mark.standing in WAS_THERE)
    closes_at = now + OPEN_FOR
    return Questionnaire(
        id=questionnaire_id,
        network=session.network,
        program_id=session.program_id,
        cohort_id=session.cohort_id,
        session_id=session.session_id,
        number=session.number,
        asked=there or session.invited,
        opened_on=now.date().isoformat(),
        closes_at=closes_at,
        due=(Due(CLOSE, closes_at),),
    )


def ask_person(
    participation_id: str, questionnaire: Questionnaire, person_id: str
) -> tuple[Participation, tuple[FeedbackRequested, ...]]:
    """Return one person's part in a questionnaire, and that they are asked."""
    part = Participation(
        id=participation_id,
        network=questionnaire.network,
        questionnaire_id=questionnaire.id,
        program_id=questionnaire.program_id,
        cohort_id=questionnaire.cohort_id,
        session_id=questionnaire.session_id,
        person_id=person_id,
        number=questionnaire.number,
        closes_at=questionnaire.closes_at,
    )
    return part, (_tell(FeedbackRequested, part),)


def is_taking(part: Participation, now: datetime) -> bool:
    """True while answers are taken, changed and taken back."""
    return not part.is_closed and now < part.closes_at


def take_answer(part: Participation, now: datetime) -> tuple[Participation, tuple[FeedbackGiven, ...]]:
    """Note that the person answered; the first time it is announced, later changes are silent.

    Raises:
        QuestionnaireClosed: answers are taken no more.
    """
    if not is_taking(part, now):
        raise QuestionnaireClosed("This questionnaire is closed.")
    if part.standing == GIVEN:
        return part, ()
    after = replace(part, standing=GIVEN, was_told=True)
    return after, () if part.was_told else (_tell(FeedbackGiven, after),)


def take_back(part: Participation, now: datetime) -> Participation:
    """Note that the person took their answer back. Announced to nobody: outside it stays "given".

    Raises:
        QuestionnaireClosed: it is counted by now, and nobody could tell which one it was.
    """
    if not is_taking(part, now):
        raise QuestionnaireClosed("This questionnaire is closed.")
    return replace(part, standing=WITHDRAWN) if part.standing == GIVEN else part


def forget_part(part: Participation) -> tuple[Participation, tuple[FeedbackGiven, ...]]:
    """Note that a forgotten person's answer is gone and none comes any more; that they were asked stays.

    Nobody learns whether they had answered: outside it is "given", so that nobody is reminded.
    """
    if part.is_closed and part.standing != GIVEN:
        return part, ()
    after = replace(part, standing=WITHDRAWN, is_closed=True, was_told=True)
    return after, () if part.was_told else (_tell(FeedbackGiven, after),)


def close_early(questionnaire: Questionnaire, now: datetime) -> Questionnaire:
    """Stop taking answers; what is left to do is due at once. Closing what is closed changes nothing."""
    if questionnaire.standing != OPEN:
        return questionnaire
    return replace(questionnaire, standing=CLOSING, closed_on=now.date().isoformat(), due=(Due(SETTLE, now),))


def settled(questionnaire: Questionnaire) -> Questionnaire:
    """Return the questionnaire with every participation closed: its answers stand."""
    return replace(questionnaire, standing=CLOSED, due=())


def state_of(part: Participation) -> RequestState:
    """Return the part as others know it, for restating."""
    return _tell(RequestState, part)


def _tell(kind: type[R], part: Participation) -> R:
    """Return what is said of the part: who is asked, and that they answered once; nothing of taking back."""
    return kind(
        network=part.network,
        request_id=part.id,
        questionnaire_id=part.questionnaire_id,
        person_id=part.person_id,
        cohort_id=part.cohort_id,
        session_id=part.session_id,
        closes_at=part.closes_at,
        standing=GIVEN if part.was_told else ASKED,
    )
