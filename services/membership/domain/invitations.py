"""Invitations: a network asks one of its people to have an account. Accepting is the person's own act.

    sent ──accepted by the person──►  the account joins the network
      └── sent again: the earlier link is worth nothing

The link in the mail signs nobody in: it says which person is meant. Who follows it proves the mailbox by a
one-time link of ten minutes, or is signed in already and joins with the account they have.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from services.contracts.events.accounts import PersonInvited
from services.membership.domain.derived import derived_id

LIFETIME = timedelta(days=14)


@dataclass(frozen=True)
class Invitation:
    """The invitation of one person; there is one, sent in rounds.

    Args:
        email: where it was sent, in the last round.
        invited_by: the person of the staff who asked for it.
    """

    id: str
    network: str
    person_id: str
    email: str
    invited_by: str
    sent_at: datetime
    expires_at: datetime
    round: int = 1
    revision: int = 0

    def is_good(self, round: int, now: datetime) -> bool:
        """True for a link of the last round, while it lives."""
        return round == self.round and now < self.expires_at


def invitation_id(network: str, person_id: str) -> str:
    """Return the one id of a person's invitation."""
    return derived_id("inv", network, person_id)


def invite(
    known: Invitation | None, network: str, person_id: str, email: str, by: str, now: datetime
) -> tuple[Invitation, tuple[PersonInvited, ...]]:
    """Return the invitation as sent now, for the first time or again, and the fact that has it mailed."""
    sent = Invitation(
        id=invitation_id(network, person_id),
        network=network,
        person_id=person_id,
        email=email,
        invited_by=by,
        sent_at=now,
        expires_at=now + LIFETIME,
    )
    if known is not None:
        sent = replace(sent, round=known.round + 1, revision=known.revision)
    return sent, (told(sent),)


def told(invitation: Invitation) -> PersonInvited:
    """Return the fact that says how an invitation stands."""
    return PersonInvited(
        network=invitation.network,
        invitation_id=invitation.id,
        person_id=invitation.person_id,
        email=invitation.email,
        round=invitation.round,
        expires_at=invitation.expires_at,
        standing="sent",
    )
