"""Connections, identities and what an attempt leaves behind, as MongoDB documents."""

import base64
import binascii
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any, TypedDict

from pymongo.errors import DuplicateKeyError

from services.kit.answers import projection
from services.kit.derive import fingerprint
from services.kit.documents import Page
from services.kit.floor import Floor
from services.kit.mongo import Document, Index, create_indexes, reaching
from services.kit.sealing import SHARED, SealBrokenError
from services.kit.store import Aggregates
from services.membership.domain.connections import Connection, SlugTaken
from services.membership.domain.identities import Identity
from services.membership.domain.providers import ATTEMPT_LIFETIME, Attempt, ProviderFault
from services.membership.domain.sign_ins import OPEN_LIFETIME, SignIn

PLAIN = (
    "organization_id", "display_name", "slug", "issuer", "client_id", "made_by", "made_at", "tenant",
    "hosted_domain", "external_id_claim", "admits_newcomers", "standing",
)  # fmt: skip
MOST_OFFERED = 5  # connections that name one domain
LONGEST_ATTEMPT = 2000  # characters


class Place(TypedDict):
    """Where a sealed value lies; it opens nowhere else."""

    network: str
    collection: str
    id: str
    field: str


class MongoConnections(Aggregates[Connection]):
    """Connections; the client secret is sealed."""

    collection = "connections"
    kind = "connection"
    sealed = ("client_secret",)
    indexes = (
        Index("connections_of_organization", [("network", 1), ("organization_id", 1), ("_id", 1)]),
        Index("one_connection_per_slug", [("slug", 1)], unique=True, refusal=SlugTaken),
        Index("connections_by_domain", [("email_domains", 1), ("standing", 1)]),
    )

    def to_document(self, aggregate: Connection) -> Document:
        secret = self.seal(
            aggregate, "client_secret", aggregate.client_secret, cohort=aggregate.id, author=SHARED
        )
        lists = {
            "algorithms": list(aggregate.algorithms),
            "email_domains": list(aggregate.email_domains),
        }
        return {name: getattr(aggregate, name) for name in PLAIN} | lists | {"client_secret": secret}

    def to_aggregate(self, document: Document) -> Connection:
        return Connection(
            **self.identity(document),
            **{name: document[name] for name in PLAIN},
            algorithms=tuple(document["algorithms"]),
            email_domains=tuple(document["email_domains"]),
            client_secret=self.unseal(document, "client_secret", document["client_secret"]) or "",
        )

    def of_organization(
        self, network: str, organization_id: str | None, limit: int, after: str | None
    ) -> Page[Connection]:
        """Return one page of an organization's connections, or of the network's when none is named."""
        where = {} if organization_id is None else {"organization_id": organization_id}
        return self.page(network, where, limit=limit, after=after)

    def named(self, name: str) -> Connection | None:
        """Return the active connection of this id or slug; which network it belongs to, it says itself."""
        found = self._active({"$or": [{"_id": name}, {"slug": name}]})
        return found[0] if found else None

    def of_domain(self, domain: str) -> list[Connection]:
        """Return the active connections that want to be offered to this domain, oldest first."""
        return self._active({"email_domains": domain})

    def _active(self, where: Mapping[str, Any]) -> list[Connection]:
        with reaching():
            found = self.documents.find({**where, "standing": "active"}, projection(None))
            return [self.whole(each) for each in found.sort("_id", 1).limit(MOST_OFFERED)]


class MongoIdentities(Aggregates[Identity]):
    """Who signs in by a provider; issuer and subject are in the id, as a hash alone."""

    collection = "identities"
    kind = "identity"
    indexes = (Index("identities_of_person", [("network", 1), ("person_id", 1), ("_id", 1)]),)

    def to_document(self, aggregate: Identity) -> Document:
        state = asdict(aggregate)
        for kept_by_the_store in ("id", "network", "revision"):
            del state[kept_by_the_store]
        return state

    def to_aggregate(self, document: Document) -> Identity:
        names = Identity.__dataclass_fields__.keys() - {"id", "network", "revision"}
        return Identity(**self.identity(document), **{name: document[name] for name in names})

    def of_person(self, network: str, person_id: str) -> list[Identity]:
        """Return what a person is linked to."""
        return self.find(network, {"person_id": person_id, "standing": "linked"})


