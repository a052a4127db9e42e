"""Shapes of self-formed groups, as `/v1` takes and gives them."""

from marshmallow import Schema, fields, validate

from gateway.schemas.enrollments import SupervisorAnswer as NamedPerson
from gateway.schemas.identity import ID, NAME

PURPOSES = ("goal_attainment", "problem_solving", "training", "support", "networking")
KINDS = ("training", "coaching", "board")


class FoundGroupBody(Schema):
    """Purpose first, then kind. `learns`: what is to be learned. `is_open`: who finds it may join; else by
    invitation alone. `starts_on`: no session before this day; left out, in two weeks.
    """

    title = fields.String(required=True, validate=NAME)
    purpose = fields.String(required=True, validate=validate.OneOf(PURPOSES))
    kind = fields.String(required=True, validate=validate.OneOf(KINDS))
    learns = fields.String(required=True, validate=NAME)
    is_open = fields.Boolean(truthy={True}, falsy={False})
    starts_on = fields.Date(allow_none=True)


class InviteBody(Schema):
    person_id = fields.String(required=True, validate=ID)


class KitAnswer(Schema):
    """`agenda`: the form whose agenda is the first one; `invitation`: to change and to send oneself."""

    choosing = fields.List(fields.String(), required=True)
    invitation = fields.String(required=True)
    agenda = fields.String(required=True)
    tips = fields.List(fields.String(), required=True)


class GroupAnswer(Schema):
    """`relation`: founder, member, invited or open. Names are for members and invited, `kit` for the founder.

    `standing`: gathering, forming, formed or closed.
    """

    id = fields.String(required=True)
    title = fields.String(required=True)
    purpose = fields.String(required=True)
    kind = fields.String(required=True)
    learns = fields.String(required=True)
    form = fields.String(required=True)
    size_low = fields.Integer(required=True)
    size_high = fields.Integer(required=True)
    starts_on = fields.Date(required=True)
    is_open = fields.Boolean(required=True)
    standing = fields.String(required=True)
    size = fields.Integer(required=True)
    relation = fields.String(required=True)
    cohort_id = fields.String(required=True, allow_none=True)
    members = fields.List(fields.Nested(NamedPerson), required=True)
    invited = fields.List(fields.Nested(NamedPerson), required=True)
    kit = fields.Nested(KitAnswer, required=True, allow_none=True)


class GroupsAnswer(Schema):
    data = fields.List(fields.Nested(GroupAnswer), required=True)
