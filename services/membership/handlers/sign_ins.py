"""Signing in and out. Nothing here tells a stranger whether an address is known."""

from dataclasses import dataclass, replace

from services.kit.errors import NotFound
from services.kit.ids import derived_id, random_id
from services.kit.outcomes import Overtaken
from services.membership.domain import sign_in_links as links
from services.membership.domain import sign_ins as rules
from services.membership.domain.accounts import Account, Belonging, login_address
from services.membership.domain.clients import secret_digest
from services.membership.domain.identity_refusals import LinkNotValid, SignInEnded, SignInRefused
from services.membership.domain.passwords import prepared
from services.membership.domain.sign_ins import SignIn
from services.membership.handlers.throttling import count_origin, count_password, may_send_link
from services.membership.handlers.whoever import caller_for, check_person, find_active_person

NOBODY, NOWHERE = Account("", "", ()), Belonging("", "")  # what an unknown address leaves behind


@dataclass(frozen=True)
class Tokens:
    """What a sign-in gives out; shown once and recorded nowhere.

    `device` names the browser to which it was given as one where this account signed in; None at a refresh.
    """

    sign_in: SignIn
    access_token: str
    refresh_token: str
    device: str | None = None
    places: int = 1  # networks the account may go to


def start_sign_in(command, accounts, sign_ins, throttles, tokens, clock):
    """Have a one-time link sent to the account of this address, if there is one; the answer is the same.

    The link opens in the browser that asked for it alone (its verifier), and older links of that browser are
    dead. An account that joined nothing yet gets a link for each network that offers itself (the newest
    five). An unknown address costs the same reads and the same writes: a sign-in that no token opens. Asked
    too often for one address, it silently sends nothing more.

    Raises:
        TooManyTries: too many from one origin, whatever the addresses.
    """
    now = clock.now()
    address = login_address(command.email)
    count_origin(command.origin, throttles, now)
    account = accounts.by_address(address)
    device = known_device(command.device_token, account, tokens)
    if not may_send_link(command, address, device, throttles, now):
        return
    holder = account or replace(NOBODY, id=derived_id("acc", "nobody", address))
    places = account.places(command.network) if account else ()
    verifier = secret_digest(command.verifier) if command.verifier else None
    sign_ins.end_asked(holder.id, now, verifier)
    for belonging in places or [NOWHERE]:
        token = tokens.secret()
        sealed, digest = tokens.sealed(token), secret_digest(token)
        asked, facts = links.ask_for_link(random_id("tok"), holder, belonging, sealed, digest, now)
        asked = replace(asked, verifier_hash=verifier)
        sign_ins.add(asked, announcing=facts if places else ())


def finish_sign_in(command, accounts, sign_ins, people, roles, networks, tokens, clock):
    """Spend the link's token and return `Tokens`; the account's other links are dead then.

    The first link used joins the network it was made for, when the account has joined none. Whoever did not
    get the answer asks again under the same key: the same sign-in is theirs for a minute.

    Raises:
        LinkNotValid: there is no such token, it was spent, is too old, was asked for in another browser, or
            its person is gone.
    """
    now = clock.now()
    asked = sign_ins.by_token_hash(secret_digest(command.token))
    if asked is None:
        raise LinkNotValid(links.NOT_VALID)
    verifier = secret_digest(command.verifier) if command.verifier else None
    opened = links.finish(asked, now, verifier, command.request)
    account = accounts.get(asked.account_id)
    if account is None or not account.may_enter(asked.network, asked.person_id):
        raise LinkNotValid(links.NOT_VALID)
    caller = _caller(opened, people, roles, networks, now, LinkNotValid)
    if opened != asked:
        accounts.claim(account.id, asked.person_id)
        opened = sign_ins.save(begun(opened, caller, command))
    sign_ins.end_asked(account.id, now)
    return _tokens(opened, caller, tokens, now, account=account, device_token=command.device_token)


