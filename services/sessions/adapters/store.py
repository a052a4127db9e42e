"""Sessions as MongoDB documents.

What was said is sealed: commitments under their maker's key, capsules under the cohort's shared one. `people`
and `led_by` repeat the roster in the form the queries need.
"""

from services.kit.mongo import Index
from services.kit.sealing import SHARED
from services.kit.store import Aggregates
from services.sessions.domain.capsule import PARTS
from services.sessions.domain.facts import tell_as_it_is
from services.sessions.domain.session import (
    OPEN,
    PLANNED,
    Attendance,
    Capsule,
    Circle,
    Commitment,
    Peer,
    Rsvp,
    Session,
)

FIRST_TO_LAST = [("number", 1)]
SOONEST_FIRST = [("starts_at", 1)]
NEWEST_FIRST = [("starts_at", -1)]
PLAIN = (
    "cohort_id",
    "program_id",
    "number",
    "of",
    "starts_at",
    "ends_at",
    "wall_start",
    "zone",
    "place",
    "standing",
    "slot_version",
    "opened_at",
    "topics_started_at",
    "closed_at",
)


class MongoSessions(Aggregates[Session]):
    """The sessions of this service."""

    collection = "sessions"
    kind = "session"
    sealed = ("commitments.what", "commitments.note", "capsule")
    indexes = (
        Index("sessions_of_cohort", [("network", 1), ("cohort_id", 1), ("number", 1)]),
        Index("next_session_of_person", [("network", 1), ("people", 1), ("starts_at", 1)]),
        Index("sessions_led_by", [("network", 1), ("led_by", 1), ("starts_at", 1)]),
        Index("session_of_commitment", [("network", 1), ("commitments.id", 1)], sparse=True),
        Index("commitments_of_person", [("network", 1), ("commitments.person_id", 1), ("starts_at", -1)]),
    )

    def of_cohort(self, network, cohort_id):
        """Return all sessions of a cohort, first to last."""
        return self.find(network, {"cohort_id": cohort_id}, FIRST_TO_LAST)

    def page_of_cohort(self, network, cohort_id, limit, after):
        """Return a page of a cohort's sessions, first to last."""
        return self.page(network, {"cohort_id": cohort_id}, FIRST_TO_LAST, limit, after)

    def page_led_by(self, network, person_id, limit, after):
        """Return a page of the sessions a person leads, soonest first."""
        return self.page(network, {"led_by": person_id}, SOONEST_FIRST, limit, after)

    def next_of(self, network, person_id, now):
        """Return the session the person is in, or the first that is not over, or None."""
        is_ahead = [{"standing": OPEN}, {"standing": PLANNED, "ends_at": {"$gt": now}}]
        return self.find_one(network, {"people": person_id, "$or": is_ahead}, sort=SOONEST_FIRST)

    def with_commitments_of(self, network, person_id, limit, after):
        """Return a page of the sessions in which the person committed to something, newest first."""
        return self.page(network, {"commitments.person_id": person_id}, NEWEST_FIRST, limit, after)

    def with_commitments_in(self, network, cohort_id, limit, after):
        """Return a page of a cohort's sessions with commitments, newest first."""
        where = {"cohort_id": cohort_id, "commitments.id": {"$exists": True}}
        return self.page(network, where, NEWEST_FIRST, limit, after)

    def about(self, network, person_id):
        """Return every session that names the person, in whatever part."""
        return self.find(network, _naming(person_id))

    def page_about(self, network, person_id, limit, after):
        """Return a page of the sessions that name the person, soonest first."""
        return self.page(network, _naming(person_id), SOONEST_FIRST, limit, after)

    def forget_answers_about(self, network, person_id):
        """Have recorded answers made anew in every session that names the person."""
        return self.forget_answers(network, _naming(person_id))

    def to_document(self, session):
        circle = session.circle
        leaders = list(circle.leader_ids())
        return {name: getattr(session, name) for name in PLAIN} | {
            "people": sorted({*circle.member_ids(), *leaders}),
            "led_by": leaders,
            "circle": _circle_document(circle),
            "expected": None if session.expected is None else list(session.expected),
            "rsvps": [vars(rsvp) for rsvp in session.rsvps],
            "attendance": [vars(mark) for mark in session.attendance],
            "commitments": [self._seal_commitment(session, each) for each in session.commitments],
            "capsule": self._seal_capsule(session),
        }

    def to_aggregate(self, document):
        expected = document["expected"]
        return Session(
            **self.identity(document),
            **{name: document[name] for name in PLAIN},
            circle=_circle(document["circle"]),
            expected=None if expected is None else tuple(expected),
            rsvps=tuple(Rsvp(**each) for each in document["rsvps"]),
            attendance=tuple(Attendance(**each) for each in document["attendance"]),
            commitments=tuple(self._open_commitment(document, each) for each in document["commitments"]),
            capsule=self._open_capsule(document),
        )

    def restated(self, session):
        return tell_as_it_is(session)

    def _seal_commitment(self, session, made):
        def seal(field, text):
            place = f"commitments.{made.id}.{field}"
            return self.seal(session, place, text or None, cohort=session.cohort_id, author=made.person_id)

        plain = {"id": made.id, "person_id": made.person_id, "due_on": made.due_on, "buddy_id": made.buddy_id}
        return plain | {
            "standing": made.standing,
            "what": seal("what", made.what),
            "note": seal("note", made.note),
        }

    def _open_commitment(self, document, each):
        texts = {
            field: self.unseal(document, f"commitments.{each['id']}.{field}", each[field]) or ""
            for field in ("what", "note")
        }
        return Commitment(**{**each, **texts})

    def _seal_capsule(self, session):
        capsule = session.capsule
        if capsule is None:
            return None
        parts = {part: getattr(capsule, part) for part in PARTS}
        sealed = self.seal(session, "capsule", parts, cohort=session.cohort_id, author=SHARED)
        return {"published_at": capsule.published_at, "sealed": sealed}

    def _open_capsule(self, document):
        held = document["capsule"]
        if held is None:
            return None
        parts = self.unseal(document, "capsule", held["sealed"]) or dict.fromkeys(PARTS, "")
        return Capsule(**parts, published_at=held["published_at"])


def _naming(person_id):
    """Also those who left, were marked or promised: no index serves this; it is asked for once in a life."""
    named = ("circle.members", "circle.facilitators", "rsvps", "attendance", "commitments")
    others = [{"commitments.buddy_id": person_id}, {"expected": person_id}]
    return {"$or": [*({f"{field}.person_id": person_id} for field in named), *others]}


def _circle_document(circle):
    return {
        "version": circle.version,
        "display_name": circle.display_name,
        "form": circle.form,
        "members": [vars(peer) for peer in circle.members],
        "facilitators": [vars(peer) for peer in circle.facilitators],
        "agreement_version": circle.agreement_version,
        "signed_by": sorted(circle.signed_by),
        "barred": sorted(circle.barred),
        "on_hold": circle.on_hold,
    }


def _circle(document):
    people = {field: tuple(Peer(**peer) for peer in document[field]) for field in ("members", "facilitators")}
    named = {name: frozenset(document.get(name, ())) for name in ("signed_by", "barred")}
    return Circle(**{**document, **people, **named})
