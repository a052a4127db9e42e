"""Dedications of cohorts as MongoDB documents; who answered what lies sealed."""

from services.contracts.events import Fact
from services.kit.mongo import Document, Index
from services.kit.sealing import SHARED
from services.kit.store import Aggregates
from services.membership.domain.dedications import Dedication, dedication_id, told_dedication


class MongoDedications(Aggregates[Dedication]):
    """One dedication a cohort, under an id that follows from the cohort's."""

    collection = "dedications"
    kind = "dedication"
    sealed = ("answers_given",)
    indexes = (Index("dedications_of_network", [("network", 1), ("_id", 1)]),)

    def to_document(self, aggregate: Dedication) -> Document:
        given = dict(aggregate.answers) or None
        sealed = self.seal(aggregate, "answers_given", given, cohort=aggregate.cohort_id, author=SHARED)
        return {"cohort_id": aggregate.cohort_id, "answers_given": sealed}

    def to_aggregate(self, document: Document) -> Dedication:
        return Dedication(
            **self.identity(document),
            cohort_id=document["cohort_id"],
            answers=self.unseal(document, "answers_given", document["answers_given"]) or {},
        )

    def restated(self, aggregate: Dedication) -> Fact:
        return told_dedication(aggregate)

    def of_cohort(self, network: str, cohort_id: str) -> Dedication:
        """Return the dedication of a cohort; an empty one where nobody answered yet."""
        own = dedication_id(cohort_id)
        return self.find_one(network, {"_id": own}) or Dedication(own, network, cohort_id)

    def every(self, network: str) -> list[Dedication]:
        """Return those of all cohorts in which somebody answered."""
        return self.find(network, {"answers_given": {"$ne": None}}, [("_id", 1)])
