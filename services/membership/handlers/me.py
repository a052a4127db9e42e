"""Who am I here?"""

from dataclasses import dataclass

from services.membership.domain.accounts import Account
from services.membership.domain.networks import Network
from services.membership.domain.own_factors import OwnFactors
from services.membership.domain.people import Person
from services.membership.domain.roles import MEMBER, held_by, held_roles
from services.membership.handlers.whoever import check_person


@dataclass(frozen=True)
class Myself:
    """A signed-in person in their network, with the roles held at this moment."""

    person: Person
    network: Network
    roles: frozenset[str]
    account: Account | None
    factors: OwnFactors | None


def show_me(caller, people, networks, roles, accounts, factors, clock):
    """Return `Myself` for the caller.

    Raises:
        NotFound: the person or the network is gone although a token still speaks of them.
    """
    check_person(caller)
    person = people.get(caller.network, caller.person_id)
    now = clock.now()
    held = held_roles(held_by(person, roles.of_person(caller.network, person.id), now), now)
    network = networks.get(caller.network, caller.network)
    account = accounts.get(caller.account_id)
    return Myself(person, network, held | {MEMBER}, account, factors.of(account) if account else None)
