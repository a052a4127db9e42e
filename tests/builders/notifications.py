"""Copies, notices and letters for tests."""

from datetime import UTC, datetime, timedelta

from services.contracts.events.access import SignInLinkRequested
from services.contracts.events.feedback import FeedbackRequested
from services.contracts.events.membership import ContactChanged, NetworkCreated
from services.contracts.events.scheduling import SessionScheduled
from services.contracts.events.sessions import Answered, CapsulePublished
from services.notifications.domain.copies import Cohort, Contact, Request, Session, Slot
from services.notifications.domain.judging import View

NETWORK = "net_1"
NOW = datetime(2024, 1, 8, 12, tzinfo=UTC)
STARTS = datetime(2024, 1, 16, 14, tzinfo=UTC)


def a_slot(**fields):
    given = {
        "id": "ses_1",
        "network": NETWORK,
        "version": 1,
        "cohort_id": "coh_1",
        "number": 1,
        "of": 4,
        "starts_at": STARTS,
        "ends_at": STARTS + timedelta(minutes=90),
        "wall_start": "2024-01-16T15:00",
        "zone": "Europe/Stockholm",
        "place": "Room 4",
        "sequence": 0,
        "standing": "scheduled",
    }
    return Slot(**given | fields)


def a_cohort(people=("per_ada", "per_bo"), left=()):
    return Cohort("coh_1", NETWORK, tuple(people), tuple(left))


def a_contact(name="Ada Byron", email="ada@northwind.example", zone="Europe/Stockholm", language="en"):
    return Contact("per_ada", name, email, zone, language)


def a_session(answers=(), published=None, invited=("per_ada", "per_bo")):
    return Session("ses_1", NETWORK, "coh_1", tuple(invited), dict(answers), published)


def a_request(standing="asked", closes_at=STARTS + timedelta(days=7)):
    return Request("req_1", NETWORK, "per_ada", "coh_1", "qst_1", "ses_1", closes_at, standing)


def a_view(**fields):
    given = {
        "contact": a_contact(),
        "cohort": a_cohort(),
        "slot": a_slot(),
        "session": None,
        "request": None,
        "network_name": "Baltic Leaders",
    }
    return View(**given | fields)


def a_slot_fact(cls=SessionScheduled, **fields):
    given = {
        "network": NETWORK,
        "session_id": "ses_1",
        "cohort_id": "coh_1",
        "program_id": "prg_1",
        "number": 1,
        "of": 4,
        "starts_at": STARTS,
        "ends_at": STARTS + timedelta(minutes=90),
        "wall_start": "2024-01-16T15:00",
        "zone": "Europe/Stockholm",
        "place": "Room 4",
        "sequence": 0,
        "standing": "scheduled",
    }
    return cls(**given | fields)


def a_contact_fact(name="ada", zone="Europe/Stockholm", display_name=None, email=None, language="en"):
    display_name, email = display_name or name.title(), email or f"{name}@northwind.example"
    return ContactChanged(NETWORK, f"per_{name}", display_name, email, zone, language)


def a_network_fact(display_name="Baltic Leaders"):
    return NetworkCreated(NETWORK, display_name)


def a_request_fact(cls=FeedbackRequested, person="ada", standing="asked", closes_at=STARTS):
    return cls(NETWORK, f"req_{person}", "qst_1", f"per_{person}", "coh_1", "ses_1", closes_at, standing)


def a_sign_in_fact(expires_at=NOW + timedelta(minutes=10), token="T" * 43):
    return SignInLinkRequested(NETWORK, "tok_1", "per_new", "new@northwind.example", token, expires_at)


def a_session_fact(cls=CapsulePublished, rsvps=(), published=None, invited=("per_ada", "per_bo"), **fields):
    given = {
        "network": NETWORK,
        "session_id": "ses_1",
        "cohort_id": "coh_1",
        "program_id": "prg_1",
        "number": 1,
        "of": 4,
        "starts_at": STARTS,
        "ends_at": STARTS + timedelta(minutes=90),
        "standing": "planned",
        "invited": tuple(invited),
        "facilitators": ("per_fay",),
        "rsvps": tuple(Answered(person, answer) for person, answer in rsvps),
        "attendance": (),
        "commitments": (),
        "capsule_published_at": published,
    }
    return cls(**given | fields)
