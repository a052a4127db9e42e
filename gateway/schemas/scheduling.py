"""Shapes of dates and places, as `/v1` takes and gives them."""

from marshmallow import Schema, fields, validate

WALL_TIME = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(?!\n)$"
ONE_LINE = r"^[^\x00-\x1f\x7f\u0085\u2028\u2029]*(?!\n)$"


class SlotAnswer(Schema):
    """When and where one session meets. `wall_start` on the clocks of `zone` is meant; UTC follows."""

    session_id = fields.String(required=True)
    cohort_id = fields.String(required=True)
    program_id = fields.String(required=True)
    number = fields.Integer(required=True)
    of = fields.Integer(required=True)
    wall_start = fields.String(required=True)
    zone = fields.String(required=True)
    starts_at = fields.AwareDateTime(required=True)
    ends_at = fields.AwareDateTime(required=True)
    place = fields.String(required=True)
    sequence = fields.Integer(required=True)
    standing = fields.String(required=True, validate=validate.OneOf(["scheduled", "cancelled"]))


class MoveBody(Schema):
    """The new start on the clocks of the session's own zone, to the minute, without an offset."""

    wall_start = fields.String(
        required=True, validate=validate.Regexp(WALL_TIME, error="Not YYYY-MM-DDThh:mm.")
    )


class PlaceBody(Schema):
    """A room, or a link into one; one line. A link is not repeated in mails."""

    place = fields.String(
        required=True,
        validate=[validate.Length(max=300), validate.Regexp(ONE_LINE, error="One line of text.")],
    )
