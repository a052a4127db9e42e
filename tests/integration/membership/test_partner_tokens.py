"""Partner systems at `/oauth`: two ways to show who they are, and everything that is not one of them."""

import json
import threading
import time
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from joserfc.jwk import ECKey, RSAKey

from gateway.routes import clients, identity, oauth
from gateway.routing import ROUTES
from services.kit.clock import WallClock
from services.kit.floor import Floor
from services.kit.settings import Address
from services.membership.adapters.tokens import Argon2Passwords
from services.membership.service import MembershipService
from tests.builders.doors import House, HouseAsks
from tests.builders.gateway import PUBLIC_URL, a_gateway
from tests.builders.identity import a_network, a_role, an_admin
from tests.builders.partners import FORM, KEY, OTHER_KEY, a_form, an_assertion, basic, signed_form

GRANT = {"grant_type": "client_credentials"}
NET = "net_1"
TOKEN_URL = f"{PUBLIC_URL}/oauth/token"
RSA = RSAKey.generate_key(2048, {"kid": "partner-2"})
P384 = ECKey.generate_key("P-384", {"kid": "partner-1"})


class PublishedKeys:
    """A partner's own address for its public keys; `shown` is what it answers, `asked` how often."""

    def __init__(self):
        self.shown, self.status, self.asked = b"", 200, 0
        outer = self

        class Answering(BaseHTTPRequestHandler):
            def do_GET(self):
                outer.asked += 1
                self.send_response(outer.status)
                self.send_header("Content-Length", str(len(outer.shown)))
                self.end_headers()
                self.wfile.write(outer.shown)

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
        self.url = f"http://127.0.0.1:{self.server.server_port}/jwks"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def show(self, *keys):
        self.shown = json.dumps({"keys": [key.as_dict(private=False) for key in keys]}).encode()


@pytest.fixture
def published():
    keys = PublishedKeys()
    keys.show(KEY)
    yield keys
    keys.server.shutdown()


@pytest.fixture
def clock():
    """Assertions are compared with the clock on the wall."""
    return WallClock()


@pytest.fixture
def floor(floor, mongo, clock, published):
    allowed = frozenset({Address("127.0.0.1", published.server.server_port)})
    settings = replace(floor.settings, public_url=PUBLIC_URL, outward_allow=allowed)
    return Floor(settings, client=mongo, clock=clock)


@pytest.fixture
def house(floor):
    house = House(
        MembershipService, floor, passwords=Argon2Passwords(elsewhere=lambda hashing, *given: hashing(*given))
    )
    house.service.networks.add(a_network())
    house.service.roles.add(a_role(role="network_admin"))
    return house


@pytest.fixture
def gateway(house):
    mine = {clients.__name__, identity.__name__, oauth.__name__}
    return a_gateway([each for each in ROUTES if each.handler.__module__ in mine], asks=HouseAsks(house))


def register(house, **more):
    given = {"display_name": "Northwind HR", "scopes": ["people:read", "cohorts:read"]} | more
    return house.ask("register_client", caller=an_admin(), **given)


@pytest.fixture
def partner(house):
    """A client of the network with a secret."""
    return register(house)


@pytest.fixture
def signer(house):
    """A client that signs, its public key registered with it."""
    return register(
        house,
        auth_method="private_key_jwt",
        jwks={"keys": [KEY.as_dict(private=False), RSA.as_dict(private=False)]},
    )


def post(gateway, path, form, **fields):
    return gateway.request("POST", path, form, content_type=FORM, **fields)


def by_secret(gateway, path, client, **form):
    return post(gateway, path, a_form(**form), authorization=basic(client["id"], client["secret"]))


def signed(gateway, assertion, path="/oauth/token", **form):
    return post(gateway, path, signed_form(assertion, **form))


def a_token(gateway, partner):
    return by_secret(gateway, "/oauth/token", partner, **GRANT).json["access_token"]


def standing(house, client, standing):
    house.ask("set_client_standing", caller=an_admin(), client_id=client["id"], standing=standing)


