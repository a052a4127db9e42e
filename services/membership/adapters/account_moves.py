"""Invitations, their sending, and moves of sign-in addresses as MongoDB documents."""

from dataclasses import asdict
from datetime import timedelta

from services.kit.mongo import Document, Index, reaching
from services.kit.processes import Processes
from services.kit.store import Aggregates
from services.membership.domain.address_moves import AddressMove
from services.membership.domain.invitations import Invitation

KEPT = timedelta(days=60)  # moves that are over, for the person's own list
STORES_OWN = ("id", "network", "revision", "due")


class MongoInvitations(Aggregates[Invitation]):
    """Invitations, one a person; forgotten two months after they ran out."""

    collection = "invitations"
    kind = "invitation"
    indexes = (Index("forgotten_invitations", [("forget_at", 1)], expire_seconds=0),)

    def to_document(self, aggregate: Invitation) -> Document:
        return _state(aggregate) | {"forget_at": aggregate.expires_at + KEPT}

    def to_aggregate(self, document: Document) -> Invitation:
        names = Invitation.__dataclass_fields__.keys() - set(STORES_OWN)
        return Invitation(**self.identity(document), **{name: document[name] for name in names})


class Invitings(Processes):
    """The sending of many invitations."""

    collection = "invitings"
    kind = "inviting"


class MongoAddressMoves(Aggregates[AddressMove]):
    """Moves of sign-in addresses; an account's are looked up whatever the network they were asked for in."""

    collection = "address_moves"
    kind = "address_move"
    indexes = (
        Index("moves_of_account", [("account_id", 1), ("asked_at", -1)]),
        Index("moves_of_person", [("network", 1), ("person_id", 1), ("standing", 1)]),
        Index("forgotten_moves", [("forget_at", 1)], expire_seconds=0),
    )

    def to_document(self, aggregate: AddressMove) -> Document:
        return _state(aggregate) | {"forget_at": aggregate.asked_at + KEPT}

    def to_aggregate(self, document: Document) -> AddressMove:
        names = AddressMove.__dataclass_fields__.keys() - set(STORES_OWN)
        return AddressMove(**self.identity(document), **{name: document[name] for name in names})

    def of_account(self, account_id: str) -> list[AddressMove]:
        """Return an account's moves of the last two months, newest first."""
        with reaching():
            found = list(self.documents.find({"account_id": account_id}).sort("asked_at", -1).limit(20))
        return [self.whole(document) for document in found]

    def waiting_of_account(self, account_id: str, by: str) -> list[AddressMove]:
        """Return what is under way of one kind."""
        mine = self.of_account(account_id)
        return [each for each in mine if each.by == by and each.standing == "waiting"]

    def waiting_of_person(self, network: str, person_id: str) -> list[AddressMove]:
        """Return what the network has under way for one of its people."""
        found = self.find(network, {"person_id": person_id, "standing": "waiting"})
        return [each for each in found if each.by == "network"]


def _state(aggregate: Invitation | AddressMove) -> Document:
    return {name: value for name, value in asdict(aggregate).items() if name not in STORES_OWN}
