"""Launches of programs as MongoDB documents."""

from dataclasses import asdict
from datetime import date
from typing import Any

from services.contracts.events import Fact
from services.kit.mongo import Document
from services.kit.store import Aggregates
from services.membership.domain.launches import (
    BuyIn,
    Launch,
    Stakeholder,
    Verified,
    launch_id,
    not_begun,
    told_launch,
)

NAMING = ("stakeholders.speaker_id", "stakeholders.verified.by", "buy_ins.person_id")
PLAIN = ("program_id", "purpose", "purpose_version")


class MongoLaunches(Aggregates[Launch]):
    """One launch a program, under an id that follows from the program's."""

    collection = "launches"
    kind = "launch"

    def to_document(self, aggregate: Launch) -> Document:
        return {name: getattr(aggregate, name) for name in PLAIN} | {
            "stakeholders": [asdict(one) | {"goals": list(one.goals)} for one in aggregate.stakeholders],
            "buy_ins": [asdict(one) | {"said_on": one.said_on.isoformat()} for one in aggregate.buy_ins],
        }

    def to_aggregate(self, document: Document) -> Launch:
        return Launch(
            **self.identity(document),
            **{name: document[name] for name in PLAIN},
            stakeholders=tuple(_stakeholder(one) for one in document["stakeholders"]),
            buy_ins=tuple(
                BuyIn(**(one | {"said_on": date.fromisoformat(one["said_on"])}))
                for one in document["buy_ins"]
            ),
        )

    def restated(self, aggregate: Launch) -> Fact:
        return told_launch(aggregate)

    def of_program(self, network: str, program_id: str) -> Launch:
        """Return the launch of a program; one that is not begun where nothing is recorded."""
        return self.find_one(network, {"_id": launch_id(program_id)}) or not_begun(network, program_id)

    def naming(self, network: str, person_id: str) -> list[Launch]:
        """Return the launches in which somebody speaks, has verified or said something."""
        return self.find(network, {"$or": [{name: person_id} for name in NAMING]})

    def forget_all_answers(self, network: str) -> None:
        """Have recorded answers made anew: one may name somebody whom the launch names no more."""
        self.forget_answers(network, {})


def _stakeholder(kept: dict[str, Any]) -> Stakeholder:
    verified = Verified(**kept["verified"]) if kept["verified"] else None
    return Stakeholder(**(kept | {"goals": tuple(kept["goals"]), "verified": verified}))
