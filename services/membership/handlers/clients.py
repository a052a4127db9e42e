"""Partner systems: registering them, listing them, giving them tokens."""

from dataclasses import dataclass

from services.contracts.caller import Caller
from services.kit.ids import new_id
from services.membership.domain.clients import Client, check_secret, granted_scopes, secret_digest
from services.membership.domain.identity_refusals import TooManyTries
from services.membership.domain.throttle import SECRETS_OF_CLIENT, TRIES_FROM_ORIGIN
from services.membership.handlers.whoever import check_admin


@dataclass(frozen=True)
class Registered:
    """A client just registered, with the secret that is shown this once."""

    client: Client
    secret: str


@dataclass(frozen=True)
class ClientToken:
    """An access token of a client and the scopes it carries."""

    access_token: str
    scopes: frozenset[str]


def register_client(command, clients, organizations, roles, tokens, clock):
    """Register a partner system of one organization and return it with its secret.

    Asked again under the same key, the recorded answer names the client and shows no secret.

    Raises:
        NotAnAdmin: the caller may not. NotFound: no such organization in this network.
    """
    now = clock.now()
    caller = command.caller
    check_admin(caller, roles, now)
    organization = organizations.get(caller.network, command.organization_id)
    secret = tokens.secret()
    client = Client(
        id=new_id("cli"),
        network=caller.network,
        organization_id=organization.id,
        display_name=command.display_name,
        scopes=tuple(sorted(set(command.scopes))),
        secret_hash=secret_digest(secret),
        registered_by=caller.person_id,
        registered_at=now,
    )
    return Registered(clients.add(client), secret)


def list_clients(query, clients, roles, clock):
    """Return one page of the network's partner systems, oldest first."""
    check_admin(query.caller, roles, clock.now())
    return clients.page(query.caller.network, {}, limit=query.limit, after=query.after)


def client_token(command, clients, throttles, tokens, clock):
    """Return an access token for a client that shows its secret.

    Raises:
        ClientRefused: no such client, or not its secret; both take as long.
        ScopeNotGranted: a scope it was not registered with.
        TooManyTries: too many wrong secrets for this client, or tries from this origin.
    """
    now = clock.now()
    if command.origin and not throttles.take(TRIES_FROM_ORIGIN, command.origin, now):
        raise TooManyTries("Too many tries from here.")
    if not throttles.take(SECRETS_OF_CLIENT, command.client_id, now):
        raise TooManyTries("Too many tries for this client.")
    client = check_secret(clients.by_id(command.client_id), command.secret)
    throttles.give_back(SECRETS_OF_CLIENT, command.client_id)
    scopes = granted_scopes(client, command.scopes)
    caller = Caller(
        kind="client",
        network=client.network,
        organization_id=client.organization_id,
        client_id=client.id,
        scopes=scopes,
    )
    return ClientToken(tokens.access_token(caller, now), scopes)
