"""Recorded remote skill of facilitators as MongoDB documents."""

from collections.abc import Iterable

from services.kit.mongo import Document, Index
from services.kit.store import Aggregates
from services.membership.domain.remote_skill import RemoteSkill

PLAIN = ("person_id", "level", "note", "by", "at")


class MongoRemoteSkills(Aggregates[RemoteSkill]):
    collection = "remote_skills"
    kind = "remote_skill"
    indexes = (Index("skill_of_person", [("network", 1), ("person_id", 1)]),)

    def to_document(self, aggregate: RemoteSkill) -> Document:
        return {name: getattr(aggregate, name) for name in PLAIN}

    def to_aggregate(self, document: Document) -> RemoteSkill:
        return RemoteSkill(**self.identity(document), **{name: document[name] for name in PLAIN})

    def of_person(self, network: str, person_id: str) -> RemoteSkill | None:
        """Return what is recorded of somebody."""
        return self.find_one(network, {"person_id": person_id})

    def levels(self, network: str, ids: Iterable[str]) -> dict[str, str]:
        """Return person id -> level of those of `ids` of whom something is recorded."""
        found = self.find(network, {"person_id": {"$in": list(ids)}})
        return {one.person_id: one.level for one in found}
