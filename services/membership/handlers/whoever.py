"""Who somebody is at this moment: the person, the roles they hold now, the caller they make."""

from services.contracts.caller import Caller
from services.kit.errors import NotFound
from services.membership.domain.identity_refusals import NetworkSuspended, NotAnAdmin, SignInNeeded
from services.membership.domain.roles import MEMBER, NETWORK_ADMIN, first_end, held_by, held_roles


def find_active_person(people, network, person_id):
    """Return the person, or None when there is none or they are gone."""
    try:
        person = people.get(network, person_id)
    except NotFound:
        return None
    return person if person.standing == "active" else None


def caller_for(sign_in, person, roles, networks, now):
    """Return the `Caller` that a token of this sign-in speaks of; everybody may be a member of a cohort.

    Confidential text is open to who proved by a factor of their own that it is they, or where the network
    wants none.

    Raises:
        NetworkSuspended: nobody gets in just now.
    """
    network = networks.get(sign_in.network, sign_in.network)
    if network.standing != "active":
        raise NetworkSuspended("This network is suspended. Ask whoever runs it.")
    granted = held_by(person, roles.of_person(sign_in.network, person.id), now)
    ends = first_end(granted)
    return Caller(
        kind="person",
        network=sign_in.network,
        person_id=person.id,
        account_id=sign_in.account_id,
        organization_id=person.organization_id,
        signin_id=sign_in.id,
        roles=held_roles(granted, now) | {MEMBER},
        text_open=sign_in.own_factor is not None or not network.own_factor_for_text,
        roles_end=ends.timestamp() if ends else None,
    )


def check_person(caller):
    """Refuse everybody but a signed-in person. Raises: SignInNeeded."""
    if caller.kind != "person" or not (caller.network and caller.person_id and caller.signin_id):
        raise SignInNeeded("Sign in first.")


def check_admin(caller, roles, now):
    """Refuse everybody but a network admin; what the token says is compared with what is held at this moment.

    Raises:
        NotAnAdmin: the caller holds no such role in this network, or no longer.
    """
    if NETWORK_ADMIN not in held_now(caller, roles, now):
        raise NotAnAdmin("Only an admin of the network may do this.")


def held_now(caller, roles, now):
    """Return the roles that the caller's token names and that are still held at this moment."""
    if caller.kind != "person" or caller.network is None:
        return frozenset()
    return caller.roles & held_roles(roles.of_person(caller.network, caller.person_id), now)
