"""Quests of cohorts as MongoDB documents.

The goal and the question are sealed under who worded them, what members and those asked say in private under
the cohort: the database tells that somebody was asked, not what they answered.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from services.contracts.events import Fact
from services.kit.mongo import Document, Index, reaching
from services.kit.sealing import SHARED
from services.kit.store import Aggregates
from services.membership.domain.quests import OVER, Ask, Quest, View, told_quest

PLAIN = ("cohort_id", "number", "begun_by", "worded_by", "stage", "stage_until")


class MongoQuests(Aggregates[Quest]):
    """One quest a cohort and number."""

    collection = "quests"
    kind = "quest"
    sealed = ("goal", "question", "said")
    indexes = (
        Index("quests_of_cohort", [("network", 1), ("cohort_id", 1), ("number", -1)]),
        Index("quests_asking", [("network", 1), ("asks.person_id", 1)], sparse=True),
    )

    def to_document(self, aggregate: Quest) -> Document:
        said = {
            "views": {person_id: asdict(view) for person_id, view in aggregate.views.items()},
            "answers": {one.person_id: one.answer for one in aggregate.asks if one.answer is not None},
        }
        return {name: getattr(aggregate, name) for name in PLAIN} | {
            "goal": self._sealed(aggregate, "goal", aggregate.goal or None, aggregate.begun_by),
            "question": self._sealed(aggregate, "question", aggregate.question or None, aggregate.worded_by),
            "said": self._sealed(aggregate, "said", said, SHARED),
            "asks": [{"person_id": one.person_id, "asked_at": one.asked_at} for one in aggregate.asks],
        }

    def to_aggregate(self, document: Document) -> Quest:
        said = self.unseal(document, "said", document["said"]) or {"views": {}, "answers": {}}
        answers = said["answers"]
        return Quest(
            **self.identity(document),
            **{name: document[name] for name in PLAIN},
            goal=self.unseal(document, "goal", document["goal"]) or "",
            question=self.unseal(document, "question", document["question"]) or "",
            views={person_id: View(**view) for person_id, view in said["views"].items()},
            asks=tuple(Ask(**one, answer=answers.get(one["person_id"])) for one in document["asks"]),
        )

    def restated(self, aggregate: Quest) -> Fact:
        return told_quest(aggregate)

    def of_cohort(self, network: str, cohort_id: str) -> Quest | None:
        """Return the newest quest of a cohort, None where there never was one."""
        return self.find_one(network, {"cohort_id": cohort_id}, sort=[("number", -1)])

    def asking(self, network: str, person_id: str) -> list[Quest]:
        """Return the quests under way in which somebody is asked."""
        where = {"asks.person_id": person_id, "stage": {"$nin": list(OVER)}}
        return self.find(network, where, [("_id", 1)])

    def times_asked(self, network: str, ids: Iterable[str], since: datetime) -> Counter[str]:
        """Return how often each was asked since then, by any cohort."""
        wanted = set(ids)
        where = {"network": network, "asks.person_id": {"$in": sorted(wanted)}}
        with reaching():
            asks = [one for each in self.documents.find(where, {"asks": 1}) for one in each["asks"]]
        return Counter(
            one["person_id"] for one in asks if one["person_id"] in wanted and one["asked_at"] >= since
        )

    def naming(self, network: str, person_id: str, cohorts: Iterable[str]) -> list[Quest]:
        """Return the quests of these cohorts, and those in which somebody was asked."""
        return self.find(
            network, {"$or": [{"cohort_id": {"$in": sorted(cohorts)}}, {"asks.person_id": person_id}]}
        )

    def _sealed(self, quest: Quest, name: str, value: Any, author: str) -> Any:
        return self.seal(quest, name, value, cohort=quest.cohort_id, author=author)
