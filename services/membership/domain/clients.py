"""Clients: partner systems that call for one organization, within their scopes."""

import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from services.membership.domain.identity_refusals import ClientRefused, ScopeNotGranted

SCOPES = ("people:read", "cohorts:read", "webhooks:manage")
NO_SECRET = "0" * 64  # nothing hashes to it that anybody knows


@dataclass(frozen=True)
class Client:
    """A partner system. `secret_hash` is the SHA-256 of its secret (256 random bits), which is shown once."""

    id: str
    network: str
    organization_id: str
    display_name: str
    scopes: tuple[str, ...]
    secret_hash: str
    registered_by: str
    registered_at: datetime
    revision: int = 0


def secret_digest(secret: str) -> str:
    """Return what is kept of a secret or a one-time token: both are random, so a plain SHA-256 is enough."""
    return hashlib.sha256(secret.encode()).hexdigest()


def check_secret(client: Client | None, secret: str) -> Client:
    """Return the client whose secret this is; an unknown client takes as long as a wrong secret.

    Raises:
        ClientRefused: there is no such client, or this is not its secret.
    """
    known = client.secret_hash if client else NO_SECRET
    is_right = hmac.compare_digest(known, secret_digest(secret))
    if client is None or not is_right:
        raise ClientRefused("This client and this secret do not belong together.")
    return client


def granted_scopes(client: Client, asked: Iterable[str]) -> frozenset[str]:
    """Return the scopes of a token: those asked for, or all that were registered when none are.

    Raises:
        ScopeNotGranted: a scope was asked for that the client was not registered with.
    """
    wanted = frozenset(asked) or frozenset(client.scopes)
    if not wanted <= frozenset(client.scopes):
        raise ScopeNotGranted("The client was not registered with all of these scopes.")
    return wanted
