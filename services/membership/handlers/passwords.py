"""Setting one's own password."""

from services.membership.domain.identity_refusals import PresentPasswordNeeded, SignInEnded, TooManyTries
from services.membership.domain.passwords import check_password, prepared
from services.membership.domain.sign_ins import is_fresh_link
from services.membership.domain.throttle import PRESENT_PASSWORDS
from services.membership.handlers.whoever import check_person


def set_password(command, accounts, sign_ins, throttles, passwords, clock):
    """Set the password of the caller's account.

    Raises:
        PasswordTooWeak: see `check_password`.
        PresentPasswordNeeded: the sign-in is not fresh from a link, and the present password is not given or
            wrong.
        SignInEnded: the caller's sign-in is over, although their token still says otherwise.
    """
    now = clock.now()
    caller = command.caller
    check_person(caller)
    check_password(command.password)
    sign_in = sign_ins.get(caller.network, caller.signin_id)
    if not sign_in.is_open(now):
        raise SignInEnded("This sign-in is over. Sign in again.")
    if not is_fresh_link(sign_in, now):
        _check_present(command, accounts, throttles, passwords, now)
    accounts.set_password(caller.account_id, passwords.hash(prepared(command.password)))


def _check_present(command, accounts, throttles, passwords, now):
    account_id = command.caller.account_id
    if not throttles.take(PRESENT_PASSWORDS, account_id, now):
        raise TooManyTries("Too many tries. Wait a quarter of an hour, or sign in by a link.")
    account = accounts.get(account_id)
    if not passwords.matches(account.password_hash if account else None, prepared(command.present or "")):
        raise PresentPasswordNeeded("Give the present password, or sign in by a link first.")
    throttles.give_back(PRESENT_PASSWORDS, account_id)
