"""Shapes of seats beside programs and of advice, as `/v1` takes and gives them."""

from marshmallow import Schema, fields, validate

from gateway.schemas.identity import NAME

ABOUT = ("topic", "issue", "challenge", "goal", "opportunity", "interest")


class SeatBody(Schema):
    """`until`: when the seat ends by itself; without it, when it is taken back."""

    until = fields.AwareDateTime(allow_none=True)


class AdviceBody(Schema):
    """Read by the program's staff and its other advisers."""

    about = fields.String(required=True, validate=validate.OneOf(ABOUT))
    words = fields.String(required=True, validate=(validate.Length(min=1, max=500), NAME[1]))


class SeatAnswer(Schema):
    person_id = fields.String(required=True)
    kind = fields.String(required=True)
    since = fields.AwareDateTime(required=True)
    until = fields.AwareDateTime(required=True, allow_none=True)


class NamedSeatAnswer(SeatAnswer):
    display_name = fields.String(required=True)


class SeatingAnswer(Schema):
    program_id = fields.String(required=True)
    seats = fields.List(fields.Nested(SeatAnswer), required=True)


class NamedSeatingAnswer(Schema):
    program_id = fields.String(required=True)
    seats = fields.List(fields.Nested(NamedSeatAnswer), required=True)


class MySeatAnswer(Schema):
    program_id = fields.String(required=True)
    display_name = fields.String(required=True)
    kind = fields.String(required=True)
    until = fields.AwareDateTime(required=True, allow_none=True)


class MySeatsAnswer(Schema):
    data = fields.List(fields.Nested(MySeatAnswer), required=True)


class ReasonCountAnswer(Schema):
    reason = fields.String(required=True)
    people = fields.Integer(required=True)


class StandingOfProgramAnswer(Schema):
    """Figures over at least three people each; null where fewer stand behind one."""

    program_id = fields.String(required=True)
    display_name = fields.String(required=True)
    outcome = fields.String(required=True)
    standing = fields.String(required=True)
    people = fields.Integer(required=True, allow_none=True)
    advisers = fields.Integer(required=True)
    advisers_taking_part = fields.Boolean(required=True)
    left = fields.Integer(required=True, allow_none=True)
    reasons = fields.List(fields.Nested(ReasonCountAnswer), required=True)


class AdviceAnswer(Schema):
    id = fields.String(required=True)
    program_id = fields.String(required=True)
    person_id = fields.String(required=True)
    about = fields.String(required=True)
    words = fields.String(required=True)
    given_at = fields.AwareDateTime(required=True)
