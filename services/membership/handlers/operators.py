"""Operators over the API: systems that make and suspend networks, and see nothing that is in them."""

from services.contracts.audit import INSTALLATION
from services.contracts.scopes import NETWORKS_MANAGE
from services.kit.errors import Forbidden, NotFound
from services.kit.ids import new_id, random_id
from services.membership.domain import clients as client_rules
from services.membership.domain import networks as rules
from services.membership.domain.clients import Client, ClientSecret, secret_digest
from services.membership.handlers.clients import Shown


class OperatorsOnly(Forbidden):
    code = "operators-only"


def register_operator(command, clients, tokens, clock):
    """Register an operator's system; return it with its secret, shown this once."""
    secret, now = tokens.secret(), clock.now()
    client = Client(
        id=new_id("cli"),
        network=INSTALLATION,
        organization_id=None,
        display_name=command.display_name,
        scopes=(NETWORKS_MANAGE,),
        secrets=(ClientSecret(random_id("sec"), secret_digest(secret), now),),
        registered_by=None,
        registered_at=now,
    )
    return Shown(clients.add(client), secret)


def set_operator_standing(command, clients, clock):
    """Disable an operator's system, or enable it again; its tokens end within seconds. Raises: NotFound."""
    client = clients.get(INSTALLATION, command.client_id)
    after, facts = client_rules.set_standing(client, command.standing, clock.now())
    return clients.save(after, announcing=facts) if after != client else client


def list_operators(clients):
    """Return every operator's system."""
    return clients.page(INSTALLATION, {}, limit=100)


def list_networks(query, networks):
    """Return one page of all networks, oldest first. Raises: OperatorsOnly."""
    check_operator(query.caller)
    return networks.all(query.limit, query.after)


def show_any_network(query, networks):
    """Return one network. Raises: OperatorsOnly, NotFound."""
    check_operator(query.caller)
    return networks.get(query.network_id, query.network_id)


def set_network_standing(command, networks):
    """Suspend a network or let it go on; suspended, nobody of it gets in, and its tokens end within seconds.

    Raises:
        OperatorsOnly. NotFound: there is no such network.
    """
    check_operator(command.caller)
    try:
        network = networks.get(command.network_id, command.network_id)
    except NotFound:
        raise NotFound("there is no such network") from None
    after, facts = rules.set_standing(network, command.standing)
    return networks.save(after, announcing=facts) if facts else network


def check_operator(caller):
    """Refuse everybody but an operator's system. Raises: OperatorsOnly."""
    if caller.kind != "operator" or NETWORKS_MANAGE not in caller.scopes:
        raise OperatorsOnly("Only the operator may do this.")
