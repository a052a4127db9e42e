"""The real gateway, the tests' broker, and a small membership behind it."""

import fcntl
import json
import tempfile
import uuid
from pathlib import Path

import pytest

from services.kit.mongo import connect
from services.kit.settings import Settings
from services.kit.topology import apply_topology
from services.kit.wire import Broker
from tests.builders import brokers
from tests.builders.askers import Asker
from tests.builders.floors import MONGO
from tests.builders.gateway import a_token, public_keys
from tests.builders.gateway_house import GatewayHouse, MembershipHouse
from tests.builders.houses import House


@pytest.fixture(scope="module")
def topology():
    """All exchanges and queues, and nobody else's services on them meanwhile."""
    lock = Path(tempfile.gettempdir()) / f"commonthread-{brokers.PORT}-{brokers.VHOST}.lock"
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        broker = Broker(brokers.HOST, brokers.PORT, brokers.VHOST, "migrate", brokers.password_of("migrate"))
        apply_topology(broker)
        yield broker


@pytest.fixture(scope="module")
def begin_membership(topology, tmp_path_factory):
    """Start a membership: `begin_membership()`; it ends, and its database goes, with the module."""
    begun = []
    keys = tmp_path_factory.mktemp("keys") / "jwks.json"
    keys.write_text(json.dumps(public_keys()))

    def start():
        prefix = f"gate_{uuid.uuid4().hex[:10]}_"
        house = House(
            "tests.integration.gateway.houses:Membership",
            "membership",
            tmp_path_factory.mktemp("membership"),
            prefix=prefix,
            CT_TEST_KEYS=keys,
        )
        begun.append(house)
        house.wait_ready()
        return house

    yield start
    client = connect(Settings(service="tests", mongo=MONGO))
    for house in begun:
        if house.is_alive:
            house.stop()
        client.drop_database(f"{house.prefix}membership")
    client.close()


@pytest.fixture(scope="module")
def membership(begin_membership):
    return begin_membership()


@pytest.fixture(scope="module")
def gateway(membership, tmp_path_factory):
    house = GatewayHouse(tmp_path_factory.mktemp("gateway"))
    with house:
        yield house


@pytest.fixture
def token(gateway):
    return a_token(iss=gateway.public_url)


@pytest.fixture
def open_connections(gateway):
    """How many connections the gateway holds open."""
    return lambda: gateway.metric("ct_http_connections")


@pytest.fixture(scope="module")
def houses(topology, tmp_path_factory):
    """(the real membership, two gateways before it)"""
    prefix = f"two_{uuid.uuid4().hex[:10]}_"
    first = GatewayHouse(tmp_path_factory.mktemp("first"))
    second = GatewayHouse(tmp_path_factory.mktemp("second"), CT_PUBLIC_URL=first.public_url)
    membership = MembershipHouse(
        tmp_path_factory.mktemp("real"), prefix=prefix, CT_PUBLIC_URL=first.public_url
    )
    begun = (membership, first, second)
    for each in begun:
        each.wait_ready(60)
    yield begun
    for each in begun:
        each.stop()
    client = connect(Settings(service="tests", mongo=MONGO))
    client.drop_database(f"{prefix}membership")
    client.drop_database(f"{prefix}membership_keys")
    client.close()


@pytest.fixture(scope="module")
def gateways(houses):
    return houses[1:]


@pytest.fixture
def admin(houses):
    """The tokens of the admin of a network of their own."""
    founded = {"display_name": "Baltic", "admin_email": f"{uuid.uuid4().hex}@baltic.example"}
    with Asker("operator") as operator:
        begun = operator.ask("membership", "create_network", founded)
    token = begun["answer"]["link_token"]
    return houses[1].request("POST", "/v1/sign-ins/finish", {"token": token})[2]
