"""Setting and proving own factors."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from services.contracts.events.factors import OwnFactorSet
from services.membership.domain import own_factors as rules
from services.membership.domain.clients import secret_digest
from services.membership.domain.factor_refusals import (
    FactorNotValid,
    FreshSignInNeeded,
    NoOwnFactor,
    OwnFactorNeeded,
)
from services.membership.domain.identity_refusals import TooManyTries
from services.membership.domain.passwords import prepared
from services.membership.domain.throttle import FACTORS_OF_ACCOUNT
from services.membership.handlers.factor_desk import present, proven, tell
from services.membership.handlers.sign_ins import Tokens

ISSUER = "Commonthread"
ALIKE = str.maketrans({"o": "0", "i": "1", "l": "1", "-": "", " ": ""})


@dataclass(frozen=True)
class Shown:
    """Somebody's own factors, as they see them from one of their sign-ins."""

    factors: rules.OwnFactors
    sign_in: Any
    is_wanted: bool
    may_change: bool


@dataclass(frozen=True)
class Offered:
    """A seed shown once, as text and as the address an authenticator reads."""

    seed: str
    uri: str
    until: Any


@dataclass(frozen=True)
class Confirmed:
    """New recovery codes, shown once, and the tokens of the sign-in that follows."""

    codes: tuple[str, ...]
    tokens: Tokens


def show_own_factors(caller, ports):
    """Return the `Shown` of the caller; nobody else is ever told any of it."""
    desk = present(caller, ports)
    network = ports.networks.get(caller.network, caller.network)
    try:
        rules.check_may_change(desk.factors, desk.sign_in, ports.clock.now())
        may_change = True
    except (FreshSignInNeeded, OwnFactorNeeded):
        may_change = False
    return Shown(desk.factors, desk.sign_in, network.own_factor_for_text, may_change)


def offer_authenticator(caller, ports):
    """Return an `Offered` seed; it counts once its first code is given.

    Raises:
        FreshSignInNeeded, OwnFactorNeeded: see `check_may_change`.
    """
    now = ports.clock.now()
    desk = present(caller, ports)
    rules.check_may_change(desk.factors, desk.sign_in, now)
    seed = ports.secrets.seed()
    after = ports.factors.keep(rules.offer_authenticator(desk.factors, seed, now))
    return Offered(seed, _address_of(seed, desk.account.mailbox or desk.account.id), after.offer.until)


def confirm_authenticator(command, ports):
    """Take the first code; return `Confirmed`. The caller's sign-in is proven by it and goes on anew.

    Raises:
        FactorNotValid, NothingOffered, TooManyTries; as `offer_authenticator`.
    """
    now = ports.clock.now()
    desk = present(command.caller, ports)
    rules.check_may_change(desk.factors, desk.sign_in, now)
    seed = rules.offered_seed(desk.factors, now)
    _count_try(desk.account, ports)
    step = ports.secrets.step_of(seed, _digits(command.code), now)
    codes = ports.secrets.recovery_codes(rules.RECOVERY_CODES)
    after = rules.confirm_authenticator(desk.factors, step, _digests(codes), now)
    ports.factors.keep(after, announcing=tell(OwnFactorSet, after, desk.account, ports))
    ports.throttles.give_back(FACTORS_OF_ACCOUNT, desk.account.id)
    return Confirmed(codes, proven(desk.sign_in, rules.TOTP, ports))


def remove_authenticator(caller, ports):
    """Take the authenticator away. Raises: NoAuthenticator; as `offer_authenticator`."""
    desk = present(caller, ports)
    rules.check_may_change(desk.factors, desk.sign_in, ports.clock.now())
    after = rules.remove_authenticator(desk.factors)
    ports.factors.keep(after, announcing=tell(OwnFactorSet, after, desk.account, ports))


def renew_recovery_codes(caller, ports):
    """Return new recovery codes, shown once; the former ones are worth nothing.

    Raises:
        NoOwnFactor; as `offer_authenticator`.
    """
    desk = present(caller, ports)
    rules.check_may_change(desk.factors, desk.sign_in, ports.clock.now())
    codes = ports.secrets.recovery_codes(rules.RECOVERY_CODES)
    after = rules.renew_recovery_codes(desk.factors, _digests(codes))
    ports.factors.keep(after, announcing=tell(OwnFactorSet, after, desk.account, ports))
    return codes


def step_up(command, ports):
    """Prove by an own factor that it is the person; return the `Tokens` of the sign-in that follows.

    Raises:
        NoOwnFactor: none was set yet.
        FactorNotValid: wrong, or used before.
        OwnFactorNeeded: the password alone, where there is an authenticator.
        TooManyTries: after five wrong ones, for a quarter of an hour.
    """
    desk = present(command.caller, ports)
    if not desk.factors.is_held:
        raise NoOwnFactor("You have no factor of your own yet; set the first one.")
    if command.password is not None and desk.factors.proof_of_password() is None:
        raise OwnFactorNeeded("Give a code of your authenticator, or a recovery code.")
    _count_try(desk.account, ports)
    proof, after = _proof(command, desk.factors, ports)
    if after is not desk.factors:
        ports.factors.keep(after)
    ports.throttles.give_back(FACTORS_OF_ACCOUNT, desk.account.id)
    return proven(desk.sign_in, proof, ports)


def _proof(command, factors, ports):
    if command.code is not None:
        held = factors.authenticator
        now = ports.clock.now()
        step = ports.secrets.step_of(held.seed, _digits(command.code), now) if held else None
        return rules.TOTP, rules.spend_code(factors, step)
    if command.recovery_code is not None:
        return rules.RECOVERY_CODE, rules.spend_recovery_code(factors, _digest(command.recovery_code))
    if not ports.passwords.matches(factors.password_hash, prepared(command.password)):
        raise FactorNotValid("This is not your password.")
    return rules.PASSWORD, factors


def _count_try(account, ports):
    if not ports.throttles.take(FACTORS_OF_ACCOUNT, account.id, ports.clock.now()):
        raise TooManyTries("Too many tries. Wait a quarter of an hour.")


def _digits(code):
    return code.replace(" ", "")


def _digest(code):
    return secret_digest(code.strip().casefold().translate(ALIKE))


def _digests(codes):
    return tuple(_digest(code) for code in codes)


def _address_of(seed, address):
    """The otpauth address, as authenticators read it from a QR code."""
    return f"otpauth://totp/{ISSUER}:{quote(address)}?secret={seed}&issuer={ISSUER}"
