"""What membership announces of who may do what: sign-ins, roles, partner systems, links to sign in by.

Ids and words of ours alone in what reaches every gateway (catalogue.py, LIVE), where whoever may do less than
before is refused at once.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from services.contracts.events import Fact


@dataclass(frozen=True)
class SignInState(Fact):
    """One sign-in. `standing` is "ended": only ends are announced."""

    source: ClassVar[str] = "membership"
    aggregate: ClassVar[str] = "sign_in"
    subject_field: ClassVar[str] = "sign_in_id"

    sign_in_id: str
    person_id: str
    standing: str


class SignInEnded(SignInState):
    """A sign-in is over; none of its tokens is good any more."""


@dataclass(frozen=True)
class AccessState(Fact):
    """What decides about a person's tokens besides roles. `standing` is "active" or "gone"."""

    source: ClassVar[str] = "membership"
    aggregate: ClassVar[str] = "access"
    subject_field: ClassVar[str] = "person_id"

    person_id: str
    organization_id: str | None
    standing: str


class AccessChanged(AccessState):
    """A person left, came back, or now belongs to another organization."""


@dataclass(frozen=True)
class RoleState(Fact):
    source: ClassVar[str] = "membership"
    aggregate: ClassVar[str] = "role"
    subject_field: ClassVar[str] = "role_id"

    role_id: str
    person_id: str
    role: str
    organization_id: str | None
    granted_by: str | None
    until: datetime | None
    standing: str  # "granted" or "revoked"


class RoleGranted(RoleState):
    """A person holds a role now."""


class RoleRevoked(RoleState):
    """A person no longer holds a role."""


@dataclass(frozen=True)
class SignInLinkState(Fact):
    """A one-time link for notifications to send; works once, for ten minutes, by POST.

    `token` is sealed (contracts/links.py): an outbox, a queue and the oplog open no door.
    """

    source: ClassVar[str] = "membership"
    aggregate: ClassVar[str] = "sign_in_link"
    subject_field: ClassVar[str] = "link_id"

    link_id: str
    person_id: str
    email: str
    token: str
    expires_at: datetime


class SignInLinkRequested(SignInLinkState):
    """Somebody asked to sign in with this address."""


@dataclass(frozen=True)
class ClientState(Fact):
    """A partner system as gateways must know it, to refuse its tokens at once; no name, no secret.

    Args:
        standing: "active" or "disabled"; no token of a disabled one is good.
        valid_from: tokens issued before this moment are stale; None: none is.
        revoked: tokens (`jti`) withdrawn one by one that have not run out yet.
    """

    source: ClassVar[str] = "membership"
    aggregate: ClassVar[str] = "client"
    subject_field: ClassVar[str] = "client_id"

    client_id: str
    organization_id: str | None
    standing: str
    valid_from: datetime | None
    revoked: tuple[str, ...]


class ClientChanged(ClientState):
    """A partner system was disabled or enabled, may do less than before, or withdrew a token."""
