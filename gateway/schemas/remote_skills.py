"""Shapes of who could lead a cohort, as `/v1` takes and gives them."""

from marshmallow import Schema, fields, validate

LEVELS = ("none", "trained", "experienced")


class RemoteSkillBody(Schema):
    """What is known of leading sessions of people who cannot see one another."""

    level = fields.String(required=True, validate=validate.OneOf(LEVELS))
    note = fields.String(validate=validate.Length(max=300))


class RemoteSkillAnswer(Schema):
    person_id = fields.String(required=True)
    level = fields.String(required=True, validate=validate.OneOf(LEVELS))
    note = fields.String(required=True)
    by = fields.String(required=True)
    at = fields.AwareDateTime(required=True)


class CandidatesQuery(Schema):
    """`virtually`: the cohort meets without seeing one another; recorded skill comes first."""

    virtually = fields.Boolean()


class CandidateAnswer(Schema):
    """`leads`: cohorts they lead already."""

    person_id = fields.String(required=True)
    display_name = fields.String(required=True)
    leads = fields.Integer(required=True)
    remote_skill = fields.String(required=True, validate=validate.OneOf(LEVELS))


class CandidatesAnswer(Schema):
    cohort_id = fields.String(required=True)
    data = fields.List(fields.Nested(CandidateAnswer), required=True)
