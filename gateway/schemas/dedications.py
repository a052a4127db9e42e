"""Shapes of mutual dedication, as `/v1` takes and gives them."""

from marshmallow import Schema, fields, validate

ANSWERS = ("yes", "no", "elsewhere")


class DedicationBody(Schema):
    """Seen by nobody. `no` and `elsewhere` both ask staff for another place, and look the same to them."""

    answer = fields.String(required=True, allow_none=True, validate=validate.OneOf(ANSWERS))


class DedicationAnswer(Schema):
    """`is_asked`: levels in the cohort differ so widely that every member is asked."""

    cohort_id = fields.String(required=True)
    is_asked = fields.Boolean(required=True)
    answer = fields.String(required=True, allow_none=True)


class PlaceWantedAnswer(Schema):
    cohort_id = fields.String(required=True)
    cohort_name = fields.String(required=True)
    person_id = fields.String(required=True)
    display_name = fields.String(required=True)


class PlacesWantedAnswer(Schema):
    data = fields.List(fields.Nested(PlaceWantedAnswer), required=True)
