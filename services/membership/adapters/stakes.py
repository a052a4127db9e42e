"""Stakes as MongoDB documents: words sealed under their author, ratings under the program."""

from typing import Any

from services.contracts.events import Fact
from services.kit.mongo import Document, Index
from services.kit.sealing import SHARED
from services.kit.store import Aggregates
from services.membership.domain.stakes import LINES, LISTS, Stake, stake_id, told_stake

PLAIN = ("program_id", "person_id")


class MongoStakes(Aggregates[Stake]):
    """One stake a person and program."""

    collection = "stakes"
    kind = "stake"
    sealed = ("words", "importance")
    indexes = (
        Index("stakes_of_program", [("network", 1), ("program_id", 1), ("_id", 1)]),
        Index("stakes_of_person", [("network", 1), ("person_id", 1)]),
    )

    def to_document(self, aggregate: Stake) -> Document:
        words = {name: getattr(aggregate, name) for name in LINES}
        words |= {name: list(getattr(aggregate, name)) for name in LISTS}
        rated = dict(aggregate.importance) or None
        said = words if any(words.values()) else None
        own, program = aggregate.person_id, aggregate.program_id
        return {name: getattr(aggregate, name) for name in PLAIN} | {
            "words": self.seal(aggregate, "words", said, cohort=aggregate.id, author=own),
            "importance": self.seal(aggregate, "importance", rated, cohort=program, author=SHARED),
        }

    def to_aggregate(self, document: Document) -> Stake:
        words = self.unseal(document, "words", document["words"]) or {}
        said: dict[str, Any] = {name: words.get(name, "") for name in LINES}
        said |= {name: tuple(words.get(name, ())) for name in LISTS}
        return Stake(
            **self.identity(document),
            **{name: document[name] for name in PLAIN},
            **said,
            importance=self.unseal(document, "importance", document["importance"]) or {},
        )

    def restated(self, aggregate: Stake) -> Fact:
        return told_stake(aggregate)

    def of_person_in(self, network: str, program_id: str, person_id: str) -> Stake:
        """Return somebody's stake in a program; an empty one where they said nothing yet."""
        own = stake_id(program_id, person_id)
        return self.find_one(network, {"_id": own}) or Stake(own, network, program_id, person_id)

    def of_program(self, network: str, program_id: str) -> list[Stake]:
        """Return what participants of a program said, in the order of ids."""
        return self.find(network, {"program_id": program_id}, [("_id", 1)])

    def of_person(self, network: str, person_id: str) -> list[Stake]:
        """Return what somebody said of the programs they are or were in."""
        return self.find(network, {"person_id": person_id}, [("_id", 1)])
