"""The consent gate: nothing beyond the start opens before everyone present has signed (R46, R47)."""

from dataclasses import dataclass

from services.sessions.domain.refusals import AgreementNotSigned, AttendanceMissing
from services.sessions.domain.session import Peer, Session

NOBODY_PRESENT, NOT_SIGNED = "nobody-present", "agreement-not-signed"


@dataclass(frozen=True)
class Gate:
    """Whether topics, commitments and the capsule may be opened.

    `reason` is None when it is open; `missing` are the members present who have not signed;
    `signed` of `members` have signed the present agreement, present or not.
    """

    is_open: bool
    reason: str | None
    missing: tuple[Peer, ...]
    signed: int
    members: int


def look_at_gate(session: Session) -> Gate:
    """Return the gate of the session as it now stands. A late comer without signature closes it again."""
    circle = session.circle
    present = set(session.present())
    missing = tuple(
        peer
        for peer in circle.members
        if peer.person_id in present and peer.person_id not in circle.signed_by
    )
    reason = NOBODY_PRESENT if not present else NOT_SIGNED if missing else None
    members = circle.member_ids()
    return Gate(reason is None, reason, missing, sum(m in circle.signed_by for m in members), len(members))


def pass_gate(session: Session) -> None:
    """Return when the gate is open.

    Raises:
        AttendanceMissing: nobody is marked present yet.
        AgreementNotSigned: somebody present has not signed; says how many, never who.
    """
    gate = look_at_gate(session)
    if gate.reason == NOBODY_PRESENT:
        raise AttendanceMissing("Mark first who is present.")
    if not gate.is_open:
        raise AgreementNotSigned(f"{len(gate.missing)} of those present have not signed the agreement yet.")
