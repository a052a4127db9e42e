"""What membership last said: the cohorts with who belongs to them, and the guests of single sessions."""

from services.contracts.schemas import to_data
from services.kit.copies import Copies
from services.sessions.domain.session import Circle, Peer


class MongoCohorts(Copies):
    """The cohorts of membership."""

    collection = "copied_cohorts"
    people_in = ("roster", "facilitators")

    def keep(self, cohort, version):
        """Hold the cohort as of `version`, unless a newer one is held."""
        fields = to_data(cohort)
        self.put(fields.pop("network"), cohort.cohort_id, version, fields)

    def circle(self, network, cohort_id):
        """Return the newest circle held, or None when the cohort was never heard of."""
        copy = self.get(network, cohort_id)
        if copy is None:
            return None
        return Circle(
            version=copy["version"],
            display_name=copy["display_name"],
            form=copy["form"],
            members=_peers(copy["roster"]),
            facilitators=_peers(copy["facilitators"]),
            agreement_version=copy["agreement_version"],
            signed_by=frozenset(copy["signed_by"]),
            barred=frozenset(copy.get("barred", ())),
            on_hold=copy.get("on_hold", False),
        )


class MongoGuests(Copies):
    """Who may come to one session, and when; no name is kept."""

    collection = "copied_guests"

    def keep(self, guest, version):
        """Hold an invitation as of `version`, unless a newer one is held."""
        names = ("session_id", "person_id", "standing", "has_pledged", "admits_from", "admits_until")
        fields = {name: getattr(guest, name) for name in names}
        self.put(guest.network, guest.invitation_id, version, fields)

    def is_let_in(self, network, session_id, person_id, now):
        """True when the person's pass to this session is good at this moment."""
        found = self.find(network, {"session_id": session_id, "person_id": person_id})
        return any(
            one["standing"] == "approved"
            and one["has_pledged"]
            and one["admits_from"] <= now <= one["admits_until"]
            for one in found
        )


def _peers(entries):
    return tuple(Peer(each["person_id"], each["display_name"], each["standing"]) for each in entries)
