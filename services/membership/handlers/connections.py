"""Keeping an organization's connections: made, changed, tested by who may."""

from services.kit.errors import NotFound
from services.kit.ids import new_id
from services.membership.domain import connections as rules
from services.membership.domain.connections import Connection, ConnectionUnusable, NoSuchConnection
from services.membership.domain.identity_refusals import NotAnAdmin, TooManyTries
from services.membership.domain.providers import ProviderFault
from services.membership.domain.roles import NETWORK_ADMIN, ORGANIZATION_ADMIN
from services.membership.domain.throttle import CONNECTION_TESTS

KEEPERS = (NETWORK_ADMIN, ORGANIZATION_ADMIN)


def add_connection(command, connections, organizations, roles, providers, clock):
    """Add a connection, a draft at first, and return it.

    Raises:
        NotAnAdmin: the caller keeps no connections. NotFound: no such organization, or not theirs.
        ConnectionUnusable: it contradicts itself, or a shared issuer without tenant or hosted domain.
        SlugTaken: another connection is reached by it. TooManyConnections: the organization has 20.
    """
    now, caller = clock.now(), command.caller
    organization_id = _kept_organization(caller, command.organization_id, roles, now)
    organization = organizations.get(caller.network, organization_id)
    _check_issuer(command.issuer, providers)
    if connections.count(caller.network, {"organization_id": organization.id}) >= rules.MOST_CONNECTIONS:
        raise rules.TooManyConnections(f"An organization has at most {rules.MOST_CONNECTIONS} connections.")
    connection = Connection(
        id=new_id("idc"),
        network=caller.network,
        organization_id=organization.id,
        made_by=caller.person_id,
        made_at=now,
        **command.wanted,
    )
    return connections.add(rules.check_connection(connection))


def list_connections(query, connections, roles, clock):
    """Return one page of an organization's connections; an admin of the network may name none: all."""
    caller = query.caller
    organization_id = _kept_organization(caller, query.organization_id, roles, clock.now())
    return connections.of_organization(caller.network, organization_id, query.limit, query.after)


def show_connection(query, connections, roles, clock):
    """Return one connection; its secret is in no answer. Raises: NotAnAdmin, NoSuchConnection."""
    return _kept(query, connections, roles, clock.now())


def change_connection(command, connections, roles, providers, clock):
    """Change a connection; it becomes active only when its provider was found and can be used.

    Raises:
        NotAnAdmin, NoSuchConnection, ConnectionUnusable, SlugTaken, Stale.
    """
    connection = _kept(command, connections, roles, clock.now())
    changed = rules.change_connection(connection, command.wanted)
    if changed.standing == "active" != connection.standing:
        _check_provider(changed, providers)
    return connections.save(changed) if changed != connection else connection


def test_connection(command, connections, roles, providers, throttles, clock):
    """Ask the provider anew; return (what was found or None, what is amiss or None).

    Raises:
        NotAnAdmin, NoSuchConnection. TooManyTries: tested 30 times in a quarter of an hour.
    """
    now = clock.now()
    connection = _kept(command, connections, roles, now)
    if not throttles.take(CONNECTION_TESTS, connection.id, now):
        raise TooManyTries("Too many tests. Wait a quarter of an hour.")
    try:
        return providers.test(connection), None
    except ProviderFault as fault:
        return None, fault


def _kept(asked, connections, roles, now):
    """Return the connection, to who keeps it; to others there is none."""
    organization_id = _kept_organization(asked.caller, asked.organization_id, roles, now)
    try:
        connection = connections.get(asked.caller.network, asked.connection_id)
    except NotFound:
        connection = None
    if connection is None or organization_id not in (None, connection.organization_id):
        raise NoSuchConnection("There is no such connection.")
    return connection


def _kept_organization(caller, organization_id, roles, now):
    """Return the organization whose connections the caller may keep, by the roles held at this moment.

    Raises:
        NotAnAdmin: neither an admin of the network nor of an organization. NotFound: not of this one.
    """
    if caller.kind != "person" or caller.network is None or not caller.has_role(*KEEPERS):
        raise NotAnAdmin("Only an admin of the network or of the organization may do this.")
    held = [role for role in roles.of_person(caller.network, caller.person_id) if role.holds(now)]
    if any(role.role == NETWORK_ADMIN for role in held):
        return organization_id
    own = {role.organization_id for role in held if role.role == ORGANIZATION_ADMIN}
    if not own:
        raise NotAnAdmin("Only an admin of the network or of the organization may do this.")
    if organization_id not in own:
        raise NotFound("there is no such organization")
    return organization_id


def _check_issuer(issuer, providers):
    if not providers.admits(issuer):
        detail = "Write the issuer's https address."
        raise ConnectionUnusable(detail, errors=[{"pointer": "/issuer", "detail": detail}])


def _check_provider(connection, providers):
    try:
        providers.test(connection)
    except ProviderFault as fault:
        errors = [{"pointer": "/standing", "detail": fault.sentence}]
        raise ConnectionUnusable("It cannot become active yet.", errors=errors) from None
