"""What membership is asked about quests, and how they look from outside."""

from dataclasses import asdict, dataclass
from typing import Any, ClassVar

from marshmallow import ValidationError, fields, post_load, validate, validates_schema

from services.contracts.caller import Caller
from services.membership.domain.quests import REACHES, Quest, hope
from services.membership.messages.identity import ID, NOBODY, ONE_LINE, Asked
from services.membership.messages.program_answers import time_answer

GOAL = (validate.Length(min=1, max=300), ONE_LINE[1])
SAYABLE = ("reach", "has_done", "hope_before", "hope_after")


@dataclass(frozen=True)
class AboutQuest:
    cohort_id: str
    caller: Caller = NOBODY


@dataclass(frozen=True)
class BeginQuest:
    cohort_id: str
    goal: str
    caller: Caller = NOBODY


@dataclass(frozen=True)
class SayInQuest:
    cohort_id: str
    said: dict[str, Any]
    caller: Caller = NOBODY


@dataclass(frozen=True)
class AskBeyond:
    cohort_id: str
    words: str
    question: str
    caller: Caller = NOBODY


@dataclass(frozen=True)
class MyAsks:
    caller: Caller = NOBODY


@dataclass(frozen=True)
class AnswerAsk:
    quest_id: str
    answer: str
    caller: Caller = NOBODY


class AboutQuestSchema(Asked):
    makes: ClassVar[type[Any]] = AboutQuest
    cohort_id = fields.String(required=True, validate=ID)


class BeginQuestSchema(AboutQuestSchema):
    makes = BeginQuest
    goal = fields.String(required=True, validate=GOAL)


class SayInQuestSchema(AboutQuestSchema):
    reach = fields.String(validate=validate.OneOf(REACHES))
    has_done = fields.Boolean(truthy={True}, falsy={False})
    hope_before = fields.Integer(strict=True, validate=validate.Range(1, 5))
    hope_after = fields.Integer(strict=True, validate=validate.Range(1, 5))

    @validates_schema
    def something(self, loaded: dict[str, Any], **_: Any) -> None:
        if not any(name in loaded for name in SAYABLE):
            raise ValidationError(f"Say one of {', '.join(SAYABLE)}.")

    @post_load
    def build(self, loaded: dict[str, Any], **_: Any) -> Any:
        return SayInQuest(loaded.pop("cohort_id"), loaded)


class AskBeyondSchema(AboutQuestSchema):
    makes = AskBeyond
    words = fields.String(required=True, validate=(validate.Length(min=1, max=100), ONE_LINE[1]))
    question = fields.String(required=True, validate=GOAL)


class MyAsksSchema(Asked):
    makes = MyAsks


class AnswerAskSchema(Asked):
    makes = AnswerAsk
    quest_id = fields.String(required=True, validate=ID)
    answer = fields.String(required=True, validate=validate.OneOf(("yes", "no")))


def quest_answer(shown: Any, caller: Caller | None = None) -> dict[str, Any]:
    """A cohort's quest; of what was said in private only one's own."""
    quest = shown.quest
    return {"quest": None if quest is None else _quest(quest, shown.names, caller)}


def asks_answer(asks: Any, caller: Caller | None = None) -> dict[str, Any]:
    return {"data": [ask_answer(one) for one in asks]}


def ask_answer(asked: Any, caller: Caller | None = None) -> dict[str, Any]:
    """What somebody is asked; neither by which cohort, nor what its goal is."""
    quest, ask = asked
    answer = None if ask.answer is None else "yes" if ask.answer else "no"
    return {
        "quest_id": quest.id,
        "question": quest.question,
        "asked_at": time_answer(ask.asked_at),
        "answer": answer,
    }


def _quest(quest: Quest, names: dict[str, str], caller: Caller | None) -> dict[str, Any]:
    outside = {one.person_id for one in quest.asks}
    felt = hope(quest)
    return {
        "id": quest.id,
        "cohort_id": quest.cohort_id,
        "number": quest.number,
        "goal": quest.goal,
        "stage": quest.stage,
        "stage_until": time_answer(quest.stage_until),
        "mine": asdict(quest.view_of(caller.person_id if caller else None)),
        "asked": len(quest.asks),
        "question": quest.question,
        "tellers": [
            {"person_id": one, "display_name": names.get(one, ""), "is_of_cohort": one not in outside}
            for one in quest.tellers
        ],
        "hope": None if felt is None else {"before": felt[0], "after": felt[1]},
    }
