"""What is mailed about accounts: invitations, and moves of a sign-in address."""

from services.contracts.events.accounts import AddressMoveState, InvitationState
from services.kit.clock import Clock
from services.notifications.domain.ports import Notices
from services.notifications.domain.telling_accounts import tell_invitation, tell_move


def mail_invitation(fact: InvitationState, notices: Notices, clock: Clock) -> None:
    """Queue the letter of this round of an invitation, once."""
    sent = (fact.email, fact.round, fact.expires_at, fact.standing)
    notices.queue_all(tell_invitation(fact.network, fact.invitation_id, fact.person_id, *sent, clock.now()))


def mail_move(fact: AddressMoveState, notices: Notices, clock: Clock) -> None:
    """Queue the letters of how a move stands, each once."""
    stands = (fact.by, fact.former, fact.wanted, fact.completes_at, fact.standing)
    notices.queue_all(tell_move(fact.network, fact.move_id, fact.person_id, *stands, clock.now()))
