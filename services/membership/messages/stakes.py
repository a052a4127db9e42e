"""What membership is asked about stakes, and how they look from outside."""

from dataclasses import dataclass
from typing import Any, ClassVar

from marshmallow import RAISE, Schema, fields, post_load, validate

from services.contracts.caller import Caller
from services.membership.domain.stakes import LISTS, MOMENTS, Stake
from services.membership.messages.identity import ID, NOBODY, ONE_LINE, Asked

LINE = (validate.Length(max=300), ONE_LINE[1])
FEW = validate.Length(max=5)


@dataclass(frozen=True)
class AboutStake:
    program_id: str
    caller: Caller = NOBODY


@dataclass(frozen=True)
class SayStake:
    program_id: str
    said: dict[str, Any]
    caller: Caller = NOBODY


class AboutStakeSchema(Asked):
    makes: ClassVar[type[Any]] = AboutStake
    program_id = fields.String(required=True, validate=ID)


class ImportanceSchema(Schema):
    """How much is at stake, 1 to 5, for one moment or both; null takes a rating back."""

    class Meta:
        unknown = RAISE

    enrollment = fields.Integer(strict=True, validate=validate.Range(1, 5), allow_none=True)
    midway = fields.Integer(strict=True, validate=validate.Range(1, 5), allow_none=True)


class SayStakeSchema(AboutStakeSchema):
    importance = fields.Nested(ImportanceSchema)
    expected = fields.String(validate=LINE)
    gave = fields.String(validate=LINE)
    goals = fields.List(fields.String(validate=LINE), validate=FEW)
    methods = fields.List(fields.String(validate=LINE), validate=FEW)
    evaluation = fields.List(fields.String(validate=LINE), validate=FEW)

    @post_load
    def build(self, loaded: dict[str, Any], **_: Any) -> Any:
        return SayStake(loaded.pop("program_id"), loaded)


def stake_answer(stake: Stake, caller: Caller | None = None) -> dict[str, Any]:
    return {
        "program_id": stake.program_id,
        "importance": {moment: stake.importance.get(moment) for moment in MOMENTS},
        "expected": stake.expected,
        "gave": stake.gave,
    } | {name: list(getattr(stake, name)) for name in LISTS}


def importance_answer(rated: Any, caller: Caller | None = None) -> dict[str, Any]:
    """Bands over at least three people, and no person."""
    return {
        "program_id": rated.program_id,
        "moments": [{"moment": one.moment, "rated": one.rated, "band": one.band} for one in rated.moments],
        "reopen": list(rated.reopen),
    }