@pytest.mark.parametrize("audience", [PUBLIC_URL, TOKEN_URL])
@pytest.mark.parametrize(
    ("key", "algorithm", "kid"),
    [(KEY, "ES256", "partner-1"), (RSA, "PS256", "partner-2"), (RSA, "RS256", "partner-2")],
)
def test_a_client_that_signs_gets_a_token(gateway, signer, audience, key, algorithm, kid):
    assertion = an_assertion(signer["id"], audience, key=key, algorithm=algorithm, header={"kid": kid})

    given = signed(gateway, assertion, **GRANT)

    assert given.status == 200, given.json
    assert given.json["scope"] == "cohorts:read people:read"


def wrong_ways(now):
    return {
        "signed by another": {"key": OTHER_KEY},
        "another client's name": {"iss": "cli_other"},
        "about another client": {"sub": "cli_other"},
        "for another server": {"aud": "https://elsewhere.example/oauth/token"},
        "for us and another": {"aud": [TOKEN_URL, "https://elsewhere.example"]},
        "for us in a list": {"aud": [TOKEN_URL]},
        "for our other endpoint": {"aud": f"{PUBLIC_URL}/oauth/revoke"},
        "for our address with a slash": {"aud": PUBLIC_URL + "/"},
        "run out": {"iat": now - 400, "exp": now - 100},
        "good for an hour": {"exp": now + 3_600},
        "good for an hour without saying since when": {"exp": now + 3_600, "without": ("iat",)},
        "good for six minutes in all": {"iat": now - 300, "exp": now + 60},
        "from the future": {"iat": now + 200, "exp": now + 250},
        "not yet": {"nbf": now + 200},
        "exp is a text": {"exp": str(now + 60)},
        "exp is true": {"exp": True},
        "exp is beyond counting": {"exp": 1e400},
        "jti is a number": {"jti": 7},
        "jti is empty": {"jti": ""},
        "jti is endless": {"jti": "x" * 201},
        "typ of an access token": {"header": {"typ": "at+jwt"}},
        "typ of an ID token": {"header": {"typ": "id_token+jwt"}},
        "its own key in the head": {"key": OTHER_KEY, "header": {"jwk": OTHER_KEY.as_dict(private=False)}},
        "a key's address in the head": {"header": {"jku": "https://elsewhere.example/jwks"}},
        "a certificate in the head": {"header": {"x5c": ["MII"]}},
        "another key's name": {"header": {"kid": "partner-2"}},
        "an unknown key's name": {"header": {"kid": "partner-9"}},
        "no key's name where two fit": {"key": RSA, "algorithm": "PS256", "header": {"kid": "partner-1"}},
        "ES384": {"key": P384, "algorithm": "ES384"},
        **{f"without {name}": {"without": (name,)} for name in ("iss", "sub", "aud", "exp", "jti")},
    }


@pytest.mark.parametrize("how", wrong_ways(0))
def test_an_assertion_that_is_wrong_in_any_way_gets_nothing(gateway, signer, how):
    wrong = {"audience": TOKEN_URL} | wrong_ways(int(time.time()))[how]
    audience = wrong.pop("aud", wrong.pop("audience"))

    answer = signed(gateway, an_assertion(signer["id"], audience, **wrong), **GRANT)

    assert (answer.status, answer.json["error"]) == (401, "invalid_client")


@pytest.mark.parametrize("assertion", ["", "x", "a.b.c", "e30.e30.e30", "....", "é.e30.x", "x" * 9_000])
def test_what_is_no_assertion_is_refused_in_oauths_words(gateway, signer, assertion):
    answer = signed(gateway, assertion, **GRANT)

    assert answer.status in (400, 401)
    assert answer.json["error"] in ("invalid_client", "invalid_request")


def test_alg_none_and_the_public_key_as_a_secret_are_refused(gateway, signer):
    head, claims, _ = an_assertion(signer["id"], TOKEN_URL).split(".")
    none = an_assertion.__globals__["base64"].urlsafe_b64encode(b'{"alg":"none"}').rstrip(b"=").decode()

    assert signed(gateway, f"{none}.{claims}.", **GRANT).status == 401
    assert signed(gateway, f"{head}.{claims}.", **GRANT).status == 401


