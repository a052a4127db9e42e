"""What every service says for the audit trail; membership keeps it (services/contracts/audit.py)."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from services.contracts.events import Fact


@dataclass(frozen=True)
class AuditNoteState(Fact):
    """One note of the audit trail; it never changes.

    Args:
        kind: one of services.contracts.audit.KINDS.
        actor_kind: "person", "client", "operator", "link" or "anonymous"; `actor_id` of a person or client.
        about: ids of what it concerns. word: a word from a closed list of ours, or "".
    """

    source: ClassVar[str] = "membership"
    said_by_all: ClassVar[bool] = True
    aggregate: ClassVar[str] = "audit_note"
    subject_field: ClassVar[str] = "note_id"

    note_id: str
    kind: str
    at: datetime
    actor_kind: str
    actor_id: str | None
    about: tuple[str, ...]
    word: str = ""
    request_id: str | None = None


class AuditNoted(AuditNoteState):
    """Somebody did, or read, what the audit trail records."""
