"""Shapes of cohorts and agreements, as `/v1` takes and gives them."""

from marshmallow import Schema, fields, validate

from gateway.schemas.identity import ID


class CohortsQuery(Schema):
    program_id = fields.String(validate=ID)


class RosterEntryAnswer(Schema):
    person_id = fields.String(required=True)
    display_name = fields.String(required=True)
    organization_id = fields.String(required=True, allow_none=True)
    zone = fields.String(required=True)
    standing = fields.String(required=True)


class CohortAnswer(Schema):
    """`why`: what the formation counted for this group, in words. `on_hold`: its next session waits.

    `signed_by` is null for staff whom a reporting line to a member keeps out.
    """

    id = fields.String(required=True)
    program_id = fields.String(required=True)
    display_name = fields.String(required=True)
    form = fields.String(required=True)
    roster = fields.List(fields.Nested(RosterEntryAnswer), required=True)
    facilitators = fields.List(fields.Nested(RosterEntryAnswer), required=True)
    session_count = fields.Integer(required=True)
    session_minutes = fields.Integer(required=True)
    weeks_between = fields.Integer(required=True)
    starts_on = fields.Date(required=True)
    agreement_version = fields.String(required=True)
    signed_by = fields.List(fields.String(), required=True, allow_none=True)
    standing = fields.String(required=True)
    on_hold = fields.Boolean(required=True)
    why = fields.List(fields.String(), required=True)


class MyCohortAnswer(CohortAnswer):
    relation = fields.String(required=True)
    signed = fields.Boolean(required=True)


class MyCohortsAnswer(Schema):
    data = fields.List(fields.Nested(MyCohortAnswer), required=True)


class FacilitatorsBody(Schema):
    """`meets_virtually`: one of them has to have the skill of that on record."""

    person_ids = fields.List(
        fields.String(validate=ID), required=True, validate=validate.Length(min=1, max=4)
    )
    meets_virtually = fields.Boolean(truthy={True}, falsy={False})


class KeyAnswer(Schema):
    headline = fields.String(required=True)
    sentence = fields.String(required=True)


class SignerAnswer(Schema):
    person_id = fields.String(required=True)
    display_name = fields.String(required=True)
    signed = fields.Boolean(required=True)


class AgreementAnswer(Schema):
    """`own_rules`: the cohort's own, beside the Keys; `new_rules`: those the reader has not signed yet.

    Own rules and `signers` are null for staff. `may_word`: the reader words the own rules.
    """

    cohort_id = fields.String(required=True)
    version = fields.String(required=True)
    title = fields.String(required=True)
    before = fields.String(required=True)
    keys = fields.List(fields.Nested(KeyAnswer), required=True)
    after = fields.String(required=True)
    pledge = fields.String(required=True)
    signed = fields.Boolean(required=True)
    own_rules = fields.List(fields.String(), required=True, allow_none=True)
    new_rules = fields.List(fields.String(), required=True, allow_none=True)
    may_word = fields.Boolean(required=True)
    signers = fields.List(fields.Nested(SignerAnswer), required=True, allow_none=True)


class GroundRulesBody(Schema):
    """Sentences, in order, beside the Keys. `only_typing_errors`: nothing else is said, signatures stay."""

    rules = fields.List(
        fields.String(validate=validate.Length(min=1, max=300)),
        required=True,
        validate=validate.Length(max=10),
    )
    only_typing_errors = fields.Boolean(truthy={True}, falsy={False})


class SignatureBody(Schema):
    """The version that was read."""

    version = fields.String(required=True, validate=validate.Length(min=1, max=60))


class SignatureAnswer(Schema):
    cohort_id = fields.String(required=True)
    version = fields.String(required=True)
    signed = fields.Boolean(required=True)
    signed_count = fields.Integer(required=True)
