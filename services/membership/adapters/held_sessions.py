"""Copies of sessions that were held, as far as handing over a cohort rests on them: counts, and who led."""

from services.contracts.events.sessions import SessionState
from services.kit.copies import Copies
from services.kit.mongo import Index
from services.membership.domain.ladder import Held

OVER = ("closed", "summarised")
THERE = ("present", "late")


class SessionCopies(Copies):
    collection = "copied_sessions"
    indexes = (Index("sessions_of_cohort", [("network", 1), ("cohort_id", 1)]),)

    def keep(self, session: SessionState, version: int) -> None:
        """Hold a session as of `version`, unless a newer one is held; nobody's own attendance."""
        there = sum(mark.standing in THERE for mark in session.attendance)
        fields = {
            "cohort_id": session.cohort_id,
            "starts_at": session.starts_at,
            "standing": session.standing,
            "leaders": list(session.facilitators),
            "invited": len(session.invited),
            "present": there,
        }
        self.put(session.network, session.session_id, version, fields)

    def held(self, network: str, cohort_id: str) -> list[Held]:
        """Return the sessions of a cohort that are over."""
        found = self.find(network, {"cohort_id": cohort_id, "standing": {"$in": list(OVER)}})
        return [
            Held(one["id"], one["starts_at"], tuple(one["leaders"]), one["invited"], one["present"])
            for one in found
        ]
