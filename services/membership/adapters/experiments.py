"""Experiments of programs as MongoDB documents."""

from dataclasses import asdict
from datetime import date

from services.contracts.events import Fact
from services.kit.mongo import Document, Index
from services.kit.store import Aggregates
from services.membership.domain.experiments import Experiment, Found, Guess, told_experiment

PLAIN = ("program_id", "number", "change", "was", "to", "standing")
DAYS = ("begun_on", "until")


class MongoExperiments(Aggregates[Experiment]):
    """One experiment a program and number, so that two begun at once meet in one document."""

    collection = "experiments"
    kind = "experiment"
    indexes = (Index("experiments_of_program", [("network", 1), ("program_id", 1), ("number", -1)]),)

    def to_document(self, aggregate: Experiment) -> Document:
        return (
            {name: getattr(aggregate, name) for name in PLAIN}
            | {name: getattr(aggregate, name).isoformat() for name in DAYS}
            | {
                "guess": asdict(aggregate.guess),
                "found": asdict(aggregate.found) if aggregate.found else None,
            }
        )

    def to_aggregate(self, document: Document) -> Experiment:
        return Experiment(
            **self.identity(document),
            **{name: document[name] for name in PLAIN},
            begun_on=date.fromisoformat(document["begun_on"]),
            until=date.fromisoformat(document["until"]),
            guess=Guess(**document["guess"]),
            found=Found(**document["found"]) if document["found"] else None,
        )

    def restated(self, aggregate: Experiment) -> Fact:
        return told_experiment(aggregate)

    def newest(self, network: str, program_id: str) -> Experiment | None:
        """Return the program's newest experiment, None where there never was one."""
        return self.find_one(network, {"program_id": program_id}, sort=[("number", -1)])

    def of_program(self, network: str, program_id: str) -> list[Experiment]:
        """Return the last hundred experiments of a program, the newest first."""
        return self.find(network, {"program_id": program_id}, [("number", -1)], 100)
