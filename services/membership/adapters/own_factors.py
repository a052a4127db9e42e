"""Own factors as documents of the installation: seeds sealed, recovery codes as hashes."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from services.contracts.events import Fact
from services.kit.errors import NotFound
from services.kit.mongo import Document, reaching
from services.kit.outcomes import Overtaken
from services.kit.store import Aggregates
from services.membership.domain.accounts import Account
from services.membership.domain.own_factors import (
    INSTALLATION,
    Authenticator,
    Offer,
    OwnFactors,
    Reset,
    first_factors,
)

FAMILY = "own_factors"  # the key family in which an account's seeds are sealed; forgotten with the account


class MongoOwnFactors(Aggregates[OwnFactors]):
    """One document an account, under the account's id; part of the account, hence of no network."""

    collection = "own_factors"
    kind = "own_factors"
    sealed = ("authenticator.seed", "offer.seed")
    per_network = False

    def to_document(self, aggregate: OwnFactors) -> Document:
        state: Document = {
            "password_hash": aggregate.password_hash,
            "authenticator": asdict(aggregate.authenticator) if aggregate.authenticator else None,
            "offer": asdict(aggregate.offer) if aggregate.offer else None,
            "recovery": list(aggregate.recovery),
            "reset": asdict(aggregate.reset) if aggregate.reset else None,
        }
        for name in ("authenticator", "offer"):
            if state[name]:
                state[name]["seed"] = self.seal(
                    aggregate, f"{name}.seed", state[name]["seed"], cohort=FAMILY, author=aggregate.id
                )
        return state

    def to_aggregate(self, document: Document) -> OwnFactors:
        parts = {"authenticator": Authenticator, "offer": Offer, "reset": Reset}
        opened = {name: self._opened(document, name, part) for name, part in parts.items()}
        return OwnFactors(
            **self.identity(document),
            password_hash=document["password_hash"],
            recovery=tuple(document["recovery"]),
            **opened,
        )

    def of(self, account: Account) -> OwnFactors:
        """Return what the account holds; one without a document is read all the same."""
        try:
            return self.get(INSTALLATION, account.id)
        except NotFound:
            return first_factors(account)

    def keep(self, factors: OwnFactors, announcing: Iterable[Fact] = ()) -> OwnFactors:
        """Save the factors; of two that set the first at once, one does it again.

        Raises:
            Overtaken: see `save`.
        """
        if factors.revision:
            return self.save(factors, announcing=announcing)
        with reaching():
            if self.documents.find_one({"_id": factors.id}, {"_id": 1}):
                raise Overtaken
        return self.add(factors, announcing=announcing)

    def forget(self, account_id: str) -> None:
        """Destroy what an account held, its seeds' key first; repeating changes nothing."""
        self.floor.sealing.forget(INSTALLATION, account_id)
        with reaching():
            self.documents.delete_one({"_id": account_id})

    def _opened(self, document: Document, name: str, part: Any) -> Any:
        state = document.get(name)
        if state is None:
            return None
        if "seed" in state:
            state = state | {"seed": self.unseal(document, f"{name}.seed", state["seed"])}
        return part(**state)
