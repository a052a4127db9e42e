"""Every kind of token against every door that takes one: all are refused but the diagonal (SECURITY 1.16).

Everything that can be made with the same secret is: links, cursors, forms and cookies share one here, and the
partner's assertions and the provider's ID tokens are signed with one key. Only the purpose tells them apart.
"""

import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from joserfc import jwt
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from gateway.cursors import Cursors
from gateway.http import Problem
from gateway.signins import SignIn, SignIns
from gateway.tokens import AccessTokens, SigningKeys, TokenNotAccepted
from services.contracts.links import SignedLink, open_token, read_link, seal_token, write_link
from services.kit.derive import TokenRefused
from services.kit.floor import Floor
from services.membership.adapters.assertions import ClientAssertions
from services.membership.adapters.connections import Attempts
from services.membership.adapters.id_token_keys import header_of, read_keys, verified
from services.membership.adapters.tokens import JwtTokens
from services.membership.domain.accounts import Belonging
from services.membership.domain.client_refusals import ClientRefused
from services.membership.domain.clients import check_secret, secret_digest
from services.membership.domain.connections import Connection
from services.membership.domain.id_tokens import check_claims
from services.membership.domain.identity_refusals import LinkNotValid
from services.membership.domain.providers import ProviderFault, begin_attempt
from services.membership.domain.sign_in_links import finish, prepared_link
from services.notifications.adapters.webhook_http import WebhookChannel
from tests.builders.floors import some_secrets
from tests.builders.identity import NET, a_client, an_open_sign_in, signed_in
from tests.builders.partners import KEY, an_assertion
from tests.fakes.store import fake_floor

PUBLIC_URL = "https://commonthread.example"
ISSUER = "https://login.halden.example"
PATH, BODY = "/v1/people", '{"type":"cohort_formed"}'
REFUSED = (TokenNotAccepted, TokenRefused, ClientRefused, ProviderFault, LinkNotValid, Problem)


