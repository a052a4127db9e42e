"""Programs as MongoDB documents."""

from dataclasses import asdict, fields
from datetime import date

from services.contracts.events import Fact
from services.kit.documents import Page
from services.kit.mongo import Document, Index
from services.kit.store import Aggregates
from services.membership.domain.programs import Program, told_program
from services.membership.domain.wishes import Enhances

LISTS = ("secondary_outcomes", "reasons", "warnings")
KEPT_BY_THE_STORE = ("id", "network", "revision")


class MongoPrograms(Aggregates[Program]):
    collection = "programs"
    kind = "program"
    indexes = (Index("programs_of_network", [("network", 1), ("_id", -1)]),)

    def to_document(self, aggregate: Program) -> Document:
        names = [field.name for field in fields(Program) if field.name not in KEPT_BY_THE_STORE]
        state = {name: getattr(aggregate, name) for name in names}
        return (
            state
            | {name: list(state[name]) for name in LISTS}
            | {
                "starts_on": aggregate.starts_on.isoformat(),
                "enhances": asdict(aggregate.enhances) if aggregate.enhances else None,
            }
        )

    def to_aggregate(self, document: Document) -> Program:
        names = [field.name for field in fields(Program) if field.name not in KEPT_BY_THE_STORE]
        state = {name: document[name] for name in names if name in document}  # older ones lack the newest
        lists = {name: tuple(state[name]) for name in LISTS}
        read = {
            "starts_on": date.fromisoformat(document["starts_on"]),
            "enhances": Enhances(**document["enhances"]) if document.get("enhances") else None,
        }
        return Program(**self.identity(document), **(state | lists | read))

    def restated(self, aggregate: Program) -> Fact:
        return told_program(aggregate)

    def newest(self, network: str, limit: int, after: str | None) -> Page[Program]:
        """Return one page, the newest first."""
        return self.page(network, {}, [("_id", -1)], limit, after)
