"""Setting one's own password."""

import contextlib

from services.contracts.events.factors import OwnFactorSet
from services.kit.errors import NotFound
from services.membership.domain import own_factors as rules
from services.membership.domain.factor_refusals import OwnFactorNeeded
from services.membership.domain.identity_refusals import PresentPasswordNeeded, TooManyTries
from services.membership.domain.passwords import check_password, prepared
from services.membership.domain.throttle import PRESENT_PASSWORDS
from services.membership.handlers.factor_desk import present, tell


def set_password(command, ports):
    """Set the password of the caller's account and tell every address we know of it.

    Raises:
        PasswordTooWeak: see `check_password`.
        FreshSignInNeeded: it would be the first own factor, and the sign-in is older than 15 minutes.
        PresentPasswordNeeded: there is a factor, it was not proven in the last 15 minutes, and the present
            password is not given or wrong.
        SignInEnded: the caller's sign-in is over, although their token still says otherwise.
    """
    desk = present(command.caller, ports)
    check_password(command.password, ports.common_passwords, _names(command.caller, desk.account, ports))
    try:
        rules.check_may_change(desk.factors, desk.sign_in, ports.clock.now())
    except OwnFactorNeeded:
        _check_present(command, desk.factors, ports)
    after = rules.set_password(desk.factors, ports.passwords.hash(prepared(command.password)))
    ports.factors.keep(after, announcing=tell(OwnFactorSet, after, desk.account, ports))


def _names(caller, account, ports):
    """What others know of the person: they are the first things tried."""
    person = ports.people.get(caller.network, caller.person_id)
    network = ports.networks.get(caller.network, caller.network)
    names = [person.display_name, person.email, account.address, network.display_name]
    if person.organization_id:
        with contextlib.suppress(NotFound):
            names.append(ports.organizations.get(caller.network, person.organization_id).display_name)
    return names


def _check_present(command, factors, ports):
    if not ports.throttles.take(PRESENT_PASSWORDS, factors.id, ports.clock.now()):
        raise TooManyTries("Too many tries. Wait a quarter of an hour.")
    if not ports.passwords.matches(factors.password_hash, prepared(command.present or "")):
        raise PresentPasswordNeeded("Give the present password, or prove by your own factor that it is you.")
    ports.throttles.give_back(PRESENT_PASSWORDS, factors.id)
