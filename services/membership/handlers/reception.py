"""What everybody goes through who comes by their organization's provider: sent there, looked at on return.

Whatever goes wrong, who tries is told the same and nothing is changed; the reason is in the log.
"""

import contextlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from services.kit.errors import NotFound
from services.kit.logs import get_logger
from services.membership.domain import id_tokens, providers
from services.membership.domain.identities import NotAccepted, identity_id
from services.membership.domain.providers import ProviderFault

log = get_logger()


@dataclass(frozen=True)
class Reception:
    """The ports of receiving somebody: of domain/connection_ports.py and domain/identity_ports.py."""

    connections: Any
    identities: Any
    attempts: Any
    hints: Any
    providers: Any
    people: Any
    accounts: Any
    roles: Any
    networks: Any
    sign_ins: Any
    throttles: Any
    tokens: Any
    clock: Any
    is_address: Callable[[str], bool]


@dataclass(frozen=True)
class Begun:
    """Where the browser goes, and the sealed attempt it keeps meanwhile."""

    url: str
    attempt: str


@dataclass(frozen=True)
class Arrived:
    """Who came back from the provider: what it vouches for, and the ID token that says so."""

    vouched: id_tokens.Vouched
    identity_id: str
    id_token: str = field(repr=False)


def active_connection(name, at):
    """Return the active connection of this id or slug. Raises: NotAccepted."""
    connection = at.connections.named(name)
    if connection is None:
        raise NotAccepted
    return connection


@contextlib.contextmanager
def neutrally(connection):
    """Turn whatever a provider did wrong into the one refusal; the log says which connection and why."""
    try:
        yield
    except ProviderFault as fault:
        log.info("sign_in_not_accepted", connection_id=connection.id, reason=fault.reason)
        refused = NotAccepted()
        refused.concerns = (connection.network, connection.id)
        raise refused from None


def send_to_provider(connection, attempt, at):
    """Return `Begun` for an attempt. Raises: NotAccepted, when the provider cannot be used now."""
    with neutrally(connection):
        provider = at.providers.discover(connection.issuer)
        callback = at.providers.callback(connection)
        url = providers.authorization_url(provider, connection, attempt, callback)
    return Begun(url, at.attempts.sealed(attempt, connection))


def look_at_return(command, connection, begun_by, at, now):
    """Check all that the browser and the provider say and return `Arrived`.

    Args:
        command: attempt, state, code, iss and error as the browser brought them.
        begun_by: (person, sign-in) of who links an identity to themselves; (None, None) of who signs in.

    Raises:
        ProviderFault: anything is amiss. State and code are used up by then.
    """
    attempt = at.attempts.opened(command.attempt, connection)
    returned = {"state": command.state, "code": command.code, "error": command.error}
    code = providers.check_return(attempt, connection, returned, now)
    if (attempt.person_id, attempt.sign_in_id) != begun_by:
        raise ProviderFault("other-purpose")
    provider = at.providers.discover(connection.issuer)
    providers.check_origin(provider, connection, command.iss)
    at.attempts.spend(attempt, code, connection, now)
    given = at.providers.exchange(provider, connection, code, attempt)
    claims = _claims(provider, connection, given, attempt, at, now)
    who = id_tokens.vouched(claims, connection.external_id_claim)
    issuer = provider.issuer_for(connection)
    return Arrived(who, identity_id(connection.id, issuer, who.subject), given.id_token)


def find(store, network, id):
    """Return what `store` has by this id in the network, or None."""
    try:
        return store.get(network, id)
    except NotFound:
        return None


def _claims(provider, connection, given, attempt, at, now):
    claims, algorithm = at.providers.claims(provider, connection, given.id_token)
    issuer = provider.issuer_for(connection)
    id_tokens.check_claims(claims, connection, issuer, attempt.nonce, now)
    id_tokens.check_access_token(claims, algorithm, given.access_token)
    if not id_tokens.lacks(claims):
        return claims
    return id_tokens.filled_in(claims, at.providers.userinfo(provider, given.access_token))
