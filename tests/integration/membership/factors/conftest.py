"""Ada, her account, and the devices she signs in at."""

import pytest

from tests.builders.factors import settle, signed_in_at


@pytest.fixture
def account_id(house):
    return settle(house)


@pytest.fixture
def device(house, clock, account_id):
    """Asked for a name: Ada at a device of that name, just signed in by link."""
    return lambda name="tok_1": signed_in_at(house, clock, account_id, name)


@pytest.fixture
def ada(device):
    return device()
