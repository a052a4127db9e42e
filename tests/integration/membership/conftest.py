"""Membership over a real database of its own, its doors answered in the test's process."""

import uuid

import pytest

from services.kit.floor import Floor
from services.kit.mongo import connect
from services.kit.settings import Settings
from services.membership.service import MembershipService
from tests.builders.doors import House
from tests.builders.floors import MONGO, some_secrets
from tests.builders.identity import HandClock

PUBLIC_URL = "https://commonthread.example"


@pytest.fixture(scope="session")
def mongo():
    client = connect(Settings(service="tests", mongo=MONGO))
    yield client
    client.close()


@pytest.fixture
def clock():
    return HandClock()


@pytest.fixture(scope="session")
def settings(mongo, tmp_path_factory):
    """Those of a membership whose databases are dropped when the run ends."""
    settings = Settings(
        service="membership",
        mongo=MONGO,
        secrets=some_secrets(tmp_path_factory.mktemp("secrets")),
        db_prefix=f"mem_{uuid.uuid4().hex[:12]}_",
        public_url=PUBLIC_URL,
    )
    yield settings
    mongo.drop_database(settings.database)
    mongo.drop_database(settings.keys_database)


@pytest.fixture
def floor(mongo, settings, clock):
    """A floor over the real MongoDB, swept before each test: indexes cost more to make than to keep."""
    for database in (mongo[settings.database], mongo[settings.keys_database]):
        for name in database.list_collection_names():
            database[name].delete_many({})
    return Floor(settings, client=mongo, clock=clock)


@pytest.fixture
def house(floor):
    """Membership's doors over `floor`."""
    return House(MembershipService, floor)
