"""The doors of sessions over memory."""

from datetime import timedelta

import pytest

from services.sessions.service import SessionsService
from tests.builders.doors import House
from tests.builders.floors import some_secrets
from tests.builders.hearing import StandingClock
from tests.builders.sessions import START
from tests.fakes.store import fake_floor


@pytest.fixture
def clock():
    """An hour before the session of the builders."""
    return StandingClock(START - timedelta(hours=1))


@pytest.fixture
def house(tmp_path, clock):
    return House(SessionsService, fake_floor("sessions", clock, some_secrets(tmp_path)))
