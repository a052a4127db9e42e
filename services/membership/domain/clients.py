"""Clients: partner systems that call for a network or one of its organizations, within their scopes.

A client proves itself by a secret of ours (two may live at once, so that it can be replaced without a pause)
or by a key of its own, of which we know the public half. Its access tokens live ten minutes; what ends them
earlier (disabling it, narrowing its scopes, withdrawing a token) is announced, so that gateways learn of it.
"""

import hashlib
import hmac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from services.contracts.events.access import ClientChanged
from services.contracts.scopes import SCOPES
from services.membership.domain.client_refusals import (
    ClientRefused,
    KeysElsewhere,
    NoSuchSecret,
    ScopeNotGranted,
    TwoSecretsLive,
)

__all__ = ["SCOPES", "Client", "ClientSecret", "WithdrawnToken"]

BY_SECRET, BY_KEY = "client_secret_basic", "private_key_jwt"
METHODS = (BY_SECRET, BY_KEY)
STANDINGS = ("active", "disabled")
MOST_SECRETS = 2
MOST_WITHDRAWN = 100  # tokens of one client; after that all it has are stale
NO_SECRET = "0" * 64  # nothing hashes to it that anybody knows
Facts = tuple[ClientChanged, ...]


@dataclass(frozen=True)
class ClientSecret:
    """One live secret: 256 random bits, shown once; `digest` is its SHA-256, `last_used_on` a day in UTC."""

    id: str
    digest: str
    made_at: datetime
    last_used_on: date | None = None


@dataclass(frozen=True)
class WithdrawnToken:
    """An access token (`jti`) taken back before it runs out at `until`."""

    id: str
    until: datetime


@dataclass(frozen=True)
class Client:
    """A partner system.

    Args:
        organization_id: whose it is; None: the network's own.
        method: how it proves itself, "client_secret_basic" or "private_key_jwt".
        secrets: at most two; none for a client that signs.
        keys: its public keys (JWKs), where they were given; else `keys_url` tells where they are.
        key_used_on: the day it last proved itself by its key.
        standing: "active" or "disabled".
        valid_from: tokens issued before are stale; None: none is.
    """

    id: str
    network: str
    organization_id: str | None
    display_name: str
    scopes: tuple[str, ...]
    registered_by: str | None
    registered_at: datetime
    method: str = BY_SECRET
    secrets: tuple[ClientSecret, ...] = ()
    keys: tuple[Mapping[str, Any], ...] = ()
    keys_url: str | None = None
    key_used_on: date | None = None
    standing: str = "active"
    valid_from: datetime | None = None
    withdrawn: tuple[WithdrawnToken, ...] = ()
    revision: int = 0


def secret_digest(secret: str) -> str:
    """Return what is kept of a secret or a one-time token: both are random, so a plain SHA-256 is enough."""
    return hashlib.sha256(secret.encode()).hexdigest()


def check_secret(client: Client | None, secret: str) -> tuple[Client, ClientSecret]:
    """Return the client and which of its secrets this is; an unknown client takes as long as a wrong secret.

    Raises:
        ClientRefused: there is no such client, it is disabled, or this is not its secret.
    """
    shown = secret_digest(secret)
    live = client.secrets if client and client.standing == "active" else ()
    digests = [known.digest for known in live] + [NO_SECRET] * (MOST_SECRETS - len(live))
    fits = [hmac.compare_digest(digest, shown) for digest in digests]
    found = next((known for known, is_right in zip(live, fits, strict=False) if is_right), None)
    if client is None or found is None:
        raise ClientRefused("This client and this secret do not belong together.")
    return client, found


def granted_scopes(client: Client, asked: Iterable[str]) -> frozenset[str]:
    """Return the scopes of a token: those asked for, or all that were registered when none are.

    Raises:
        ScopeNotGranted: a scope was asked for that the client was not registered with.
    """
    wanted = frozenset(asked) or frozenset(client.scopes)
    if not wanted <= frozenset(client.scopes):
        raise ScopeNotGranted("The client was not registered with all of these scopes.")
    return wanted


def add_secret(client: Client, secret: ClientSecret) -> Client:
    """Return the client with one more secret; the one until now stays good.

    Raises:
        KeysElsewhere: it proves itself by its own key. TwoSecretsLive: retire one first.
    """
    if client.method != BY_SECRET:
        raise KeysElsewhere("This client proves itself by a key of its own and has no secret.")
    if len(client.secrets) >= MOST_SECRETS:
        raise TwoSecretsLive("Two secrets are live. Retire one first.")
    return replace(client, secrets=(*client.secrets, secret))


def retire_secret(client: Client, secret_id: str) -> Client:
    """Return the client without one of its secrets; it opens nothing from now on.

    Tokens that were given for it live on for their ten minutes; disabling the client ends them.

    Raises:
        NoSuchSecret: it has no live secret by that id.
    """
    left = tuple(each for each in client.secrets if each.id != secret_id)
    if len(left) == len(client.secrets):
        raise NoSuchSecret("This client has no such secret, or no longer.")
    return replace(client, secrets=left)


def change(client: Client, changes: Mapping[str, Any], now: datetime) -> tuple[Client, Facts]:
    """Return the client with other words, scopes or keys, and what gateways must know.

    Whoever may do less than before needs a new token: those until now are stale.

    Args:
        changes: some of `display_name`, `scopes`, `keys`, `keys_url`.
    """
    after = replace(client, **changes)
    if set(client.scopes) <= set(after.scopes):
        return after, ()
    return _told(replace(after, valid_from=now, withdrawn=()))


def set_standing(client: Client, standing: str, now: datetime) -> tuple[Client, Facts]:
    """Disable the client, so that none of its tokens is good any more, or let it ask for new ones again."""
    if client.standing == standing:
        return client, ()
    return _told(replace(client, standing=standing, valid_from=now, withdrawn=()))


def withdraw_token(client: Client, token: WithdrawnToken, now: datetime) -> tuple[Client, Facts]:
    """Take one access token back; of very many, all that the client has."""
    kept = tuple(each for each in client.withdrawn if each.until > now)
    if any(each.id == token.id for each in kept):
        return client, ()
    if len(kept) >= MOST_WITHDRAWN:
        return _told(replace(client, valid_from=now, withdrawn=()))
    return _told(replace(client, withdrawn=(*kept, token)))


def is_good_token(client: Client, token_id: str, issued_at: float) -> bool:
    """Whether a genuine access token of this client may still be used; `issued_at` in seconds since 1970."""
    if client.standing != "active" or any(each.id == token_id for each in client.withdrawn):
        return False
    return client.valid_from is None or issued_at >= client.valid_from.timestamp()


def mark_used(client: Client, secret_id: str | None, today: date) -> Client:
    """Return the client with the day on which it last used this secret (None: its key)."""
    if secret_id is None:
        return replace(client, key_used_on=today)
    marked = (replace(each, last_used_on=today) if each.id == secret_id else each for each in client.secrets)
    return replace(client, secrets=tuple(marked))


def told(client: Client) -> ClientChanged:
    """Return what is announced of the client: how it stands, and no name of it."""
    return ClientChanged(
        network=client.network,
        client_id=client.id,
        organization_id=client.organization_id,
        standing=client.standing,
        valid_from=client.valid_from,
        revoked=tuple(each.id for each in client.withdrawn),
    )


def _told(client: Client) -> tuple[Client, Facts]:
    return client, (told(client),)