def test_an_assertion_is_good_once(gateway, signer):
    assertion = an_assertion(signer["id"], TOKEN_URL)

    first, second = (signed(gateway, assertion, **GRANT) for _ in range(2))

    assert (first.status, second.status) == (200, 401)


def test_two_at_once_with_one_assertion_get_one_token(gateway, signer):
    assertion = an_assertion(signer["id"], TOKEN_URL)
    found = []
    asking = [
        threading.Thread(target=lambda: found.append(signed(gateway, assertion, **GRANT).status))
        for _ in range(4)
    ]
    for each in asking:
        each.start()
    for each in asking:
        each.join()

    assert sorted(found) == [200, 401, 401, 401]


def test_keys_are_fetched_from_where_the_partner_publishes_them(gateway, house, published):
    client = register(house, auth_method="private_key_jwt", jwks_uri=published.url)

    answers = [signed(gateway, an_assertion(client["id"], TOKEN_URL), **GRANT).status for _ in range(3)]

    assert answers == [200] * 3
    assert published.asked == 1


def test_an_unknown_keys_name_does_not_make_us_ask_without_end(gateway, house, published):
    client = register(house, auth_method="private_key_jwt", jwks_uri=published.url)

    for number in range(5):
        assertion = an_assertion(client["id"], TOKEN_URL, header={"kid": f"made-up-{number}"})
        assert signed(gateway, assertion, **GRANT).status == 401

    assert published.asked == 1


@pytest.mark.parametrize(
    "shown",
    [
        b"",
        b"not json",
        b"[]",
        b'{"keys": 7}',
        b'{"keys": [7, null, {"kty": []}, {"kty": "EC"}, {"kty": "EC", "crv": "P-256", "x": 1, "y": 2}]}',
        b'{"keys": [' + b"[" * 5_000 + b"]" * 5_000 + b"]}",
        b'{"keys": [' + b" " * 70_000 + b"]}",
    ],
)
def test_what_a_partner_publishes_is_not_trusted(gateway, house, published, shown):
    client = register(house, auth_method="private_key_jwt", jwks_uri=published.url)
    published.shown = shown

    answer = signed(gateway, an_assertion(client["id"], TOKEN_URL), **GRANT)

    assert (answer.status, answer.json["error"]) == (401, "invalid_client")


def test_a_client_that_signs_has_no_secret_and_one_with_a_secret_does_not_sign(gateway, partner, signer):
    by_no_secret = by_secret(gateway, "/oauth/token", signer | {"secret": "x" * 43}, **GRANT)
    by_no_key = signed(gateway, an_assertion(partner["id"], TOKEN_URL), **GRANT)

    assert (by_no_secret.status, by_no_key.status) == (401, 401)


def test_one_way_of_showing_who_one_is_not_two(gateway, partner, signer):
    assertion = an_assertion(signer["id"], TOKEN_URL)
    both = post(
        gateway,
        "/oauth/token",
        signed_form(assertion, **GRANT),
        authorization=basic(partner["id"], partner["secret"]),
    )

    assert (both.status, both.json["error"]) == (400, "invalid_request")


def test_the_named_client_is_the_one_that_signed(gateway, signer, partner):
    assertion = an_assertion(signer["id"], TOKEN_URL)

    assert signed(gateway, assertion, client_id=partner["id"], **GRANT).status == 401
    assert signed(gateway, assertion, client_id=signer["id"], **GRANT).status == 200


@pytest.mark.parametrize("path", ["/oauth/token", "/oauth/introspect", "/oauth/revoke"])
def test_a_disabled_client_is_as_good_as_unknown(gateway, house, partner, signer, path):
    for client in (partner, signer):
        standing(house, client, "disabled")

    known = by_secret(gateway, path, partner, token="x", **GRANT)
    unknown = by_secret(gateway, path, partner | {"id": "cli_unknown"}, token="x", **GRANT)
    by_key = signed(gateway, an_assertion(signer["id"], PUBLIC_URL), path, token="x", **GRANT)

    assert (known.status, known.body) == (unknown.status, unknown.body)
    assert by_key.status == 401


