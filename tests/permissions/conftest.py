"""The world of the matrix, built once, and the matrix run against it, once for all tests of this folder."""

import pytest

from tests.permissions import running, world


@pytest.fixture(scope="session")
def everything(stack):
    """The two networks."""
    return world.build(stack)


@pytest.fixture(scope="session")
def ran(stack, everything):
    """Every cell of the matrix, tried."""
    return running.run(stack, everything)
