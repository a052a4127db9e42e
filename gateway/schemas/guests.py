"""Shapes of guests, as `/v1` takes and gives them: never who answered what."""

from marshmallow import Schema, fields, validate

from gateway.schemas.identity import ID

STANDINGS = ("asked", "approved", "not-approved", "withdrawn")


class GuestBody(Schema):
    """Who comes, who they are there (`introduced_as`), and for what; members are asked with these words."""

    person_id = fields.String(required=True, validate=ID)
    introduced_as = fields.String(required=True, validate=validate.Length(min=1, max=120))
    purpose = fields.String(required=True, validate=validate.Length(min=1, max=300))


class GuestAnswerBody(Schema):
    """Private: nobody is ever shown it, and no answer counts as no."""

    answer = fields.String(required=True, validate=validate.OneOf(("yes", "no")))


class GuestAnswer(Schema):
    """A guest as you meet them: as member, host (who leads, or staff) or the guest.

    `standing` is "asked" until `answer_until`, whatever was answered. `my_answer`: your own, until then.
    """

    id = fields.String(required=True)
    cohort_id = fields.String(required=True)
    session_id = fields.String(required=True)
    person_id = fields.String(required=True)
    display_name = fields.String(required=True)
    introduced_as = fields.String(required=True)
    purpose = fields.String(required=True)
    standing = fields.String(required=True, validate=validate.OneOf(STANDINGS))
    answer_until = fields.AwareDateTime(required=True)
    starts_at = fields.AwareDateTime(required=True)
    ends_at = fields.AwareDateTime(required=True)
    has_pledged = fields.Boolean(required=True)
    face = fields.String(required=True, validate=validate.OneOf(("member", "host", "guest")))
    my_answer = fields.String(required=True, allow_none=True, validate=validate.OneOf(("yes", "no")))


class GuestsAnswer(Schema):
    """`may_invite`: the reader may announce a guest of this session."""

    data = fields.List(fields.Nested(GuestAnswer), required=True)
    may_invite = fields.Boolean(required=True)
