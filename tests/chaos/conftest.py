"""The platform of the short chaos run, made once."""

import os

import pytest

from deploy.local.places import HOME
from tests.chaos.ground import a_ground


@pytest.fixture(scope="session")
def ground():
    """A small world on a private platform; see `sweep.Ground`."""
    with a_ground(HOME / "tests" / str(os.getpid()) / "chaos") as made:
        yield made
