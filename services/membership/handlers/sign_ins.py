"""Signing in and out. Nothing here tells a stranger whether an address is known."""

from dataclasses import dataclass

from services.kit.errors import NotFound
from services.kit.ids import random_id
from services.membership.domain import sign_ins as rules
from services.membership.domain.accounts import Account, Belonging, login_address
from services.membership.domain.clients import secret_digest
from services.membership.domain.identity_refusals import (
    LinkNotValid,
    SignInEnded,
    SignInRefused,
    TooManyTries,
)
from services.membership.domain.passwords import prepared
from services.membership.domain.sign_ins import SignIn
from services.membership.domain.throttle import LINKS_TO_ADDRESS, PASSWORDS_OF_ADDRESS, TRIES_FROM_ORIGIN
from services.membership.handlers.whoever import caller_for, check_person, find_active_person

MOST_LINKS = 5  # of one asking
NOBODY, NOWHERE = Account("", "", ()), Belonging("", "")  # what an unknown address leaves behind


@dataclass(frozen=True)
class Tokens:
    """What a sign-in gives out; shown once and recorded nowhere."""

    sign_in: SignIn
    access_token: str
    refresh_token: str


def start_sign_in(command, accounts, sign_ins, throttles, tokens, clock):
    """Have a one-time link sent to the account of this address, if there is one; the answer is the same.

    Who belongs to several networks and names none gets a link for each (the newest five). An unknown
    address costs the same reads and the same write: a sign-in that no token opens. Asked too often for one
    address, it silently sends nothing more.

    Raises:
        TooManyTries: too many from one origin, whatever the addresses.
    """
    now = clock.now()
    address = login_address(command.email)
    _from_origin(command.origin, throttles, now)
    if not throttles.take(LINKS_TO_ADDRESS, address, now):
        return
    account = accounts.by_address(address)
    places = account.places(command.network)[:MOST_LINKS] if account else ()
    for belonging in places or [NOWHERE]:
        token = tokens.secret()
        sealed, digest = tokens.sealed(token), secret_digest(token)
        sign_in, facts = rules.ask_for_link(
            random_id("tok"), account or NOBODY, belonging, sealed, digest, now
        )
        sign_ins.add(sign_in, announcing=facts if places else ())


def finish_sign_in(command, sign_ins, people, roles, networks, tokens, clock):
    """Spend the link's token and return `Tokens`.

    Raises:
        LinkNotValid: there is no such token, it was spent, is too old, or its person is gone.
    """
    now = clock.now()
    asked = sign_ins.by_token_hash(secret_digest(command.token))
    if asked is None:
        raise LinkNotValid("This link was used before or is too old. Ask for a new one.")
    opened = rules.finish(asked, now)
    caller = _caller(opened, people, roles, networks, now, LinkNotValid)
    opened = sign_ins.save(opened)
    return _tokens(opened, caller, tokens, now)


def password_sign_in(
    command, accounts, sign_ins, people, roles, networks, throttles, passwords, tokens, clock
):
    """Sign in by password and return `Tokens`; an unknown address takes as long as a wrong password.

    Raises:
        SignInRefused: address and password do not belong together, or the person is gone.
        TooManyTries: too many wrong ones for this address, or from this origin.
    """
    now = clock.now()
    address = login_address(command.email)
    _from_origin(command.origin, throttles, now)
    if not throttles.take(PASSWORDS_OF_ADDRESS, address, now):
        raise TooManyTries("Too many tries. Wait a quarter of an hour, or ask for a link.")
    account = accounts.by_address(address)
    is_right = passwords.matches(account.password_hash if account else None, prepared(command.password))
    belonging = account.in_network(command.network) if account else None
    if not is_right or account is None or belonging is None:
        raise SignInRefused("This address and this password do not belong together.")
    opened = rules.open_by_password(random_id("tok"), account, belonging, now)
    caller = _caller(opened, people, roles, networks, now, SignInRefused)
    opened = sign_ins.add(opened)
    throttles.give_back(PASSWORDS_OF_ADDRESS, address)
    return _tokens(opened, caller, tokens, now)


def refresh_tokens(command, sign_ins, people, roles, networks, tokens, clock):
    """Exchange a refresh token for new `Tokens`; one that comes again revokes the whole sign-in.

    Raises:
        SignInEnded: no token of ours, or one of a sign-in that is over (or is so from now on).
    """
    now = clock.now()
    named = tokens.read_refresh_token(command.refresh_token)
    if named is None:
        raise SignInEnded("This sign-in is over. Sign in again.")
    network, sign_in_id, generation = named
    before = _known(sign_ins, network, sign_in_id)
    after = rules.refresh(before, generation, now)
    if after != before:
        after = sign_ins.save(after, announcing=rules.told_ended(after))
    if not after.is_open(now):
        raise SignInEnded("This sign-in is over: its token was used twice. Sign in again.")
    caller = _caller(after, people, roles, networks, now, SignInEnded)
    return _tokens(after, caller, tokens, now)


def sign_out(caller, sign_ins, clock):
    """End the caller's sign-in; its refresh token is dead at once, its access tokens as soon as gateways hear."""
    check_person(caller)
    before = _known(sign_ins, caller.network, caller.signin_id)
    after = rules.end(before, "signed-out", clock.now())
    if after != before:
        sign_ins.save(after, announcing=rules.told_ended(after))


def _known(sign_ins, network, sign_in_id):
    try:
        return sign_ins.get(network, sign_in_id)
    except NotFound:
        raise SignInEnded("This sign-in is over. Sign in again.") from None


def _caller(sign_in, people, roles, networks, now, refusal):
    person = find_active_person(people, sign_in.network, sign_in.person_id)
    if person is None:
        raise refusal("This sign-in cannot go on. Ask the staff of your network.")
    return caller_for(sign_in, person, roles, networks, now)


def _tokens(sign_in, caller, tokens, now):
    return Tokens(sign_in, tokens.access_token(caller, now), tokens.refresh_token(sign_in))


def _from_origin(origin, throttles, now):
    if origin and not throttles.take(TRIES_FROM_ORIGIN, origin, now):
        raise TooManyTries("Too many tries from here. Wait a quarter of an hour.")