class Attempts:
    """Seals attempts for the browser that begins them, and sees that each is used once."""

    INDEXES = (Index("forgotten_attempts", [("ends_at", 1)], expire_seconds=60),)

    def __init__(self, floor: Floor) -> None:
        self._sealing = floor.sealing
        self._spent = floor.database["spent_attempts"]

    def prepare(self) -> None:
        """Create the index; repeating changes nothing."""
        self._sealing.prepare()
        create_indexes(self._spent, self.INDEXES)

    def sealed(self, attempt: Attempt, connection: Connection) -> str:
        """Return the attempt as text that opens for this connection alone."""
        value = self._sealing.seal(asdict(attempt), cohort=connection.id, author=SHARED, **_place(connection))
        return base64.urlsafe_b64encode(value).decode().rstrip("=")

    def opened(self, text: str, connection: Connection) -> Attempt | None:
        """Return the attempt; None for what was not sealed here for this connection."""
        try:
            value = base64.urlsafe_b64decode(text[:LONGEST_ATTEMPT] + "=" * (-len(text) % 4))
            said = self._sealing.unseal(value, **_place(connection))
        except (binascii.Error, ValueError, SealBrokenError):
            return None
        return Attempt(**said) if said else None

    def spend(self, attempt: Attempt, code: str, connection: Connection, now: datetime) -> None:
        """Use up the attempt and the code.

        Raises:
            ProviderFault: one of them was used before.
        """
        names = fingerprint("state", attempt.state), fingerprint("code", connection.id, code)
        for name in names:
            try:
                with reaching():
                    self._spent.insert_one({"_id": name, "ends_at": now + 2 * ATTEMPT_LIFETIME})
            except DuplicateKeyError:
                raise ProviderFault("used-before") from None


class LogoutHints:
    """The ID token of each sign-in by a provider, sealed, for signing out there as well."""

    INDEXES = (Index("forgotten_hints", [("forget_at", 1)], expire_seconds=0),)

    def __init__(self, floor: Floor) -> None:
        self._sealing = floor.sealing
        self._documents = floor.database["logout_hints"]

    def prepare(self) -> None:
        """Create the index; repeating changes nothing."""
        create_indexes(self._documents, self.INDEXES)

    def keep(self, sign_in: SignIn, connection_id: str, id_token: str, now: datetime) -> None:
        """Keep the ID token of an arrival until its sign-in has ended by itself, sealed for the person."""
        hint = self._sealing.seal(
            id_token,
            cohort=connection_id,
            author=sign_in.person_id,
            **_hint(sign_in.network, sign_in.arrival_id),
        )
        entry: Document = {
            "_id": sign_in.arrival_id,
            "network": sign_in.network,
            "person_id": sign_in.person_id,
        }
        entry |= {"connection_id": connection_id, "hint": hint, "forget_at": now + OPEN_LIFETIME}
        with reaching():
            self._documents.insert_one(entry)

    def find(self, network: str, arrival_id: str) -> tuple[str, str] | None:
        """Return (connection, ID token) of an arrival; None when it is forgotten."""
        with reaching():
            found = self._documents.find_one({"_id": arrival_id, "network": network})
        hint = found and self._sealing.unseal(found["hint"], **_hint(network, arrival_id))
        return (found["connection_id"], hint) if found and hint else None


def _place(connection: Connection) -> Place:
    return {"network": connection.network, "collection": "attempts", "id": connection.id, "field": "attempt"}


def _hint(network: str, arrival_id: str | None) -> Place:
    return {"network": network, "collection": "logout_hints", "id": arrival_id or "", "field": "hint"}
