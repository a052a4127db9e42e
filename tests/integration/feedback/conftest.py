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


@pytest.fixture(scope="module")
def clock():
    """Long ago for the database, so that what is due now is due there, too."""
    return StandingClock()


@pytest.fixture(scope="module")
def furnished(mongo, clock, tmp_path_factory):
    """The doors over a database of the module's own."""
    prefix, secrets = f"feedback_{uuid.uuid4().hex[:12]}_", some_secrets(tmp_path_factory.mktemp("secrets"))
    floor = a_floor("feedback", client=mongo, clock=clock, prefix=prefix, secrets=secrets)
    yield House(FeedbackService, floor)
    mongo.drop_database(floor.settings.database)
    mongo.drop_database(floor.settings.keys_database)


@pytest.fixture
def house(furnished, clock):
    """The doors over emptied collections, but for the program and its cohorts."""
    database = furnished.service.ledgers.floor.database
    for name in database.list_collection_names():
        database[name].delete_many({})
    clock.moment = StandingClock().moment
    told_of_cohorts(furnished)
    return furnished


def told_of_cohorts(house):
    hear(house, "on_program", a_program_designed())
    for cohort_id, members in COHORTS.items():
        hear(house, "on_cohort", a_cohort(cohort_id, members))
