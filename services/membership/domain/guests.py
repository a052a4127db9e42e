"""Guests of one session: announced, and let in by every member's private yes (R42, CONTENT 3.2).

No answer is a no, and one no is enough. What anybody is shown until the deadline is the same whatever was
answered, and afterwards only whether the guest comes: one who refused cannot be told from one who did not
answer, nor one from several. With the decision the answers are gone.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TypeVar

from services.contracts.events.guests import GuestChanged, GuestDecided, GuestInvited, GuestState
from services.kit.due_entry import Due
from services.kit.errors import Conflict, NotFound
from services.membership.domain.derived import derived_id

ASKED, APPROVED, NOT_APPROVED, WITHDRAWN = "asked", "approved", "not-approved", "withdrawn"
DECIDE = "decide"
TO_ANSWER_UNTIL = timedelta(hours=24)  # before the start
DOORS_OPEN = timedelta(minutes=15)  # before the start
G = TypeVar("G", bound=GuestState)


@dataclass(frozen=True)
class Said:
    """One member's private answer."""

    person_id: str
    is_yes: bool


@dataclass(frozen=True)
class Invitation:
    """One person invited to one session. `introduced_as`: who they are there; `name` as it was when asked."""

    id: str
    network: str
    cohort_id: str
    session_id: str
    guest_id: str
    name: str
    introduced_as: str
    purpose: str
    asked_by: str
    asked_at: datetime
    starts_at: datetime
    ends_at: datetime
    said: tuple[Said, ...] = ()
    standing: str = ASKED
    pledged_at: datetime | None = None
    revision: int = 0
    due: tuple[Due, ...] = ()

    @property
    def deadline(self) -> datetime:
        """Until when members answer."""
        return self.starts_at - TO_ANSWER_UNTIL

    def answer_of(self, person_id: str | None) -> bool | None:
        """Return what this member answered, for themselves alone; None: nothing yet, or it was decided."""
        return next((one.is_yes for one in self.said if one.person_id == person_id), None)


class NoSuchGuest(NotFound):
    """No invitation by that id, or none this caller may know of."""

    code = "not-found"


class GuestNotPossible(Conflict):
    """Somebody of the cohort already, gone, or in a line of it; which of these is not said."""

    code = "guest-not-possible"


class TooLateForGuest(Conflict):
    """Members have until a day before the session to answer."""

    code = "too-late-for-guest"


class AnswersClosed(Conflict):
    """The time to answer is over, or nobody is asked any more."""

    code = "answers-closed"


def invitation_id(session_id: str, guest_id: str) -> str:
    """Return the id of the one invitation of somebody to a session; asking twice asks once."""
    return derived_id("gst", session_id, guest_id)


def invite(invitation: Invitation, now: datetime) -> tuple[Invitation, tuple[GuestState, ...]]:
    """Return the invitation that asks every member until a day before the session.

    Raises:
        TooLateForGuest: that is past.
    """
    if now >= invitation.deadline:
        raise TooLateForGuest("members have until a day before the session to answer")
    asked = replace(invitation, due=(Due(DECIDE, invitation.deadline),))
    return asked, (_told(GuestInvited, asked),)


def answer(invitation: Invitation, person_id: str, now: datetime, *, is_yes: bool) -> Invitation:
    """Return the invitation with a member's private answer, the last one given.

    Raises:
        AnswersClosed: at or after the deadline, or no more asked.
    """
    if invitation.standing != ASKED or now >= invitation.deadline:
        raise AnswersClosed("the time to answer is over")
    others = tuple(one for one in invitation.said if one.person_id != person_id)
    return replace(invitation, said=(*others, Said(person_id, is_yes)))


def decide(
    invitation: Invitation, members: Collection[str], now: datetime, *, is_possible: bool
) -> tuple[Invitation, tuple[GuestState, ...]]:
    """Return the invitation decided once the deadline is reached, and the answers gone; else as it is.

    Args:
        members: of the cohort now; each has to have said yes.
        is_possible: no line and no seat of the cohort speaks against it (now).
    """
    if invitation.standing != ASKED or now < invitation.deadline:
        return invitation, ()
    willing = {one.person_id for one in invitation.said if one.is_yes}
    comes = is_possible and bool(members) and willing.issuperset(members)
    decided = replace(invitation, standing=APPROVED if comes else NOT_APPROVED, said=(), due=())
    return decided, (_told(GuestDecided, decided),)


def pledge(invitation: Invitation, now: datetime) -> tuple[Invitation, tuple[GuestState, ...]]:
    """Return the invitation with the guest's pledge, from which on the pass is good; again changes nothing.

    Raises:
        NoSuchGuest: the guest is not, or not yet, let in; who is only considered learns nothing of it.
    """
    if invitation.standing != APPROVED:
        raise NoSuchGuest("there is no such guest")
    if invitation.pledged_at is not None:
        return invitation, ()
    pledged = replace(invitation, pledged_at=now)
    return pledged, (_told(GuestChanged, pledged),)


def withdraw(invitation: Invitation) -> tuple[Invitation, tuple[GuestState, ...]]:
    """Return the invitation taken back, and the answers gone; one that is over stays as it is."""
    if invitation.standing not in (ASKED, APPROVED):
        return invitation, ()
    gone = replace(invitation, standing=WITHDRAWN, said=(), due=())
    return gone, (_told(GuestChanged, gone),)


def follow_slot(
    invitation: Invitation, starts_at: datetime, ends_at: datetime, *, is_cancelled: bool
) -> tuple[Invitation, tuple[GuestState, ...]]:
    """Return the invitation as its session now is; a session called off has no guests.

    A deadline that is past with the new time is met at once: whoever has not answered did not say yes.
    """
    if is_cancelled:
        return withdraw(invitation)
    if (invitation.starts_at, invitation.ends_at) == (starts_at, ends_at):
        return invitation, ()
    moved = replace(invitation, starts_at=starts_at, ends_at=ends_at)
    if moved.standing == ASKED:
        moved = replace(moved, due=(Due(DECIDE, moved.deadline),))
    return moved, (_told(GuestChanged, moved),)


def forget(invitation: Invitation, person_id: str) -> tuple[Invitation, tuple[GuestState, ...]]:
    """Return the invitation without somebody forgotten: their answer, or what was said of them as a guest."""
    said = tuple(one for one in invitation.said if one.person_id != person_id)
    if invitation.guest_id != person_id:
        return (invitation, ()) if said == invitation.said else (replace(invitation, said=said), ())
    unnamed = replace(withdraw(invitation)[0], name="", introduced_as="", purpose="")
    return (invitation, ()) if unnamed == invitation else (unnamed, (_told(GuestChanged, unnamed),))


def told_guest(invitation: Invitation) -> GuestState:
    """Return the fact that says how an invitation is now."""
    return _told(GuestChanged, invitation)


def _told(kind: type[G], invitation: Invitation) -> G:
    return kind(
        network=invitation.network,
        invitation_id=invitation.id,
        cohort_id=invitation.cohort_id,
        session_id=invitation.session_id,
        person_id=invitation.guest_id,
        standing=invitation.standing,
        has_pledged=invitation.pledged_at is not None,
        admits_from=invitation.starts_at - DOORS_OPEN,
        admits_until=invitation.ends_at,
    )
