"""What membership is asked about handing a cohort over, and how it answers: counts and shares, no absence."""

from dataclasses import asdict, dataclass
from typing import Any

from marshmallow import fields, validate

from services.contracts.caller import Caller
from services.membership.domain.ladder import STEPS
from services.membership.messages.identity import ID, NOBODY, Asked
from services.membership.messages.program_answers import time_answer


@dataclass(frozen=True)
class ShowLadder:
    cohort_id: str
    caller: Caller = NOBODY


@dataclass(frozen=True)
class TakeStep:
    cohort_id: str
    step: str
    person_id: str | None = None
    why: str = ""
    caller: Caller = NOBODY


@dataclass(frozen=True)
class HandOn:
    cohort_id: str
    person_id: str | None = None
    caller: Caller = NOBODY


class ShowLadderSchema(Asked):
    makes = ShowLadder
    cohort_id = fields.String(required=True, validate=ID)


class TakeStepSchema(Asked):
    makes = TakeStep
    cohort_id = fields.String(required=True, validate=ID)
    step = fields.String(required=True, validate=validate.OneOf(STEPS))
    person_id = fields.String(validate=ID, allow_none=True)
    why = fields.String(validate=validate.Length(max=300))


class HandOnSchema(Asked):
    makes = HandOn
    cohort_id = fields.String(required=True, validate=ID)
    person_id = fields.String(validate=ID, allow_none=True)


def ladder_answer(standing: Any, caller: Caller | None = None) -> dict[str, Any]:
    cohort, ladder = standing.cohort, standing.ladder
    names = {entry.person_id: entry.display_name for entry in (*cohort.facilitators, *cohort.roster)}
    return {
        "cohort_id": cohort.id,
        "display_name": cohort.display_name,
        "step": ladder.step,
        "next_step": ladder.following,
        "evidence": [asdict(one) | {"is_enough": one.is_enough} for one in ladder.evidence],
        "advice": ladder.advice,
        "may_step": standing.may_step,
        "facilitators": [_named(entry.person_id, names) for entry in cohort.facilitators],
        "rota": [_named(turn.person_id, names) | {"led": turn.led} for turn in ladder.rota],
        "taken": [
            {"step": one.step, "at": time_answer(one.at), "by": one.by, "why": one.why}
            for one in cohort.steps
        ],
    }


def _named(person_id: str, names: dict[str, str]) -> dict[str, Any]:
    return {"person_id": person_id, "display_name": names.get(person_id, "")}
