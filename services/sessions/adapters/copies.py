"""The copied cohorts: who belongs to what, as membership last said."""

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


def _peers(entries):
    return tuple(Peer(each["person_id"], each["display_name"], each["standing"]) for each in entries)
