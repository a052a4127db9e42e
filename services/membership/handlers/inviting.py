"""Inviting people to have an account. It sends mail; whoever gets it decides."""

from dataclasses import dataclass, replace

from services.kit import process
from services.kit.errors import Conflict, NotFound
from services.kit.ids import new_id
from services.membership.domain.accounts import login_address
from services.membership.domain.address_moves import BY_NETWORK, AddressMove, ask_for_move
from services.membership.domain.invitations import invitation_id, invite
from services.membership.domain.rights import check_staff
from services.membership.domain.throttle import INVITATIONS_TO_PERSON
from services.membership.handlers import sign_ins as entering

INVITING = "inviting"
AT_ONCE = 50  # people of one step
NOWHERE = "nowhere.invalid"  # who is asked for there is nobody


class NobodyToInvite(Conflict):
    """Everybody named has an account already, or there is nobody."""

    code = "nobody-to-invite"


@dataclass(frozen=True)
class Inviting:
    """The stores one invitation needs."""

    people: object
    accounts: object
    invitations: object
    moves: object
    throttles: object


def invite_people(command, people, invitings, clock):
    """Begin to invite the people named, or everybody without an account in the network or one organization.

    Returns:
        The process. Who has an account by their contact address gets no mail; to whom the contact address is
        another than the one they sign in by, a move of 72 hours begins (domain/address_moves.py).

    Raises:
        StaffOnly. NotFound: somebody named is no active person here. NobodyToInvite: there is nobody.
    """
    network = check_staff(command.caller)
    ids = (
        _named(command, network, people)
        if command.person_ids
        else people.active_ids(network, command.organization_id)
    )
    if not ids:
        raise NobodyToInvite("there is nobody to invite")
    payload = {"person_ids": ids, "by": command.caller.person_id, "everyone": not command.person_ids}
    steps = -(-len(ids) // AT_ONCE)
    return invitings.add(process.begin(new_id("ing"), network, INVITING, steps, clock.now(), payload))


def show_inviting(query, invitings):
    """Return how far inviting is. Raises: StaffOnly, NotFound."""
    return invitings.get(check_staff(query.caller), query.inviting_id)


def go_on_inviting(inviting_id, network, invitings, stores, clock):
    """Invite the next people; a step repeated after a crash may mail again, and the later link is good."""

    def step(running, number):
        payload = running.payload
        for person_id in payload["person_ids"][number * AT_ONCE : (number + 1) * AT_ONCE]:
            person = stores.people.by_ids(network, [person_id]).get(person_id)
            if person is not None and person.standing == "active":
                _invite_one(person, payload, stores, clock.now())

    process.work_off(inviting_id, network, invitings, step, clock)


def knock(command, invitations, accounts, sign_ins, throttles, tokens, clock):
    """Have a one-time link sent to where an invitation was sent, for the browser that holds its link.

    Whatever became of the invitation, the answer is the same.

    Raises:
        TooManyTries: too many from one origin.
    """
    caller, subject = command.caller, command.caller.link["subject"]
    invitation = _find(invitations, caller.network, subject.partition("/")[0])
    is_good = invitation is not None and invitation.is_good(round_of(subject), clock.now())
    email = invitation.email if is_good else f"{subject}@{NOWHERE}"
    asked = replace(command, email=email, network=caller.network)
    entering.start_sign_in(asked, accounts, sign_ins, throttles, tokens, clock)


def round_of(subject):
    """Return the round that an invitation's link names: "inv_…/2"; 0 where there is none."""
    _, _, number = subject.partition("/")
    return int(number) if number.isascii() and number.isdecimal() and len(number) < 6 else 0


def _invite_one(person, payload, stores, now):
    account = stores.accounts.of_person(person.id)
    is_used = account is not None and any(each.person_id == person.id for each in account.joined)
    wanted = login_address(person.email)
    if is_used:
        if not payload["everyone"] and account.address != wanted:
            _begin_move(person, account, payload, stores, now)
        return
    if not stores.throttles.take(INVITATIONS_TO_PERSON, person.id, now):
        return
    if account is not None and account.address != wanted:
        stores.accounts.release(person.id, offered_only=True)
    stores.accounts.ensure_for(person.network, person.id, person.email)
    known = _find(stores.invitations, person.network, invitation_id(person.network, person.id))
    invitation, facts = invite(known, person.network, person.id, person.email, payload["by"], now)
    (stores.invitations.save if known else stores.invitations.add)(invitation, announcing=facts)


def _begin_move(person, account, payload, stores, now):
    move = AddressMove(
        id=new_id("mov"),
        network=person.network,
        person_id=person.id,
        account_id=account.id,
        by=BY_NETWORK,
        former=account.address,
        wanted=login_address(person.email),
        asked_at=now,
        asked_by=payload["by"],
    )
    if not stores.moves.waiting_of_person(person.network, person.id):
        move, facts = ask_for_move(move)
        stores.moves.add(move, announcing=facts)


def _named(command, network, people):
    wished = list(dict.fromkeys(command.person_ids))
    found = people.by_ids(network, wished)
    if any(one not in found or found[one].standing != "active" for one in wished):
        raise NotFound("somebody named is not in this network")
    return wished


def _find(store, network, id):
    try:
        return store.get(network, id)
    except NotFound:
        return None
