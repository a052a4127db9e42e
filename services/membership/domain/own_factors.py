"""Own factors: what a person holds that neither their mailbox nor their employer can give (SECURITY 1.36).

    none ──the first one──► held ──reset asked──► waiting 72 hours ──► none
                             ▲                        │
                             └───────cancelled────────┘

A factor is a password, an authenticator (TOTP, RFC 6238) or a recovery code. The first one counts at once.
Who holds one proves it before setting another; who cannot waits, while every address we know is told and any
sign-in that was proven can cancel. Where there is an authenticator, the password alone proves nothing more.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from services.kit.due_entry import Due
from services.membership.domain.accounts import Account
from services.membership.domain.factor_refusals import (
    FactorNotValid,
    FreshSignInNeeded,
    NoAuthenticator,
    NoOwnFactor,
    NoResetWaiting,
    NothingOffered,
    OwnFactorNeeded,
)
from services.membership.domain.sign_ins import FRESH_FOR, SignIn

INSTALLATION = "installation"  # accounts belong to no one network
PASSWORD, TOTP, RECOVERY_CODE = "password", "totp", "recovery_code"
OFFER_LIFETIME = timedelta(minutes=15)
RESET_WAITS = timedelta(hours=72)
RESET = "reset"
RECOVERY_CODES = 10


@dataclass(frozen=True)
class Authenticator:
    """A confirmed TOTP seed (base32). `last_step`: of the newest code taken; it and older ones are spent."""

    seed: str
    set_at: datetime
    last_step: int


@dataclass(frozen=True)
class Offer:
    """A seed that was shown and waits for its first code."""

    seed: str
    until: datetime


@dataclass(frozen=True)
class Reset:
    """A reset that waits; it was asked for in `network`."""

    network: str
    asked_at: datetime
    takes_effect_at: datetime


@dataclass(frozen=True)
class OwnFactors:
    """What one account holds. `id` is the account's.

    Args:
        password_hash: argon2id in its own notation.
        recovery: SHA-256 of each recovery code not yet spent.
    """

    id: str
    network: str = INSTALLATION
    password_hash: str | None = None
    authenticator: Authenticator | None = None
    offer: Offer | None = None
    recovery: tuple[str, ...] = ()
    reset: Reset | None = None
    due: tuple[Due, ...] = ()
    revision: int = 0

    @property
    def is_held(self) -> bool:
        """Whether there is any factor but a recovery code."""
        return self.password_hash is not None or self.authenticator is not None

    def proof_of_password(self) -> str | None:
        """What the right password proves: nothing more, where an authenticator stands beside it."""
        return PASSWORD if self.authenticator is None else None


def first_factors(account: Account) -> OwnFactors:
    """Return what an account holds that has set nothing since factors have a document of their own."""
    return OwnFactors(account.id, password_hash=account.password_hash)


def check_may_change(factors: OwnFactors, sign_in: SignIn, now: datetime) -> None:
    """Return when this sign-in may set or take away a factor.

    Raises:
        FreshSignInNeeded: there is none yet, and the sign-in is older than 15 minutes, or came by an
            organization's provider although the person can come by mail.
        OwnFactorNeeded: there is one, and it was not proven in the last 15 minutes.
    """
    if factors.is_held and not _is_within(sign_in.proven_at, now):
        raise OwnFactorNeeded("Prove first that it is you, by your own factor.")
    is_fresh = sign_in.may_begin_factors and _is_within(sign_in.opened_at, now)
    if not factors.is_held and not is_fresh:
        raise FreshSignInNeeded("Sign in once more; then set your first factor.")


def set_password(factors: OwnFactors, password_hash: str) -> OwnFactors:
    """Return the factors with a new password; a reset that waited is over."""
    return _kept(replace(factors, password_hash=password_hash))


def offer_authenticator(factors: OwnFactors, seed: str, now: datetime) -> OwnFactors:
    """Return the factors with a seed that waits 15 minutes for its first code; the former offer is gone."""
    return replace(factors, offer=Offer(seed, now + OFFER_LIFETIME))


def offered_seed(factors: OwnFactors, now: datetime) -> str:
    """Return the seed that waits. Raises: NothingOffered."""
    if factors.offer is None or now >= factors.offer.until:
        raise NothingOffered("Nothing waits for a first code. Begin again.")
    return factors.offer.seed


def confirm_authenticator(
    factors: OwnFactors, step: int | None, recovery: tuple[str, ...], now: datetime
) -> OwnFactors:
    """Return the factors with the offered authenticator, in place of a former one, and new recovery codes.

    Args:
        step: the time step whose code was given; None: of none.

    Raises:
        FactorNotValid, NothingOffered.
    """
    seed = offered_seed(factors, now)
    if step is None:
        raise FactorNotValid("This is not the present code.")
    shown = Authenticator(seed, now, step)
    return _kept(replace(factors, authenticator=shown, offer=None, recovery=recovery))


def remove_authenticator(factors: OwnFactors) -> OwnFactors:
    """Return the factors without authenticator; recovery codes go with the last factor.

    Raises:
        NoAuthenticator.
    """
    if factors.authenticator is None:
        raise NoAuthenticator("There is no authenticator.")
    left = replace(factors, authenticator=None)
    return left if left.is_held else replace(left, recovery=(), reset=None, due=())


def spend_code(factors: OwnFactors, step: int | None) -> OwnFactors:
    """Return the factors after a code of that time step was taken; each step's counts once.

    Raises:
        FactorNotValid: of no step near the present one, or of one already spent.
    """
    held = factors.authenticator
    if held is None or step is None or step <= held.last_step:
        raise FactorNotValid("This is not the present code, or it was used before.")
    return replace(factors, authenticator=replace(held, last_step=step))


def spend_recovery_code(factors: OwnFactors, digest: str) -> OwnFactors:
    """Return the factors without that recovery code. Raises: FactorNotValid, when there is none such."""
    if digest not in factors.recovery:
        raise FactorNotValid("This is no recovery code of yours, or it was used before.")
    return replace(factors, recovery=tuple(each for each in factors.recovery if each != digest))


def renew_recovery_codes(factors: OwnFactors, digests: tuple[str, ...]) -> OwnFactors:
    """Return the factors with new recovery codes alone. Raises: NoOwnFactor."""
    if not factors.is_held:
        raise NoOwnFactor("Set a password or an authenticator first.")
    return replace(factors, recovery=digests)


def ask_reset(factors: OwnFactors, network: str, now: datetime) -> OwnFactors:
    """Return the factors with a reset that takes effect in 72 hours; one that waits already goes on waiting.

    Raises:
        NoOwnFactor: nothing to reset.
    """
    if not factors.is_held:
        raise NoOwnFactor("You have no factor of your own yet; set the first one.")
    if factors.reset is not None:
        return factors
    at = now + RESET_WAITS
    return replace(factors, reset=Reset(network, now, at), due=(Due(RESET, at),))


def cancel_reset(factors: OwnFactors) -> OwnFactors:
    """Return the factors with nothing waiting. Raises: NoResetWaiting."""
    if factors.reset is None:
        raise NoResetWaiting("No reset is waiting.")
    return _kept(factors)


def carry_out_reset(factors: OwnFactors) -> OwnFactors:
    """Return the account without any factor; a new first one may be set at once."""
    return OwnFactors(factors.id, factors.network, revision=factors.revision)


def _kept(factors: OwnFactors) -> OwnFactors:
    return replace(factors, reset=None, due=())


def _is_within(moment: datetime | None, now: datetime) -> bool:
    return moment is not None and now - moment <= FRESH_FOR
