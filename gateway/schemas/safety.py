"""Shapes of conflicts of status and swaps, as `/v1` takes and gives them."""

from marshmallow import Schema, fields, validate

from gateway.schemas.identity import ID


class WaitingCohortAnswer(Schema):
    cohort_id = fields.String(required=True)
    display_name = fields.String(required=True)
    program_id = fields.String(required=True)
    members = fields.Integer(required=True)


class SomebodyAnswer(Schema):
    person_id = fields.String(required=True)
    display_name = fields.String(required=True)


class ConflictAnswer(Schema):
    """Two people in one reporting line; `other` leads the cohort where `other_facilitates` is true."""

    one = fields.Nested(SomebodyAnswer, required=True)
    other = fields.Nested(SomebodyAnswer, required=True)
    other_facilitates = fields.Boolean(required=True)


class MoveBody(Schema):
    """`to_cohort_id`: null where the person waits for a place."""

    person_id = fields.String(required=True, validate=ID)
    from_cohort_id = fields.String(required=True, validate=ID)
    to_cohort_id = fields.String(validate=ID, allow_none=True)


class ProposedMoveAnswer(Schema):
    person_id = fields.String(required=True)
    display_name = fields.String(required=True)
    from_cohort_id = fields.String(required=True)
    to_cohort_id = fields.String(required=True, allow_none=True)
    to_cohort_name = fields.String(required=True, allow_none=True)


class ProposalAnswer(Schema):
    """`facilitators`: who leads from then on; null: as before. Send `moves` and those to `/v1/swaps`."""

    moves = fields.List(fields.Nested(ProposedMoveAnswer), required=True)
    facilitators = fields.List(fields.Nested(SomebodyAnswer), required=True, allow_none=True)
    why = fields.List(fields.String(), required=True)


class SafetyAnswer(Schema):
    """`conflicts` and `proposals` are null for staff who belong to the cohort, lead it or are in its lines.

    `proposals`: the smallest first.
    """

    cohort_id = fields.String(required=True)
    display_name = fields.String(required=True)
    program_id = fields.String(required=True)
    on_hold = fields.Boolean(required=True)
    conflicts = fields.List(fields.Nested(ConflictAnswer), required=True, allow_none=True)
    proposals = fields.List(fields.Nested(ProposalAnswer), required=True, allow_none=True)


class LeadersBody(Schema):
    cohort_id = fields.String(required=True, validate=ID)
    person_ids = fields.List(fields.String(validate=ID), required=True, validate=validate.Length(max=4))


class SwapBody(Schema):
    """Who moves, all within one program; and who leads one cohort from then on."""

    moves = fields.List(fields.Nested(MoveBody), validate=validate.Length(max=20))
    facilitators = fields.Nested(LeadersBody, allow_none=True)


class MovedAnswer(Schema):
    person_id = fields.String(required=True)
    from_cohort_id = fields.String(required=True)
    to_cohort_id = fields.String(required=True, allow_none=True)


class LeadersAnswer(Schema):
    cohort_id = fields.String(required=True)
    person_ids = fields.List(fields.String(), required=True)


class SwapAnswer(Schema):
    """`standing`: "running", "done", or "refused" with the code of the rule it met meanwhile."""

    id = fields.String(required=True)
    standing = fields.String(required=True, validate=validate.OneOf(("running", "done", "refused")))
    reason = fields.String(required=True, allow_none=True)
    moves = fields.List(fields.Nested(MovedAnswer), required=True)
    facilitators = fields.Nested(LeadersAnswer, required=True, allow_none=True)
