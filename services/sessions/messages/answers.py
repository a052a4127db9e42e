"""How sessions look from outside, one face at a time: what is not named here is not told.

A write never answers with confidential text: what was written is read again by who may read it.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from services.contracts.caller import Caller
from services.sessions.domain.access import FACILITATOR, LINK, MEMBER, STAFF, face_for
from services.sessions.domain.agenda import Item, agenda_for
from services.sessions.domain.gate import Gate, look_at_gate
from services.sessions.domain.refusals import OwnFactorNeeded
from services.sessions.domain.session import OPEN, Commitment, Peer, Session

Answer = dict[str, Any]
GUEST = "guest"


@dataclass(frozen=True)
class Held:
    """A commitment and the session it was made in."""

    commitment: Commitment
    session: Session


@dataclass(frozen=True)
class Listed:
    """Some of a list; `next` is where the following ones begin."""

    items: list[Any]
    next: str | None = None


@dataclass(frozen=True)
class Visited:
    """A session as its guest sees it: when, where and with whom it is, and no content."""

    session: Session


def session_answer(session: Session | Visited, caller: Caller) -> Answer:
    """The session as this caller sees it: as member, facilitator, staff, guest, or by a link from a mail."""
    if isinstance(session, Visited):
        return _times(session.session) | {
            "face": GUEST,
            "cohort_name": session.session.circle.display_name,
            "place": session.session.place,
        }
    face = face_for(session, caller)
    if face is None:
        raise ValueError("a session is presented only to somebody it was admitted for")
    return FACES[face](session, caller)


def next_answer(session: Session | None, caller: Caller) -> Answer:
    return {"session": None if session is None else session_answer(session, caller)}


def sessions_answer(listed: Listed, caller: Caller) -> Answer:
    data = [
        _timetable(session) | _own(session, caller) | {"face": face_for(session, caller)}
        for session in listed.items
    ]
    return {"data": data, "next": listed.next}


def made_answer(held: Held, _: Caller) -> Answer:
    """That a commitment stands, without its text."""
    made = held.commitment
    return {
        "id": made.id,
        "session_id": held.session.id,
        "due_on": made.due_on,
        "buddy_id": made.buddy_id,
        "standing": made.standing,
    }


def commitments_answer(listed: Listed, caller: Caller) -> Answer:
    """Commitments with their text; the note on how it went is the maker's and the facilitator's.

    To whom text is not open the same is told without it, and that it is withheld.
    """
    return {"data": [_with_text(held, caller) for held in listed.items], "next": listed.next}


def published_answer(session: Session, _: Caller) -> Answer:
    """That the capsule is out, without its text."""
    published_at = session.capsule.published_at if session.capsule else None
    return {"session_id": session.id, "standing": session.standing, "published_at": moment(published_at)}


def capsule_answer(session: Session, caller: Caller) -> Answer:
    capsule = session.capsule
    if capsule is None:
        raise ValueError("only a published capsule is shown")
    return published_answer(session, caller) | {
        "background": capsule.background,
        "ideas": capsule.ideas,
        "sources": capsule.sources,
        "newcomers": capsule.newcomers,
    }


def moment(at: datetime | None) -> str | None:
    """Return a time as it stands on the wire: UTC, to the millisecond."""
    if at is None:
        return None
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _times(session: Session) -> Answer:
    return {
        "id": session.id,
        "number": session.number,
        "of": session.of,
        "standing": session.standing,
        "starts_at": moment(session.starts_at),
        "ends_at": moment(session.ends_at),
        "wall_start": session.wall_start,
        "zone": session.zone,
    }


def _timetable(session: Session) -> Answer:
    return _times(session) | {
        "cohort_id": session.cohort_id,
        "cohort_name": session.circle.display_name,
        "program_id": session.program_id,
        "place": session.place,
        "is_held": session.is_held(),
    }


def _own(session: Session, caller: Caller) -> Answer:
    return {
        "my_answer": session.answer_of(caller.person_id),
        "my_attendance": session.attendance_of(caller.person_id),
    }


def _by_link(session: Session, caller: Caller) -> Answer:
    return _times(session) | {"face": LINK, "my_answer": session.answer_of(caller.person_id)}


def _to_staff(session: Session, _: Caller) -> Answer:
    marks = [{"person_id": mark.person_id, "standing": mark.standing} for mark in session.attendance]
    return _timetable(session) | {"face": STAFF, "attendance": marks}


def _to_member(session: Session, caller: Caller) -> Answer:
    gate = look_at_gate(session)
    return _content(session, caller, gate) | {
        "face": MEMBER,
        "people": [_peer(session, peer) for peer in _members(session)],
        "gate": _gate(session, gate, caller),
    }


def _to_facilitator(session: Session, caller: Caller) -> Answer:
    gate = look_at_gate(session)
    return _content(session, caller, gate) | {
        "face": FACILITATOR,
        "people": [_peer_in_full(session, peer) for peer in _members(session)],
        "gate": _gate(session, gate, caller) | {"missing": [_named(peer) for peer in gate.missing]},
        "opened_at": moment(session.opened_at),
        "closed_at": moment(session.closed_at),
    }


def _content(session: Session, caller: Caller, gate: Gate) -> Answer:
    items = agenda_for(session.circle.form, session.number, session.minutes())
    are_topics_open = session.topics_started_at is not None and gate.is_open
    agenda = [
        {
            "kind": item.kind,
            "minutes": item.minutes,
            "lead": item.lead,
            "instruction": item.instruction,
            "is_open": session.standing == OPEN and (item.may_run_before_gate or are_topics_open),
        }
        for item in items
    ]
    return (
        _timetable(session)
        | _own(session, caller)
        | {
            "form": session.circle.form,
            "facilitators": [_named(p) for p in session.circle.facilitators if p.standing != "left"],
            "agenda": agenda,
            "topics_started_at": moment(session.topics_started_at),
            "has_capsule": session.capsule is not None,
        }
    )


def form_agenda_answer(agendas: tuple[tuple[Item, ...], ...], caller: Caller | None = None) -> Answer:
    """The agenda of a form's first session and of those that follow."""
    first, following = ([vars(item) for item in items] for items in agendas)
    return {"first": first, "following": following}


