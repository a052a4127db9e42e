"""Sessions' doors over a real MongoDB, the clock in the test's hands."""

import uuid
from datetime import timedelta

import pytest

from services.kit.mongo import connect
from services.kit.settings import Settings
from services.sessions.service import SessionsService
from tests.builders.doors import House
from tests.builders.floors import MONGO, a_floor, some_secrets
from tests.builders.hearing import StandingClock, hear
from tests.builders.sessions import ROSTER, START, a_cohort_event, a_slot_event


@pytest.fixture(scope="session")
def mongo():
    client = connect(Settings(service="tests", mongo=MONGO))
    yield client
    client.close()


@pytest.fixture(scope="module")
def furnished(mongo, tmp_path_factory):
    """The doors over a database of the module's own, an hour before the session of the builders."""
    clock = StandingClock(START - timedelta(hours=1))
    prefix, secrets = f"sessions_{uuid.uuid4().hex[:12]}_", some_secrets(tmp_path_factory.mktemp("secrets"))
    floor = a_floor("sessions", client=mongo, clock=clock, prefix=prefix, secrets=secrets)
    yield House(SessionsService, floor)
    mongo.drop_database(floor.settings.database)
    mongo.drop_database(floor.settings.keys_database)


@pytest.fixture
def house(furnished):
    """Nothing but one planned session of a cohort that has signed."""
    database = furnished.service.sessions.floor.database
    for name in database.list_collection_names():
        database[name].delete_many({})
    hear(furnished, "on_cohort", a_cohort_event(signed_by=ROSTER))
    hear(furnished, "on_slot", a_slot_event())
    return furnished
