"""Self-formed groups as MongoDB documents."""

from datetime import date

from services.contracts.events import Fact
from services.kit.mongo import Document, Index
from services.kit.store import Aggregates
from services.membership.domain.groups import GATHERING, SelfFormed, told_group

PLAIN = ("founder_id", "title", "purpose", "kind", "learns", "is_open", "standing", "cohort_id")


class MongoGroups(Aggregates[SelfFormed]):
    collection = "groups"
    kind = "group"
    indexes = (
        Index("groups_open", [("network", 1), ("standing", 1), ("is_open", 1), ("_id", -1)]),
        Index("groups_of_member", [("network", 1), ("members", 1)]),
        Index("groups_inviting", [("network", 1), ("invited", 1)]),
    )

    def to_document(self, aggregate: SelfFormed) -> Document:
        return {name: getattr(aggregate, name) for name in PLAIN} | {
            "members": list(aggregate.members),
            "invited": list(aggregate.invited),
            "starts_on": aggregate.starts_on.isoformat(),
        }

    def to_aggregate(self, document: Document) -> SelfFormed:
        return SelfFormed(
            **self.identity(document),
            **{name: document[name] for name in PLAIN},
            members=tuple(document["members"]),
            invited=tuple(document["invited"]),
            starts_on=date.fromisoformat(document["starts_on"]),
        )

    def restated(self, aggregate: SelfFormed) -> Fact:
        return told_group(aggregate)

    def gathering_of(self, network: str, person_id: str) -> int:
        """Return for how many groups somebody gathers people now."""
        return self.count(network, {"founder_id": person_id, "standing": GATHERING})

    def of_person(self, network: str, person_id: str) -> list[SelfFormed]:
        """Return the groups somebody is in, founded or is invited to."""
        named = [{"members": person_id}, {"invited": person_id}, {"founder_id": person_id}]
        return self.find(network, {"$or": named}, [("_id", -1)])

    def open_ones(self, network: str, limit: int) -> list[SelfFormed]:
        """Return groups anybody may join, the newest first."""
        return self.find(network, {"standing": GATHERING, "is_open": True}, [("_id", -1)], limit)
