"""ID tokens that are not the issuer's own, for us, now: always the same no, and nothing is changed."""

import hashlib
import hmac
import json
import time

import pytest
from joserfc.jwk import ECKey, OctKey

from tests.builders.arrivals import arrive, connect
from tests.builders.identity_provider import UNDONE, an_rsa_key, encoded, unsigned

NOW = int(time.time())
HEADERS = {
    "another algorithm": {"alg": "HS256"},
    "jku": {"jku": "https://eve.example/keys"},
    "x5u": {"x5u": "https://eve.example/cert"},
    "an embedded jwk": {"jwk": ECKey.generate_key("P-256").as_dict(private=False)},
    "x5c": {"x5c": ["MIIB"]},
    "crit": {"crit": ["exp"], "exp": 1},
    "an unknown key": {"kid": "k9"},
    "an access token's type": {"typ": "at+jwt"},
    "a logout token's type": {"typ": "logout+jwt"},
}
CLAIMS = {
    "another issuer": {"iss": "https://login.brook.example"},
    "no issuer": {"iss": UNDONE},
    "another audience": {"aud": "somebody else"},
    "no audience": {"aud": UNDONE},
    "an audience that is no text": {"aud": {"$gt": ""}},
    "two audiences and no azp": {"aud": ["commonthread at halden", "somebody else"]},
    "another azp": {"azp": "somebody else"},
    "another nonce": {"nonce": "another"},
    "no nonce": {"nonce": UNDONE},
    "a nonce of surrogates": {"nonce": "\ud800"},
    "expired": {"exp": NOW - 61},
    "no expiry": {"exp": UNDONE},
    "an expiry that is no number": {"exp": "tomorrow"},
    "an expiry that is true": {"exp": True},
    "an endless expiry": {"exp": float("nan")},
    "issued in the future": {"iat": NOW + 3600},
    "not issued": {"iat": UNDONE},
    "not yet": {"nbf": NOW + 3600},
    "another access token's hash": {"at_hash": encoded(b"0" * 16)},
    "no subject": {"sub": UNDONE},
    "an empty subject": {"sub": ""},
    "a subject that is no text": {"sub": {"$ne": None}},
    "an endless subject": {"sub": "s" * 256},
    "no address at all": {"email": "not an address"},
    "an address with a line of its own": {"email": "ada@halden.example\r\nBcc: eve@brook.example"},
}


@pytest.mark.parametrize("header", HEADERS.values(), ids=HEADERS)
def test_a_header_that_is_not_the_issuers_own_way_is_refused(house, provider, refused, header):
    connection = connect(house, provider)
    provider.header |= header
    provider.sign = lambda head, claims: provider.signed(head | {"alg": "ES256"}, claims)
    if "alg" in header:
        provider.sign = lambda head, claims: provider.signed(head, claims, OctKey.import_key("k" * 32))

    refused(lambda: arrive(house, provider, connection))


@pytest.mark.parametrize("claims", CLAIMS.values(), ids=CLAIMS)
def test_a_claim_that_is_not_for_us_is_refused(house, provider, refused, claims):
    connection = connect(house, provider)
    provider.claims |= claims

    refused(lambda: arrive(house, provider, connection))


def test_a_minute_of_leeway_is_given(house, provider):
    provider.claims |= {"exp": int(time.time()) - 30, "nbf": int(time.time()) + 30}

    assert arrive(house, provider, connect(house, provider))["person_id"]


@pytest.mark.parametrize("algorithm", ["none", "None", "NONE"])
def test_an_unsigned_token_is_refused(house, provider, refused, algorithm):
    connection = connect(house, provider)
    provider.sign = lambda head, claims: unsigned(head | {"alg": algorithm}, claims)

    refused(lambda: arrive(house, provider, connection))


def test_a_token_signed_with_the_public_key_as_a_shared_secret_is_refused(house, provider, refused):
    provider.key = an_rsa_key("k1")
    provider.keys = [provider.key]
    connection = connect(house, provider)
    shown = provider.key.as_dict(private=False)
    for secret in (provider.key.as_pem(private=False), json.dumps(shown).encode(), shown["n"].encode()):

        def confused(head, claims, secret=secret):
            token = unsigned(head | {"alg": "HS256"}, claims).rpartition(".")[0]
            return f"{token}.{encoded(hmac.digest(secret, token.encode(), hashlib.sha256))}"

        provider.sign = confused
        refused(lambda: arrive(house, provider, connection))


def test_a_shared_secret_among_the_issuers_keys_is_passed_over(house, provider, refused):
    secret = OctKey.import_key("k" * 32, {"kid": "s1"})
    connection = connect(house, provider)
    provider.answers["/keys"] = lambda handler: handler.say(
        200, {"keys": [secret.as_dict(), provider.key.as_dict(private=False)]}
    )
    provider.sign = lambda head, claims: provider.signed({"alg": "HS256", "kid": "s1"}, claims, secret)

    refused(lambda: arrive(house, provider, connection))


def test_a_key_of_another_kind_under_the_same_name_is_no_key(house, provider, refused):
    rsa = an_rsa_key("k1")
    connection = connect(house, provider)
    provider.sign = lambda head, claims: provider.signed({"alg": "RS256", "kid": "k1"}, claims, rsa)

    refused(lambda: arrive(house, provider, connection))


def test_a_short_rsa_key_is_no_key(house, provider, refused):
    provider.key = an_rsa_key("r1", 1024)
    provider.keys.append(provider.key)
    connection = connect(house, provider)
    provider.header = {"alg": "RS256", "kid": "r1"}

    refused(lambda: arrive(house, provider, connection))


def test_another_ones_signature_is_refused(house, provider, refused):
    connection = connect(house, provider)
    eve = ECKey.generate_key("P-256", {"kid": "k1"})
    provider.sign = lambda head, claims: provider.signed(head, claims, eve)

    refused(lambda: arrive(house, provider, connection))


@pytest.mark.parametrize("fields", [{"tenant": "t-halden"}, {"hosted_domain": "halden.example"}], ids=str)
@pytest.mark.parametrize("said", ["t-brook", None, ["t-halden"]])
def test_a_foreign_tenant_or_hosted_domain_is_refused(house, provider, refused, fields, said):
    connection = connect(house, provider, **fields)
    claim = "tid" if "tenant" in fields else "hd"
    provider.claims |= {claim: said, "email": "ada@halden.example"}

    refused(lambda: arrive(house, provider, connection))


@pytest.mark.parametrize("algorithm", ["RS256", "PS256"])
def test_an_algorithm_that_the_connection_does_not_allow_is_refused(house, provider, refused, algorithm):
    provider.key = an_rsa_key()
    provider.keys.append(provider.key)
    connection = connect(house, provider, algorithms=["ES256"])
    provider.header = {"alg": algorithm, "kid": "r1"}

    refused(lambda: arrive(house, provider, connection))
