"""Partner systems as MongoDB documents."""

from datetime import date
from typing import Any

from services.contracts.events.access import ClientChanged
from services.kit.answers import projection
from services.kit.mongo import Document, reaching
from services.kit.recalling import recalled
from services.kit.store import Aggregates
from services.membership.domain.clients import Client, ClientSecret, WithdrawnToken, told

FIRST_SECRET = "sec_first"  # noqa: S105 - the name of the one secret clients had before secrets had names
PLAIN = ("organization_id", "display_name", "registered_by", "registered_at")
LATER = {"method": "client_secret_basic", "keys_url": None, "standing": "active", "valid_from": None}


class MongoClients(Aggregates[Client]):
    """Clients; their secrets as SHA-256 alone."""

    collection = "clients"
    kind = "client"
    indexes = (recalled("client"),)

    def to_document(self, aggregate: Client) -> Document:
        state = {name: getattr(aggregate, name) for name in (*PLAIN, *LATER)}
        return state | {
            "scopes": list(aggregate.scopes),
            "secrets": [
                vars(each) | {"last_used_on": _said(each.last_used_on)} for each in aggregate.secrets
            ],
            "keys": [dict(key) for key in aggregate.keys],
            "key_used_on": _said(aggregate.key_used_on),
            "withdrawn": [vars(each) for each in aggregate.withdrawn],
        }

    def to_aggregate(self, document: Document) -> Client:
        state: dict[str, Any] = {name: document[name] for name in PLAIN}
        state |= {name: document.get(name, absent) for name, absent in LATER.items()}
        return Client(
            **self.identity(document),
            **state,
            scopes=tuple(document["scopes"]),
            secrets=_secrets(document),
            keys=tuple(document.get("keys", ())),
            key_used_on=_day(document.get("key_used_on")),
            withdrawn=tuple(WithdrawnToken(**each) for each in document.get("withdrawn", ())),
        )

    def restated(self, aggregate: Client) -> ClientChanged:
        return told(aggregate)

    def by_id(self, client_id: str) -> Client | None:
        """Return the client that calls itself so; which network it belongs to, only its document says."""
        with reaching():
            document = self.documents.find_one({"_id": client_id}, projection(None))
        return self.whole(document) if document else None


def _secrets(document: Document) -> tuple[ClientSecret, ...]:
    if "secrets" not in document:
        return (ClientSecret(FIRST_SECRET, document["secret_hash"], document["registered_at"]),)
    return tuple(
        ClientSecret(each["id"], each["digest"], each["made_at"], _day(each["last_used_on"]))
        for each in document["secrets"]
    )


def _said(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(said: str | None) -> date | None:
    return date.fromisoformat(said) if said else None
