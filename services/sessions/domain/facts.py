"""From a session to what is said of it aloud: its whole state, and never what was said in it."""

from typing import TypeVar

from services.contracts.events.sessions import Answered, Attended, Promised, SessionState
from services.sessions.domain.session import Session

S = TypeVar("S", bound=SessionState)


def tell(kind: type[S], session: Session) -> S:
    """Return the fact `kind` about the session as it now stands; no text of a commitment or capsule in it."""
    invited = session.invited()
    return kind(
        network=session.network,
        session_id=session.id,
        cohort_id=session.cohort_id,
        program_id=session.program_id,
        number=session.number,
        of=session.of,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        standing=session.standing,
        invited=invited,
        facilitators=session.circle.facilitator_ids(),
        rsvps=tuple(Answered(r.person_id, r.answer) for r in session.rsvps if r.person_id in invited),
        attendance=tuple(Attended(mark.person_id, mark.standing) for mark in session.attendance),
        commitments=tuple(
            Promised(promise.id, promise.person_id, promise.buddy_id, promise.due_on, promise.standing)
            for promise in session.commitments
        ),
        capsule_published_at=session.capsule.published_at if session.capsule else None,
    )


def tell_as_it_is(session: Session) -> SessionState:
    """Return the session's state under no particular happening, for restating it."""
    return tell(SessionState, session)
