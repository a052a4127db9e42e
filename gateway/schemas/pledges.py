"""Shapes of pledges, as `/v1` takes and gives them."""

from marshmallow import Schema, fields, validate

from gateway.schemas.identity import ID


class PledgeBody(Schema):
    """`supervisor_id`: which of those one reports to; without it, the first."""

    supervisor_id = fields.String(validate=ID, allow_none=True)


class AnswerPledgeBody(Schema):
    answer = fields.String(required=True, validate=validate.OneOf(("support", "talk", "withdraw")))


class PledgeAnswer(Schema):
    """What is asked of a supervisor, and how it stands; nothing of the content."""

    standing = fields.String(required=True)
    name = fields.String(required=True)
    title = fields.String(required=True)
    sessions = fields.Integer(required=True)
    minutes = fields.Integer(required=True)
    from_day = fields.Date(required=True)
    to_day = fields.Date(required=True)
    practice_hours = fields.Integer(required=True)
    request = fields.String(required=True)
    will = fields.List(fields.String(), required=True)
    knows = fields.String(required=True)
    tip = fields.String(required=True)
