"""Publishing with the broker's word for it: confirmed, or known to have failed, within a few seconds."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import eventlet
from eventlet.event import Event

from services.kit.bus import LOST, Bus, BusDown
from services.kit.wire import Wire

PUBLISH_SECONDS = 6.0


@dataclass(frozen=True)
class Outgoing:
    """One message to publish; `id` is its message id and what the result speaks of."""

    id: str
    exchange: str
    routing_key: str
    body: bytes
    content_type: str = "application/json"
    headers: dict[str, Any] = field(default_factory=dict)


@dataclass
class Published:
    """What became of a batch: ids confirmed, returned as unroutable, and failed."""

    confirmed: set[str] = field(default_factory=set)
    returned: set[str] = field(default_factory=set)
    failed: set[str] = field(default_factory=set)


@dataclass
class _Batch:
    waiting: int
    result: Published = field(default_factory=Published)
    done: Event = field(default_factory=Event)

    def settle(self, outcome: set[str], id: str) -> None:
        outcome.add(id)
        self.waiting -= 1
        if self.waiting == 0 and not self.done.ready():
            self.done.send(None)


class Confirms:
    """A channel in confirm mode: persistent, mandatory, with a publish deadline that drops the connection."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus
        self._channel: Any = None
        self._sent = 0
        self._pending: dict[int, tuple[_Batch, str]] = {}
        self._returned: set[str] = set()
        bus.on_up(self._open)
        bus.on_down(self._fail_all)

    def publish(self, messages: Iterable[Outgoing], within: float = PUBLISH_SECONDS) -> Published:
        """Publish all and wait for the broker's answers.

        Args:
            within: seconds; when they pass the connection is dropped and what is unanswered has failed.

        Returns:
            what was confirmed, returned, and failed; every id is in exactly one of the three.

        Raises:
            BusDown: nothing was sent.
        """
        outgoing = list(messages)
        wire = self._bus.wire()
        batch = _Batch(len(outgoing))
        if not outgoing:
            return batch.result
        for message in outgoing:
            self._send(wire, message, batch)
        with eventlet.Timeout(within, False):
            batch.done.wait()
        if not batch.done.ready():
            self._bus.drop()
            self._forget(batch)
        return batch.result

    def _send(self, wire: Wire, message: Outgoing, batch: _Batch) -> None:
        self._sent += 1
        self._pending[self._sent] = (batch, message.id)
        try:
            wire.publish(
                self._channel,
                message.exchange,
                message.routing_key,
                message.body,
                mandatory=True,
                message_id=message.id,
                content_type=message.content_type,
                delivery_mode=2,
                application_headers=message.headers,
            )
        except LOST:
            del self._pending[self._sent]
            batch.settle(batch.result.failed, message.id)

    def _open(self, wire: Wire) -> None:
        self._sent = 0
        self._channel = wire.channel()
        self._channel.confirm_select()
        self._channel.events["basic_ack"].add(self._acked)
        self._channel.events["basic_nack"].add(self._nacked)
        self._channel.events["basic_return"].add(self._came_back)

    def _came_back(self, _fault: Any, _exchange: str, _key: str, message: Any) -> None:
        self._returned.add(message.properties.get("message_id", ""))

    def _acked(self, tag: int, multiple: bool) -> None:
        for batch, message_id in self._take(tag, multiple):
            outcome = batch.result.returned if message_id in self._returned else batch.result.confirmed
            self._returned.discard(message_id)
            batch.settle(outcome, message_id)

    def _nacked(self, tag: int, multiple: bool) -> None:
        for batch, message_id in self._take(tag, multiple):
            self._returned.discard(message_id)
            batch.settle(batch.result.failed, message_id)

    def _take(self, tag: int, multiple: bool) -> list[tuple[_Batch, str]]:
        if not multiple:
            found = self._pending.pop(tag, None)
            return [found] if found else []
        tags = []
        for waiting in self._pending:  # in the order of publishing
            if waiting > tag:
                break
            tags.append(waiting)
        return [self._pending.pop(waiting) for waiting in tags]

    def _forget(self, batch: _Batch) -> None:
        for tag in [tag for tag, (owner, _) in self._pending.items() if owner is batch]:
            batch.settle(batch.result.failed, self._pending.pop(tag)[1])

    def _fail_all(self) -> None:
        pending, self._pending = self._pending, {}
        self._returned.clear()
        for batch, message_id in pending.values():
            batch.settle(batch.result.failed, message_id)


__all__ = ["PUBLISH_SECONDS", "BusDown", "Confirms", "Outgoing", "Published"]
