"""What one person took on or said beside being a member, for their export and for forgetting them."""

from services.kit.floor import Floor
from services.membership.adapters.cohorts import MongoCohorts
from services.membership.adapters.dedications import MongoDedications
from services.membership.adapters.quests import MongoQuests
from services.membership.adapters.seats import MongoAdvices, MongoSeatings
from services.membership.adapters.stakes import MongoStakes
from services.membership.domain.dedications import Dedication
from services.membership.domain.quests import Quest
from services.membership.domain.seats import Advice, Seating
from services.membership.domain.stakes import Stake


class MongoEngagements:
    """Asked for once in a life, like the other traces of a person."""

    def __init__(self, floor: Floor) -> None:
        self.seatings, self._advices = MongoSeatings(floor), MongoAdvices(floor)
        self.quests, self._cohorts = MongoQuests(floor), MongoCohorts(floor)
        self._stakes, self.dedications = MongoStakes(floor), MongoDedications(floor)

    def seatings_of(self, network: str, person_id: str) -> list[Seating]:
        """Return the seatings in which they have a seat, run out or not."""
        return self.seatings.of_person(network, person_id)

    def advices_of(self, network: str, person_id: str) -> list[Advice]:
        """Return what they advised."""
        return self._advices.of_person(network, person_id)

    def quests_of(self, network: str, person_id: str) -> list[Quest]:
        """Return the quests of cohorts that ever named them, and those in which they were asked."""
        return self.quests.naming(network, person_id, self._cohorts_of(network, person_id))

    def stakes_of(self, network: str, person_id: str) -> list[Stake]:
        """Return what programs mean to them."""
        return self._stakes.of_person(network, person_id)

    def dedications_of(self, network: str, person_id: str) -> list[Dedication]:
        """Return the dedications in which they answered."""
        cohorts = self._cohorts_of(network, person_id)
        found = (self.dedications.of_cohort(network, one) for one in cohorts)
        return [one for one in found if person_id in one.answers]

    def forget_answers(self, network: str, person_id: str) -> None:
        """Have recorded answers that named the person made anew."""
        self.seatings.forget_answers(network, {})
        self.quests.forget_answers(network, {})
        self.dedications.forget_answers(network, {})
        self._stakes.forget_answers(network, {"person_id": person_id})
        self._advices.forget_answers(network, {"person_id": person_id})

    def _cohorts_of(self, network: str, person_id: str) -> list[str]:
        named = {"$or": [{"roster.person_id": person_id}, {"facilitators.person_id": person_id}]}
        return [one.id for one in self._cohorts.find(network, named)]