def password_sign_in(
    command, accounts, factors, sign_ins, people, roles, networks, throttles, passwords, tokens, clock
):
    """Sign in by password and return `Tokens`; an unknown address takes as long as a wrong password.

    Raises:
        SignInRefused: address and password do not belong together, or the person is gone.
        TooManyGuesses, TooManyTries: see `count_password`, `count_origin`.
    """
    now = clock.now()
    address = login_address(command.email)
    count_origin(command.origin, throttles, now)
    account = accounts.by_address(address)
    device = known_device(command.device_token, account, tokens)
    counted = count_password(command, address, device, throttles, now)
    held = factors.of(account or NOBODY)
    is_right = passwords.matches(held.password_hash, prepared(command.password))
    belonging = account.in_network(command.network) if account else None
    if not is_right or account is None or belonging is None:
        raise SignInRefused("This address and this password do not belong together.")
    opened = rules.open_by_password(random_id("tok"), account, belonging, held.proof_of_password(), now)
    caller = _caller(opened, people, roles, networks, now, SignInRefused)
    opened = sign_ins.add(begun(opened, caller, command))
    throttles.give_back(*counted)
    return _tokens(opened, caller, tokens, now, account=account, device_token=command.device_token)


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
    if rules.is_exchanged_again(before, generation, now, command.request):
        after = before = _successor(sign_ins, network, before)
    else:
        after = rules.refresh(before, generation, now, command.request)
    if not after.is_open(now):
        sign_ins.save(after, announcing=rules.told_ended(after))
        raise SignInEnded("This sign-in is over: its token was used twice. Sign in again.")
    caller = _caller(after, people, roles, networks, now, SignInEnded)
    held = tuple(sorted(caller.roles))
    if after.roles not in (None, held):
        after = go_on_as(replace(before, answered_as=command.request), random_id("tok"), held, sign_ins, now)
        caller = replace(caller, signin_id=after.id)
    elif after != before:
        after = sign_ins.save(replace(after, roles=held))
    return _tokens(after, caller, tokens, now)


def go_on_as(before, new_id, held, sign_ins, now, belonging=None):
    """End a sign-in and return the one that goes on for it under `new_id`; gateways hear of the end."""
    successor, ended = rules.exchange(before, new_id, now, belonging)
    sign_ins.save(ended, announcing=rules.told_ended(ended))
    return sign_ins.add(replace(successor, roles=held))


def sign_out(caller, sign_ins, clock):
    """End the caller's sign-in: refresh tokens die at once, access tokens as soon as gateways hear."""
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


def _successor(sign_ins, network, ended):
    """What goes on for it; the other tab writes it after the end, so it may be a moment away: try again."""
    try:
        return sign_ins.get(network, ended.successor)
    except NotFound:
        raise Overtaken from None


def _caller(sign_in, people, roles, networks, now, refusal):
    person = find_active_person(people, sign_in.network, sign_in.person_id)
    if person is None:
        raise refusal("This sign-in cannot go on. Ask the staff of your network.")
    return caller_for(sign_in, person, roles, networks, now)


def begun(opened, caller, command):
    """Return the sign-in with what its person's list shows of it and the roles it is given out with."""
    return replace(opened, device=command.device or "", roles=tuple(sorted(caller.roles)))


def known_device(device_token, account, tokens):
    """Return the name of the asking browser when this account signed in there before, else None."""
    named = tokens.read_device_token(device_token) if device_token else None
    return named[1] if named and account and named[0] == account.id else None


def _tokens(sign_in, caller, tokens, now, account=None, device_token=None):
    pair = tokens.access_token(caller, now), tokens.refresh_token(sign_in)
    if account is None:
        return Tokens(sign_in, *pair)
    known = known_device(device_token, account, tokens)
    device = device_token if known else tokens.device_token(account.id)
    return Tokens(sign_in, *pair, device=device, places=max(len(account.belongings), 1))
