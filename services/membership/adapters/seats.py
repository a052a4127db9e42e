"""Seats beside programs, and what advisers say, as MongoDB documents."""

from dataclasses import asdict

from services.contracts.events import Fact
from services.kit.documents import Page
from services.kit.mongo import Document, Index
from services.kit.store import Aggregates
from services.membership.domain.seats import Advice, Seat, Seating, seating_id, told_advice, told_seating

SAID = ("program_id", "person_id", "about", "words", "given_at")


class MongoSeatings(Aggregates[Seating]):
    """One seating a program, under an id that follows from the program's."""

    collection = "seatings"
    kind = "seating"
    indexes = (Index("seats_of_person", [("network", 1), ("seats.person_id", 1)]),)

    def to_document(self, aggregate: Seating) -> Document:
        return {"program_id": aggregate.program_id, "seats": [asdict(one) for one in aggregate.seats]}

    def to_aggregate(self, document: Document) -> Seating:
        seats = tuple(Seat(**one) for one in document["seats"])
        return Seating(**self.identity(document), program_id=document["program_id"], seats=seats)

    def restated(self, aggregate: Seating) -> Fact:
        return told_seating(aggregate)

    def of_program(self, network: str, program_id: str) -> Seating:
        """Return the seating of a program; an empty one where nobody ever had a seat."""
        found = self.find_one(network, {"_id": seating_id(program_id)})
        return found or Seating(seating_id(program_id), network, program_id)

    def of_person(self, network: str, person_id: str) -> list[Seating]:
        """Return the seatings in which somebody has a seat, run out or not."""
        return self.find(network, {"seats.person_id": person_id}, [("_id", 1)])


class MongoAdvices(Aggregates[Advice]):
    """What advisers said, one document each, the newest first."""

    collection = "advices"
    kind = "advice"
    indexes = (
        Index("advices_of_program", [("network", 1), ("program_id", 1), ("_id", -1)]),
        Index("advices_of_person", [("network", 1), ("person_id", 1)]),
    )

    def to_document(self, aggregate: Advice) -> Document:
        return {name: getattr(aggregate, name) for name in SAID}

    def to_aggregate(self, document: Document) -> Advice:
        return Advice(**self.identity(document), **{name: document[name] for name in SAID})

    def restated(self, aggregate: Advice) -> Fact:
        return told_advice(aggregate)

    def of_program(self, network: str, program_id: str, limit: int, after: str | None) -> Page[Advice]:
        """Return one page of what was said about a program, the newest first."""
        return self.page(network, {"program_id": program_id}, [("_id", -1)], limit, after)

    def of_person(self, network: str, person_id: str) -> list[Advice]:
        """Return what somebody said."""
        return self.find(network, {"person_id": person_id}, [("_id", 1)])
