"""Membership with two providers that may be asked, and the one refusal that everything amiss meets."""

import pytest

from services.kit.clock import WallClock
from services.kit.outcomes import RemoteRefusal
from tests.builders.arrivals import a_house
from tests.builders.identity_provider import AProvider

NO = {
    "kind": "forbidden",
    "code": "sign-in-not-accepted",
    "message": "This sign-in was not accepted. Nothing was changed.",
    "errors": [],
}
UNCHANGED = ("people", "accounts", "identities", "sign_ins", "logout_hints", "connections", "roles")


@pytest.fixture
def clock():
    """Providers look at the clock on the wall."""
    return WallClock()


@pytest.fixture
def provider():
    with AProvider() as running:
        yield running


@pytest.fixture
def another():
    """A second provider, of somebody else's."""
    with AProvider("sub-eve", name="Eve", email="eve@brook.example") as running:
        yield running


@pytest.fixture
def house(floor, provider, another):
    return a_house(floor, provider, another)


@pytest.fixture
def refused(house, mongo, settings):
    """Called with an act: it is refused with the one no, and nothing is changed by it."""

    def all_there_is():
        stores = (mongo[settings.database][name] for name in UNCHANGED)
        return [sorted(map(str, store.find())) for store in stores]

    def refuse(act):
        before = all_there_is()
        with pytest.raises(RemoteRefusal) as no:
            act()
        assert {name: getattr(no.value, name) for name in NO} == NO
        assert all_there_is() == before

    return refuse
