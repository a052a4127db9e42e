"""Signing in and partner tokens as a client meets them: HTTP in front, a real MongoDB behind."""

import base64
from dataclasses import replace

import pytest

from gateway.routes import clients, identity, oauth
from gateway.routing import ROUTES
from services.contracts.links import open_token
from services.kit.clock import WallClock
from services.kit.floor import Floor
from services.membership.adapters.tokens import Argon2Passwords
from services.membership.service import MembershipService
from tests.builders.doors import House, HouseAsks
from tests.builders.gateway import PUBLIC_URL, a_gateway
from tests.builders.identity import a_person

FORM = "application/x-www-form-urlencoded"
ASKED = b"grant_type=client_credentials"
NORTHWIND = {
    "display_name": "Northwind HR",
    "organization_id": "org_1",
    "scopes": ["people:read", "cohorts:read"],
}


@pytest.fixture
def clock():
    """The gateway compares with the clock on the wall."""
    return WallClock()


@pytest.fixture
def floor(floor, mongo, clock):
    return Floor(replace(floor.settings, public_url=PUBLIC_URL), client=mongo, clock=clock)


@pytest.fixture
def house(floor):
    """Each request has a thread of its own here, so passwords are hashed in it."""
    passwords = Argon2Passwords(elsewhere=lambda hashing, *given: hashing(*given))
    return House(MembershipService, floor, passwords=passwords)


@pytest.fixture
def gateway(house):
    mine = {clients.__name__, identity.__name__, oauth.__name__}
    return a_gateway([each for each in ROUTES if each.handler.__module__ in mine], asks=HouseAsks(house))


@pytest.fixture
def eve(house, gateway):
    """An admin's tokens and network."""
    begun = house.ask("create_network", display_name="Baltic", admin_email="eve@baltic.example")
    return gateway.request("POST", "/v1/sign-ins/finish", {"token": begun["link_token"]}).json


@pytest.fixture
def partner(house, gateway, eve):
    """A partner system just registered: id and secret."""
    house.service.organizations = Organizations()
    return gateway.request("POST", "/v1/clients", NORTHWIND, token=eve["access_token"], idempotency_key="k1")


class Organizations:
    """Every organization is known."""

    def get(self, network, id):
        return type("Organization", (), {"id": id})()


def ask_token(gateway, credentials, form=ASKED):
    return gateway.request("POST", "/oauth/token", form, content_type=FORM, authorization=credentials)


def basic(pair):
    return "Basic " + base64.b64encode(pair.encode()).decode()


def test_an_admin_is_shown_who_they_are(gateway, eve):
    me = gateway.request("GET", "/v1/me", token=eve["access_token"])

    assert (me.status, me.json["roles"]) == (200, ["member", "network_admin"])
    assert me.json["links"]["cohorts"] == "/v1/me/cohorts"
    assert me.fields["cache-control"] == "private, no-cache"


def test_tokens_are_never_kept_by_caches(gateway, house):
    begun = house.ask("create_network", display_name="Baltic", admin_email="eve@baltic.example")

    given = gateway.request("POST", "/v1/sign-ins/finish", {"token": begun["link_token"]})

    assert (given.status, given.fields["cache-control"]) == (200, "no-store")


def test_asking_for_a_link_tells_nothing_about_the_address(gateway, eve):
    known, unknown = (
        gateway.request("POST", "/v1/sign-ins", {"email": email, "verifier": "v" * 43})
        for email in ("eve@baltic.example", "nobody@baltic.example")
    )

    assert (known.status, known.body) == (unknown.status, unknown.body) == (202, b"{}")
    assert known.fields.keys() == unknown.fields.keys()


def test_a_link_used_again_is_a_problem(gateway, house):
    token = house.ask("create_network", display_name="B", admin_email="eve@baltic.example")["link_token"]
    gateway.request("POST", "/v1/sign-ins/finish", {"token": token})

    again = gateway.request("POST", "/v1/sign-ins/finish", {"token": token})

    assert (again.status, again.json["code"]) == (403, "link-not-valid")


def test_too_many_tries_are_told_when_to_come_back(gateway):
    body = {"email": "nobody@baltic.example", "password": "a wrong one, though long"}
    answers = [gateway.request("POST", "/v1/sign-ins/password", body) for _ in range(11)]

    assert [answer.status for answer in answers] == [403] * 10 + [429]
    assert answers[-1].fields["retry-after"] == "86400"


