"""A clean vhost and databases of their own for the services of these tests."""

import fcntl
import tempfile
import uuid
from pathlib import Path

import pytest

from services.kit.mongo import connect
from services.kit.settings import Settings
from services.kit.topology import apply_topology, queues
from services.kit.wire import Broker
from tests.builders import brokers
from tests.builders.floors import MONGO
from tests.builders.houses import House

HERE = "tests.integration.bus.houses"


@pytest.fixture(scope="session")
def mongo():
    client = connect(Settings(service="tests", mongo=MONGO))
    yield client
    client.close()


@pytest.fixture(scope="module")
def topology():
    """All exchanges and queues, empty, and nobody else's tests on them meanwhile."""
    user = "migrate"
    broker = Broker(brokers.HOST, brokers.PORT, brokers.VHOST, user, brokers.password_of(user))
    lock = Path(tempfile.gettempdir()) / f"commonthread-{brokers.PORT}-{brokers.VHOST}.lock"
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        apply_topology(broker)
        brokers.empty(*(queue.name for queue in queues()))
        yield broker


@pytest.fixture(scope="module")
def begin(topology, mongo, tmp_path_factory):
    """Start test services: `begin("Asked", CT_WORKERS=4)`; they end with the module."""
    begun = []

    def start(name, **settings):
        prefix = f"bus_{uuid.uuid4().hex[:10]}_"
        directory = tmp_path_factory.mktemp(name)
        house = House(f"{HERE}:{name}", "sessions", directory, prefix=prefix, **settings)
        house.database = mongo[f"{prefix}sessions"]
        begun.append(house)
        house.wait_ready()
        return house

    yield start
    for house in begun:
        if house.is_alive:
            house.stop()
        mongo.drop_database(house.database.name)
