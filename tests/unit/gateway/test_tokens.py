"""Every way in which a token may not be ours (SECURITY 16)."""

import base64
import hmac
import json
import time

import pytest
from joserfc.jwk import ECKey, RSAKey

from gateway.tokens import AccessTokens, SigningKeys, TokenNotAccepted
from services.contracts.links import SignedLink, write_link
from services.kit.derive import Signer
from tests.builders.gateway import KEY, MEMBER, PARTNER, PUBLIC_URL, SECRET, a_token, public_keys

STRANGER = ECKey.generate_key("P-256", {"kid": "k1"})
STRANGER_KEY = ECKey.generate_key("P-256", {"kid": "k7", "use": "sig"})
RSA = RSAKey.generate_key(2048, {"kid": "k1"})


def b64(value):
    text = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(text).rstrip(b"=").decode()


def unsigned(header):
    body = a_token().split(".")[1]
    return f"{b64(header)}.{body}."


def hmac_with_the_public_key():
    signed = f"{b64({'alg': 'HS256', 'typ': 'at+jwt', 'kid': 'k1'})}.{a_token().split('.')[1]}"
    return f"{signed}.{b64(hmac.digest(KEY.as_pem(private=False), signed.encode(), 'sha256'))}"


def with_claims_altered():
    head, _, signature = a_token().split(".")
    return f"{head}.{b64({'sub': 'per_9', 'kind': 'person', 'network': 'net_1'})}.{signature}"


FOREIGN = {
    "empty": "",
    "no token": "hello",
    "four parts": a_token() + ".x",
    "alg none": unsigned({"alg": "none", "typ": "at+jwt", "kid": "k1"}),
    "alg None": unsigned({"alg": "None", "typ": "at+jwt", "kid": "k1"}),
    "HS256 with the public key": hmac_with_the_public_key(),
    "RS256": a_token(key=RSA, algorithm="RS256"),
    "typ JWT (an ID token)": a_token(header={"typ": "JWT"}),
    "no typ": f"{b64({'alg': 'ES256', 'kid': 'k1'})}.{a_token().split('.', 1)[1]}",
    "another signer's key": a_token(key=STRANGER),
    "unknown kid": a_token(header={"kid": "k9"}),
    "kid is a path": a_token(header={"kid": "../../dev/null"}),
    "key in the header": a_token(key=STRANGER, header={"jwk": STRANGER.as_dict(private=False)}),
    "key's address in the header": a_token(header={"jku": "https://evil/keys"}),
    "certificate in the header": a_token(header={"x5c": ["MII"]}),
    "crit": f"{b64({'alg': 'ES256', 'typ': 'at+jwt', 'kid': 'k1', 'crit': ['x'], 'x': 1})}.e30.e30",
    "claims altered": with_claims_altered(),
    "signature cut": a_token()[:-4],
    "expired": a_token(iat=int(time.time()) - 700, exp=int(time.time()) - 100),
    "issued in the future": a_token(iat=int(time.time()) + 300, exp=int(time.time()) + 600),
    "lives an hour": a_token(exp=int(time.time()) + 3_600),
    "not yet": a_token(nbf=int(time.time()) + 300),
    "foreign issuer": a_token(iss="https://evil"),
    "foreign audience": a_token(aud="elsewhere"),
    "exp is a text": a_token(exp="never"),
    "of nobody known": a_token(kind="operator"),
    "a signed link": write_link(SECRET, SignedLink("rsvp", "ses_1", "net_1", "per_1"), 60),
    "a cursor": Signer(SECRET, "cursor").sign({"n": 1}),
    "too long": a_token(jti="x" * 5_000),
    **{
        f"without {name}": a_token(without=(name,))
        for name in ("iss", "aud", "exp", "iat", "sub", "jti", "network")
    },
}


@pytest.fixture
def tokens():
    return AccessTokens(PUBLIC_URL, SigningKeys(public_keys))


@pytest.mark.parametrize("kind", FOREIGN)
def test_a_token_that_is_not_ours_is_not_accepted(tokens, kind):
    with pytest.raises(TokenNotAccepted):
        tokens.caller(FOREIGN[kind])


@pytest.mark.parametrize("caller", [MEMBER, PARTNER], ids=["person", "client"])
def test_a_token_of_ours_names_its_caller(tokens, caller):
    assert tokens.caller(a_token(caller)) == caller


def test_a_token_remembered_as_good_ends_when_it_runs_out():
    now = time.time()
    clock = [now]
    tokens = AccessTokens(PUBLIC_URL, SigningKeys(public_keys), now=lambda: clock[0])
    token = a_token(iat=int(now), exp=int(now) + 600)
    tokens.caller(token)

    clock[0] = now + 661

    with pytest.raises(TokenNotAccepted):
        tokens.caller(token)


def test_a_new_key_is_asked_for_when_its_name_turns_up():
    second = ECKey.generate_key("P-256", {"kid": "k2", "use": "sig"})
    shown = [public_keys()]
    clock = [0.0]
    keys = SigningKeys(lambda: shown[0], now=lambda: clock[0])
    tokens = AccessTokens(PUBLIC_URL, keys)
    tokens.caller(a_token())
    shown[0] = public_keys(KEY, second)
    clock[0] = 6.0

    assert tokens.caller(a_token(key=second, header={"kid": "k2"})) == MEMBER


def test_strangers_cannot_make_us_ask_for_keys_without_end():
    asked = []
    keys = SigningKeys(lambda: asked.append(1) or public_keys(), now=lambda: 0.0)
    tokens = AccessTokens(PUBLIC_URL, keys)

    for number in range(20):
        with pytest.raises(TokenNotAccepted):
            tokens.caller(a_token(header={"kid": f"made-up-{number}"}))

    assert len(asked) == 1


def test_a_key_for_another_use_is_none_of_ours():
    shown = KEY.as_dict(private=False) | {"use": "enc"}
    tokens = AccessTokens(PUBLIC_URL, SigningKeys(lambda: {"keys": [shown]}))

    with pytest.raises(TokenNotAccepted):
        tokens.caller(a_token())


def test_a_remembered_token_ends_with_the_key_that_signed_it():
    shown = [public_keys()]
    keys = SigningKeys(lambda: shown[0])
    tokens = AccessTokens(PUBLIC_URL, keys)
    tokens.caller(a_token())
    shown[0] = public_keys(STRANGER_KEY)

    keys.refresh()

    with pytest.raises(TokenNotAccepted):
        tokens.caller(a_token())


def test_the_token_used_longest_ago_is_forgotten_first(monkeypatch):
    monkeypatch.setattr("gateway.tokens.REMEMBERED", 2)
    verified = []
    tokens = AccessTokens(PUBLIC_URL, SigningKeys(public_keys))
    whole = tokens._verifier.verify
    monkeypatch.setattr(tokens._verifier, "verify", lambda token: verified.append(token) or whole(token))
    first, second, third = (a_token(jti=f"tok_{number}") for number in range(3))

    for token in (first, second, first, third, first, second):
        tokens.caller(token)

    assert verified == [first, second, third, second]