class Issuer:
    """One installation that gives out one token of each kind, and takes each at its own door."""

    def __init__(self, directory):
        self.secret = (directory / "link_key").read_text()
        floor = fake_floor("membership", secrets=directory)
        self.floor = Floor(replace(floor.settings, public_url=PUBLIC_URL), client=floor.client)
        self.now = datetime.now(UTC)
        self.tokens, self.attempts = JwtTokens(self.floor), Attempts(self.floor)
        self.assertions = ClientAssertions(self.floor)
        for adapter in (self.tokens, self.attempts, self.assertions):
            adapter.prepare()
        self.signins, self.cursors = SignIns(self.secret, tls=True), Cursors(self.secret)
        self.gateway = AccessTokens(PUBLIC_URL, SigningKeys(self.tokens.signing_keys))
        self.mark, self.verifier = "m" * 22, self.tokens.secret()
        self.one_time, self.client_secret = self.tokens.secret(), self.tokens.secret()
        self.webhook = WebhookChannel(None).new_secret()
        self.signer = a_client(
            "cli_2", method="private_key_jwt", secrets=(), keys=(KEY.as_dict(private=False),)
        )
        self.partner = a_client("cli_1", secret=self.client_secret)
        self.connection = Connection(
            *("con_1", NET, "org_1", "Halden", "halden", ISSUER, PUBLIC_URL, "word", "per_1", self.now)
        )
        self.attempt = begin_attempt(self.now)

    def given(self):
        """One token of each kind."""
        caller = signed_in()
        access, refresh = (
            self.tokens.access_token(caller, self.now),
            self.tokens.refresh_token(an_open_sign_in()),
        )
        _, bound = self.cursors.take({}, caller, PATH)
        cookie = self.signins.write(SignIn(access, refresh, self.mark))
        return {
            "access token": access,
            "refresh token": refresh,
            "device token": self.tokens.device_token("acc_1"),
            "signed link": write_link(self.secret, SignedLink("rsvp", "ses_1", NET, "per_1"), 60),
            "one-time link": self.one_time,
            "one-time link, sealed": seal_token(self.secret, self.one_time),
            "link's verifier": self.verifier,
            "cursor": self.cursors.write("per_1", bound),
            "form token": self.signins.form_token(self.mark),
            "browser's mark": self.mark,
            "portal cookie": cookie.partition("=")[2].partition(";")[0],
            "attempt at a provider": self.attempts.sealed(self.attempt, self.connection),
            "ID token": self.id_token(),
            "client assertion": an_assertion(self.signer.id, PUBLIC_URL),
            "client secret": self.client_secret,
            "webhook secret": self.webhook,
        }

    def id_token(self):
        now = int(time.time())
        claims = {"iss": ISSUER, "aud": PUBLIC_URL, "sub": self.signer.id, "nonce": self.attempt.nonce}
        claims |= {"iat": now, "exp": now + 60, "jti": "tok_1"}
        return jwt.encode({"alg": "ES256", "kid": "partner-1"}, claims, KEY, ["ES256"])

    def doors(self):
        """What takes each kind: raises, or returns something false, for what it refuses."""
        return {
            "access token": self.gateway.caller,
            "refresh token": self.tokens.read_refresh_token,
            "device token": self.tokens.read_device_token,
            "signed link": lambda token: read_link(self.secret, token),
            "one-time link": lambda token: self.finished(token, self.verifier),
            "one-time link, sealed": lambda token: open_token(self.secret, token),
            "link's verifier": lambda token: self.finished(self.one_time, token),
            "cursor": lambda token: self.cursors.take({"cursor": token}, signed_in(), PATH),
            "form token": lambda token: self.signins.knows_form(self.mark, token),
            "browser's mark": lambda token: (
                self.signins.browser({self.signins.browser_name: token})[0] == token
            ),
            "portal cookie": lambda token: self.signins.read({self.signins.name: token}),
            "attempt at a provider": lambda token: self.attempts.opened(token, self.connection),
            "ID token": self.vouched,
            "client assertion": self.accepted,
            "client secret": lambda token: check_secret(self.partner, token),
            "webhook secret": self.signed_webhook,
        }

    def finished(self, token, verifier):
        asked = prepared_link(
            "tok_1", "acc_1", Belonging(NET, "per_1"), secret_digest(self.one_time), self.now
        )
        asked = replace(asked, verifier_hash=secret_digest(self.verifier))
        return asked.token_hash == secret_digest(token) and finish(asked, self.now, secret_digest(verifier))

    def vouched(self, token):
        algorithm, kid = header_of(token, ("ES256",))
        claims = verified(token, algorithm, kid, read_keys({"keys": [KEY.as_dict(private=False)]}))
        check_claims(claims, self.connection, ISSUER, self.attempt.nonce, self.now)
        return claims

    def accepted(self, token):
        self.assertions.accept(token, self.signer, self.now)
        return True

    def signed_webhook(self, token):
        """A receiver that believes `token` to be the secret checks a delivery of ours."""
        moment = self.now - timedelta(seconds=1)
        headers = {"webhook-id": "evt_1", "webhook-timestamp": str(int(moment.timestamp()))}
        headers["webhook-signature"] = Webhook(self.webhook).sign("evt_1", moment, BODY)
        try:
            return Webhook(token).verify(BODY, headers)
        except (WebhookVerificationError, ValueError, RuntimeError):
            return False


@pytest.fixture(scope="module")
def issuer(tmp_path_factory):
    return Issuer(some_secrets(tmp_path_factory.mktemp("secrets")))


@pytest.fixture(scope="module")
def given(issuer):
    return issuer.given()


KINDS = (
    *("access token", "refresh token", "device token", "signed link", "one-time link"),
    *("one-time link, sealed", "link's verifier", "cursor", "form token", "browser's mark"),
    *("portal cookie", "attempt at a provider", "ID token", "client assertion"),
    *("client secret", "webhook secret"),
)


def is_taken(door, token):
    try:
        return bool(door(token))
    except REFUSED:
        return False


@pytest.mark.parametrize("door", KINDS)
@pytest.mark.parametrize("kind", KINDS)
def test_a_token_opens_its_own_door_and_no_other(issuer, given, kind, door):
    assert is_taken(issuer.doors()[door], given[kind]) == (kind == door)


@pytest.mark.parametrize("kind", KINDS)
def test_a_token_changed_in_any_part_opens_no_door_at_all(issuer, given, kind):
    token = given[kind]
    for place in {0, len(token) // 3, len(token) // 2}:
        changed = token[:place] + ("A" if token[place] != "A" else "B") + token[place + 1 :]
        taken = [door for door, take in issuer.doors().items() if is_taken(take, changed)]
        assert taken in ([], ["browser's mark"])  # a mark names a browser and is nobody's secret


def test_the_table_knows_every_kind_and_every_door(issuer, given):
    assert set(KINDS) == set(given) == set(issuer.doors())


def test_introspection_believes_access_tokens_alone(issuer, given):
    believed = [kind for kind, token in given.items() if issuer.tokens.read_access_token(token)]

    assert believed == ["access token"]
