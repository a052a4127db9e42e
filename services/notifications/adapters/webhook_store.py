"""Partners' endpoints and deliveries as MongoDB documents."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from services.contracts.events import Fact
from services.kit.mongo import Document, Index, reaching
from services.kit.store import Aggregates, Page
from services.notifications.domain.webhooks import Attempt, Delivery, Endpoint, tell

NEWEST_FIRST = (("queued_at", -1),)
ABOUT_PEOPLE = ("person_added", "person_changed")


class MongoEndpoints(Aggregates[Endpoint]):
    """Where partners want to be told; the secret is sealed."""

    collection = "endpoints"
    kind = "endpoint"
    sealed = ("secret",)
    indexes = (
        Index("endpoints_hearing", [("network", 1), ("standing", 1), ("types", 1)]),
        Index("endpoints_of_client", [("network", 1), ("client_id", 1), ("_id", 1)]),
    )

    def hearing(self, network: str, name: str) -> list[Endpoint]:
        """Return the enabled endpoints that want to be told of events of this type."""
        return self.find(network, {"standing": "enabled", "types": name})

    def took(self, endpoint: Endpoint, at: datetime) -> None:
        """Note that it took a delivery; many do so at once, so this is no new revision."""
        with reaching():
            self.documents.update_one(
                {"_id": endpoint.id, "network": endpoint.network}, {"$max": {"taken_at": at}}
            )

    def page_of(
        self, network: str, owner: Mapping[str, Any], limit: int, after: str | None
    ) -> Page[Endpoint]:
        """Return a page of the endpoints that fit `owner`."""
        return self.page(network, owner, (("added_at", 1),), limit, after)

    def restated(self, aggregate: Endpoint) -> Fact | None:
        return tell(aggregate) if aggregate.standing == "disabled" else None

    def to_document(self, aggregate: Endpoint) -> Document:
        return {
            "url": aggregate.url,
            "types": list(aggregate.types),
            "organization_id": aggregate.organization_id,
            "client_id": aggregate.client_id,
            "secret": self.seal(aggregate, "secret", aggregate.secret, cohort=aggregate.id, author="shared"),
            "added_at": aggregate.added_at,
            "taken_at": aggregate.taken_at,
            "standing": aggregate.standing,
            "reason": aggregate.reason,
            "shape": 1,
        }

    def to_aggregate(self, document: Document) -> Endpoint:
        return Endpoint(
            **self.identity(document),
            url=document["url"],
            types=tuple(document["types"]),
            organization_id=document["organization_id"],
            client_id=document["client_id"],
            secret=self.unseal(document, "secret", document["secret"]) or "",
            added_at=document["added_at"],
            taken_at=document["taken_at"],
            standing=document["standing"],
            reason=document["reason"],
        )


class MongoDeliveries(Aggregates[Delivery]):
    """What is on its way to endpoints, and how each try went."""

    collection = "deliveries"
    kind = "delivery"
    indexes = (
        Index("deliveries_of_endpoint", [("network", 1), ("endpoint_id", 1), ("queued_at", -1), ("_id", 1)]),
    )

    def page_of(self, network: str, endpoint_id: str, limit: int, after: str | None) -> Page[Delivery]:
        """Return a page of one endpoint's deliveries, newest first."""
        return self.page(network, {"endpoint_id": endpoint_id}, NEWEST_FIRST, limit, after)

    def pending_about(self, network: str, person_id: str) -> list[Delivery]:
        """Return the deliveries on their way that tell of one person as somebody who is there."""
        waiting = self.find(network, {"type": {"$in": ABOUT_PEOPLE}, "state": "queued"})
        return [each for each in waiting if _tells_of(each.body, person_id) == "active"]

    def forget_about(self, network: str, person_id: str) -> int:
        """Forget the deliveries that ended and told of one person; return how many."""
        ended = {"network": network, "type": {"$in": ABOUT_PEOPLE}, "state": {"$ne": "queued"}}
        with reaching():
            found = self.documents.find(ended, {"body": 1})
            ids = [each["_id"] for each in found if _tells_of(each["body"], person_id)]
            return self.documents.delete_many({"_id": {"$in": ids}, "network": network}).deleted_count

    def to_document(self, aggregate: Delivery) -> Document:
        return {
            "endpoint_id": aggregate.endpoint_id,
            "type": aggregate.type,
            "body": aggregate.body,
            "queued_at": aggregate.queued_at,
            "state": aggregate.state,
            "attempts": [
                {"at": each.at, "status": each.status, "reason": each.reason} for each in aggregate.attempts
            ],
            "shape": 1,
        }

    def to_aggregate(self, document: Document) -> Delivery:
        return Delivery(
            **self.identity(document),
            endpoint_id=document["endpoint_id"],
            type=document["type"],
            body=document["body"],
            queued_at=document["queued_at"],
            state=document["state"],
            attempts=tuple(Attempt(**each) for each in document["attempts"]),
        )


def _tells_of(body: str, person_id: str) -> str:
    """Return how a delivery's body says the person stands; "" when it is about somebody else."""
    told = json.loads(body).get("data", {})
    return str(told.get("standing", "")) if told.get("person_id") == person_id else ""
