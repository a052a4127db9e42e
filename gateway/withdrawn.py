"""Whom to refuse though their token lives: ended sign-ins, lost roles, people who left, partner systems.

Tokens are verified here without asking, for ten minutes; so that a revocation counts within seconds,
membership announces it to every gateway (hearing.py) and each keeps what it heard for as long as a token
lives. A token is compared with what was heard, not with a time, wherever it says enough: no clock decides.
"""

import time
from collections import OrderedDict
from collections.abc import Callable

from services.contracts.caller import Caller
from services.contracts.events import Fact
from services.contracts.events.access import AccessState, ClientState, RoleState, SignInState
from services.contracts.events.membership import NetworkState
from services.contracts.tokens import LIFETIME
from services.contracts.verifying import SKEW, TokenNotAccepted, Verified

KEPT = LIFETIME + 2 * SKEW
MOST = 200_000


class StaleToken(TokenNotAccepted):
    """What this token says of its holder is no longer so; a new one says how it is."""


class Withdrawn:
    """What was heard lately, by the name a token goes by: its sign-in, its person, its partner system."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._heard: OrderedDict[tuple[str, str], tuple[float, int]] = OrderedDict()
        self._facts: dict[str, dict[str, Fact]] = {}

    def hear(self, version: int, fact: Fact) -> None:
        """Take over what `fact` says at `version`, unless something newer was heard of its subject."""
        name, subject = _name_of(fact), f"{fact.aggregate} {fact.subject()}"
        known = self._heard.get((name, subject))
        if known is not None and known[1] >= version:
            return
        self._heard[name, subject] = (self._now(), version)
        self._heard.move_to_end((name, subject))
        self._facts.setdefault(name, {})[subject] = fact
        self._forget()

    def check(self, token: Verified) -> None:
        """Refuse a token that says more than its holder may. Raises: TokenNotAccepted, StaleToken."""
        caller = token.caller
        for name in (caller.signin_id, caller.person_id, caller.client_id, caller.network):
            if name in self._facts:
                for fact in self._facts[name].values():
                    _judge(fact, token)

    def is_behind(self, token: Verified) -> bool:
        """True when the holder was granted a role since, which a new token would name."""
        roles = self._facts.get(token.caller.person_id or "", {}).values()
        return any(isinstance(fact, RoleState) and _is_missing(fact, token.caller) for fact in roles)

    def _forget(self) -> None:
        oldest_kept = self._now() - KEPT
        while self._heard:
            (name, subject), (heard_at, _) = next(iter(self._heard.items()))
            if heard_at >= oldest_kept and len(self._heard) <= MOST:
                return
            del self._heard[name, subject], self._facts[name][subject]
            if not self._facts[name]:
                del self._facts[name]


def _name_of(fact: Fact) -> str:
    return str(fact.person_id) if isinstance(fact, RoleState) else fact.subject()


def _judge(fact: Fact, token: Verified) -> None:
    caller = token.caller
    if isinstance(fact, SignInState) and fact.standing == "ended":
        raise TokenNotAccepted("signed out")
    if isinstance(fact, RoleState) and fact.standing != "granted" and _is_held(fact, caller):
        raise StaleToken("a role was taken back")
    if isinstance(fact, AccessState):
        if fact.standing != "active":
            raise TokenNotAccepted("gone")
        if fact.organization_id != caller.organization_id:
            raise StaleToken("another organization")
    if isinstance(fact, NetworkState) and fact.standing != "active":
        raise TokenNotAccepted("the network is suspended")
    if isinstance(fact, ClientState):
        _judge_client(fact, token)


def _judge_client(fact: ClientState, token: Verified) -> None:
    if fact.standing != "active" or token.token_id in fact.revoked:
        raise TokenNotAccepted("withdrawn")
    if fact.valid_from is not None and token.issued_at < fact.valid_from.timestamp():
        raise StaleToken("issued before")


def _is_held(fact: RoleState, caller: Caller) -> bool:
    """True when the token names this role; one of another organization is not the one it names."""
    return fact.role in caller.roles and fact.organization_id in (None, caller.organization_id)


def _is_missing(fact: RoleState, caller: Caller) -> bool:
    is_here = fact.organization_id in (None, caller.organization_id)
    is_held = fact.standing == "granted" and (fact.until is None or fact.until.timestamp() > time.time())
    return is_held and is_here and fact.role not in caller.roles
