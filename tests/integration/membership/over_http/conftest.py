"""Membership behind a gateway that offers the routes of a module's MINE, with a network and its admin."""

from dataclasses import replace

import pytest

from gateway.routing import ROUTES
from services.kit.clock import WallClock
from services.kit.floor import Floor
from tests.builders.doors import HouseAsks
from tests.builders.gateway import PUBLIC_URL, a_gateway


@pytest.fixture
def clock():
    """The gateway compares with the clock on the wall."""
    return WallClock()


@pytest.fixture
def floor(floor, mongo, clock):
    return Floor(replace(floor.settings, public_url=PUBLIC_URL), client=mongo, clock=clock)


@pytest.fixture
def network(house):
    return house.ask("create_network", display_name="Baltic", admin_email="eve@baltic.example")


@pytest.fixture
def gateway(house, request):
    offered = [each for each in ROUTES if each.handler.__module__ in request.module.MINE]
    return a_gateway(offered, asks=HouseAsks(house))


@pytest.fixture
def admin(gateway, network):
    """An admin's requests: `admin("GET", path, body, **fields)`."""
    opened = gateway.request("POST", "/v1/sign-ins/finish", {"token": network["link_token"]})

    def request(method, path, body=None, **fields):
        return gateway.request(method, path, body, token=opened.json["access_token"], **fields)

    return request
