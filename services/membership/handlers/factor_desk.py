"""What the use cases of own factors share: whose factors, from which sign-in, and whom to tell."""

from dataclasses import dataclass
from typing import Any

from services.kit.errors import NotFound
from services.kit.ids import random_id
from services.kit.outcomes import Overtaken
from services.membership.domain import sign_ins as rules
from services.membership.domain.factor_news import news, places
from services.membership.domain.identity_refusals import SignInEnded
from services.membership.handlers.sign_ins import Tokens
from services.membership.handlers.whoever import caller_for, check_person, find_active_person

RACES = 8  # a refresh may meet the end of the former sign-in
OVER = "This sign-in is over. Sign in again."


@dataclass(frozen=True)
class Present:
    """Who stands at the desk: their open sign-in, account and factors."""

    sign_in: rules.SignIn
    account: Any
    factors: Any


def present(caller, ports):
    """Return the `Present` of a signed-in caller.

    Raises:
        SignInNeeded: no person.
        SignInEnded: their token says otherwise, but the sign-in is over.
    """
    check_person(caller)
    sign_in = _known(caller, ports)
    account = ports.accounts.get(caller.account_id)
    if account is None or not sign_in.is_open(ports.clock.now()):
        raise SignInEnded(OVER)
    return Present(sign_in, account, ports.factors.of(account))


def tell(kind, factors, account, ports):
    """Return the facts that tell every known address of the account how its factors stand."""
    contacts = []
    for belonging in account.joined:
        person = find_active_person(ports.people, belonging.network, belonging.person_id)
        contacts.append((belonging.network, belonging.person_id, person.email if person else None))
    return news(kind, factors, places(account.mailbox, contacts))


def proven(sign_in, proof, ports):
    """End this sign-in and return the `Tokens` of the one that follows on it, proven by `proof`."""
    now = ports.clock.now()
    person = find_active_person(ports.people, sign_in.network, sign_in.person_id)
    if person is None:
        raise SignInEnded(OVER)
    after = ports.sign_ins.add(_followed(sign_in, proof, ports, now))
    caller = caller_for(after, person, ports.roles, ports.networks, now)
    return Tokens(after, ports.tokens.access_token(caller, now), ports.tokens.refresh_token(after))


def _followed(sign_in, proof, ports, now):
    """End it first, then return what follows; the proof is spent already, so a race is run again here."""
    for _ in range(RACES):
        successor, ended = rules.step_up(sign_in, random_id("tok"), proof, now)
        try:
            ports.sign_ins.save(ended, announcing=rules.told_ended(ended))
        except Overtaken:
            sign_in = ports.sign_ins.get(sign_in.network, sign_in.id)
            if not sign_in.is_open(now):
                raise SignInEnded(OVER) from None
        else:
            return successor
    raise SignInEnded(OVER)


def _known(caller, ports):
    try:
        return ports.sign_ins.get(caller.network, caller.signin_id)
    except NotFound:
        raise SignInEnded(OVER) from None
