"""Revocation as it is: membership, a broker and two gateways, each a process of its own."""

import base64
import json
import secrets
import time
import uuid

import pytest

from services.kit.mongo import connect
from services.kit.settings import Settings
from tests.builders.askers import Asker
from tests.builders.brokers import publish
from tests.builders.floors import MONGO
from tests.builders.gateway_house import GatewayHouse
from tests.builders.houses import House, eventually

AT_MOST = 5  # seconds from the answer until every gateway refuses


class MembershipHouse(House):
    """The real membership with its key files."""

    def _start(self, path, directory, broker_port, settings):
        folder = directory / "secrets"
        folder.mkdir(exist_ok=True)
        kek = "k1:" + base64.b64encode(secrets.token_bytes(32)).decode()
        for name, text in {"kek": kek, "link_key": "x" * 32}.items():
            (folder / name).touch(mode=0o600)
            (folder / name).write_text(text)
        super()._start(path, directory, broker_port, settings)


@pytest.fixture(scope="module")
def houses(topology, tmp_path_factory):
    """(membership, gateway, gateway)"""
    prefix = f"rev_{uuid.uuid4().hex[:10]}_"
    first = GatewayHouse(tmp_path_factory.mktemp("first"))
    second = GatewayHouse(tmp_path_factory.mktemp("second"), CT_PUBLIC_URL=first.public_url)
    membership = MembershipHouse(
        "services.membership.service:MembershipService",
        "membership",
        tmp_path_factory.mktemp("membership"),
        prefix=prefix,
        CT_PUBLIC_URL=first.public_url,
    )
    begun = (membership, first, second)
    for each in begun:
        each.wait_ready(60)
    yield begun
    for each in begun:
        each.stop()
    client = connect(Settings(service="tests", mongo=MONGO))
    client.drop_database(f"{prefix}membership")
    client.drop_database(f"{prefix}membership_keys")
    client.close()


@pytest.fixture(scope="module")
def gateways(houses):
    return houses[1:]


@pytest.fixture
def begin_network(houses):
    """Begin a network; returns its admin's tokens."""

    def begin():
        with Asker("operator") as operator:
            begun = operator.ask(
                "membership",
                "create_network",
                {"display_name": "Baltic", "admin_email": f"{uuid.uuid4().hex}@baltic.example"},
            )
        token = begun["answer"]["link_token"]
        return houses[1].request("POST", "/v1/sign-ins/finish", {"token": token})[2]

    return begin


@pytest.fixture
def admin(begin_network):
    return begin_network()


def me(gateway, tokens):
    status, _, body = gateway.request("GET", "/v1/me", token=tokens["access_token"])
    return status, body.get("code")


def refused_everywhere(gateways, tokens):
    """Wait until every gateway refuses; seconds it took, and with which words."""
    began = time.monotonic()
    eventually(lambda: all(me(each, tokens)[0] == 401 for each in gateways), AT_MOST)
    return time.monotonic() - began, {me(each, tokens) for each in gateways}


def refresh(gateway, tokens):
    status, _, body = gateway.request(
        "POST", "/v1/sign-ins/refresh", {"refresh_token": tokens["refresh_token"]}
    )
    assert status == 200, body
    return body


def test_a_token_copied_before_signing_out_is_refused_by_every_gateway_at_once(gateways, admin):
    assert {me(each, admin) for each in gateways} == {(200, None)}

    gateways[0].request("DELETE", "/v1/sign-ins/current", token=admin["access_token"])

    _, words = refused_everywhere(gateways, admin)
    assert words == {(401, "token-refused")}


def test_a_lost_role_makes_tokens_stale_everywhere_and_a_new_one_is_without_it(gateways, admin):
    person = gateways[0].request("GET", "/v1/me", token=admin["access_token"])[2]["person_id"]
    role = gateways[0].request(
        "POST", "/v1/roles", {"person_id": person, "role": "program_staff"}, token=admin["access_token"]
    )[2]
    staff = refresh(gateways[0], admin)
    assert "program_staff" in gateways[1].request("GET", "/v1/me", token=staff["access_token"])[2]["roles"]

    gateways[1].request("DELETE", f"/v1/roles/{role['role_id']}", token=staff["access_token"])

    _, words = refused_everywhere(gateways, staff)
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
