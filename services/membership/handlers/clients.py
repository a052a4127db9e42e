"""Partner systems: registering them, changing what they may, giving them secrets, ending them."""

from dataclasses import dataclass, field

from services.kit.errors import Invalid
from services.kit.ids import new_id, random_id
from services.membership.domain import clients as rules
from services.membership.domain.client_refusals import KeysElsewhere
from services.membership.domain.clients import BY_KEY, BY_SECRET, Client, ClientSecret, secret_digest
from services.membership.handlers.whoever import check_admin


@dataclass(frozen=True)
class Shown:
    """A client with the secret that is shown this once; None for one that signs."""

    client: Client
    secret: str | None = field(default=None, repr=False)


def register_client(command, clients, organizations, roles, tokens, assertions, clock):
    """Register a partner system of the network or of one organization; return it with its secret, if any.

    Asked again under the same key, the recorded answer names the client and shows no secret.

    Raises:
        NotAnAdmin: the caller may not. NotFound: no such organization in this network.
        Invalid: keys for a client with a secret, none for one that signs, or keys that cannot be used.
    """
    now = clock.now()
    caller = command.caller
    check_admin(caller, roles, now)
    if command.organization_id is not None:
        organizations.get(caller.network, command.organization_id)
    secret = tokens.secret() if command.auth_method == BY_SECRET else None
    client = Client(
        id=new_id("cli"),
        network=caller.network,
        organization_id=command.organization_id,
        display_name=command.display_name,
        scopes=_sorted(command.scopes),
        method=command.auth_method,
        secrets=(_kept(secret, now),) if secret else (),
        registered_by=caller.person_id,
        registered_at=now,
        **_keys(command.auth_method, command, assertions),
    )
    return Shown(clients.add(client), secret)


def list_clients(query, clients, roles, clock):
    """Return one page of the network's partner systems, oldest first."""
    check_admin(query.caller, roles, clock.now())
    return clients.page(query.caller.network, {}, limit=query.limit, after=query.after)


def show_client(query, clients, roles, clock):
    """Return one of the network's partner systems. Raises: NotAnAdmin, NotFound."""
    return _mine(query, clients, roles, clock.now())


def change_client(command, clients, roles, assertions, clock):
    """Change what it is called, what it may, or where its keys are.

    Raises:
        NotAnAdmin, NotFound. Invalid, KeysElsewhere: these keys cannot be used, or it has a secret instead.
    """
    now = clock.now()
    client = _mine(command, clients, roles, now)
    changes = {}
    if command.display_name is not None:
        changes["display_name"] = command.display_name
    if command.scopes is not None:
        changes["scopes"] = _sorted(command.scopes)
    if command.jwks is not None or command.jwks_uri is not None:
        if client.method != BY_KEY:
            raise KeysElsewhere("This client proves itself by a secret and has no keys.")
        changes |= _keys(BY_KEY, command, assertions)
    after, facts = rules.change(client, changes, now)
    return client if after == client else clients.save(after, announcing=facts)


def add_client_secret(command, clients, roles, tokens, clock):
    """Give a client a second secret, beside the one it uses; return it, shown this once.

    Raises:
        NotAnAdmin, NotFound. TwoSecretsLive, KeysElsewhere: see `clients.add_secret`.
    """
    now = clock.now()
    client = _mine(command, clients, roles, now)
    secret = tokens.secret()
    return Shown(clients.save(rules.add_secret(client, _kept(secret, now))), secret)


def retire_client_secret(command, clients, roles, clock):
    """End one secret at once. Raises: NotAnAdmin, NotFound, NoSuchSecret."""
    client = _mine(command, clients, roles, clock.now())
    return clients.save(rules.retire_secret(client, command.secret_id))


def set_client_standing(command, clients, roles, clock):
    """Disable a client with all its tokens, or let it in again. Raises: NotAnAdmin, NotFound."""
    now = clock.now()
    client = _mine(command, clients, roles, now)
    after, facts = rules.set_standing(client, command.standing, now)
    return client if after == client else clients.save(after, announcing=facts)


def _mine(command, clients, roles, now):
    check_admin(command.caller, roles, now)
    return clients.get(command.caller.network, command.client_id)


def _kept(secret, now):
    return ClientSecret(random_id("sec"), secret_digest(secret), now)


def _sorted(scopes):
    return tuple(sorted(set(scopes)))


def _keys(method, command, assertions):
    """Return `keys` and `keys_url` of a client that proves itself by `method`."""
    given = [name for name in ("jwks", "jwks_uri") if getattr(command, name) is not None]
    if method == BY_SECRET:
        if given:
            raise _invalid({f"/{name}": "a client with a secret has no keys" for name in given})
        return {}
    if len(given) != 1:
        raise _invalid({"/jwks": "either the public keys, or the address where they are (jwks_uri)"})
    if command.jwks_uri is not None:
        if not assertions.admits(command.jwks_uri):
            raise _invalid({"/jwks_uri": "an https address that anybody may ask"})
        return {"keys": (), "keys_url": command.jwks_uri}
    faults = assertions.faults(command.jwks["keys"])
    if faults:
        raise _invalid({f"/jwks/keys/{place}": text for place, text in faults.items()})
    return {"keys": tuple(command.jwks["keys"]), "keys_url": None}


def _invalid(faults):
    errors = [{"pointer": pointer, "detail": detail} for pointer, detail in faults.items()]
    return Invalid("The client's keys cannot be accepted.", errors=errors)