def _gate(session: Session, gate: Gate, caller: Caller) -> Answer:
    return {
        "is_open": gate.is_open,
        "reason": gate.reason,
        "agreement_version": session.circle.agreement_version,
        "signed": gate.signed,
        "members": gate.members,
        "i_signed": caller.person_id in session.circle.signed_by,
    }


def _members(session: Session) -> list[Peer]:
    return [peer for peer in session.circle.members if peer.standing == "member"]


def _named(peer: Peer) -> Answer:
    return {"person_id": peer.person_id, "display_name": peer.display_name}


def _peer(session: Session, peer: Peer) -> Answer:
    return _named(peer) | {"answer": session.answer_of(peer.person_id)}


def _peer_in_full(session: Session, peer: Peer) -> Answer:
    return _peer(session, peer) | {
        "attendance": session.attendance_of(peer.person_id),
        "has_signed": peer.person_id in session.circle.signed_by,
    }


def _with_text(held: Held, caller: Caller) -> Answer:
    made = held.commitment
    names = {peer.person_id: peer.display_name for peer in held.session.circle.members}
    return made_answer(held, caller) | {
        "cohort_id": held.session.cohort_id,
        "number": held.session.number,
        "person_id": made.person_id,
        "person_name": names.get(made.person_id),
        "buddy_name": names.get(made.buddy_id or ""),
        "what": made.what if caller.text_open else None,
        "note": made.note if caller.text_open else None,
        "withheld": None if caller.text_open else OwnFactorNeeded.code,
    }


FACES = {LINK: _by_link, STAFF: _to_staff, MEMBER: _to_member, FACILITATOR: _to_facilitator}
