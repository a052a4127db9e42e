"""Organizations with an identity provider, and people who come by it, over membership's doors."""

from dataclasses import replace

from services.kit.floor import Floor
from services.membership.domain.networks import Network
from services.membership.domain.organizations import Organization
from services.membership.service import MembershipService
from tests.builders.doors import House
from tests.builders.identity import MORNING, a_person, a_role, signed_in
from tests.builders.identity_provider import CLIENT_ID, CLIENT_SECRET

NETWORK, HALDEN, BROOK = "net_1", "org_halden", "org_brook"
ADMIN = signed_in("per_eve", roles=("member", "network_admin"), network=NETWORK, signin_id="tok_eve")
KEEPER = signed_in("per_kim", roles=("member", "organization_admin"), network=NETWORK, organization_id=HALDEN)


def a_house(floor, *providers, **settings):
    """Membership with one network, two organizations and their admins; `providers` may be asked."""
    allowed = frozenset(each.address for each in providers)
    changed = replace(floor.settings, outward_allow=allowed, **settings)
    house = House(MembershipService, Floor(changed, floor.client, floor.clock))
    service = house.service
    service.networks.add(Network(NETWORK, NETWORK, "Baltic", "per_eve", MORNING))
    for organization, name in ((HALDEN, "Halden Hospitals"), (BROOK, "Brook")):
        service.organizations.add(Organization(organization, NETWORK, name, name.casefold()))
    for person_id, role, organization in (
        ("per_eve", "network_admin", None),
        ("per_kim", "organization_admin", HALDEN),
    ):
        bring(house, person_id, organization)
        service.roles.add(a_role(person_id, role, NETWORK, organization_id=organization))
    return house


def bring(house, person_id, organization=HALDEN, email=None, **fields):
    """Add somebody as staff would, with an account of their address; return them."""
    person = a_person(
        person_id, NETWORK, email or f"{person_id}@baltic.example", organization_id=organization, **fields
    )
    house.service.accounts.ensure_for(NETWORK, person_id, person.email)
    return house.service.people.add(person)


def wanted(provider, **fields):
    """What an admin asks for."""
    return {
        "organization_id": HALDEN,
        "display_name": "Halden sign-in",
        "slug": "halden",
        "issuer": provider.issuer,
        "client_id": CLIENT_ID,
        "client_secret": CLIENT_SECRET,
    } | fields


def connect(house, provider, standing="active", **fields):
    """Make a connection to `provider` as the admin; return its id."""
    connection = house.ask("add_connection", ADMIN, key=f"k {fields}", **wanted(provider, **fields))
    named = {"organization_id": connection["organization_id"], "connection_id": connection["id"]}
    if standing != "draft":
        house.ask("change_connection", ADMIN, key=f"c {fields}", **named, standing=standing)
    return connection["id"]


def begin(house, connection, caller=None, ask="begin_connection_sign_in"):
    """Begin in a browser; return (what it keeps and says later, where it is sent)."""
    begun = house.ask(ask, caller, connection=connection)
    return {"connection_id": connection, "attempt": begun["attempt"]}, begun["authorization_url"]


def arrive(house, provider, connection, **other):
    """Come by `provider` as an honest browser does, but for `other`; return the tokens."""
    kept, url = begin(house, connection)
    returned = provider.authorize(url)
    return house.ask("finish_connection_sign_in", **kept | returned | other)


def caller_of(house, tokens, organization=HALDEN):
    """The caller that a sign-in's tokens speak of."""
    sign_in = house.service.sign_ins.get(tokens["network"], tokens["sign_in_id"])
    return signed_in(
        sign_in.person_id,
        network=sign_in.network,
        signin_id=sign_in.id,
        account_id=sign_in.account_id,
        organization_id=organization,
    )
