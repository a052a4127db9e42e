"""What partner systems ask for themselves: a token, whether one is good, and to withdraw one."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from services.contracts.audit import INSTALLATION
from services.contracts.caller import Caller
from services.membership.domain import clients as rules
from services.membership.domain.client_refusals import ClientRefused, ForeignToken
from services.membership.domain.clients import WithdrawnToken
from services.membership.domain.identity_refusals import TooManyTries
from services.membership.domain.throttle import WRONG_PROOFS, places_of


@dataclass(frozen=True)
class ClientToken:
    """An access token of a client and the scopes it carries."""

    access_token: str = field(repr=False)
    scopes: frozenset[str]


def client_token(command, networks, clients, throttles, assertions, tokens, clock):
    """Return an access token for a client that shows it is itself.

    Raises:
        ClientRefused: no such client, a disabled one, or not its secret or signature.
        ScopeNotGranted: a scope it was not registered with.
        TooManyTries: too many wrong proofs from this origin; a right one is never too many.
        ClientRefused: its network is suspended.
    """
    now = clock.now()
    client = prove(command, clients, throttles, assertions, now)
    scopes = rules.granted_scopes(client, command.scopes)
    return ClientToken(tokens.access_token(_caller(client, scopes, networks), now), scopes)


def _caller(client, scopes, networks):
    """The caller its tokens speak of: an operator's system belongs to no network."""
    if client.network == INSTALLATION:
        return Caller(kind="operator", client_id=client.id, scopes=scopes)
    if networks.get(client.network, client.network).standing != "active":
        raise ClientRefused("The network is suspended.")
    return Caller(
        kind="client",
        network=client.network,
        organization_id=client.organization_id,
        client_id=client.id,
        scopes=scopes,
    )


def introspect_token(command, clients, throttles, assertions, tokens, clock):
    """Return what a good access token of the asking client says (`Verified`); None for any other token.

    Raises: as `client_token`.
    """
    now = clock.now()
    client = prove(command, clients, throttles, assertions, now)
    verified = tokens.read_access_token(command.token)
    if verified is None or verified.caller.client_id != client.id or verified.expires <= now.timestamp():
        return None
    return verified if rules.is_good_token(client, verified.token_id, verified.issued_at) else None


def revoke_token(command, clients, throttles, assertions, tokens, clock):
    """Withdraw an access token of the asking client; what is no token any more needs nothing.

    Raises:
        ForeignToken: it is a good token of somebody else. Further as `client_token`.
    """
    now = clock.now()
    client = prove(command, clients, throttles, assertions, now)
    verified = tokens.read_access_token(command.token)
    if verified is None:
        return
    if verified.caller.client_id != client.id:
        raise ForeignToken("This token was not given to this client.")
    withdrawn = WithdrawnToken(verified.token_id, datetime.fromtimestamp(verified.ends, UTC))
    after, facts = rules.withdraw_token(client, withdrawn, now)
    if after != client:
        clients.save(after, announcing=facts)


def prove(proof, clients, throttles, assertions, now):
    """Return the client whose proof this is, noting the day. Wrong proofs are counted by origin alone.

    So nobody is kept out by what strangers try in their name.

    Raises:
        ClientRefused, TooManyTries.
    """
    try:
        client, secret_id, used_on = _proven(proof, clients, assertions, now)
    except ClientRefused:
        origin, _ = places_of(proof.origin or "")
        if not throttles.take(WRONG_PROOFS, origin, now):
            raise TooManyTries("Too many wrong proofs from here.") from None
        raise
    today = now.date()
    return client if used_on == today else clients.save(rules.mark_used(client, secret_id, today))


def _proven(proof, clients, assertions, now):
    if proof.assertion is None:
        client, secret = rules.check_secret(clients.by_id(proof.client_id), proof.secret)
        return client, secret.id, secret.last_used_on
    name = assertions.named(proof.assertion)
    client = clients.by_id(name)
    if client is None or proof.client_id not in (None, name):
        raise ClientRefused("This client did not show that it is itself.")
    assertions.accept(proof.assertion, client, now)
    return client, None, client.key_used_on
