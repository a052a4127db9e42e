"""What feedback keeps of cohorts, programs and sessions."""

from services.contracts.schemas import to_data
from services.kit.copies import Copies


class _WholeCopies(Copies):
    """Keeps facts as they were told."""

    def keep(self, fact, version):
        """Hold the aggregate as of `version`, unless a newer one is held."""
        fields = to_data(fact)
        self.put(fields.pop("network"), fact.subject(), version, fields)


class MongoCohorts(_WholeCopies):
    """The cohorts of membership."""

    collection = "copied_cohorts"
    people_in = ("roster", "facilitators")

    def keepers(self, network, cohort_id):
        """Return (ids of those who lead the cohort now, ids of those a reporting line keeps out of it)."""
        copy = self.get(network, cohort_id) or {"facilitators": ()}
        leads = {each["person_id"] for each in copy["facilitators"] if each["standing"] != "left"}
        return leads, set(copy.get("barred", ()))

    def display_name(self, network, cohort_id):
        """Return what the cohort calls itself, or its id when it was never heard of."""
        copy = self.get(network, cohort_id)
        return copy["display_name"] if copy else cohort_id


class MongoPrograms(_WholeCopies):
    """The programs of membership."""

    collection = "copied_programs"

    def display_name(self, network, program_id):
        """Return the program's display name, or its id when it was never heard of."""
        copy = self.get(network, program_id)
        return copy["display_name"] if copy else program_id


class MongoSessions(_WholeCopies):
    """The sessions of sessions."""

    collection = "copied_sessions"

    def attendance(self, network, session_id):
        """Return who was expected at a session: {person id: whether they came}."""
        copy = self.get(network, session_id) or {"attendance": ()}
        return {
            mark["person_id"]: mark["standing"] in ("present", "late")
            for mark in copy["attendance"]
            if mark["standing"] != "guest"
        }
