"""Shapes of handing a cohort over, as `/v1` takes and gives them."""

from marshmallow import Schema, fields, validate

from gateway.schemas.identity import ID

STEPS = ("external", "paired", "shadowed", "rotating", "self")


class StepBody(Schema):
    """`person_id`: the member who leads next where one does; left out, whose turn it is."""

    step = fields.String(required=True, validate=validate.OneOf(STEPS))
    person_id = fields.String(validate=ID, allow_none=True)
    why = fields.String(validate=validate.Length(max=300))


class TurnBody(Schema):
    """Who leads next; left out, whose turn it is."""

    person_id = fields.String(validate=ID, allow_none=True)


class LeaderAnswer(Schema):
    person_id = fields.String(required=True)
    display_name = fields.String(required=True)


class TurnAnswer(LeaderAnswer):
    led = fields.Integer(required=True)


class EvidenceAnswer(Schema):
    """`sessions` on this step; `attendance` lately, and who has `signed` and `led`, in percent."""

    name = fields.String(required=True)
    has = fields.Integer(required=True)
    needs = fields.Integer(required=True)
    is_enough = fields.Boolean(required=True)


class TakenAnswer(Schema):
    step = fields.String(required=True)
    at = fields.AwareDateTime(required=True)
    by = fields.String(required=True)
    why = fields.String(required=True)


class LadderAnswer(Schema):
    """`evidence` is for `next_step` (null: there is none). `rota`: whose turn it is stands first."""

    cohort_id = fields.String(required=True)
    display_name = fields.String(required=True)
    step = fields.String(required=True, validate=validate.OneOf(STEPS))
    next_step = fields.String(required=True, allow_none=True)
    evidence = fields.List(fields.Nested(EvidenceAnswer), required=True)
    advice = fields.String(required=True, validate=validate.OneOf(("up", "stay", "back")))
    may_step = fields.Boolean(required=True)
    facilitators = fields.List(fields.Nested(LeaderAnswer), required=True)
    rota = fields.List(fields.Nested(TurnAnswer), required=True)
    taken = fields.List(fields.Nested(TakenAnswer), required=True)
