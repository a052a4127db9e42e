"""Signed-in people and their authenticators, for the tests of own factors."""

import base64
from dataclasses import dataclass
from typing import Any

import pytest
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

from gateway.tokens import AccessTokens, SigningKeys
from services.contracts.caller import Caller
from services.kit.outcomes import RemoteRefusal
from services.membership.domain.accounts import Belonging
from services.membership.domain.sign_in_links import finish, prepared_link
from tests.builders.identity import ADA, NET, a_network, a_person

MAIL = "ada@example.org"
PASSWORD = "a horse, a battery"


def code_of(secret, clock):
    """The code an authenticator shows at this moment."""
    seconds = int(clock.now().timestamp())
    return TOTP(base64.b32decode(secret), 6, SHA1(), 30, enforce_key_length=False).generate(seconds).decode()


@dataclass
class Ada:
    """One person at one device before membership's doors: asks, and goes on with the tokens given."""

    house: Any
    clock: Any
    caller: Caller
    refresh_token: str = ""
    secret: str = ""

    def ask(self, name, **payload):
        return self.house.ask(name, caller=self.caller, **payload)

    def go_on(self, tokens):
        """Go on with these tokens; return them."""
        keys = SigningKeys(lambda: self.house.ask("show_signing_keys"))
        issuer = self.house.service.sign_ins.floor.settings.public_url
        verifier = AccessTokens(issuer, keys, now=lambda: self.clock.now().timestamp())
        self.caller, self.refresh_token = verifier.caller(tokens["access_token"]), tokens["refresh_token"]
        return tokens

    def step_up(self, **proof):
        return self.go_on(self.ask("step_up", **proof))

    def set_authenticator(self):
        """Return the recovery codes."""
        self.secret = self.ask("offer_authenticator")["secret"]
        return self.go_on(self.ask("confirm_authenticator", code=self.code()))["recovery_codes"]

    def code(self):
        return code_of(self.secret, self.clock)

    def state(self):
        return self.ask("show_own_factors")


def settle(house):
    """Have Ada be a person of the network with an account; return the account's id."""
    service = house.service
    service.networks.add(a_network())
    account_id = service.accounts.ensure_for(NET, ADA, MAIL)
    service.accounts.claim(account_id, ADA)
    service.people.add(a_person())
    return account_id


def signed_in_at(house, clock, account_id, name="tok_1"):
    """Return `Ada` at a device where she has just signed in by link."""
    now = clock.now()
    opened = finish(prepared_link(name, account_id, Belonging(NET, ADA), f"hash of {name}", now), now)
    house.service.sign_ins.add(opened)
    roles = frozenset({"member"})
    caller = Caller("person", NET, person_id=ADA, account_id=account_id, signin_id=name, roles=roles)
    return Ada(house, clock, caller)


def refused(asking, *args, **payload):
    """The code with which an ask is refused."""
    with pytest.raises(RemoteRefusal) as refusal:
        asking(*args, **payload)
    return refusal.value.code
