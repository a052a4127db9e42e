"""Sessions, rosters and callers for tests."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from services.contracts.caller import Caller
from services.contracts.events.cohorts import CohortFormed, RosterEntry
from services.contracts.events.scheduling import SessionScheduled
from services.sessions.domain.session import CLOSED, OPEN, Attendance, Circle, Commitment, Peer, Session

NETWORK = "net_1"
START = datetime(2027, 1, 12, 14, 0, tzinfo=UTC)
ROSTER = ("per_ada", "per_bo", "per_cy")
CAPSULE = {"background": "Why", "ideas": "What", "sources": "Where from", "newcomers": "Start here"}


def a_peer(person_id):
    return Peer(person_id, person_id.removeprefix("per_").title())


def a_circle(members=ROSTER, facilitators=("per_fay",), signed_by=ROSTER, version=1, **fields):
    given = {
        "version": version,
        "display_name": "Harbor",
        "form": "action_learning",
        "members": tuple(map(a_peer, members)),
        "facilitators": tuple(map(a_peer, facilitators)),
        "agreement_version": "1.0",
        "signed_by": frozenset(signed_by),
    }
    return Circle(**given | fields)


def a_session(members=ROSTER, signed_by=ROSTER, present=(), **fields):
    given = {
        "id": "ses_1",
        "network": NETWORK,
        "cohort_id": "coh_1",
        "program_id": "prg_1",
        "number": 1,
        "of": 8,
        "starts_at": START,
        "ends_at": START + timedelta(minutes=120),
        "wall_start": "2027-01-12T15:00",
        "zone": "Europe/Stockholm",
        "slot_version": 1,
        "circle": a_circle(members, signed_by=signed_by),
        "attendance": tuple(Attendance(person_id, "present") for person_id in present),
    }
    return Session(**given | fields)


def an_open_session(present=ROSTER, **fields):
    """Open, its topics started."""
    return a_session(present=present, standing=OPEN, opened_at=START, topics_started_at=START, **fields)


def a_closed_session(present=ROSTER, **fields):
    session = an_open_session(present, **fields)
    return replace(session, standing=CLOSED, closed_at=session.ends_at, expected=session.circle.member_ids())


def a_commitment(person_id="per_ada", what="Ask before I advise", **fields):
    given = {"id": "com_1", "due_on": "2027-01-20", "buddy_id": "per_bo"}
    return Commitment(person_id=person_id, what=what, **given | fields)


def a_slot_event(cls=SessionScheduled, starts_at=START, **fields):
    given = {
        "network": NETWORK,
        "session_id": "ses_1",
        "cohort_id": "coh_1",
        "program_id": "prg_1",
        "number": 1,
        "of": 8,
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(minutes=120),
        "wall_start": "2027-01-12T15:00",
        "zone": "Europe/Stockholm",
        "place": "Room 3",
        "sequence": 0,
        "standing": "scheduled",
    }
    return cls(**given | fields)


def a_person(person_id="per_ada", *roles, network=NETWORK):
    held = frozenset(roles) | {"member"}
    return Caller("person", network, person_id=person_id, roles=held, text_open=True)


def a_link(person_id="per_ada", act="rsvp", subject="ses_1", network=NETWORK):
    return Caller(kind="link", network=network, person_id=person_id, link={"act": act, "subject": subject})


def a_cohort_event(members=ROSTER, facilitators=("per_fay",), signed_by=(), cls=CohortFormed, **fields):
    given = {
        "network": NETWORK,
        "cohort_id": "coh_1",
        "program_id": "prg_1",
        "display_name": "Harbor",
        "form": "action_learning",
        "roster": tuple(an_entry(person_id) for person_id in members),
        "facilitators": tuple(an_entry(person_id) for person_id in facilitators),
        "session_count": 8,
        "session_minutes": 120,
        "weeks_between": 3,
        "starts_on": "2027-01-11",
        "agreement_version": "1.0",
        "signed_by": tuple(signed_by),
        "standing": "formed",
    }
    return cls(**given | fields)


def an_entry(person_id, standing="member"):
    return RosterEntry(person_id, person_id.removeprefix("per_").title(), None, "Europe/Stockholm", standing)
