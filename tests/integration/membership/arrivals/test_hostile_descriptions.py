"""What a provider says of itself that cannot be used: named to who keeps the connection, never active."""

import threading

import pytest

from services.kit.outcomes import RemoteRefusal
from services.kit.settings import Address
from tests.builders.arrivals import ADMIN, HALDEN, connect, wanted
from tests.builders.identity_provider import UNDONE, AProvider, an_rsa_key, drip, redirect

METADATA = {
    "another issuer": ({"issuer": "https://login.brook.example"}, "other-issuer"),
    "no issuer": ({"issuer": UNDONE}, "malformed"),
    "an issuer with a slash more": ({"issuer": "/"}, "other-issuer"),
    "no token endpoint": ({"token_endpoint": UNDONE}, "malformed"),
    "a private token endpoint": ({"token_endpoint": "https://user@10.0.0.1/"}, "malformed"),
    "a plain token endpoint": ({"token_endpoint": "http://login.brook.example/token"}, "malformed"),
    "a file of keys": ({"jwks_uri": "file:///etc/passwd"}, "malformed"),
    "a script to go to": ({"authorization_endpoint": "javascript:alert(1)"}, "malformed"),
    "a second header line": (
        {"authorization_endpoint": "https://a.example/\r\nSet-Cookie: a=b"},
        "malformed",
    ),
    "an endless address": ({"jwks_uri": "https://a.example/" + "a" * 3000}, "malformed"),
    "a list for an address": ({"jwks_uri": ["https://a.example/"]}, "malformed"),
    "an object for algorithms": ({"id_token_signing_alg_values_supported": {"a": 1}}, "malformed"),
    "no common algorithm": (
        {"id_token_signing_alg_values_supported": ["HS256", "none"]},
        "no-common-algorithm",
    ),
    "no PKCE": ({"code_challenge_methods_supported": ["plain"]}, "no-pkce"),
    "no code flow": ({"response_types_supported": ["id_token"]}, "no-code-flow"),
    "no basic secret": ({"token_endpoint_auth_methods_supported": ["client_secret_post"]}, "no-basic-secret"),
}


@pytest.mark.parametrize(("metadata", "code"), METADATA.values(), ids=METADATA)
def test_a_description_that_is_amiss_is_named_to_who_keeps_it_and_never_becomes_active(
    house, provider, metadata, code
):
    connection = connect(house, provider, standing="draft")
    provider.metadata |= metadata
    named = {"organization_id": HALDEN, "connection_id": connection}

    tested = house.ask("test_connection", ADMIN, **named)
    with pytest.raises(RemoteRefusal) as no:
        house.ask("change_connection", ADMIN, key="k", **named, standing="active")

    assert (tested["is_usable"], tested["problem_code"], tested["found"]) == (False, code, None)
    assert no.value.code == "connection-unusable"
    assert no.value.errors == [{"pointer": "/standing", "detail": tested["problem"]}]
    assert house.ask("show_connection", ADMIN, **named)["standing"] == "draft"


DISCOVERY = {
    "huge": (lambda handler: handler.say(200, b'{"issuer": "' + b"a" * 300_000 + b'"}'), "too-large"),
    "no JSON": (lambda handler: handler.say(200, b"<html>"), "malformed"),
    "a list": (lambda handler: handler.say(200, []), "malformed"),
    "a fault": (lambda handler: handler.say(500, {}), "could-not-be-read"),
    "a redirect": (redirect("http://127.0.0.1:1/"), "could-not-be-read"),
}


@pytest.mark.parametrize(("answer", "code"), DISCOVERY.values(), ids=DISCOVERY)
def test_discovery_that_cannot_be_read_is_named_in_one_sentence(house, provider, answer, code):
    connection = connect(house, provider, standing="draft")
    provider.answers["/.well-known/openid-configuration"] = answer

    tested = house.ask("test_connection", ADMIN, organization_id=HALDEN, connection_id=connection)

    assert (tested["is_usable"], tested["problem_code"]) == (False, code)


def test_a_slow_drip_is_cut(house, provider):
    """A byte each half second never ends by itself; the exchange as a whole does."""
    connection = connect(house, provider, standing="draft")
    left = threading.Event()
    provider.answers["/.well-known/openid-configuration"] = drip(left)
    try:
        tested = house.ask("test_connection", ADMIN, organization_id=HALDEN, connection_id=connection)
    finally:
        left.set()

    assert tested["problem_code"] == "could-not-be-read"


@pytest.mark.parametrize(
    "issuer",
    [
        "http://login.halden.example",
        "https://user:word@login.halden.example",
        "https://login.halden.example?a=b",
        "https://login.halden.example#a",
        "ftp://login.halden.example",
        "https://",
        "https://[",
        "https://login.halden.example:99999",
        "javascript:alert(1)",
    ],
)
def test_what_is_no_issuer_is_refused_by_name(house, provider, issuer):
    with pytest.raises(RemoteRefusal) as no:
        house.ask("add_connection", ADMIN, key="k", **wanted(provider, issuer=issuer))

    assert (no.value.kind, no.value.errors[0]["pointer"]) == ("invalid", "/issuer")


@pytest.mark.parametrize("issuer", ["https://127.0.0.1", "https://169.254.169.254", "https://[::1]"])
def test_a_private_address_is_never_asked_and_looks_like_any_silence(house, provider, issuer):
    added = house.ask("add_connection", ADMIN, key="k", **wanted(provider, issuer=issuer))

    tested = house.ask("test_connection", ADMIN, organization_id=HALDEN, connection_id=added["id"])

    assert tested["problem"] == "The provider's description could not be read."


def test_keys_at_a_private_address_are_never_asked_for(house, provider, floor):
    with AProvider() as inner:
        port = inner.address.port
        provider.metadata["jwks_uri"] = f"https://127.0.0.1:{port}/keys"
        connection = connect(house, provider, standing="draft")

        tested = house.ask("test_connection", ADMIN, organization_id=HALDEN, connection_id=connection)

        assert tested["problem_code"] == "could-not-be-read"
        assert (inner.asked, inner.address) == ([], Address("127.0.0.1", port))


KEYS = {
    "no keys": {"keys": []},
    "no list": {"keys": {}},
    "nothing": {},
    "hundreds": {"keys": [{"kty": "EC"}] * 101},
    "keys of nothing": {"keys": [{"kty": "RSA", "n": 1, "e": []}, {"kty": {}}, 7, None]},
    "private ones for encryption": {"keys": [an_rsa_key().as_dict(private=True) | {"use": "enc"}]},
}


@pytest.mark.parametrize("keys", KEYS.values(), ids=KEYS)
def test_a_key_set_without_a_key_that_signs_is_not_usable(house, provider, keys):
    connection = connect(house, provider, standing="draft")
    provider.answers["/keys"] = lambda handler: handler.say(200, keys)

    tested = house.ask("test_connection", ADMIN, organization_id=HALDEN, connection_id=connection)

    assert (tested["is_usable"], tested["problem_code"] in ("no-keys", "malformed")) == (False, True)
