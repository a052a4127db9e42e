"""Forgetting own factors whose holder has lost them: late, in the open, and cancellable."""

from services.contracts.events.factors import OwnFactorResetAsked, OwnFactorResetCancelled, OwnFactorsReset
from services.kit.errors import NotFound
from services.membership.domain import own_factors as rules
from services.membership.domain.factor_refusals import NoResetWaiting, OwnFactorNeeded
from services.membership.domain.identity_refusals import TooManyTries
from services.membership.domain.throttle import RESETS_OF_ACCOUNT
from services.membership.handlers.factor_desk import present, tell

KEEP_FACTORS = "keep_factors"  # the act of the signed link in the mail


def ask_factor_reset(caller, ports):
    """Have the caller's factors forgotten in 72 hours, and every address told; return the factors.

    Asking again while one waits changes nothing.

    Raises:
        NoOwnFactor: there is nothing to forget.
        TooManyTries: five a day.
    """
    desk = present(caller, ports)
    now = ports.clock.now()
    after = rules.ask_reset(desk.factors, caller.network, now)
    if after is desk.factors:
        return after
    if not ports.throttles.take(RESETS_OF_ACCOUNT, desk.account.id, now):
        raise TooManyTries("Asked for too often today.")
    return ports.factors.keep(after, announcing=tell(OwnFactorResetAsked, after, desk.account, ports))


def cancel_factor_reset(caller, ports):
    """Let what waits not happen: from any sign-in the factors have proven, or by the link in the mail.

    Raises:
        OwnFactorNeeded: a sign-in that nothing of the person's own has proven.
        NoResetWaiting.
    """
    account, factors = _by_link(caller, ports) if caller.kind == "link" else _by_sign_in(caller, ports)
    after = rules.cancel_reset(factors)
    ports.factors.keep(after, announcing=tell(OwnFactorResetCancelled, after, account, ports))


def carry_out_reset(account_id, ports):
    """Forget the factors of a reset whose time has come; repeated or too early it does nothing."""
    account = ports.accounts.get(account_id)
    if account is None:
        return
    factors = ports.factors.of(account)
    if factors.reset is None or ports.clock.now() < factors.reset.takes_effect_at:
        return
    after = rules.carry_out_reset(factors)
    ports.factors.keep(after, announcing=tell(OwnFactorsReset, after, account, ports))


def _by_link(caller, ports):
    link = caller.link or {}
    account = ports.accounts.get(link.get("subject", "")) if link.get("act") == KEEP_FACTORS else None
    if account is None or account.in_network(caller.network) is None:
        raise NotFound("nothing is here")
    return account, ports.factors.of(account)


def _by_sign_in(caller, ports):
    desk = present(caller, ports)
    if desk.factors.reset is None:
        raise NoResetWaiting("No reset is waiting.")
    if desk.sign_in.own_factor is None:
        raise OwnFactorNeeded("Prove first that it is you, by your own factor; or use the link in the mail.")
    return desk.account, desk.factors
