"""A network says whether confidential text wants a factor of the person's own."""

from dataclasses import replace

import pytest

from gateway.routes import identity
from gateway.routing import ROUTES
from gateway.tokens import AccessTokens, SigningKeys
from services.kit.clock import WallClock
from services.kit.floor import Floor
from tests.builders.doors import HouseAsks
from tests.builders.gateway import PUBLIC_URL, a_gateway


@pytest.fixture
def floor(floor, mongo):
    return Floor(replace(floor.settings, public_url=PUBLIC_URL), client=mongo, clock=WallClock())


@pytest.fixture
def gateway(house):
    mine = [each for each in ROUTES if each.handler.__module__ == identity.__name__]
    return a_gateway(mine, asks=HouseAsks(house))


@pytest.fixture
def eve(house):
    """The network's admin, just signed in by link."""
    begun = house.ask("create_network", display_name="Baltic", admin_email="eve@baltic.example")
    return house.ask("finish_sign_in", token=begun["link_token"])


def change(gateway, tokens, wish, etag=None):
    headers = {"if_match": etag} if etag else {}
    return gateway.request("PATCH", "/v1/network", wish, token=tokens["access_token"], **headers)


def is_text_open(house, tokens):
    keys = SigningKeys(lambda: house.ask("show_signing_keys"))
    return AccessTokens(PUBLIC_URL, keys).caller(tokens["access_token"]).text_open


def test_text_is_closed_to_a_sign_in_by_mailbox_alone_unless_the_network_wants_it_so(house, gateway, eve):
    before = gateway.request("GET", "/v1/network", token=eve["access_token"])

    changed = change(gateway, eve, {"own_factor_for_text": False}, before.fields["etag"])
    renewed = house.ask("refresh_tokens", refresh_token=eve["refresh_token"])

    assert (before.json["own_factor_for_text"], changed.json["own_factor_for_text"]) == (True, False)
    assert (is_text_open(house, eve), is_text_open(house, renewed)) == (False, True)


def test_the_setting_is_changed_only_by_who_saw_how_it_stands(gateway, eve):
    seen = gateway.request("GET", "/v1/network", token=eve["access_token"]).fields["etag"]
    change(gateway, eve, {"own_factor_for_text": False}, seen)

    blind = change(gateway, eve, {"own_factor_for_text": True})
    late = change(gateway, eve, {"own_factor_for_text": True}, seen)

    assert (blind.status, late.status, late.json["code"]) == (428, 412, "stale")
    shown = gateway.request("GET", "/v1/network", token=eve["access_token"])
    assert shown.json["own_factor_for_text"] is False


@pytest.mark.parametrize("wish", [{}, {"own_factor_for_text": "no"}, {"id": "net_2"}])
def test_anything_but_yes_or_no_is_refused_by_name(gateway, eve, wish):
    refused = change(gateway, eve, wish, '"seen"')

    assert refused.status == 422
    assert refused.json["errors"][0]["pointer"] in ("/own_factor_for_text", "/id")


def test_only_an_admin_changes_it(house, gateway, eve):
    role = house.service.roles.find(eve["network"], {"person_id": eve["person_id"]})[0]
    house.service.roles.save(replace(role, standing="revoked"))
    seen = gateway.request("GET", "/v1/network", token=eve["access_token"]).fields["etag"]

    refused = change(gateway, eve, {"own_factor_for_text": False}, seen)

    assert (refused.status, refused.json["code"]) == (403, "network-admin-only")
