"""Answering an invitation, signed in or by the link in the mail."""

from services.sessions.domain.access import FACILITATOR, LINK, MEMBER, admit
from services.sessions.domain.rsvp import answer_rsvp


def record_rsvp(command, sessions, clock):
    """Carry out a `RecordRsvp` for the caller and return the session as it now stands."""
    caller = command.caller
    session = sessions.get(
        caller.network, command.session_id, lambda found: admit(found, caller, MEMBER, FACILITATOR, LINK)
    )
    after, facts = answer_rsvp(session, caller.person_id, command.answer, clock.now())
    return sessions.save(after, announcing=facts) if facts else session
