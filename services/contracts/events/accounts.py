"""What membership announces about accounts and their addresses; notifications alone hears it, and mails.

No token stands in these facts: the links in the mails are signed (contracts/links.py), do one act on one
subject, and lead to pages on which the person acts.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from services.contracts.events import Fact


@dataclass(frozen=True)
class InvitationState(Fact):
    """A person of a network is invited to have an account; `standing` is "sent", "accepted" or "withdrawn".

    `round` rises with every sending: a link of an earlier round is worth nothing.
    """

    source: ClassVar[str] = "membership"
    aggregate: ClassVar[str] = "invitation"
    subject_field: ClassVar[str] = "invitation_id"

    invitation_id: str
    person_id: str
    email: str
    round: int
    expires_at: datetime
    standing: str


class PersonInvited(InvitationState):
    """Staff invited a person, or invited them again."""


@dataclass(frozen=True)
class AddressMoveState(Fact):
    """A sign-in address is to become another one, or a network is to invite its person at another one.

    `by` is "person" (their own wish, from a sign-in) or "network" (an invitation to a new contact address of
    somebody who signs in by an old one). `standing` is "waiting", "done" or "stopped". `person_id` is whose
    words and clock the mails use.
    """

    source: ClassVar[str] = "membership"
    aggregate: ClassVar[str] = "address_move"
    subject_field: ClassVar[str] = "move_id"

    move_id: str
    person_id: str
    by: str
    former: str
    wanted: str
    completes_at: datetime
    standing: str


class AddressMoveAsked(AddressMoveState):
    """A move was asked for: the old address is told and may stop it, the new one is asked to confirm."""


class AddressMoved(AddressMoveState):
    """The move is done; the old address is told."""


class AddressMoveStopped(AddressMoveState):
    """The move will not happen."""
