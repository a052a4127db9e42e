"""Networks, sign-ins and roles as MongoDB documents."""

from dataclasses import asdict
from datetime import datetime, timedelta

from services.contracts.events.access import RoleGranted, RoleRevoked
from services.contracts.events.membership import NetworkState
from services.kit.answers import projection
from services.kit.documents import Page
from services.kit.mongo import Document, Index, reaching
from services.kit.recalling import recalled
from services.kit.store import Aggregates
from services.membership.domain.networks import FirstAdmin, Network
from services.membership.domain.networks import told as told_network
from services.membership.domain.roles import Role, told
from services.membership.domain.sign_ins import SignIn

KEPT_AFTER_THE_END = timedelta(days=7)


class MongoNetworks(Aggregates[Network]):
    collection = "networks"
    kind = "network"
    indexes = (recalled("network"),)

    def to_document(self, aggregate: Network) -> Document:
        return {
            "display_name": aggregate.display_name,
            "admin_person_id": aggregate.admin_person_id,
            "created_at": aggregate.created_at,
            "beginning": asdict(aggregate.beginning) if aggregate.beginning else None,
            "own_factor_for_text": aggregate.own_factor_for_text,
            "standing": aggregate.standing,
        }

    def to_aggregate(self, document: Document) -> Network:
        beginning = document["beginning"]
        return Network(
            **self.identity(document),
            display_name=document["display_name"],
            admin_person_id=document["admin_person_id"],
            created_at=document["created_at"],
            beginning=FirstAdmin(**beginning) if beginning else None,
            own_factor_for_text=document.get("own_factor_for_text", True),
            standing=document.get("standing", "active"),
        )

    def restated(self, aggregate: Network) -> NetworkState:
        return told_network(aggregate)

    def all(self, limit: int, after: str | None) -> Page[Network]:
        """Return one page of all networks, oldest first: the operator's question, across networks."""
        where: Document = {"_id": {"$gt": after}} if after else {}
        with reaching():
            found = list(self.documents.find(where, projection(None)).sort("_id", 1).limit(limit + 1))
        following = found[limit - 1]["_id"] if len(found) > limit else None
        return Page([self.whole(each) for each in found[:limit]], following)


class MongoSignIns(Aggregates[SignIn]):
    """Sign-ins; forgotten a week after their end."""

    collection = "sign_ins"
    kind = "sign_in"
    indexes = (
        Index("sign_in_of_link", [("token_hash", 1)], unique=True, where={"token_hash": {"$exists": True}}),
        Index("sign_ins_of_one_account", [("account_id", 1), ("standing", 1)]),
        Index("forgotten_sign_ins", [("forget_at", 1)], expire_seconds=0),
        recalled("sign_in"),
    )

    def to_document(self, aggregate: SignIn) -> Document:
        state = asdict(aggregate) | {"forget_at": aggregate.expires_at + KEPT_AFTER_THE_END}
        for kept_by_the_store in ("id", "network", "revision"):
            del state[kept_by_the_store]
        if state["token_hash"] is None:
            del state["token_hash"]
        return state

    def to_aggregate(self, document: Document) -> SignIn:
        names = SignIn.__dataclass_fields__.keys() - {"id", "network", "revision"}
        state: Document = {name: document[name] for name in names if document.get(name) is not None}
        if "roles" in state:
            state["roles"] = tuple(state["roles"])
        return SignIn(**self.identity(document), **state)

    def by_token_hash(self, token_hash: str) -> SignIn | None:
        """Return the sign-in that waits for this token; the token itself says which network."""
        with reaching():
            document = self.documents.find_one({"token_hash": token_hash}, projection(None))
        return self.whole(document) if document else None

    def open_of_account(self, account_id: str, now: datetime) -> list[SignIn]:
        """Return the account's open sign-ins in all its networks, last used first."""
        where = {"account_id": account_id, "standing": "open", "expires_at": {"$gt": now}}
        with reaching():
            found = list(self.documents.find(where, projection(None)).sort("refreshed_at", -1))
        return [self.whole(document) for document in found]

    def end_asked(self, account_id: str, now: datetime, verifier_hash: str | None = None) -> None:
        """End the links of an account that nobody used: all, or those asked for in one browser.

        One write over several documents: each ends by itself, and repeating changes nothing.
        """
        where: Document = {"account_id": account_id, "standing": "asked"}
        if verifier_hash is not None:
            where["verifier_hash"] = verifier_hash
        state = {"standing": "ended", "ended_at": now, "ended_because": "asked-again"}
        with reaching():
            self.documents.update_many(
                where, {"$set": state, "$unset": {"token_hash": ""}, "$inc": {"revision": 1}}
            )


class MongoRoles(Aggregates[Role]):
    collection = "roles"
    kind = "role"
    indexes = (
        Index("roles_of_person", [("network", 1), ("person_id", 1), ("standing", 1)]),
        recalled("role"),
    )

    def to_document(self, aggregate: Role) -> Document:
        return {
            "person_id": aggregate.person_id,
            "role": aggregate.role,
            "organization_id": aggregate.organization_id,
            "granted_by": aggregate.granted_by,
            "granted_at": aggregate.granted_at,
            "until": aggregate.until,
            "standing": aggregate.standing,
        }

    def to_aggregate(self, document: Document) -> Role:
        names = ("person_id", "role", "organization_id", "granted_by", "granted_at", "until", "standing")
        return Role(**self.identity(document), **{name: document[name] for name in names})

    def restated(self, aggregate: Role) -> RoleGranted | RoleRevoked:
        return told(aggregate)

    def of_person(self, network: str, person_id: str) -> list[Role]:
        """Return what was granted to one person, run out or not."""
        return self.find(network, {"person_id": person_id, "standing": "granted"})

    def held(
        self, network: str, now: datetime, person_id: str | None, limit: int, after: str | None
    ) -> Page[Role]:
        """Return one page of what is held at `now`, of everybody or of one person."""
        where: Document = {"standing": "granted", "$or": [{"until": None}, {"until": {"$gt": now}}]}
        if person_id is not None:
            where["person_id"] = person_id
        return self.page(network, where, limit=limit, after=after)
