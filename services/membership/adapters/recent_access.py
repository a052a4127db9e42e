"""What gateways had to hear lately, read from the documents it was told of."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from services.contracts.events import Fact
from services.kit.documents import Documents
from services.kit.floor import Floor
from services.kit.recalling import told_lately
from services.membership.adapters.clients import MongoClients
from services.membership.adapters.identity import MongoNetworks, MongoRoles, MongoSignIns
from services.membership.adapters.people import MongoPeople
from services.membership.domain.networks import told as told_network
from services.membership.domain.people import told_access
from services.membership.domain.roles import told
from services.membership.domain.sign_ins import SignIn, told_ended


class MongoRecentAccess:
    """Ends of sign-ins, changes of roles, of people's standing and of partner systems, in every network."""

    def __init__(self, floor: Floor) -> None:
        clients = MongoClients(floor)
        self._kinds: tuple[tuple[Documents[Any], str, Callable[[Any], Fact | None]], ...] = (
            (MongoSignIns(floor), "sign_in", _ended),
            (MongoRoles(floor), "role", told),
            (MongoPeople(floor), "access", told_access),
            (MongoNetworks(floor), "network", told_network),
            (clients, "client", lambda client: _one(clients.restated(client))),
        )

    def since(self, moment: datetime) -> list[tuple[int, Fact]]:
        """Return (version, fact) of what was told since then and may be a little older."""
        return [
            (version, fact)
            for store, kind, tell in self._kinds
            for version, fact in told_lately(store, kind, moment, tell)
            if fact is not None
        ]


def _ended(sign_in: SignIn) -> Fact | None:
    return next(iter(told_ended(sign_in)), None)


def _one(restated: Any) -> Fact | None:
    return restated if isinstance(restated, Fact) else None
