"""Scheduling's doors over a real MongoDB, its clock in the test's hands."""

import uuid

import pytest

from services.kit.mongo import connect
from services.kit.settings import Settings
from services.scheduling.service import SchedulingService
from tests.builders.doors import House
from tests.builders.floors import MONGO, a_floor, some_secrets
from tests.builders.hearing import StandingClock


@pytest.fixture(scope="session")
def mongo():
    client = connect(Settings(service="tests", mongo=MONGO))
    yield client
    client.close()


@pytest.fixture
def clock():
    return StandingClock()


@pytest.fixture
def house(mongo, clock, tmp_path):
    prefix = f"scheduling_{uuid.uuid4().hex[:12]}_"
    floor = a_floor("scheduling", client=mongo, clock=clock, prefix=prefix, secrets=some_secrets(tmp_path))
    yield House(SchedulingService, floor)
    mongo.drop_database(floor.settings.database)
