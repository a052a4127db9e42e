"""Own factors as a client meets them: HTTP in front, a real MongoDB behind."""

import re
from dataclasses import replace

import pytest

from gateway.routes import identity, own_factors
from gateway.routing import ROUTES
from services.kit.clock import WallClock
from services.kit.floor import Floor
from services.membership.adapters.tokens import Argon2Passwords
from services.membership.service import MembershipService
from tests.builders.doors import House, HouseAsks
from tests.builders.factors import code_of
from tests.builders.gateway import PUBLIC_URL, a_gateway


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
    mine = {identity.__name__, own_factors.__name__}
    return a_gateway([each for each in ROUTES if each.handler.__module__ in mine], asks=HouseAsks(house))


@pytest.fixture
def eve(house, gateway):
    """Asked: what Eve is answered, by the tokens she has just been given."""
    begun = house.ask("create_network", display_name="Baltic", admin_email="eve@baltic.example")
    tokens = gateway.request("POST", "/v1/sign-ins/finish", {"token": begun["link_token"]}).json

    def ask(method, path, body=None):
        answer = gateway.request(method, path, body, token=tokens["access_token"])
        if answer.status == 200 and "access_token" in answer.json:
            tokens.update(answer.json)
        return answer

    return ask


def set_authenticator(eve, clock):
    secret = eve("POST", "/v1/me/authenticator").json["secret"]
    return secret, eve("POST", "/v1/me/authenticator/confirmation", {"code": code_of(secret, clock)})


def test_an_authenticator_is_set_by_its_first_code_and_opens_text(eve, clock):
    before = eve("GET", "/v1/me")

    _, confirmed = set_authenticator(eve, clock)

    assert (confirmed.status, len(confirmed.json["recovery_codes"])) == (200, 10)
    assert (before.json["text_open"], eve("GET", "/v1/me").json["text_open"]) == (False, True)


def test_the_seed_comes_as_text_address_and_picture_and_is_kept_by_no_cache(eve):
    offered = eve("POST", "/v1/me/authenticator")

    secret = offered.json["secret"]
    assert (offered.status, offered.fields["cache-control"]) == (201, "no-store")
    assert offered.json["uri"] == (
        f"otpauth://totp/Commonthread:eve%40baltic.example?secret={secret}&issuer=Commonthread"
    )
    assert re.match(r'<svg xmlns="[^"]+" viewBox="0 0 (\d+) \1"', offered.json["qr"])
    assert secret not in offered.json["qr"]


def test_a_wrong_code_is_a_problem_and_the_sixth_waits(eve, clock):
    set_authenticator(eve, clock)

    answers = [eve("POST", "/v1/me/step-up", {"code": "000000"}) for _ in range(6)]

    assert [answer.status for answer in answers] == [403] * 5 + [429]
    assert [answer.json["code"] for answer in answers] == ["factor-not-valid"] * 5 + ["too-many-tries"]
    assert answers[5].fields["retry-after"] == "900"


def test_a_recovery_code_proves_it_and_is_spent(eve, clock):
    _, confirmed = set_authenticator(eve, clock)
    code = {"recovery_code": confirmed.json["recovery_codes"][0]}

    first, again = eve("POST", "/v1/me/step-up", code), eve("POST", "/v1/me/step-up", code)

    assert (first.status, again.status, again.json["code"]) == (200, 403, "factor-not-valid")
    assert eve("GET", "/v1/me/own-factors").json["recovery_codes_left"] == 9


def test_a_reset_is_seen_by_its_person_and_cancelled(eve, clock):
    set_authenticator(eve, clock)

    asked = eve("POST", "/v1/me/factor-reset")
    told = eve("GET", "/v1/me").json["factor_reset_at"]
    cancelled = eve("DELETE", "/v1/me/factor-reset")

    assert (asked.status, cancelled.status) == (202, 204)
    assert told == asked.json["takes_effect_at"]
    assert eve("GET", "/v1/me").json["factor_reset_at"] is None
    assert eve("DELETE", "/v1/me/factor-reset").json["code"] == "no-reset-waiting"


@pytest.mark.parametrize(
    ("method", "path", "body", "code"),
    [
        ("POST", "/v1/me/authenticator/confirmation", {"code": "123456"}, "nothing-offered"),
        ("POST", "/v1/me/step-up", {"code": "123456"}, "no-own-factor"),
        ("POST", "/v1/me/recovery-codes", None, "no-own-factor"),
        ("POST", "/v1/me/factor-reset", None, "no-own-factor"),
        ("DELETE", "/v1/me/authenticator", None, "no-authenticator"),
    ],
)
def test_who_holds_nothing_is_told_so(eve, method, path, body, code):
    assert eve(method, path, body).json["code"] == code


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"code": "1", "recovery_code": "2"},
        {"code": 123456},
        {"code": ["123456"]},
        {"code": "1" * 41},
        {"password": ""},
        {"password": "x" * 2049},
        {"person_id": "per_other", "code": "123456"},
    ],
)
def test_a_malformed_proof_is_refused_by_the_name_of_its_field(eve, clock, body):
    set_authenticator(eve, clock)

    refused = eve("POST", "/v1/me/step-up", body)

    assert refused.status == 422
    assert refused.json["errors"][0]["pointer"].lstrip("/") in {
        "code",
        "recovery_code",
        "password",
        "person_id",
    }
    assert eve("GET", "/v1/me/own-factors").json["recovery_codes_left"] == 10


def test_nobody_else_is_shown_anything_of_it(eve, gateway, clock):
    set_authenticator(eve, clock)
    stranger = gateway.request("GET", "/v1/me/own-factors")

    assert stranger.status == 401
