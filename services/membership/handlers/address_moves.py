"""Moving one's sign-in address, and what is done by links from the mails about it."""

from services.kit.errors import NotFound
from services.kit.ids import new_id
from services.membership.domain import address_moves as rules
from services.membership.domain import sign_ins as sign_in_rules
from services.membership.domain.accounts import login_address
from services.membership.domain.identities import check_reaches_beyond
from services.membership.domain.identity_refusals import (
    AnswerUnknown,
    NoSuchMove,
    SameAddress,
    SignInEnded,
    SignInNeeded,
    TooManyTries,
)
from services.membership.domain.invitations import invitation_id, invite
from services.membership.domain.throttle import MOVES_OF_ACCOUNT
from services.membership.handlers.whoever import check_person, find_active_person

CONFIRM, FORMER = "confirm_address", "former_address"  # acts of links in mails


def show_addresses(caller, accounts, moves, people):
    """Return (account, contact address here, moves of the last weeks). Raises: SignInNeeded."""
    check_person(caller)
    account = accounts.get(caller.account_id)
    person = find_active_person(people, caller.network, caller.person_id)
    return account, person.email if person else "", moves.of_account(caller.account_id)


def move_address(command, accounts, moves, sign_ins, throttles, clock):
    """Ask that the caller's sign-in address becomes another one, and return the move.

    The answer and the time it takes are the same for an address that is somebody else's: only its holder can
    confirm, and then nothing moves. A move under way is replaced by the new one.

    Raises:
        SameAddress: it is the present one. SignInEnded: the sign-in is over. TooManyTries: five a day.
        StaysInNetwork: the sign-in came by an organization's provider alone.
    """
    caller, now = command.caller, clock.now()
    check_person(caller)
    sign_in = sign_ins.get(caller.network, caller.signin_id)
    if not sign_in.is_open(now):
        raise SignInEnded("This sign-in is over. Sign in again.")
    check_reaches_beyond(sign_in)
    account, wanted = accounts.get(caller.account_id), login_address(command.email)
    if account.address == wanted:
        detail = "You sign in by this address already."
        raise SameAddress(detail, errors=[{"pointer": "/email", "detail": detail}])
    if not throttles.take(MOVES_OF_ACCOUNT, account.id, now):
        raise TooManyTries("Too many moves today. Wait a day.")
    for earlier in moves.waiting_of_account(account.id, rules.BY_PERSON):
        stopped, facts = rules.stop(earlier, "person")
        moves.save(stopped, announcing=facts)
    move, facts = rules.ask_for_move(
        rules.AddressMove(
            id=new_id("mov"),
            network=caller.network,
            person_id=caller.person_id,
            account_id=account.id,
            by=rules.BY_PERSON,
            former=account.address,
            wanted=wanted,
            asked_at=now,
            asked_by=caller.person_id,
        )
    )
    return moves.add(move, announcing=facts)


def stop_move(command, moves):
    """Stop a move of the caller's own account. Raises: NoSuchMove, MoveNotOpen."""
    check_person(command.caller)
    mine = moves.of_account(command.caller.account_id)
    move = next((each for each in mine if each.id == command.move_id), None)
    if move is None:
        raise NoSuchMove("You have no such move.")
    stopped, facts = rules.stop(move, "person")
    return moves.save(stopped, announcing=facts)


def show_move_of_link(caller, moves):
    """Return the move that a link from a mail is about. Raises: SignInNeeded, NoSuchMove."""
    return _linked(caller, moves)


def answer_move(command, moves, clock):
    """Do what a link from a mail does: confirm at the new address, agree or stop at the old one.

    Raises:
        NoSuchMove: the link is about none. MoveNotOpen: it is over, or not the old address's to agree to.
        AnswerUnknown: the old address neither agrees nor stops.
    """
    move, now = _linked(command.caller, moves), clock.now()
    is_former = command.caller.link["act"] == FORMER
    if is_former and command.answer not in ("agree", "stop"):
        raise AnswerUnknown("Agree, or stop it.", errors=[{"pointer": "/answer", "detail": "agree or stop"}])
    if is_former and command.answer == "stop":
        stopped, facts = rules.stop(move, "former")
        return moves.save(stopped, announcing=facts)
    after = (rules.agree if is_former else rules.confirm)(move, now)
    return moves.save(after) if after != move else move


def complete_move(move_id, network, moves, accounts, invitations, people, sign_ins, clock):
    """Move what is due: see domain/address_moves.py. Repeating it after a crash ends in the same."""
    move, now = moves.get(network, move_id), clock.now()
    if move.standing != "waiting":
        return
    if not move.is_ready(now):
        longer = rules.when_due(move, now)
        after, facts = (longer, ()) if longer else rules.stop(move, "time")
    elif move.by == rules.BY_NETWORK:
        _leave_account(move, accounts, invitations, people, sign_ins, now)
        after, facts = rules.complete(move)
    else:
        is_moved = _set_address(move, accounts)
        after, facts = rules.complete(move) if is_moved else rules.stop(move, "taken")
    moves.save(after, announcing=facts)


def _set_address(move, accounts):
    present = accounts.get(move.account_id)
    if present is not None and present.address == move.wanted:
        return True
    other = accounts.by_address(move.wanted)
    offers = other.offers if other and not other.joined else ()
    for (
        each
    ) in offers:  # networks that knew only the new address offer themselves to this account from now on
        accounts.release(each.person_id, offered_only=True)
    is_moved = accounts.set_address(move.account_id, move.former, move.wanted)
    for each in offers:
        accounts.ensure_for(each.network, each.person_id, move.wanted)
    return is_moved


def _leave_account(move, accounts, invitations, people, sign_ins, now):
    person = find_active_person(people, move.network, move.person_id)
    holder = accounts.of_person(move.person_id)
    if person is None or holder is None:
        return
    if holder.id == move.account_id:
        accounts.release(move.person_id)
    for each in sign_ins.open_of_account(move.account_id, now):
        if each.person_id == move.person_id:
            ended = sign_in_rules.end(each, "moved", now)
            sign_ins.save(ended, announcing=sign_in_rules.told_ended(ended))
    accounts.ensure_for(move.network, move.person_id, move.wanted)
    _invite_again(move, invitations, now)


def _invite_again(move, invitations, now):
    try:
        known = invitations.get(move.network, invitation_id(move.network, move.person_id))
    except NotFound:
        known = None
    if known is not None and known.sent_at >= move.completes_at:
        return
    invitation, facts = invite(known, move.network, move.person_id, move.wanted, move.asked_by, now)
    (invitations.save if known else invitations.add)(invitation, announcing=facts)


def _linked(caller, moves):
    if caller.kind != "link" or (caller.link or {}).get("act") not in (CONFIRM, FORMER):
        raise SignInNeeded("This needs the link from the mail.")
    try:
        move = moves.get(caller.network, caller.link["subject"])
    except NotFound:
        raise NoSuchMove("There is no such move.") from None
    if move.by == rules.BY_NETWORK and caller.link["act"] != FORMER:
        raise NoSuchMove("There is no such move.")
    return move
