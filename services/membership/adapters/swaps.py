"""Swaps as MongoDB documents: ids of people and cohorts, no name."""

from dataclasses import asdict

from services.kit.mongo import Document
from services.kit.store import Aggregates
from services.membership.domain.resolutions import Move
from services.membership.domain.swaps import Leading, Swap

PLAIN = ("asked_by", "standing", "reason")


class MongoSwaps(Aggregates[Swap]):
    collection = "swaps"
    kind = "swap"

    def to_document(self, aggregate: Swap) -> Document:
        leading = aggregate.leading
        return {name: getattr(aggregate, name) for name in PLAIN} | {
            "moves": [asdict(move) for move in aggregate.moves],
            "leading": asdict(leading) | {"person_ids": list(leading.person_ids)} if leading else None,
        }

    def to_aggregate(self, document: Document) -> Swap:
        led = document["leading"]
        return Swap(
            **self.identity(document),
            **{name: document[name] for name in PLAIN},
            moves=tuple(Move(**move) for move in document["moves"]),
            leading=Leading(led["cohort_id"], tuple(led["person_ids"])) if led else None,
        )
