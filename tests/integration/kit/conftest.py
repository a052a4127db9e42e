"""A database of its own for each test that needs the real one."""

import uuid

import pytest

from services.kit.mongo import connect
from services.kit.settings import Settings
from tests.builders.floors import MONGO, a_floor, some_secrets
from tests.fakes.store import fake_floor


@pytest.fixture(scope="session")
def mongo():
    client = connect(Settings(service="tests", mongo=MONGO))
    yield client
    client.close()


@pytest.fixture
def floor(mongo, tmp_path):
    """A floor over the real MongoDB; its databases are dropped afterwards."""
    floor = a_floor(client=mongo, prefix=f"kit_{uuid.uuid4().hex[:12]}_", secrets=some_secrets(tmp_path))
    yield floor
    mongo.drop_database(floor.settings.database)
    mongo.drop_database(floor.settings.keys_database)


@pytest.fixture(params=["mongo", "memory"])
def either_floor(request, tmp_path):
    """The same test on the real MongoDB and on the fake one."""
    if request.param == "mongo":
        return request.getfixturevalue("floor")
    return fake_floor(secrets=some_secrets(tmp_path))
