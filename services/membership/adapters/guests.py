"""Invitations of guests as MongoDB documents, private answers sealed; and the copied times of sessions."""

from datetime import datetime
from typing import Any

from services.contracts.events import Fact
from services.contracts.events.scheduling import SlotState
from services.kit.copies import Copies
from services.kit.mongo import Document, Index
from services.kit.store import Aggregates
from services.membership.domain.guests import ASKED, Invitation, Said, told_guest

PLAIN = (
    *("cohort_id", "session_id", "guest_id", "name", "introduced_as", "purpose", "asked_by", "asked_at"),
    *("starts_at", "ends_at", "standing", "pledged_at"),
)
YES, NO = "yes", "no"


class MongoGuests(Aggregates[Invitation]):
    """Who answered what is under each member's own key, and gone with the decision."""

    collection = "guest_invitations"
    kind = "guest"
    sealed = ("said",)
    indexes = (
        Index("guests_of_session", [("network", 1), ("session_id", 1), ("_id", 1)]),
        Index("guests_of_cohort", [("network", 1), ("cohort_id", 1), ("standing", 1), ("_id", 1)]),
        Index("invitations_of_guest", [("network", 1), ("guest_id", 1)]),
    )

    def to_document(self, aggregate: Invitation) -> Document:
        return {name: getattr(aggregate, name) for name in PLAIN} | {
            "said": [self._sealed(aggregate, one) for one in aggregate.said]
        }

    def to_aggregate(self, document: Document) -> Invitation:
        said = (self._opened(document, one) for one in document["said"])
        return Invitation(
            **self.identity(document),
            **{name: document[name] for name in PLAIN},
            said=tuple(one for one in said if one is not None),
        )

    def restated(self, aggregate: Invitation) -> Fact:
        return told_guest(aggregate)

    def of_session(self, network: str, session_id: str) -> list[Invitation]:
        """Return whoever was invited to a session."""
        return self.find(network, {"session_id": session_id})

    def asked_of(self, network: str, cohort_ids: list[str]) -> list[Invitation]:
        """Return what the members of these cohorts are asked now."""
        return self.find(network, {"cohort_id": {"$in": cohort_ids}, "standing": ASKED})

    def of_guest(self, network: str, person_id: str) -> list[Invitation]:
        """Return where somebody is invited as a guest."""
        return self.find(network, {"guest_id": person_id})

    def naming(self, network: str, person_id: str) -> list[Invitation]:
        """Return every invitation that somebody is the guest of, or answered."""
        return self.find(network, {"$or": [{"guest_id": person_id}, {"said.person_id": person_id}]})

    def _sealed(self, invitation: Invitation, said: Said) -> dict[str, Any]:
        word = self.seal(
            invitation,
            f"said.{said.person_id}",
            YES if said.is_yes else NO,
            cohort=invitation.cohort_id,
            author=said.person_id,
        )
        return {"person_id": said.person_id, "sealed": word}

    def _opened(self, document: Document, kept: dict[str, Any]) -> Said | None:
        """An answer whose author was forgotten is none."""
        word = self.unseal(document, f"said.{kept['person_id']}", kept["sealed"])
        return None if word is None else Said(kept["person_id"], word == YES)


class SlotCopies(Copies):
    """When sessions are, as scheduling last said: what invitations of guests rest on."""

    collection = "copied_slots"

    def keep(self, slot: SlotState, version: int) -> None:
        """Hold a slot as of `version`, unless a newer one is held."""
        fields = {name: getattr(slot, name) for name in ("cohort_id", "starts_at", "ends_at", "standing")}
        self.put(slot.network, slot.session_id, version, fields)

    def times(self, network: str, session_id: str) -> tuple[str, datetime, datetime] | None:
        """Return (cohort, start, end) of a session that takes place; None of any other."""
        held = self.get(network, session_id)
        if held is None or held["standing"] != "scheduled":
            return None
        return held["cohort_id"], held["starts_at"], held["ends_at"]
