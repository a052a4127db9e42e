"""What membership is asked about the audit trail, and what it answers."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from marshmallow import fields, validate

from services.contracts.audit import KINDS
from services.contracts.caller import Caller
from services.membership.messages.identity import ID, NOBODY, Asked, Listing

MOST_EXPORTED = 1_000  # entries of one part


@dataclass(frozen=True)
class ListAudit:
    """`about`: an id that entries concern. `since`, `until`: aware times, the second excluded."""

    limit: int
    after: str | None = None
    kind: str | None = None
    actor_id: str | None = None
    about: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    caller: Caller = NOBODY


@dataclass(frozen=True)
class VerifyAudit:
    """`sequence` and `hash`: where the stretch before ended. `most`: how many entries to look at."""

    network: str
    sequence: int = 0
    hash: str | None = None
    most: int | None = None


class ListAuditSchema(Listing):
    makes = ListAudit
    kind = fields.String(validate=validate.OneOf(sorted(KINDS)), allow_none=True)
    actor_id = fields.String(validate=ID, allow_none=True)
    about = fields.String(validate=ID, allow_none=True)
    since = fields.AwareDateTime(format="iso", allow_none=True)
    until = fields.AwareDateTime(format="iso", allow_none=True)


class ExportAuditSchema(ListAuditSchema):
    limit = fields.Integer(load_default=MOST_EXPORTED, strict=True, validate=validate.Range(1, MOST_EXPORTED))


class VerifyAuditSchema(Asked):
    makes = VerifyAudit
    network = fields.String(required=True, validate=validate.Length(max=60))
    sequence = fields.Integer(load_default=0, validate=validate.Range(0))
    hash = fields.String(allow_none=True, validate=validate.Regexp(r"^[0-9a-f]{64}\Z"))
    most = fields.Integer(strict=True, allow_none=True, validate=validate.Range(1, MOST_EXPORTED))


def audit_answer(shown: Any, caller: Caller | None = None) -> dict[str, Any]:
    """Entries newest first; names as they are today, none for who was forgotten."""
    data = [_entry(entry, shown.names) for entry in shown.page.items]
    return {"data": data, "next": shown.page.next}


def exported_answer(shown: Any, caller: Caller | None = None) -> dict[str, Any]:
    """The same, and whether it is the first part: one export is noted once."""
    return audit_answer(shown) | {"is_first": shown.is_first}


def verdict_answer(verdict: Any, caller: Caller | None = None) -> dict[str, Any]:
    found = verdict.checked
    return {
        "sequence": found.sequence,
        "hash": found.hash,
        "fault": found.fault,
        "is_end": verdict.is_end,
    }


def _entry(entry: Any, names: dict[str, str]) -> dict[str, Any]:
    return {
        "id": entry.id,
        "sequence": entry.sequence,
        "at": entry.at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "kind": entry.kind,
        "text": KINDS.get(entry.kind, entry.kind),
        "service": entry.source,
        "actor": {"kind": entry.actor_kind, "id": entry.actor_id, "name": names.get(entry.actor_id)},
        "about": [{"id": one, "name": names.get(one)} for one in entry.about],
        "word": entry.word,
        "request_id": entry.request_id,
        "hash": entry.hash,
    }
