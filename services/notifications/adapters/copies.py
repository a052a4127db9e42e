"""Copies of what the others own, as far as notices need it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from services.contracts.events.cohorts import CohortState
from services.contracts.events.feedback import RequestState
from services.contracts.events.membership import ContactState, EnrollmentState, NetworkState
from services.contracts.events.scheduling import SlotState
from services.contracts.events.sessions import SessionState
from services.kit.copies import Copies
from services.kit.floor import Floor
from services.kit.mongo import Index
from services.notifications.domain.copies import Cohort, Contact, Enrollment, Request, Session, Slot


class MongoWorld:
    """What notifications knows of the others; each `keep_…` moves one copy forward by version."""

    def __init__(self, floor: Floor) -> None:
        self._contacts = Copies(floor, "copied_contacts")
        self._networks = Copies(floor, "copied_networks")
        self._cohorts = Copies(floor, "copied_cohorts")
        self._slots = Copies(
            floor, "copied_slots", (Index("slots_of_cohort", [("network", 1), ("cohort_id", 1)]),)
        )
        self._sessions = Copies(floor, "copied_sessions")
        self._requests = Copies(floor, "copied_feedback_requests")
        of_member = Index("enrollment_of_member", [("network", 1), ("person_id", 1), ("cohort_id", 1)])
        self._enrollments = Copies(floor, "copied_enrollments", (of_member,))

    def prepare(self) -> None:
        """Create the indexes; repeating changes nothing."""
        for copies in vars(self).values():
            copies.prepare()

    def keep_contact(self, fact: ContactState, version: int, gone_at: datetime | None = None) -> None:
        """Hold where to reach a person; nothing of who is gone."""
        if gone_at is not None:
            self._contacts.bury(fact.network, fact.person_id, version, gone_at)
            return
        fields = {
            "display_name": fact.display_name,
            "email": fact.email,
            "zone": fact.zone,
            "language": fact.language,
        }
        self._contacts.put(fact.network, fact.person_id, version, fields)

    def keep_network(self, fact: NetworkState, version: int) -> None:
        self._networks.put(fact.network, fact.network, version, {"display_name": fact.display_name})

    def keep_cohort(self, fact: CohortState, version: int) -> None:
        everyone = (*fact.roster, *fact.facilitators)
        present = {each.person_id for each in everyone if each.standing == "member"}
        fields = {
            "people": sorted(present),
            "left": sorted({each.person_id for each in everyone} - present),
            "on_hold": fact.on_hold,
        }
        self._cohorts.put(fact.network, fact.cohort_id, version, fields)

    def keep_slot(self, fact: SlotState, version: int) -> Slot | None:
        """Take over a slot; return it as it is held now, or None when what was heard is older."""
        held = self._slots.get(fact.network, fact.session_id)
        fields = {
            "cohort_id": fact.cohort_id,
            "number": fact.number,
            "of": fact.of,
            "starts_at": fact.starts_at,
            "ends_at": fact.ends_at,
            "wall_start": fact.wall_start,
            "zone": fact.zone,
            "place": fact.place,
            "sequence": fact.sequence,
            "standing": fact.standing,
            "changed": "place" if held and held["starts_at"] == fact.starts_at else "time",
        }
        self._slots.put(fact.network, fact.session_id, version, fields)
        kept = self.slot(fact.network, fact.session_id)
        return kept if kept is not None and kept.version == version else None

    def keep_session(self, fact: SessionState, version: int) -> None:
        fields = {
            "cohort_id": fact.cohort_id,
            "invited": list(fact.invited),
            "answers": [[each.person_id, each.answer] for each in fact.rsvps],
            "capsule_published_at": fact.capsule_published_at,
        }
        self._sessions.put(fact.network, fact.session_id, version, fields)

    def keep_request(self, fact: RequestState, version: int) -> None:
        fields = {
            "person_id": fact.person_id,
            "cohort_id": fact.cohort_id,
            "questionnaire_id": fact.questionnaire_id,
            "session_id": fact.session_id,
            "closes_at": fact.closes_at,
            "standing": fact.standing,
        }
        self._requests.put(fact.network, fact.request_id, version, fields)

    def keep_enrollment(self, fact: EnrollmentState, version: int) -> None:
        names = ("program_id", "person_id", "cohort_id", "standing", "offer_until", "paused_until")
        fields = {name: getattr(fact, name) for name in names}
        self._enrollments.put(fact.network, fact.enrollment_id, version, fields)

    def enrollment(self, network: str, enrollment_id: str) -> Enrollment | None:
        copy = self._enrollments.get(network, enrollment_id)
        return Enrollment(**_only(copy, Enrollment)) if copy else None

    def enrollment_in(self, network: str, person_id: str, cohort_id: str) -> Enrollment | None:
        """Return the enrollment by which somebody is in a cohort."""
        found = self._enrollments.find(network, {"person_id": person_id, "cohort_id": cohort_id})
        return Enrollment(**_only(found[0], Enrollment)) if found else None

    def forget_contact(self, network: str, person_id: str, at: datetime) -> None:
        """Let go of a person's address, whatever its version."""
        self._contacts.forget(network, person_id, at)

    def is_gone(self, network: str, person_id: str) -> bool:
        """True for somebody whose address we held and let go of."""
        held = self._contacts.version(network, person_id)
        return bool(held) and self._contacts.get(network, person_id) is None

    def contact(self, network: str, person_id: str) -> Contact | None:
        copy = self._contacts.get(network, person_id)
        return Contact(person_id=copy["id"], **_only(copy, Contact, "person_id")) if copy else None

    def network_name(self, network: str) -> str:
        copy = self._networks.get(network, network)
        return copy["display_name"] if copy else ""

    def cohort(self, network: str, cohort_id: str) -> Cohort | None:
        copy = self._cohorts.get(network, cohort_id)
        if copy is None:
            return None
        people, left = tuple(copy["people"]), tuple(copy["left"])
        return Cohort(copy["id"], network, people, left, on_hold=copy.get("on_hold", False))

    def slot(self, network: str, session_id: str) -> Slot | None:
        copy = self._slots.get(network, session_id)
        return Slot(**_only(copy, Slot)) if copy else None

    def slots_of(self, network: str, cohort_id: str) -> list[Slot]:
        found = self._slots.find(network, {"cohort_id": cohort_id})
        return [Slot(**_only(copy, Slot)) for copy in found]

    def session(self, network: str, session_id: str) -> Session | None:
        copy = self._sessions.get(network, session_id)
        if copy is None:
            return None
        return Session(
            id=copy["id"],
            network=network,
            cohort_id=copy["cohort_id"],
            invited=tuple(copy["invited"]),
            answers=dict(copy["answers"]),
            capsule_published_at=copy["capsule_published_at"],
        )

    def request(self, network: str, request_id: str) -> Request | None:
        copy = self._requests.get(network, request_id)
        return Request(**_only(copy, Request)) if copy else None


def _only(copy: Mapping[str, Any], kind: Any, *without: str) -> dict[str, Any]:
    names = set(kind.__dataclass_fields__) - set(without)
    return {name: value for name, value in copy.items() if name in names}
