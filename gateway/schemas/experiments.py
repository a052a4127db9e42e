"""Shapes of experiments, as `/v1` takes and gives them."""

from typing import Any

from marshmallow import Schema, fields, validate

from gateway.schemas.identity import NAME

CHANGES = ("frequency", "length", "facilitation")
DIRECTIONS = ("up", "down")
DECISIONS = ("adopt", "return", "again")
LINE = (validate.Length(max=300), NAME[1])


class NumberOrWay(fields.Field[Any]):
    """Weeks or minutes as a whole number, or a way to facilitate as text."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        if isinstance(value, bool) or not isinstance(value, int | str):
            raise self.make_error("validator_failed")
        return value


class ExperimentBody(Schema):
    """One change: `to` weeks between sessions, minutes of one, or a way to facilitate; and the guess."""

    change = fields.String(required=True, validate=validate.OneOf(CHANGES))
    to = NumberOrWay(required=True, metadata={"oneOf": [{"type": "integer"}, {"type": "string"}]})
    measure = fields.String(required=True, validate=NAME)
    direction = fields.String(required=True, validate=validate.OneOf(DIRECTIONS))
    until = fields.Date(required=True)
    why = fields.String(validate=LINE)


class DecisionBody(Schema):
    """The measure before and after, and what follows from it."""

    before = fields.Float(required=True, validate=validate.Range(-1_000_000, 1_000_000))
    after = fields.Float(required=True, validate=validate.Range(-1_000_000, 1_000_000))
    decision = fields.String(required=True, validate=validate.OneOf(DECISIONS))
    why = fields.String(validate=LINE)


class GuessAnswer(Schema):
    measure = fields.String(required=True)
    direction = fields.String(required=True)
    why = fields.String(required=True)


class FoundAnswer(Schema):
    before = fields.Float(required=True)
    after = fields.Float(required=True)
    difference = fields.Float(required=True)
    decision = fields.String(required=True)
    why = fields.String(required=True)


class ExperimentAnswer(Schema):
    """`guess_held`: whether the measure went where it was expected to; null while it runs."""

    id = fields.String(required=True)
    program_id = fields.String(required=True)
    number = fields.Integer(required=True)
    change = fields.String(required=True)
    was = fields.String(required=True)
    to = fields.String(required=True)
    guess = fields.Nested(GuessAnswer, required=True)
    begun_on = fields.Date(required=True)
    until = fields.Date(required=True)
    standing = fields.String(required=True)
    found = fields.Nested(FoundAnswer, required=True, allow_none=True)
    guess_held = fields.Boolean(required=True, allow_none=True)


class ExperimentsAnswer(Schema):
    data = fields.List(fields.Nested(ExperimentAnswer), required=True)
