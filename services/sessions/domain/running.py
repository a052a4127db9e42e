"""What the facilitator does: open, mark who is there, start the topics, close. Every step may be repeated."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from services.contracts.events.sessions import AttendanceRecorded, SessionClosed, SessionOpened
from services.sessions.domain.facts import tell
from services.sessions.domain.gate import pass_gate
from services.sessions.domain.refusals import (
    NotOfThisCohort,
    SessionHeld,
    SessionNotOpen,
    SessionSummarised,
    SessionWasCancelled,
)
from services.sessions.domain.session import (
    APOLOGY,
    CANCELLED,
    CLOSED,
    NO_SHOW,
    OPEN,
    PLANNED,
    SUMMARISED,
    Attendance,
    Session,
)


def open_session(session: Session, now: datetime) -> tuple[Session, tuple[SessionOpened, ...]]:
    """Open a planned session; one that is open or further already stays as it is.

    Raises:
        SessionWasCancelled: it does not take place.
        SessionHeld: the cohort waits for the program's staff; what is open already goes on.
    """
    if session.standing == CANCELLED:
        raise SessionWasCancelled("This session does not take place.")
    if session.is_held():
        raise SessionHeld("This session waits until the program's staff have looked at the cohort.")
    if session.standing != PLANNED:
        return session, ()
    after = replace(session, standing=OPEN, opened_at=now)
    return after, (tell(SessionOpened, after),)


def start_topics(session: Session, now: datetime) -> Session:
    """Open what lies beyond the start of an open session; repeating it changes nothing.

    Raises:
        SessionNotOpen: it is not open.
        AttendanceMissing, AgreementNotSigned: the gate is closed.
    """
    if session.topics_started_at is not None:
        return session
    if session.standing != OPEN:
        raise SessionNotOpen("Open the session first.")
    pass_gate(session)
    return replace(session, topics_started_at=now)


def record_attendance(
    session: Session, standings: Mapping[str, str]
) -> tuple[Session, tuple[AttendanceRecorded, ...]]:
    """Say of each named person how they attended; those not named keep what was said before.

    So two facilitators may mark at once. Saying the same again changes nothing.

    Args:
        standings: person id -> "present", "late", "apology" or "no_show".

    Raises:
        SessionNotOpen: it has not been opened.
        SessionSummarised: its record is final.
        NotOfThisCohort: a named person is not a member; the pointer names which.
    """
    if session.standing in (PLANNED, CANCELLED):
        raise SessionNotOpen("Open the session first.")
    if session.standing == SUMMARISED:
        raise SessionSummarised("The session is summarised; its attendance is final.")
    _refuse_strangers(session, standings)
    after = _marked(session, standings)
    return (session, ()) if after == session else (after, (tell(AttendanceRecorded, after),))


def close_session(session: Session, now: datetime) -> tuple[Session, tuple[SessionClosed, ...]]:
    """Close an open session; who is unmarked apologised (answered no before) or did not come.

    A closed or summarised session stays as it is.

    Raises:
        SessionNotOpen: it has not been opened.
    """
    if session.standing in (CLOSED, SUMMARISED):
        return session, ()
    if session.standing != OPEN:
        raise SessionNotOpen("Open the session first.")
    settled = _marked(session, _unmarked(session))
    after = replace(settled, standing=CLOSED, closed_at=now, expected=session.circle.member_ids())
    return after, (tell(SessionClosed, after),)


def _refuse_strangers(session: Session, standings: Mapping[str, str]) -> None:
    known = set(session.invited()) | set(session.circle.member_ids())
    strangers = [person_id for person_id in standings if person_id not in known]
    if strangers:
        raise NotOfThisCohort(
            "Attendance is recorded for members of the cohort only.",
            errors=[
                {"pointer": f"/standings/{p}", "detail": "is not a member of this cohort"} for p in strangers
            ],
        )


def _unmarked(session: Session) -> dict[str, str]:
    marked = {mark.person_id for mark in session.attendance}
    return {
        person_id: APOLOGY if session.answer_of(person_id) == "no" else NO_SHOW
        for person_id in session.circle.member_ids()
        if person_id not in marked
    }


def _marked(session: Session, standings: Mapping[str, str]) -> Session:
    merged = {mark.person_id: mark.standing for mark in session.attendance} | dict(standings)
    return replace(session, attendance=tuple(Attendance(*pair) for pair in sorted(merged.items())))
