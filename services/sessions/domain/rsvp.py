"""Answering an invitation."""

from dataclasses import replace
from datetime import datetime

from services.contracts.events.sessions import RsvpRecorded
from services.sessions.domain.facts import tell
from services.sessions.domain.refusals import NotInvited, SessionStarted, SessionWasCancelled
from services.sessions.domain.session import CANCELLED, PLANNED, Rsvp, Session


def answer_rsvp(
    session: Session, person_id: str, answer: str, now: datetime
) -> tuple[Session, tuple[RsvpRecorded, ...]]:
    """Keep one member's answer; it may be changed until the session starts.

    Args:
        session: the session as last read from the store.
        person_id: who answers.
        answer: "yes", "no" or "maybe".
        now: aware datetime, UTC.

    Returns:
        (session, facts). Repeating an answer returns the session unchanged and no facts.

    Raises:
        NotInvited: the person is not a member of the cohort.
        SessionWasCancelled: there is nothing to come to.
        SessionStarted: it was opened, or `now` is at or past its start.
    """
    if not session.circle.has_member(person_id):
        raise NotInvited("You are not on this session's roster.")
    if session.standing == CANCELLED:
        raise SessionWasCancelled("This session does not take place.")
    if session.standing != PLANNED or now >= session.starts_at:
        raise SessionStarted("This session has begun; answers are closed.")
    if session.answer_of(person_id) == answer:
        return session, ()
    others = tuple(rsvp for rsvp in session.rsvps if rsvp.person_id != person_id)
    after = replace(session, rsvps=(*others, Rsvp(person_id, answer)))
    return after, (tell(RsvpRecorded, after),)
