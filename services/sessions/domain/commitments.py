"""What members say they will do, and how it went (R98)."""

from dataclasses import replace
from datetime import date

from services.contracts.events.sessions import CommitmentMade, CommitmentReported
from services.sessions.domain.facts import tell
from services.sessions.domain.gate import pass_gate
from services.sessions.domain.refusals import (
    AgreementNotSigned,
    BadCommitment,
    CommitmentUnknown,
    SessionNotOpen,
    SessionSummarised,
    TooManyCommitments,
)
from services.sessions.domain.session import CANCELLED, PLANNED, SUMMARISED, Commitment, Session

MOST_A_MEMBER = 10
MOST_CHARACTERS = 1000


def make_commitment(
    session: Session, promise: Commitment, today: date
) -> tuple[Session, tuple[CommitmentMade, ...]]:
    """Keep what a member says they will do.

    Args:
        promise: a new commitment, its `person_id` a member's.
        today: the day in UTC; a day before it is refused as due day.

    Raises:
        SessionNotOpen, SessionSummarised: commitments are made while the session is open or just closed.
        AttendanceMissing, AgreementNotSigned: the gate is closed, or this member has not signed.
        BadCommitment: no words, too many, a day gone by, or a buddy who is not another member.
        TooManyCommitments: the member holds ten from this session.
    """
    if session.standing in (PLANNED, CANCELLED):
        raise SessionNotOpen("Commitments are made in the session.")
    if session.standing == SUMMARISED:
        raise SessionSummarised("The session is summarised; make it in the next one.")
    pass_gate(session)
    if promise.person_id not in session.circle.signed_by:
        raise AgreementNotSigned("You have not signed the agreement yet.")
    _refuse_bad(session, promise, today)
    if sum(c.person_id == promise.person_id for c in session.commitments) >= MOST_A_MEMBER:
        raise TooManyCommitments(f"You hold {MOST_A_MEMBER} commitments from this session already.")
    after = replace(session, commitments=(*session.commitments, promise))
    return after, (tell(CommitmentMade, after),)


def report_commitment(
    session: Session, commitment_id: str, person_id: str, standing: str, note: str
) -> tuple[Session, tuple[CommitmentReported, ...]]:
    """Keep how a commitment went, as its maker tells it; telling the same again changes nothing.

    Args:
        standing: "kept", "let_go" or "open" (still at it).
        note: what happened, in the member's words; confidential, may be empty.

    Raises:
        CommitmentUnknown: this person made no such commitment here.
    """
    before = own_commitment(session, commitment_id, person_id)
    told = replace(before, standing=standing, note=note.strip())
    if told == before:
        return session, ()
    after = replace(session, commitments=tuple(told if c == before else c for c in session.commitments))
    return after, (tell(CommitmentReported, after),)


def own_commitment(session: Session, commitment_id: str, person_id: str | None) -> Commitment:
    """Return the person's commitment of that id.

    Raises:
        CommitmentUnknown: there is none, or somebody else made it.
    """
    for commitment in session.commitments:
        if commitment.id == commitment_id and commitment.person_id == person_id:
            return commitment
    raise CommitmentUnknown


def _refuse_bad(session: Session, promise: Commitment, today: date) -> None:
    buddy_id = promise.buddy_id
    is_buddy_fit = buddy_id != promise.person_id and session.circle.has_member(buddy_id)
    faults = [
        ("/what", "says nothing", not promise.what.strip()),
        ("/what", f"is longer than {MOST_CHARACTERS} characters", len(promise.what) > MOST_CHARACTERS),
        ("/due_on", "is a day gone by", date.fromisoformat(promise.due_on) < today),
        ("/buddy_id", "is not another member of this cohort", bool(buddy_id) and not is_buddy_fit),
    ]
    errors = [{"pointer": pointer, "detail": detail} for pointer, detail, is_wrong in faults if is_wrong]
    if errors:
        raise BadCommitment("A commitment says what, by which day to come, and with whom.", errors=errors)
