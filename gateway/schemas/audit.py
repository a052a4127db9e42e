"""Shapes of the audit trail, as `/v1` takes and gives them."""

from marshmallow import Schema, fields, validate

from gateway.schemas.identity import ID
from services.contracts.audit import KINDS

FORMATS = ("csv", "jsonl")


class AuditQuery(Schema):
    """`about`: an id that entries concern. `since` and `until`: times with an offset, the second excluded."""

    kind = fields.String(validate=validate.OneOf(sorted(KINDS)))
    actor_id = fields.String(validate=ID)
    about = fields.String(validate=ID)
    since = fields.AwareDateTime(format="iso")
    until = fields.AwareDateTime(format="iso")


class AuditExportQuery(AuditQuery):
    """`format`: comma-separated values for a spreadsheet, or one JSON object a line."""

    format = fields.String(load_default="csv", validate=validate.OneOf(FORMATS))


class AuditActor(Schema):
    """`name` as it is known today; null for systems and for who was forgotten."""

    kind = fields.String(required=True)
    id = fields.String(required=True, allow_none=True)
    name = fields.String(required=True, allow_none=True)


class AuditSubject(Schema):
    id = fields.String(required=True)
    name = fields.String(required=True, allow_none=True)


class AuditEntryAnswer(Schema):
    """`hash` is over the entry and the hash before it; `text` says what `kind` means."""

    id = fields.String(required=True)
    sequence = fields.Integer(required=True)
    at = fields.AwareDateTime(required=True)
    kind = fields.String(required=True)
    text = fields.String(required=True)
    service = fields.String(required=True)
    actor = fields.Nested(AuditActor, required=True)
    about = fields.List(fields.Nested(AuditSubject), required=True)
    word = fields.String(required=True)
    request_id = fields.String(required=True, allow_none=True)
    hash = fields.String(required=True)
