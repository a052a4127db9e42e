"""The relay: what documents announce reaches every queue that hears it, or stays where it is and alarms.

Right after a save (a poke) for what is fresh, and each second for what was left. Batches of a hundred,
published mandatory and confirmed within seconds; what is confirmed is pulled from its document by id,
without touching the revision. A crash anywhere repeats, never loses; two relays repeat too, and listeners do
not mind. No lock, no order (MECHANISMS P4).
"""

import random
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any

import eventlet
from eventlet.event import Event
from nameko.extensions import DependencyProvider
from pymongo import WriteConcern

from services.kit.away import store_is_away
from services.kit.bus import Bus, BusDown
from services.kit.confirms import Confirms, Outgoing, Published
from services.kit.crash import crash_point
from services.kit.doors import broker_of, settings_of
from services.kit.envelope import CONTENT_TYPE, encode
from services.kit.logs import get_logger
from services.kit.metrics import NOT_RELAYED, OUTBOX_AGE, OUTBOX_WAITING, RELAYED
from services.kit.outbox import OUTBOXES, Outbox, on_poke
from services.kit.topology import declare_announcements
from services.kit.wire import Broker, Wire

log = get_logger()
BATCH = 100
UNDER_WAY = 4  # batches that wait for the broker or the store at once
FRESH = timedelta(seconds=2)
LAST_SECONDS = 2
_SWEEP_SECONDS = 1.0
_DOCUMENTS = 200  # of one read


class Relay:
    """Relays the outboxes of one service, on a connection of its own: a stuck publish cuts no asks."""

    def __init__(self, broker: Broker, source: str) -> None:
        self.source = source
        self.bus = Bus(broker, f"{source}.relay")
        self._confirms = Confirms(self.bus)
        self.bus.on_up(self._declare)
        self._dirty: set[str | None] = set()
        self._poked = Event()
        self._threads: list[Any] = []
        self._end_poking = lambda: None

    def start(self) -> None:
        """Begin to relay; returns at once."""
        self.bus.start()
        self._end_poking = on_poke(self._on_poke)
        self._threads = [eventlet.spawn(self._follow_pokes), eventlet.spawn(self._sweep_for_ever)]

    def stop(self) -> None:
        """Relay what was just saved, then stop; what waits longer is found by the next process."""
        self._end_poking()
        for thread in self._threads:
            thread.kill()
        if self.bus.is_up:
            with eventlet.Timeout(LAST_SECONDS, False):
                self._pass(self._outboxes(), self.relay_fresh)
        self.bus.stop()

    def relay_fresh(self, outbox: Outbox) -> int:
        """Relay what was announced in the last two seconds; return how many were confirmed."""
        return self._relay(outbox, {"outbox.at": {"$gt": datetime.now(UTC) - FRESH}})

    def relay_left(self, outbox: Outbox) -> int:
        """Relay what has waited for two seconds or more; return how many were confirmed."""
        return self._relay(outbox, {"outbox.at": {"$lte": datetime.now(UTC) - FRESH}})

    def _relay(self, outbox: Outbox, where: dict[str, Any]) -> int:
        found = outbox.collection.find(where, {"outbox": 1}).sort("outbox.at", 1).batch_size(_DOCUMENTS)
        under_way = eventlet.GreenPool(UNDER_WAY)
        # not imap: it waits for ever when what it reads from (the store) fails
        begun = [under_way.spawn(self._relay_batch, outbox, batch) for batch in _batches(found)]
        return sum(each.wait() for each in begun)

    def _relay_batch(self, outbox: Outbox, batch: list[tuple[Any, dict[str, Any]]]) -> int:
        crash_point("relay.before_publish")
        published = self._confirms.publish(_outgoing(outbox.source, entry) for _, entry in batch)
        crash_point("relay.after_publish")
        self._count(outbox, published)
        if published.confirmed:
            documents = list({document for document, entry in batch if entry["id"] in published.confirmed})
            pulled = {"$pull": {"outbox": {"id": {"$in": list(published.confirmed)}}}}
            unhurried = outbox.collection.with_options(write_concern=WriteConcern(w=1))
            unhurried.update_many({"_id": {"$in": documents}}, pulled)
            crash_point("relay.after_pull")
        return len(published.confirmed)

    def _count(self, outbox: Outbox, published: Published) -> None:
        RELAYED.inc(len(published.confirmed))
        NOT_RELAYED.labels("returned").inc(len(published.returned))
        NOT_RELAYED.labels("failed").inc(len(published.failed))
        if published.returned:
            log.error("announcements_returned", collection=outbox.name, count=len(published.returned))

    def _declare(self, wire: Wire) -> None:
        declare_announcements(wire.channel(), self.source)

    def _on_poke(self, name: str | None) -> None:
        self._dirty.add(name)
        if not self._poked.ready():
            self._poked.send(None)

    def _follow_pokes(self) -> None:
        while True:
            self._poked.wait()
            self._poked = Event()
            dirty, self._dirty = self._dirty, set()
            if self.bus.is_up:
                self._pass(
                    [each for each in self._outboxes() if None in dirty or each.name in dirty],
                    self.relay_fresh,
                )

    def _sweep_for_ever(self) -> None:
        while True:
            left = self._pass(self._outboxes(), _measure)
            if left and self.bus.wait_up(_SWEEP_SECONDS):
                self._pass(left, self.relay_left)
                self._pass(left, _measure)
            eventlet.sleep(_SWEEP_SECONDS * random.uniform(0.8, 1.2))  # noqa: S311 - replicas apart, no secret

    def _pass(self, outboxes: Iterable[Outbox], act: Any) -> list[Outbox]:
        """Return the outboxes where `act` found something."""
        full = []
        for outbox in outboxes:
            try:
                if act(outbox):
                    full.append(outbox)
            except BusDown:
                break  # the sweep finds it
            except Exception as fault:  # one collection's trouble must not stop the others, nor the relay
                name = "store_away" if store_is_away(fault) else "relay_failed"
                log.error(name, collection=outbox.name, exc_info=fault)
        return full

    def _outboxes(self) -> list[Outbox]:
        return [outbox for outbox in OUTBOXES.values() if outbox.source == self.source]


