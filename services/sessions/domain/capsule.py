"""The four-part summary of a session (R99-R103)."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from services.contracts.events.sessions import CapsulePublished
from services.sessions.domain.facts import tell
from services.sessions.domain.gate import pass_gate
from services.sessions.domain.refusals import (
    CapsuleIncomplete,
    CapsuleNotPublished,
    CapsulePublishedAlready,
    SessionNotClosed,
    SessionNotOpen,
)
from services.sessions.domain.session import CANCELLED, OPEN, PLANNED, SUMMARISED, Capsule, Session

PARTS = ("background", "ideas", "sources", "newcomers")


def publish(
    session: Session, parts: Mapping[str, str], now: datetime
) -> tuple[Session, tuple[CapsulePublished, ...]]:
    """Publish the summary to every member, present or absent: closed -> summarised.

    Publishing the same text again changes nothing.

    Args:
        parts: `background`, `ideas`, `sources` and `newcomers`, each with words in it.

    Raises:
        SessionNotOpen, SessionNotClosed: it has not happened, or is still running.
        AttendanceMissing, AgreementNotSigned: the gate is closed.
        CapsuleIncomplete: a part is missing; the pointers name which.
        CapsulePublishedAlready: another text is out.
    """
    if session.standing in (PLANNED, CANCELLED):
        raise SessionNotOpen("There is nothing to summarise yet.")
    pass_gate(session)
    if session.standing == OPEN:
        raise SessionNotClosed("Close the session first.")
    _refuse_incomplete(parts)
    texts = {part: parts[part].strip() for part in PARTS}
    if session.capsule is not None:
        return _same_again(session, texts)
    after = replace(session, standing=SUMMARISED, capsule=Capsule(**texts, published_at=now))
    return after, (tell(CapsulePublished, after),)


def published_capsule(session: Session) -> Capsule:
    """Return the capsule.

    Raises:
        CapsuleNotPublished: there is none yet.
    """
    if session.capsule is None:
        raise CapsuleNotPublished("The capsule of this session is not published yet.")
    return session.capsule


def _same_again(session: Session, texts: Mapping[str, str]) -> tuple[Session, tuple[CapsulePublished, ...]]:
    if all(getattr(session.capsule, part) == texts[part] for part in PARTS):
        return session, ()
    raise CapsulePublishedAlready("The capsule of this session is published.")


def _refuse_incomplete(parts: Mapping[str, str]) -> None:
    missing = [part for part in PARTS if not parts.get(part, "").strip()]
    if missing:
        raise CapsuleIncomplete(
            f"A capsule has four parts; missing: {', '.join(missing)}.",
            errors=[{"pointer": f"/{part}", "detail": "this part is missing"} for part in missing],
        )
