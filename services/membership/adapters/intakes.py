"""Intakes of programs as MongoDB documents."""

from dataclasses import asdict
from datetime import date

from services.contracts.events import Fact
from services.kit.mongo import Document, Index
from services.kit.store import Aggregates
from services.membership.domain.intakes import (
    CLOSED,
    Intake,
    Offer,
    intake_id,
    not_configured,
    told_intake,
)
from services.membership.domain.questions import Question

PLAIN = ("program_id", "mode", "seats", "offer_hours", "pledge", "neutral_title", "practice_hours")
PEOPLE = ("seated", "waiting", "untold")


class MongoIntakes(Aggregates[Intake]):
    """One intake a program, under an id that follows from the program's."""

    collection = "intakes"
    kind = "intake"
    indexes = (Index("intakes_open", [("network", 1), ("mode", 1)]),)

    def to_document(self, aggregate: Intake) -> Document:
        return (
            {name: getattr(aggregate, name) for name in PLAIN}
            | {name: list(getattr(aggregate, name)) for name in PEOPLE}
            | {
                "closes_on": aggregate.closes_on.isoformat() if aggregate.closes_on else None,
                "questions": [asdict(one) | {"options": list(one.options)} for one in aggregate.questions],
                "offers": [asdict(one) for one in aggregate.offers],
            }
        )

    def to_aggregate(self, document: Document) -> Intake:
        closes_on = document["closes_on"]
        return Intake(
            **self.identity(document),
            **{name: document[name] for name in PLAIN},
            seated=tuple(document["seated"]),
            waiting=tuple(document["waiting"]),
            untold=tuple(document["untold"]),
            closes_on=date.fromisoformat(closes_on) if closes_on else None,
            questions=tuple(
                Question(**(one | {"options": tuple(one["options"])})) for one in document["questions"]
            ),
            offers=tuple(Offer(**one) for one in document["offers"]),
        )

    def restated(self, aggregate: Intake) -> Fact:
        return told_intake(aggregate)

    def of_program(self, network: str, program_id: str) -> Intake:
        """Return the intake of a program; a closed one without a limit where nothing was set."""
        return self.find_one(network, {"_id": intake_id(program_id)}) or not_configured(network, program_id)

    def open_programs(self, network: str) -> list[str]:
        """Return the ids of programs one can apply to, as far as the mode says it; in order."""
        return [one.program_id for one in self.find(network, {"mode": {"$ne": CLOSED}}, [("_id", 1)])]
