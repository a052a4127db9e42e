"""Asking to be forgotten, taking it back, and looking how far it is."""

from services.kit.errors import NotFound
from services.membership.domain import erasures as rules
from services.membership.domain.factor_refusals import OwnFactorNeeded
from services.membership.domain.roles import NETWORK_ADMIN
from services.membership.domain.sign_ins import FRESH_FOR
from services.membership.handlers.whoever import check_admin, check_person

PROVE = "Prove first that it is you, by your own factor."


def ask_erasure(command, ports):
    """Have the caller forgotten in 72 hours, or as an admin somebody who wished it; return the `Erasure`.

    Raises:
        SignInNeeded, NotAnAdmin: not their own affair, and no admin. NotFound: no such person.
        OwnFactorNeeded: this sign-in was not proven by an own factor in the last 15 minutes.
        ErasureBegun: it is under way. LastAdmin: nobody would be left to look after the network.
    """
    caller, now = command.caller, ports.clock.now()
    person_id = _whom(command, ports)
    _check_proven(caller, ports)
    person = ports.people.get(caller.network, person_id)
    if ports.role_holders.holders(caller.network, [NETWORK_ADMIN], now) == [person.id]:
        raise rules.LastAdmin("Make somebody else an admin of the network first.")
    account = ports.accounts.of_person(person.id)
    wanted = rules.Erasure(
        id=rules.erasure_id(person.network, person.id),
        network=person.network,
        person_id=person.id,
        account_id=account.id if account else None,
        asked_by=caller.person_id,
        asked_at=now,
        begins_at=now,
    )
    known = find_erasure(ports.erasures, wanted.network, wanted.id)
    erasure, facts = rules.ask(known, wanted)
    if not facts:
        return erasure
    return (ports.erasures.save if known else ports.erasures.add)(erasure, announcing=facts)


def cancel_erasure(command, ports):
    """Take back that the caller, or as an admin somebody, is to be forgotten.

    Raises:
        SignInNeeded, NotAnAdmin, NoErasure, ErasureBegun.
    """
    caller = command.caller
    known = _known(caller.network, _whom(command, ports), ports)
    erasure, facts = rules.cancel(known)
    return ports.erasures.save(erasure, announcing=facts) if facts else erasure


def show_erasure(query, ports):
    """Return how far it is: to the person, to an admin, and to whoever holds the link of the letter about it.

    Raises:
        SignInNeeded, NotAnAdmin, NoErasure.
    """
    caller = query.caller
    if caller.kind == "link":
        link = caller.link or {}
        is_theirs = link.get("act") == "erasure" and link.get("subject") == query.erasure_id
        if not is_theirs:
            raise rules.NoErasure("There is nothing to show.")
        return _known(caller.network, caller.person_id, ports)
    return _known(caller.network, _whom(query, ports), ports)


def list_erasures(query, ports):
    """Return one page of the network's erasures, the newest first. Raises: NotAnAdmin."""
    check_admin(query.caller, ports.roles, ports.clock.now())
    return ports.erasures.newest(query.caller.network, query.limit, query.after)


def find_erasure(erasures, network, id):
    """Return the erasure, or None."""
    try:
        return erasures.get(network, id)
    except NotFound:
        return None


def _known(network, person_id, ports):
    known = find_erasure(ports.erasures, network, rules.erasure_id(network, person_id))
    if known is None:
        raise rules.NoErasure("Nobody asked for this.")
    return known


def _whom(asked, ports):
    """Whom it is about: the caller, or whom an admin names."""
    caller = asked.caller
    if asked.person_id in (None, caller.person_id):
        check_person(caller)
        return caller.person_id
    check_admin(caller, ports.roles, ports.clock.now())
    return asked.person_id


def _check_proven(caller, ports):
    try:
        sign_in = ports.sign_ins.get(caller.network, caller.signin_id)
    except NotFound:
        raise OwnFactorNeeded(PROVE) from None
    if sign_in.proven_at is None or ports.clock.now() - sign_in.proven_at > FRESH_FOR:
        raise OwnFactorNeeded(PROVE)
