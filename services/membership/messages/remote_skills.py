"""What membership is asked about who could lead a cohort, and how it answers."""

from dataclasses import dataclass
from typing import Any

from marshmallow import fields, validate

from services.contracts.caller import Caller
from services.membership.domain.remote_skill import LEVELS
from services.membership.messages.identity import ID, NOBODY, Asked
from services.membership.messages.program_answers import time_answer


@dataclass(frozen=True)
class RecordRemoteSkill:
    person_id: str
    level: str
    note: str = ""
    caller: Caller = NOBODY


@dataclass(frozen=True)
class ListCandidates:
    cohort_id: str
    virtually: bool = False
    caller: Caller = NOBODY


class RecordRemoteSkillSchema(Asked):
    makes = RecordRemoteSkill
    person_id = fields.String(required=True, validate=ID)
    level = fields.String(required=True, validate=validate.OneOf(LEVELS))
    note = fields.String(validate=validate.Length(max=300))


class ListCandidatesSchema(Asked):
    makes = ListCandidates
    cohort_id = fields.String(required=True, validate=ID)
    virtually = fields.Boolean()


def skill_answer(skill: Any, caller: Caller | None = None) -> dict[str, Any]:
    return {
        "person_id": skill.person_id,
        "level": skill.level,
        "note": skill.note,
        "by": skill.by,
        "at": time_answer(skill.at),
    }


def candidates_answer(found: Any, caller: Caller | None = None) -> dict[str, Any]:
    data = [
        {
            "person_id": one.person_id,
            "display_name": found.names[one.person_id],
            "leads": one.load,
            "remote_skill": one.level,
        }
        for one in found.options
    ]
    return {"cohort_id": found.cohort_id, "data": data}
