"""Networks made and suspended by an operator's system, over the API."""

import base64
import http.client
import json
import uuid

import pytest

from tests.builders.askers import Asker
from tests.builders.houses import eventually


def client_token(gateway, client):
    """The answer of `/oauth/token` to a client's id and secret."""
    pair = base64.b64encode(f"{client['id']}:{client['secret']}".encode()).decode()
    head = {"Authorization": f"Basic {pair}", "Content-Type": "application/x-www-form-urlencoded"}
    connection = http.client.HTTPConnection("127.0.0.1", gateway.http_port, timeout=30)
    connection.request("POST", "/oauth/token", "grant_type=client_credentials", head)
    answer = connection.getresponse()
    found = answer.status, json.loads(answer.read())
    connection.close()
    return found


@pytest.fixture
def system(houses):
    """An operator's system: id and secret."""
    with Asker("operator") as operator:
        return operator.ask("membership", "register_operator", {"display_name": "Provisioning"})["answer"]


@pytest.fixture
def operator(gateways, system):
    status, given = client_token(gateways[0], system)
    assert (status, given["scope"]) == (200, "networks:manage")
    return given["access_token"]


def begin(gateway, operator, **fields):
    wanted = {"display_name": "Baltic", "admin_email": f"{uuid.uuid4().hex}@baltic.example"} | fields
    return gateway.request("POST", "/v1/networks", wanted, token=operator)


def set_standing(gateway, operator, network, standing):
    target = f"/v1/networks/{network}/standing"
    return gateway.request("PUT", target, {"standing": standing}, token=operator)


def sign_in(gateway, begun):
    token = begun["link"].rpartition("/")[2]
    return gateway.request("POST", "/v1/sign-ins/finish", {"token": token})[2]


def test_a_network_begun_over_the_api_has_an_admin_who_signs_in_with_the_link(gateways, operator):
    status, fields, begun = begin(gateways[0], operator)

    assert (status, fields["Location"]) == (201, f"/v1/networks/{begun['id']}")
    tokens = sign_in(gateways[0], begun)
    me = gateways[1].request("GET", "/v1/me", token=tokens["access_token"])[2]
    assert (me["network"]["id"], me["roles"]) == (begun["id"], ["member", "network_admin"])


def test_the_same_request_again_makes_no_second_network_and_shows_no_link(gateways, operator):
    wanted = {"display_name": "Baltic", "admin_email": f"{uuid.uuid4().hex}@baltic.example"}
    key = uuid.uuid4().hex

    first, again = (
        gateways[0].request("POST", "/v1/networks", wanted, token=operator, Idempotency_Key=key)[2]
        for _ in range(2)
    )

    assert first["id"] == again["id"]
    assert "link" in first and "link" not in again


def test_an_operator_sees_that_networks_are_there_and_nothing_in_them(gateways, operator):
    begun = begin(gateways[0], operator)[2]

    shown = gateways[0].request("GET", f"/v1/networks/{begun['id']}", token=operator)[2]
    listed = gateways[0].request("GET", "/v1/networks?limit=100", token=operator)[2]["data"]

    assert set(shown) == {"id", "display_name", "standing", "created_at"}
    assert shown in listed
    for path in ("/v1/people", "/v1/audit", "/v1/roles", "/v1/me", "/v1/cohorts"):
        assert gateways[0].request("GET", path, token=operator)[0] == 403


def test_a_suspended_network_lets_nobody_in_and_its_tokens_end_everywhere(gateways, operator):
    begun = begin(gateways[0], operator)[2]
    tokens = sign_in(gateways[0], begun)

    set_standing(gateways[0], operator, begun["id"], "suspended")

    def refused(gateway):
        return gateway.request("GET", "/v1/me", token=tokens["access_token"])[0] == 401

    eventually(lambda: all(refused(each) for each in gateways), 5)
    refresh = {"refresh_token": tokens["refresh_token"]}
    status, _, body = gateways[0].request("POST", "/v1/sign-ins/refresh", refresh)
    assert (status, body["code"]) == (403, "network-suspended")

    set_standing(gateways[0], operator, begun["id"], "active")
    assert gateways[0].request("POST", "/v1/sign-ins/refresh", refresh)[0] == 200


def test_admins_members_and_partners_are_no_operators(gateways, admin):
    gateway, token = gateways[0], admin["access_token"]

    assert begin(gateway, token)[0] == 403
    assert gateway.request("GET", "/v1/networks", token=token)[0] == 403
    assert gateway.request("GET", "/v1/networks")[0] == 401
    wanted = {"display_name": "HR", "organization_id": None, "scopes": ["networks:manage"]}
    assert gateway.request("POST", "/v1/clients", wanted, token=token)[0] == 422


def test_an_operators_system_that_was_disabled_is_refused_within_seconds(gateways, system, operator):
    with Asker("operator") as asker:
        wanted = {"client_id": system["id"], "standing": "disabled"}
        asker.ask("membership", "set_operator_standing", wanted)

    eventually(lambda: gateways[1].request("GET", "/v1/networks", token=operator)[0] == 401, 5)
    assert client_token(gateways[0], system)[0] == 401


@pytest.mark.parametrize(
    ("fields", "pointer"),
    [
        ({"display_name": ""}, "/display_name"),
        ({"display_name": "two\nlines"}, "/display_name"),
        ({"admin_email": "nobody"}, "/admin_email"),
        ({"network": "net_1"}, "/network"),
    ],
)
def test_a_network_that_cannot_be_is_refused_by_its_field(gateways, operator, fields, pointer):
    status, _, body = begin(gateways[0], operator, **fields)

    assert (status, body["errors"][0]["pointer"]) == (422, pointer)


def test_an_unknown_network_is_not_there(gateways, operator):
    assert gateways[0].request("GET", "/v1/networks/net_0", token=operator)[0] == 404
    assert set_standing(gateways[0], operator, "net_0", "suspended")[0] == 404
    assert set_standing(gateways[0], operator, "net_0", "gone")[0] == 422
