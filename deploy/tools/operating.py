"""The operator: asks services over the broker and reads databases, under a login of its own."""

import os
import secrets
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from pymongo import MongoClient

from services.contracts.caller import Caller
from services.contracts.catalogue import SOURCES
from services.kit.asks import Asks, open_asks
from services.kit.context import RequestKey
from services.kit.derive import canonical, fingerprint
from services.kit.doors import broker_of
from services.kit.mongo import Document, connect
from services.kit.outcomes import Unavailable
from services.kit.settings import Settings
from services.kit.wire import Broker

CALLER = Caller(kind="operator")


class NotReached(Exception):
    """Something the command needs is not there; the message says what."""


class Operator:
    """Broker and database as `login` sees them ("operator", or "migrate" for what comes before the services).

    Connections are made when they are first needed.
    """

    def __init__(self, env: Mapping[str, str] | None = None, login: str = "operator") -> None:
        self.env = dict(os.environ if env is None else env)
        self.login = login

    @cached_property
    def settings(self) -> Settings:
        """The login's own settings.

        Raises:
            SettingError: a variable is missing; run inside the checkout of a local stack, or set CT_*.
        """
        return self.settings_of(self.login)

    @cached_property
    def mongo(self) -> MongoClient[Document]:
        """A client signed in as the login."""
        return connect(self.settings)

    @property
    def broker(self) -> Broker:
        """The broker, under the login."""
        return broker_of(self.settings)

    @cached_property
    def asks(self) -> Asks:
        """Asks that only the operator may make."""
        return open_asks(self.broker, "commonthread")

    def ask(self, service: str, name: str, timeout: float = 30.0, **payload: Any) -> dict[str, Any]:
        """Read something from `service`. Raises what `Asks.ask` raises."""
        return self.asks.ask(service, name, payload, CALLER, timeout=timeout).answer

    def command(self, service: str, name: str, timeout: float = 60.0, **payload: Any) -> dict[str, Any]:
        """Have `service` carry something out; repeated by hand it is another request."""
        key = RequestKey(secrets.token_hex(16), fingerprint(canonical(payload).decode()))
        return self.asks.ask(service, name, payload, CALLER, key=key, timeout=timeout).answer

    def ask_each(self, name: str, **payload: Any) -> dict[str, dict[str, Any] | None]:
        """Ask every service; None stands for one that does not answer."""
        return {service: self._answer_or_none(service, name, payload) for service in SOURCES}

    def settings_of(self, login: str) -> Settings:
        """Return the settings with which the process `login` would start here."""
        root = self.env.get("CT_SECRETS_ROOT", "")
        own = {"CT_SECRETS": str(Path(root) / login)} if root else {}
        return Settings.load(login, env=self.env | own)

    @property
    def databases(self) -> dict[str, str]:
        """Database -> service, for the ten databases: state and keys of each service."""
        prefix = self.settings.db_prefix
        return {f"{prefix}{service}{kind}": service for kind in ("", "_keys") for service in SOURCES}

    def _answer_or_none(self, service: str, name: str, payload: dict[str, Any]) -> dict[str, Any] | None:
        try:
            return self.ask(service, name, timeout=5.0, **payload)
        except Unavailable:
            return None
