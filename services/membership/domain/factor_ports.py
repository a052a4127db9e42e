"""What the use cases of own factors ask of the outside."""

from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from services.contracts.events import Fact
from services.membership.domain.accounts import Account
from services.membership.domain.identity_ports import (
    Accounts,
    Networks,
    Organizations,
    Passwords,
    People,
    Roles,
    SignIns,
    Throttles,
    Tokens,
)
from services.membership.domain.own_factors import OwnFactors


class Factors(Protocol):
    """Own factors, one document an account."""

    def of(self, account: Account) -> OwnFactors:
        """Return what the account holds; an account that never set anything holds nothing."""
        ...

    def keep(self, factors: OwnFactors, announcing: Iterable[Fact] = ()) -> OwnFactors: ...


class FactorSecrets(Protocol):
    """Makes seeds and recovery codes, and reads authenticators' codes (RFC 6238)."""

    def seed(self) -> str: ...
    def recovery_codes(self, count: int) -> tuple[str, ...]: ...
    def step_of(self, seed: str, code: str, now: datetime) -> int | None:
        """Return the time step, of the present and its two neighbours, whose code this is."""
        ...


@dataclass(frozen=True)
class FactorPorts:
    """All of them, by name."""

    factors: Factors
    secrets: FactorSecrets
    accounts: Accounts
    sign_ins: SignIns
    people: People
    roles: Roles
    networks: Networks
    organizations: Organizations
    throttles: Throttles
    passwords: Passwords
    common_passwords: Container[str]
    tokens: Tokens
    clock: Any
