"""Placements of who joins late, as MongoDB documents."""

from dataclasses import asdict

from services.kit.mongo import Document, Index
from services.kit.store import Aggregates
from services.membership.domain.late_joining import Choice, Placement

PLAIN = ("program_id", "enrollment_id", "person_id", "standing")


class MongoPlacements(Aggregates[Placement]):
    collection = "placements"
    kind = "placement"
    indexes = (Index("placements_of_person", [("network", 1), ("person_id", 1)]),)

    def to_document(self, aggregate: Placement) -> Document:
        return {name: getattr(aggregate, name) for name in PLAIN} | {
            "choices": [asdict(one) | {"reasons": list(one.reasons)} for one in aggregate.choices],
            "closed": [list(one) for one in aggregate.closed],
        }

    def to_aggregate(self, document: Document) -> Placement:
        return Placement(
            **self.identity(document),
            **{name: document[name] for name in PLAIN},
            choices=tuple(
                Choice(**(one | {"reasons": tuple(one["reasons"])})) for one in document["choices"]
            ),
            closed=tuple((why, number) for why, number in document["closed"]),
        )
