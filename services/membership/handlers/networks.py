"""Beginning a network, and telling of it."""

from dataclasses import dataclass, replace

from services.kit.errors import NotFound
from services.kit.ids import new_id, random_id
from services.membership.domain.clients import secret_digest
from services.membership.domain.identity_refusals import SignInNeeded
from services.membership.domain.networks import FirstAdmin, Network, admin_appointed, begin_network
from services.membership.domain.people import Person, add_person, email_key
from services.membership.domain.roles import NETWORK_ADMIN, Role, grant, role_id
from services.membership.domain.sign_in_links import first_link
from services.membership.handlers.steps import aside
from services.membership.handlers.whoever import check_admin


@dataclass(frozen=True)
class Begun:
    """A network just begun; `token` opens its admin's first sign-in and is shown this once."""

    network: Network
    token: str


def create_network(command, networks, appointing, tokens, clock):
    """Carry out a `CreateNetwork`: the network decides, its admin follows (by due work, if we die meanwhile).

    Args:
        appointing: the ports of `appoint_admin` by name: networks, people, accounts, roles, sign_ins.

    Returns:
        `Begun`. Asked again under the same key, the recorded answer has no link: an admin signs in by mail.
    """
    token = tokens.secret()
    network, facts = begin_network(
        new_id("net"), command.display_name, _first_admin(command, secret_digest(token)), clock.now()
    )
    network = networks.add(network, announcing=facts)
    with aside():
        appoint_admin(network.id, clock=clock, **appointing)
    return Begun(network, token)


def appoint_admin(network_id, networks, people, accounts, roles, sign_ins, clock):
    """Make what a new network still lacks: account, person, role, first link. Repeating makes nothing new."""
    network = networks.get(network_id, network_id)
    admin = network.beginning
    if admin is None:
        return
    account_id = accounts.ensure_for(network.id, network.admin_person_id, admin.email)
    _add_once(people, *add_person(_person(network, admin)))
    _add_once(roles, *grant(None, _admin_role(network, clock.now())))
    _add_once(sign_ins, first_link(admin, network, account_id), ())
    networks.save(admin_appointed(network))


def show_network(caller, networks):
    """Return the caller's own network. Raises: SignInNeeded, when they belong to none."""
    if not caller.network:
        raise SignInNeeded("Sign in first.")
    return networks.get(caller.network, caller.network)


def change_network(command, networks, roles, clock):
    """Carry out a `ChangeNetwork` of one of its admins and return the network.

    Access tokens given out before say what was so then, for ten minutes at most.

    Raises:
        NotAnAdmin: see `check_admin`.
    """
    caller = command.caller
    check_admin(caller, roles, clock.now())
    before = networks.get(caller.network, caller.network)
    after = replace(before, own_factor_for_text=command.own_factor_for_text)
    return before if after == before else networks.save(after)


def _first_admin(command, token_hash):
    return FirstAdmin(
        display_name=command.admin_name or command.admin_email.partition("@")[0],
        email=command.admin_email,
        sign_in_id=random_id("tok"),
        token_hash=token_hash,
    )


def _person(network, admin):
    return Person(
        id=network.admin_person_id,
        network=network.id,
        display_name=admin.display_name,
        email=admin.email,
        email_key=email_key(admin.email),
    )


def _admin_role(network, now):
    return Role(
        id=role_id(network.id, network.admin_person_id, NETWORK_ADMIN, None),
        network=network.id,
        person_id=network.admin_person_id,
        role=NETWORK_ADMIN,
        organization_id=None,
        granted_by=None,
        granted_at=now,
        until=None,
    )


def _add_once(store, aggregate, facts):
    try:
        store.get(aggregate.network, aggregate.id)
    except NotFound:
        store.add(aggregate, announcing=facts)
