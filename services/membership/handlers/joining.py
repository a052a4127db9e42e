"""The networks of one account: those it joined, those that offer themselves, joining and declining."""

from dataclasses import dataclass

from services.kit.errors import NotFound
from services.membership.domain.accounts import Account
from services.membership.domain.identities import check_reaches_beyond
from services.membership.domain.identity_refusals import NoSuchOffer, StaysInNetwork
from services.membership.domain.networks import Network
from services.membership.handlers.whoever import check_person, find_active_person


@dataclass(frozen=True)
class Place:
    """A network as one account sees it: joined or offered, and whether the present sign-in is there."""

    network: Network
    person_id: str
    is_joined: bool
    is_present: bool


def list_my_networks(caller, accounts, networks, people, sign_ins):
    """Return the caller's places, oldest first; those where they are gone are none.

    Who came by an organization's provider alone is told of the present one.

    Raises:
        SignInNeeded.
    """
    check_person(caller)
    account = accounts.get(caller.account_id)
    known = account.belongings if account else ()
    if not _reaches_beyond(caller, sign_ins):
        known = [each for each in known if each.network == caller.network]
    found = [_place(each, caller, networks, people) for each in known]
    return [place for place in found if place is not None]


def join_network(command, accounts, invitations, networks, people, sign_ins, clock):
    """Accept what a network offers to the caller's account, or what an invitation offers to its holder.

    Args:
        command: `network` of an offer to this account, or `invitation` (id, round) of a link that was read.

    Raises:
        NoSuchOffer: there is none, it is another's, was withdrawn or has run out, or the caller is somebody
            else there already; which of these is not told.
        StaysInNetwork: the sign-in came by an organization's provider alone.
    """
    caller, now = command.caller, clock.now()
    check_person(caller)
    check_reaches_beyond(sign_ins.get(caller.network, caller.signin_id))
    person_id = _offered(command, accounts, invitations, now)
    person = find_active_person(people, command.network, person_id) if person_id else None
    if person is None or not accounts.join(caller.account_id, command.network, person.id):
        raise NoSuchOffer("This network offers you nothing to accept.")
    return _place_in(accounts.get(caller.account_id), command.network, caller, networks, people)


def decline_network(command, accounts, sign_ins):
    """Take an offer off the caller's account. Raises: NoSuchOffer, StaysInNetwork."""
    check_person(command.caller)
    check_reaches_beyond(sign_ins.get(command.caller.network, command.caller.signin_id))
    account = accounts.get(command.caller.account_id)
    person_id = _offer_of(account, command.network)
    if person_id is None:
        raise NoSuchOffer("This network offers you nothing to accept.")
    accounts.release(person_id, offered_only=True)


def _reaches_beyond(caller, sign_ins):
    try:
        check_reaches_beyond(sign_ins.get(caller.network, caller.signin_id))
    except (StaysInNetwork, NotFound):
        return False
    return True


def _offered(command, accounts, invitations, now):
    if command.invitation_id is None:
        return _offer_of(accounts.get(command.caller.account_id), command.network)
    try:
        invitation = invitations.get(command.network, command.invitation_id)
    except NotFound:
        return None
    return invitation.person_id if invitation.is_good(command.round, now) else None


def _offer_of(account: Account | None, network: str) -> str | None:
    found = [each.person_id for each in (account.belongings if account else ()) if each.network == network]
    return found[0] if found else None


def _place_in(account, network, caller, networks, people):
    belonging = next(each for each in account.belongings if each.network == network)
    return _place(belonging, caller, networks, people)


def _place(belonging, caller, networks, people):
    if find_active_person(people, belonging.network, belonging.person_id) is None:
        return None
    network = networks.get(belonging.network, belonging.network)
    is_present = belonging.network == caller.network
    return Place(network, belonging.person_id, belonging.is_joined, is_present)
