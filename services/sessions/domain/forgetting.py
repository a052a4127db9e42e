"""What a session keeps of somebody forgotten: that one was there, and that one promised; no name, no word.

Attendance stays, because figures rest on it; so does that they signed, because the gate of sessions they were
at rests on it. The capsule is the cohort's and stays, too.
"""

from dataclasses import replace

from services.contracts.events.sessions import SessionPlanned
from services.sessions.domain.facts import tell
from services.sessions.domain.session import Circle, Commitment, Peer, Session

LEFT = "left"


def forget_person(session: Session, person_id: str) -> tuple[Session, tuple[SessionPlanned, ...]]:
    """Return the session without the person's name, answers and words, and what to announce.

    Forgetting again announces nothing.

    Commitments stay as counted promises without text; those of others who named them as buddy lose the buddy.
    """
    after = replace(
        session,
        circle=_unnamed(session.circle, person_id),
        rsvps=tuple(rsvp for rsvp in session.rsvps if rsvp.person_id != person_id),
        commitments=tuple(_speechless(made, person_id) for made in session.commitments),
    )
    return after, () if after == session else (tell(SessionPlanned, after),)


def _unnamed(circle: Circle, person_id: str) -> Circle:
    def unnamed(peers: tuple[Peer, ...]) -> tuple[Peer, ...]:
        return tuple(Peer(person_id, "", LEFT) if peer.person_id == person_id else peer for peer in peers)

    return replace(
        circle,
        members=unnamed(circle.members),
        facilitators=unnamed(circle.facilitators),
    )


def _speechless(made: Commitment, person_id: str) -> Commitment:
    buddy_id = None if made.buddy_id == person_id else made.buddy_id
    if made.person_id == person_id:
        return replace(made, what="", note="", buddy_id=buddy_id)
    return replace(made, buddy_id=buddy_id)
