"""A person's own sign-ins: which there are, ending one, ending all, going on in another network."""

from dataclasses import dataclass

from services.kit.errors import NotFound
from services.kit.ids import random_id
from services.membership.domain import sign_ins as rules
from services.membership.domain.identities import check_reaches_beyond
from services.membership.domain.identity_refusals import NoSuchSignIn, NotJoined, SignInEnded
from services.membership.domain.sign_ins import SignIn
from services.membership.handlers.sign_ins import Tokens, go_on_as
from services.membership.handlers.whoever import caller_for, check_person, find_active_person


@dataclass(frozen=True)
class MySignIns:
    """The account's open sign-ins, last used first; `present` is the id of the one that asks."""

    sign_ins: list[SignIn]
    present: str


def list_sign_ins(caller, sign_ins, clock):
    """Return the caller's open sign-ins in all their networks. Raises: SignInNeeded."""
    check_person(caller)
    return MySignIns(sign_ins.open_of_account(caller.account_id, clock.now()), caller.signin_id)


def revoke_sign_in(command, sign_ins, clock):
    """End one of the caller's sign-ins; gateways hear of it.

    Raises:
        NoSuchSignIn: none of theirs is called so, or it is over; somebody else's and none are the same.
    """
    check_person(command.caller)
    now = clock.now()
    mine = sign_ins.open_of_account(command.caller.account_id, now)
    before = next((each for each in mine if each.id == command.sign_in_id), None)
    if before is None:
        raise NoSuchSignIn("You have no such sign-in.")
    _end(before, "revoked", sign_ins, now)


def sign_out_everywhere(caller, sign_ins, clock):
    """End every sign-in of the caller's account, this one last, and every link on its way.

    Each is one write; a process that dies on the way leaves this sign-in open, to be asked again.
    """
    check_person(caller)
    now = clock.now()
    sign_ins.end_asked(caller.account_id, now)
    mine = sign_ins.open_of_account(caller.account_id, now)
    for each in sorted(mine, key=lambda one: one.id == caller.signin_id):
        _end(each, "signed-out", sign_ins, now)


def switch_network(command, accounts, sign_ins, people, roles, networks, tokens, clock):
    """Let the caller's sign-in go on in another of their networks, under a new id; return `Tokens`.

    Raises:
        NotJoined: they have not joined this network, or are no longer known there.
        SignInEnded: this sign-in is over. StaysInNetwork: it came by an organization's provider alone.
    """
    caller, now = command.caller, clock.now()
    check_person(caller)
    before = _open(caller, sign_ins, now)
    check_reaches_beyond(before)
    account = accounts.get(caller.account_id)
    belonging = account.in_network(command.network) if account else None
    person = find_active_person(people, belonging.network, belonging.person_id) if belonging else None
    if belonging is None or person is None:
        raise NotJoined("You have not joined this network.")
    there = rules.exchange(before, random_id("tok"), now, belonging)[0]
    becomes = caller_for(there, person, roles, networks, now)
    after = go_on_as(before, there.id, tuple(sorted(becomes.roles)), sign_ins, now, belonging)
    return Tokens(after, tokens.access_token(becomes, now), tokens.refresh_token(after))


def _open(caller, sign_ins, now):
    try:
        found = sign_ins.get(caller.network, caller.signin_id)
    except NotFound:
        raise SignInEnded("This sign-in is over. Sign in again.") from None
    if not found.is_open(now):
        raise SignInEnded("This sign-in is over. Sign in again.")
    return found


def _end(sign_in, because, sign_ins, now):
    after = rules.end(sign_in, because, now)
    sign_ins.save(after, announcing=rules.told_ended(after))
