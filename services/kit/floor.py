"""What a service's adapters stand on: settings, database, clock, sealing. One floor a process.

`provided(MongoSessions)` in a service's wiring puts the store into each handler's service instance; `prepare`
makes the indexes that the stores of a service need.
"""

import time
from collections.abc import Callable
from functools import cached_property
from typing import Any

from nameko.extensions import DependencyProvider
from pymongo import MongoClient
from pymongo.database import Database

from services.kit.clock import Clock, WallClock
from services.kit.doors import settings_of
from services.kit.kek import KekFile
from services.kit.logs import get_logger
from services.kit.mongo import Document, check_clock, connect, reaching
from services.kit.outcomes import StoreAway
from services.kit.outward import Outward
from services.kit.sealing import Sealing
from services.kit.settings import Settings
from services.kit.sweeping import sweep_for_ever

log = get_logger()
PATIENCE_SECONDS = 60

_floors: dict[str, "Floor"] = {}


class Floor:
    """The ground under the adapters of one service.

    Args:
        settings: of this process.
        client: the MongoDB client; tests pass one, services let it be made from the settings.
        clock: for records' times; domain decisions take their own.
    """

    def __init__(
        self, settings: Settings, client: MongoClient[Document] | None = None, clock: Clock | None = None
    ) -> None:
        self.settings = settings
        self.service = settings.service
        self.client = connect(settings) if client is None else client
        self.clock = clock or WallClock()

    @cached_property
    def database(self) -> Database[Document]:
        """The service's own database; nobody else's is ever opened."""
        return self.client[self.settings.database]

    @cached_property
    def sealing(self) -> Sealing:
        """Seals with the service's key file; a service without one holds no confidential text."""
        keys = self.client[self.settings.keys_database]["keys"]
        return Sealing(keys, KekFile(self.settings))

    @cached_property
    def outward(self) -> Outward:
        """The one HTTP session that leaves the house."""
        return Outward(self.settings.outward_allow)


def floor_of(settings: Settings) -> Floor:
    """Return the floor of this process; the first call connects and compares clocks.

    Raises:
        SettingError: a variable or secret is missing.
        ClockSkewError: this machine's clock is off.
        StoreAway: MongoDB was not reached for a minute.
    """
    if settings.service not in _floors:
        floor = Floor(settings)
        with_patience(lambda: check_clock(floor.client))
        _floors[settings.service] = floor
    return _floors[settings.service]


class Provided(DependencyProvider):
    """Hands what `make(floor)` returns to every worker of a service; made once, prepared at start."""

    def __init__(self, make: Callable[[Floor], Any]) -> None:
        self.make = make
        self.value: Any = None

    def setup(self) -> None:
        self.value = self.make(floor_of(settings_of(self)))
        with_patience(lambda: prepare(self.value))

    def start(self) -> None:
        documents = getattr(self.value, "swept", None)
        if documents is not None:
            now = self.value.floor.clock.now
            self.container.spawn_managed_thread(lambda: sweep_for_ever(documents, now), "sweep")

    def get_dependency(self, worker_ctx: Any) -> Any:
        return self.value


def provided(make: Callable[[Floor], Any]) -> Any:
    """Return the nameko dependency for `make`: an adapter class, or a function of the floor."""
    return Provided(make)


def prepare(adapter: Any) -> None:
    """Make the indexes of one adapter, where it has any; repeating changes nothing."""
    if hasattr(adapter, "prepare"):
        adapter.prepare()


def prepare_service(service: type, floor: Floor) -> list[str]:
    """Prepare all stores of a nameko service class (the migrate step); return their attribute names."""
    names = sorted(name for name in dir(service) if isinstance(getattr(service, name), Provided))
    for name in names:
        prepare(getattr(service, name).make(floor))
    return names


def with_patience(do: Callable[[], object]) -> None:
    """Do what may be done again, until the store answers: at start MongoDB may be slow or just electing.

    Raises:
        StoreAway: it did not answer for a minute.
    """
    ends = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            with reaching():
                do()
                return
        except StoreAway:
            if time.monotonic() > ends:
                raise
            log.warning("store_away", waiting=True)
            time.sleep(1)