class Relaying(DependencyProvider):
    """The relay of a service's process; starts and stops with its container."""

    @cached_property
    def relay(self) -> Relay:
        settings = settings_of(self)
        return Relay(broker_of(settings), settings.service)

    def start(self) -> None:
        self.relay.start()

    def stop(self) -> None:
        self.relay.stop()

    def get_dependency(self, worker_ctx: Any) -> Relay:
        return self.relay


def _outgoing(source: str, entry: dict[str, Any]) -> Outgoing:
    return Outgoing(
        entry["id"], f"{source}.events", entry["routing_key"], encode(entry["body"]), CONTENT_TYPE
    )


def _batches(documents: Iterable[dict[str, Any]]) -> Iterator[list[tuple[Any, dict[str, Any]]]]:
    batch: list[tuple[Any, dict[str, Any]]] = []
    for document in documents:
        for entry in document.get("outbox", ()):
            batch.append((document["_id"], entry))
            if len(batch) == BATCH:
                yield batch
                batch = []
    if batch:
        yield batch


def _measure(outbox: Outbox) -> bool:
    """Say how much has waited two seconds or more, and how long; return whether anything has."""
    left = {"outbox.at": {"$lte": datetime.now(UTC) - FRESH}}
    oldest = outbox.collection.find_one(left, {"outbox.at": 1}, sort=[("outbox.at", 1)])
    age = datetime.now(UTC) - min(entry["at"] for entry in oldest["outbox"]) if oldest else timedelta()
    waiting = outbox.collection.count_documents(left, limit=10_000) if oldest else 0
    OUTBOX_AGE.labels(outbox.name).set(age.total_seconds())
    OUTBOX_WAITING.labels(outbox.name).set(waiting)
    return oldest is not None
