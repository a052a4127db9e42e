"""Shapes of a person's own data: how far an erasure is."""

from marshmallow import Schema, fields

from gateway.schemas.identity import ID

SERVICES = "membership, scheduling, sessions, feedback, notifications"


class ErasureAnswer(Schema):
    """How far the forgetting of one person is; `standing`: waiting, cancelled, erasing, erased."""

    id = fields.String(required=True)
    person_id = fields.String(required=True, validate=ID)
    standing = fields.String(required=True)
    asked_by = fields.String(
        required=True, metadata={"description": "person, admin, or ledger (after a restore)"}
    )
    asked_at = fields.AwareDateTime(required=True)
    begins_at = fields.AwareDateTime(required=True)
    begun_at = fields.AwareDateTime(required=True, allow_none=True)
    ended_at = fields.AwareDateTime(required=True, allow_none=True)
    can_be_taken_back = fields.Boolean(required=True)
    confirmed = fields.List(fields.String(), required=True, metadata={"description": f"of {SERVICES}"})
    missing = fields.List(fields.String(), required=True)
