"""Shapes of stakes, as `/v1` takes and gives them."""

from marshmallow import RAISE, Schema, fields, validate

from gateway.schemas.identity import NAME

LINE = (validate.Length(max=300), NAME[1])
FEW = validate.Length(max=5)


class RatingShape(Schema):
    """How much is at stake, from 1 to 5; null where it is not rated, or to take a rating back."""

    class Meta:
        unknown = RAISE

    enrollment = fields.Integer(strict=True, validate=validate.Range(1, 5), allow_none=True)
    midway = fields.Integer(strict=True, validate=validate.Range(1, 5), allow_none=True)


class StakeBody(Schema):
    """What is named is replaced, the rest stays. All of it is yours; staff see bands of ratings over many."""

    importance = fields.Nested(RatingShape)
    expected = fields.String(validate=LINE)
    gave = fields.String(validate=LINE)
    goals = fields.List(fields.String(validate=LINE), validate=FEW)
    methods = fields.List(fields.String(validate=LINE), validate=FEW)
    evaluation = fields.List(fields.String(validate=LINE), validate=FEW)


class StakeAnswer(Schema):
    program_id = fields.String(required=True)
    importance = fields.Nested(RatingShape, required=True)
    expected = fields.String(required=True)
    gave = fields.String(required=True)
    goals = fields.List(fields.String(), required=True)
    methods = fields.List(fields.String(), required=True)
    evaluation = fields.List(fields.String(), required=True)


class MomentAnswer(Schema):
    moment = fields.String(required=True)
    rated = fields.Integer(required=True)
    band = fields.String(required=True, allow_none=True)


class ImportanceAnswer(Schema):
    """`band` of the median: low, middling, high; null below three. `reopen`: cohorts where it is low."""

    program_id = fields.String(required=True)
    moments = fields.List(fields.Nested(MomentAnswer), required=True)
    reopen = fields.List(fields.String(), required=True)
