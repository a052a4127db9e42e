"""Revocation as it is: membership, a broker and two gateways, each a process of its own."""

import json

from tests.builders.brokers import publish
from tests.builders.gateway_house import GatewayHouse
from tests.builders.houses import eventually

AT_MOST = 5  # seconds from the answer until every gateway refuses


def me(gateway, tokens):
    status, _, body = gateway.request("GET", "/v1/me", token=tokens["access_token"])
    return status, body.get("code")


def refused_everywhere(gateways, tokens):
    """Wait until every gateway refuses; return with which words."""
    eventually(lambda: all(me(each, tokens)[0] == 401 for each in gateways), AT_MOST)
    return {me(each, tokens) for each in gateways}


def refresh(gateway, tokens):
    status, _, body = gateway.request(
        "POST", "/v1/sign-ins/refresh", {"refresh_token": tokens["refresh_token"]}
    )
    assert status == 200, body
    return body


def test_a_token_copied_before_signing_out_is_refused_by_every_gateway_at_once(gateways, admin):
    assert {me(each, admin) for each in gateways} == {(200, None)}

    gateways[0].request("DELETE", "/v1/sign-ins/current", token=admin["access_token"])

    words = refused_everywhere(gateways, admin)
    assert words == {(401, "token-refused")}


def test_a_lost_role_makes_tokens_stale_everywhere_and_a_new_one_is_without_it(gateways, admin):
    person = gateways[0].request("GET", "/v1/me", token=admin["access_token"])[2]["person_id"]
    role = gateways[0].request(
        "POST", "/v1/roles", {"person_id": person, "role": "program_staff"}, token=admin["access_token"]
    )[2]
    staff = refresh(gateways[0], admin)
    assert "program_staff" in gateways[1].request("GET", "/v1/me", token=staff["access_token"])[2]["roles"]

    gateways[1].request("DELETE", f"/v1/roles/{role['id']}", token=staff["access_token"])

    words = refused_everywhere(gateways, staff)
    assert words == {(401, "stale-token")}
    renewed = refresh(gateways[1], staff)
    shown = gateways[0].request("GET", "/v1/me", token=renewed["access_token"])[2]
    assert "program_staff" not in shown["roles"]


def test_a_gateway_that_starts_afterwards_knows_what_it_did_not_hear(houses, admin, tmp_path):
    first = houses[1]
    first.request("DELETE", "/v1/sign-ins/current", token=admin["access_token"])

    with GatewayHouse(tmp_path, CT_PUBLIC_URL=first.public_url) as late:
        eventually(lambda: me(late, admin) == (401, "token-refused"), AT_MOST)


def test_what_another_service_puts_before_the_gateways_is_not_believed(gateways, admin):
    """Services may write on `live`; only what membership said, as the broker checked, counts."""
    person = gateways[0].request("GET", "/v1/me", token=admin["access_token"])[2]
    forged = {
        "specversion": "1.0",
        "id": "evt_1",
        "source": "membership",
        "type": "commonthread.membership.access_changed",
        "subject": person["person_id"],
        "time": "2027-01-05T09:00:00.000Z",
        "sequence": 99,
        "network": person["network"]["id"],
        "data": {
            "network": person["network"]["id"],
            "person_id": person["person_id"],
            "organization_id": None,
            "standing": "gone",
        },
    }
    publish("sessions", "live", "access_changed", json.dumps(forged).encode())
    eventually(lambda: all(each.logged("live_message_refused") for each in gateways))

    assert {me(each, admin) for each in gateways} == {(200, None)}