def test_a_client_learns_that_its_token_is_good_and_what_it_says(gateway, partner):
    found = by_secret(gateway, "/oauth/introspect", partner, token=a_token(gateway, partner)).json

    assert found["active"] is True
    assert found["client_id"] == found["sub"] == partner["id"]
    assert found["scope"] == "cohorts:read people:read"
    assert found["iss"] == PUBLIC_URL
    assert found["exp"] - found["iat"] == 600


def test_of_any_other_token_it_learns_nothing(gateway, house, partner):
    other = register(house)
    tokens = [a_token(gateway, other), "x", a_token(gateway, partner)[:-4]]

    for token in tokens:
        assert by_secret(gateway, "/oauth/introspect", partner, token=token).json == {"active": False}


def test_a_withdrawn_token_is_good_no_more_and_the_next_is(gateway, partner):
    first, second = a_token(gateway, partner), a_token(gateway, partner)

    withdrawn = by_secret(gateway, "/oauth/revoke", partner, token=first)

    active = [
        by_secret(gateway, "/oauth/introspect", partner, token=token).json["active"]
        for token in (first, second)
    ]
    assert (withdrawn.status, active) == (200, [False, True])


def test_withdrawing_what_is_no_token_is_no_fault(gateway, partner):
    assert by_secret(gateway, "/oauth/revoke", partner, token="never was one").status == 200


def test_a_client_withdraws_no_other_clients_token(gateway, house, partner):
    other = register(house)
    token = a_token(gateway, other)

    refused = by_secret(gateway, "/oauth/revoke", partner, token=token)

    assert (refused.status, refused.json["error"]) == (400, "unauthorized_client")
    assert by_secret(gateway, "/oauth/introspect", other, token=token).json["active"] is True


def test_disabling_ends_every_token_and_enabling_brings_none_back(gateway, house, partner):
    token = a_token(gateway, partner)
    for step in ("disabled", "active"):
        standing(house, partner, step)

    assert by_secret(gateway, "/oauth/introspect", partner, token=token).json == {"active": False}


def test_what_ends_tokens_is_announced_without_a_name_or_a_secret(gateway, house, partner):
    by_secret(gateway, "/oauth/revoke", partner, token=a_token(gateway, partner))

    document = house.service.clients.documents.find_one({"_id": partner["id"]})
    (entry,) = [each for each in document["outbox"] if each["routing_key"] == "client_changed"]
    assert len(entry["body"]["data"]["revoked"]) == 1
    assert "Northwind" not in repr(entry)
    assert partner["secret"] not in repr(document)


@pytest.mark.parametrize("path", ["/oauth/introspect", "/oauth/revoke"])
def test_a_question_without_a_token_is_refused(gateway, partner, path):
    answer = by_secret(gateway, path, partner, grant_type="x")

    assert (answer.status, answer.json["error"]) == (400, "invalid_request")


def test_a_token_for_another_resource_is_not_given(gateway, partner):
    mine = by_secret(gateway, "/oauth/token", partner, resource=PUBLIC_URL, **GRANT)
    other = by_secret(gateway, "/oauth/token", partner, resource="https://elsewhere.example", **GRANT)

    assert mine.status == 200
    assert (other.status, other.json["error"]) == (400, "invalid_target")


def test_the_metadata_names_every_endpoint_there_is(gateway):
    shown = gateway.request("GET", "/.well-known/oauth-authorization-server").json

    for name in ("token_endpoint", "introspection_endpoint", "revocation_endpoint"):
        path = shown[name].removeprefix(PUBLIC_URL)
        assert post(gateway, path, a_form()).status in (400, 401)
    assert shown["issuer"] == PUBLIC_URL
    assert "none" not in str(shown["token_endpoint_auth_signing_alg_values_supported"])
