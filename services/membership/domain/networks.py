"""Networks: the sponsor's community, the tenant everything else belongs to."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from services.contracts.events.membership import (
    NetworkCreated,
    NetworkResumed,
    NetworkState,
    NetworkSuspended,
)
from services.kit.due_entry import Due
from services.membership.domain.people import external_key, person_id

APPOINT_ADMIN = "appoint_admin"
STANDINGS = ("active", "suspended")
PATIENCE = timedelta(seconds=20)  # how long the ask itself may take before the due work helps out


@dataclass(frozen=True)
class FirstAdmin:
    """Who is to be the network's first admin, and the one-time link prepared for them.

    Every id is fixed from the start, so that making these things again makes nothing new.
    """

    display_name: str
    email: str
    sign_in_id: str
    token_hash: str


@dataclass(frozen=True)
class Network:
    """`network` equals `id`.

    Args:
        beginning: what is still to be made; None once the admin is appointed.
        own_factor_for_text: confidential text opens to sign-ins proven by a factor of the person's own alone;
            a mailbox or an identity provider, which an employer runs, opens none (SECURITY 1.36).
    """

    id: str
    network: str
    display_name: str
    admin_person_id: str
    created_at: datetime
    beginning: FirstAdmin | None = None
    own_factor_for_text: bool = True
    standing: str = "active"
    due: tuple[Due, ...] = ()
    revision: int = 0


def begin_network(
    network_id: str, display_name: str, admin: FirstAdmin, now: datetime
) -> tuple[Network, tuple[NetworkCreated, ...]]:
    """Begin a network whose first admin is still to be appointed (MECHANISMS P2: this document decides).

    Returns:
        (network, facts): the network, due for its admin, and what to announce.
    """
    network = Network(
        id=network_id,
        network=network_id,
        display_name=display_name,
        admin_person_id=person_id(network_id, external_key(admin.email, None)),
        created_at=now,
        beginning=admin,
        due=(Due(APPOINT_ADMIN, now + PATIENCE),),
    )
    return network, (NetworkCreated(network=network_id, display_name=display_name),)


def set_standing(network: Network, standing: str) -> tuple[Network, tuple[NetworkState, ...]]:
    """Suspend a network, or let it go on; as it stands already, it stays without a fact."""
    if network.standing == standing:
        return network, ()
    after = replace(network, standing=standing)
    return after, (told(after),)


def told(network: Network) -> NetworkState:
    """Return the fact that says how a network is now."""
    kind = NetworkResumed if network.standing == "active" else NetworkSuspended
    return kind(network.id, network.display_name, network.standing)


def admin_appointed(network: Network) -> Network:
    """Return the network with nothing left to make; the admin's address stays with the account alone."""
    return replace(network, beginning=None, due=())
