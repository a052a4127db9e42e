"""Feedback's doors over a real MongoDB, with a program of three cohorts, the clock in the test's hands."""

import uuid

import pytest

from services.feedback.service import FeedbackService
from services.kit.mongo import connect
from services.kit.settings import Settings
from tests.builders.doors import House
from tests.builders.feedback import COHORTS, a_cohort, a_program_designed
from tests.builders.floors import MONGO, a_floor, some_secrets
from tests.builders.hearing import StandingClock, hear


@pytest.fixture(scope="session")
def mongo():
    client = connect(Settings(service="tests", mongo=MONGO))
    yield client
    client.close()


@pytest.fixture
def clock():
    """Long ago for the database, so that what is due now is due there, too."""
    return StandingClock()


@pytest.fixture
def floor(mongo, clock, tmp_path):
    prefix = f"feedback_{uuid.uuid4().hex[:12]}_"
    floor = a_floor("feedback", client=mongo, clock=clock, prefix=prefix, secrets=some_secrets(tmp_path))
    yield floor
    mongo.drop_database(floor.settings.database)
    mongo.drop_database(floor.settings.keys_database)


@pytest.fixture
def house(floor):
    house = House(FeedbackService, floor)
    hear(house, "on_program", a_program_designed())
    for cohort_id, members in COHORTS.items():
        hear(house, "on_cohort", a_cohort(cohort_id, members))
    return house
