"""The facilitator's steps through a session. Each may be repeated, by two facilitators at once."""

from services.sessions.domain import running
from services.sessions.domain.access import FACILITATOR, admit


def open_session(command, sessions, clock):
    """Open the session and return it."""
    session = _facilitated(command, sessions)
    after, facts = running.open_session(session, clock.now())
    return sessions.save(after, announcing=facts) if facts else session


def start_topics(command, sessions, clock):
    """Open the topics behind the consent gate and return the session."""
    session = _facilitated(command, sessions)
    after = running.start_topics(session, clock.now())
    return session if after is session else sessions.save(after)


def record_attendance(command, sessions):
    """Carry out a `RecordAttendance` and return the session."""
    session = _facilitated(command, sessions)
    after, facts = running.record_attendance(session, command.by_person())
    return sessions.save(after, announcing=facts) if facts else session


def close_session(command, sessions, clock):
    """Close the session and return it."""
    session = _facilitated(command, sessions)
    after, facts = running.close_session(session, clock.now())
    return sessions.save(after, announcing=facts) if facts else session


def _facilitated(command, sessions):
    caller = command.caller
    return sessions.get(caller.network, command.session_id, lambda found: admit(found, caller, FACILITATOR))