def test_signing_out_kills_the_refresh_token(gateway, eve):
    left = gateway.request("DELETE", "/v1/sign-ins/current", token=eve["access_token"])

    after = gateway.request("POST", "/v1/sign-ins/refresh", {"refresh_token": eve["refresh_token"]})

    assert left.status == 204
    assert (after.status, after.json["code"]) == (403, "sign-in-ended")


def test_a_weak_password_names_its_field(gateway, eve):
    answer = gateway.request("PUT", "/v1/me/password", {"password": "short"}, token=eve["access_token"])

    assert answer.status == 422
    assert answer.json["errors"][0]["pointer"] == "/password"


@pytest.mark.parametrize("method_and_path", ["GET /v1/roles", "GET /v1/clients", "POST /v1/roles"])
def test_a_member_sees_nothing_of_the_admins_part(gateway, house, eve, method_and_path):
    network = eve["network"]
    house.service.people.add(a_member(network))
    house.service.accounts.ensure_for(network, "per_bo", "bo@baltic.example")
    house.ask("start_sign_in", email="bo@baltic.example")
    sent = house.service.sign_ins.documents.find_one({"outbox.body.data.email": "bo@baltic.example"})
    sealed = sent["outbox"][0]["body"]["data"]["token"]
    token = open_token(house.service.sign_ins.floor.settings.secret("link_key"), sealed)
    bo = gateway.request("POST", "/v1/sign-ins/finish", {"token": token}).json

    method, path = method_and_path.split()
    answer = gateway.request(method, path, {} if method == "POST" else None, token=bo["access_token"])

    assert answer.status == 403


def a_member(network):
    return a_person("per_bo", network=network, email="bo@baltic.example")


def test_a_secret_is_shown_once(gateway, eve, partner):
    again = gateway.request("POST", "/v1/clients", NORTHWIND, token=eve["access_token"], idempotency_key="k1")
    listed = gateway.request("GET", "/v1/clients", token=eve["access_token"])

    assert partner.status == 201
    assert len(partner.json["secret"]) == 43
    assert again.json == {name: value for name, value in partner.json.items() if name != "secret"}
    assert listed.json["data"] == [again.json]


def test_another_body_under_the_same_key_is_refused(gateway, eve, partner):
    body = {"display_name": "Another", "organization_id": "org_1", "scopes": ["people:read"]}

    answer = gateway.request("POST", "/v1/clients", body, token=eve["access_token"], idempotency_key="k1")

    assert (answer.status, answer.json["code"]) == (422, "key-reused")


def test_a_partner_gets_a_token_and_is_no_person(gateway, partner):
    credentials = basic(f"{partner.json['id']}:{partner.json['secret']}")
    given = ask_token(gateway, credentials, ASKED + b"&scope=people%3Aread")

    assert (given.status, given.json["scope"]) == (200, "people:read")
    assert given.fields["cache-control"] == "no-store"
    assert gateway.request("GET", "/v1/me", token=given.json["access_token"]).status == 403


@pytest.mark.parametrize(
    ("credentials", "form", "status", "error"),
    [
        ("Basic !!!", ASKED, 401, "invalid_client"),
        ("Bearer abc", ASKED, 401, "invalid_client"),
        (basic("cli_unknown:secret"), ASKED, 401, "invalid_client"),
        (basic("{id}:wrong"), ASKED, 401, "invalid_client"),
        (basic("{id}:{secret}"), b"grant_type=password", 400, "unsupported_grant_type"),
        (basic("{id}:{secret}"), b"scope=people%3Aread", 400, "invalid_request"),
        (
            basic("{id}:{secret}"),
            ASKED + b"&scope=webhooks%3Amanage",
            400,
            "invalid_scope",
        ),
        (basic("{id}:{secret}"), ASKED + b"&grant_type=x", 400, "invalid_request"),
        (basic("{id}:{secret}"), ASKED + b"&client_secret=x", 400, "invalid_request"),
    ],
)
def test_the_token_endpoint_says_no_in_oauths_words(gateway, partner, credentials, form, status, error):
    if credentials.startswith("Basic ") and "!" not in credentials:
        pair = base64.b64decode(credentials.removeprefix("Basic ")).decode()
        credentials = basic(pair.format(id=partner.json["id"], secret=partner.json["secret"]))

    answer = ask_token(gateway, credentials, form)

    assert (answer.status, answer.json["error"]) == (status, error)
    assert ("www-authenticate" in answer.fields) == (status == 401)


def test_the_keys_and_only_public_parts_are_published(gateway):
    answer = gateway.request("GET", "/.well-known/jwks.json")

    assert [set(key) for key in answer.json["keys"]] == [{"kty", "crv", "x", "y", "kid", "use", "alg"}] * 2
