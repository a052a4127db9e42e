"""Identities: what an organization's provider calls one of our people. An account is found by
(connection, issuer, subject), never by an e-mail address.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from services.kit.errors import Conflict, Forbidden, NotFound
from services.membership.domain.accounts import Account, Belonging
from services.membership.domain.connections import Connection
from services.membership.domain.derived import derived_id
from services.membership.domain.identity_refusals import StaysInNetwork
from services.membership.domain.sign_ins import SignIn, begin

ARRIVAL, EXTERNAL_ID, BY_PERSON = "arrival", "external-id", "person"


@dataclass(frozen=True)
class Identity:
    """One subject of one provider and the person it signs in as.

    Args:
        linked_by: "arrival" (a newcomer), "external-id" (matched to whom staff imported) or "person".
        standing: "linked", or "unlinked" by the person: then only they can link it again.
    """

    id: str
    network: str
    connection_id: str
    person_id: str
    account_id: str
    linked_by: str
    linked_at: datetime
    standing: str = "linked"
    revision: int = 0


class NotAccepted(Forbidden):
    """Signing in by an organization's provider did not work; why is told to nobody who tries."""

    code = "sign-in-not-accepted"

    def __init__(self) -> None:
        super().__init__("This sign-in was not accepted. Nothing was changed.")


class IdentityTaken(Conflict):
    """Somebody else signs in by it."""

    code = "identity-taken"


class NotYourOrganization(Forbidden):
    """A provider vouches for people of its own organization."""

    code = "not-your-organization"


class NoSuchIdentity(NotFound):
    code = "no-such-identity"


def identity_id(connection_id: str, issuer: str, subject: str) -> str:
    """Return the id that follows from what makes an account: connection, issuer and subject."""
    return derived_id("idn", connection_id, issuer, subject)


@dataclass(frozen=True)
class Linked:
    """Whom an identity signs in, and how that came about."""

    person_id: str
    account_id: str
    linked_by: str
    linked_at: datetime


def link(id: str, connection: Connection, who: Linked) -> Identity:
    """Return a new identity of this connection."""
    return Identity(id=id, network=connection.network, connection_id=connection.id, **vars(who))


def link_again(identity: Identity, who: Linked) -> Identity:
    """Return a known identity as a signed-in person links it.

    Raises:
        IdentityTaken: it signs in somebody else.
    """
    if identity.standing == "unlinked":
        return replace(identity, standing="linked", **vars(who))
    if identity.person_id != who.person_id:
        raise IdentityTaken("Somebody else signs in with this.")
    return identity


def unlink(identity: Identity) -> Identity:
    """Return the identity that signs nobody in any more."""
    return replace(identity, standing="unlinked")


def check_reaches_beyond(sign_in: SignIn) -> None:
    """Refuse what concerns the account beyond its network to who came by an organization's provider alone.

    Whoever runs that provider can sign in as any of its people: there, and nowhere else.

    Raises:
        StaysInNetwork: the sign-in was not proven by the person's own factor either.
    """
    if sign_in.way == "connection" and sign_in.own_factor is None:
        raise StaysInNetwork("Prove first that it is you, by your own factor, or sign in by mail.")


def open_sign_in(
    sign_in_id: str, arrival_id: str, identity: Identity, account: Account, now: datetime
) -> SignIn:
    """Return an open sign-in of whom `identity` names.

    A provider proves no factor of the person's own, nor may its word set the first one for somebody who can
    come by mail: else whoever runs it could read what that person may read.
    """
    belonging = Belonging(identity.network, identity.person_id)
    opened = begin(sign_in_id, identity.account_id, belonging, "connection", now)
    return replace(opened, arrival_id=arrival_id, may_begin_factors=not account.mailbox)
