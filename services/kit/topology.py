"""Exchanges, queues and bindings of the platform, derived from the catalogue of who hears what.

    asks.<service>      direct   one queue `ask-<service>`, declared by the service (classic, auto-delete)
    <source>.events     topic    quorum queues `evt-<source>-<first type>--<service>.<method>`
    retry.<ms>          fanout   one quorum queue each, whose messages return after a while to where they were
    commonthread.dead   direct   one quorum queue `dead-<service>` for each service
    live                topic    what gateways hear at once: bound to `<source>.events` for the types in LIVE

Only a source binds queues to its own exchange, so nobody can listen in on what is not meant for them; and
there is one exchange of asks for each service, so nobody can have another's asks copied. What becomes of a
message that was returned too often is said by policies (access.py): declaring it would need rights on foreign
queues.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import amqp

from services.contracts import catalogue
from services.contracts.catalogue import HEARINGS, RETIRED, SOURCES, Hearing
from services.contracts.schemas import fact_type, fact_types
from services.kit.wire import Broker, Wire

DEAD, LIVE = "commonthread.dead", "live"
RETRY_MILLISECONDS = (200, 1_000, 5_000, 30_000, 120_000)
QUORUM = {"x-queue-type": "quorum"}


@dataclass(frozen=True)
class Exchange:
    name: str
    kind: str


@dataclass(frozen=True)
class Queue:
    name: str
    arguments: dict[str, Any] = field(default_factory=lambda: dict(QUORUM))


@dataclass(frozen=True)
class Binding:
    """From an exchange to a queue, or to the exchange called `queue` when `onward`."""

    exchange: str
    queue: str
    routing_key: str
    onward: bool = False


def exchanges() -> Iterator[Exchange]:
    """Yield every exchange."""
    for service in SOURCES:
        yield Exchange(f"asks.{service}", "direct")
        yield Exchange(f"{service}.events", "topic")
    for milliseconds in RETRY_MILLISECONDS:
        yield Exchange(f"retry.{milliseconds}", "fanout")
    yield Exchange(DEAD, "direct")
    yield Exchange(LIVE, "topic")


def queues() -> Iterator[Queue]:
    """Yield every queue but those of asks, which live and die with their service."""
    for hearing in HEARINGS:
        yield Queue(hearing.queue)
    for milliseconds in RETRY_MILLISECONDS:
        yield Queue(f"retry.{milliseconds}", retry_arguments(milliseconds))
    for service in SOURCES:
        yield Queue(f"dead-{service}")


def bindings() -> Iterator[Binding]:
    """Yield what leads from exchanges to queues."""
    for hearing in HEARINGS:
        yield from bindings_of(hearing)
    for milliseconds in RETRY_MILLISECONDS:
        yield Binding(f"retry.{milliseconds}", f"retry.{milliseconds}", "")
    for service in SOURCES:
        yield Binding(DEAD, f"dead-{service}", f"dead-{service}")
    for source, names in catalogue.LIVE.items():
        for name in names:
            yield Binding(f"{source}.events", LIVE, name, onward=True)


def bindings_of(hearing: Hearing) -> Iterator[Binding]:
    """Yield the bindings of one queue: each of its types, and the restatement of their aggregates."""
    keys = {*hearing.types}
    keys |= {f"{fact_type(name).aggregate}_restated" for name in hearing.types if name != "#"}
    for key in sorted(keys):
        yield Binding(f"{hearing.source}.events", hearing.queue, key)


def retry_arguments(milliseconds: int) -> dict[str, Any]:
    """Return the arguments of a queue that gives its messages back, after a while, to the queue they name."""
    return {
        **QUORUM,
        "x-message-ttl": milliseconds,
        "x-dead-letter-exchange": "",
        "x-dead-letter-strategy": "at-least-once",
        "x-overflow": "reject-publish",
    }


def heard_from(source: str) -> list[Hearing]:
    """Return the queues that hear `source`."""
    return [hearing for hearing in HEARINGS if hearing.source == source]


def declare_exchange(channel: Any, exchange: Exchange) -> None:
    """Declare one exchange; repeating changes nothing."""
    channel.exchange_declare(exchange.name, exchange.kind, durable=True, auto_delete=False)


def declare_queue(channel: Any, queue: Queue) -> None:
    """Declare one queue; repeating changes nothing."""
    channel.queue_declare(queue.name, durable=True, auto_delete=False, arguments=queue.arguments)


def declare_announcements(channel: Any, source: str) -> None:
    """Declare and bind all that `source`'s announcements need; relays do so on every new connection (P4)."""
    declare_exchange(channel, Exchange(f"{source}.events", "topic"))
    for hearing in heard_from(source):
        declare_queue(channel, Queue(hearing.queue))
        for binding in bindings_of(hearing):
            channel.queue_bind(binding.queue, binding.exchange, binding.routing_key)


def apply_topology(broker: Broker) -> list[str]:
    """Bring the broker's exchanges, queues and bindings to what the catalogue says; the `migrate` step.

    Args:
        broker: with a user who may configure everything in the vhost (`migrate`, or an administrator).

    Returns:
        names of retired queues that still hold messages and were therefore only unbound.
    """
    wire = Wire(broker, "migrate")
    wire.connect()
    try:
        channel = wire.channel()
        for exchange in exchanges():
            _bring_about(wire, exchange)
        for queue in queues():
            declare_queue(channel, queue)
        for binding in bindings():
            _bind(channel, binding)
        return [name for name in RETIRED if not _retire(wire, name)]
    finally:
        wire.close()


def _bring_about(wire: Wire, exchange: Exchange) -> None:
    """Declare an exchange; one that stands there as another kind goes first: exchanges hold nothing."""
    try:
        declare_exchange(wire.channel(), exchange)
    except amqp.exceptions.PreconditionFailed:
        channel = wire.channel()
        channel.exchange_delete(exchange.name)
        declare_exchange(channel, exchange)


def _bind(channel: Any, binding: Binding) -> None:
    if binding.onward:
        channel.exchange_bind(binding.queue, binding.exchange, binding.routing_key)
    else:
        channel.queue_bind(binding.queue, binding.exchange, binding.routing_key)


def _retire(wire: Wire, queue: str) -> bool:
    """Unbind a queue nobody listens to any more, and delete it once it is empty.

    The broker refuses "delete if empty" for quorum queues; nothing is bound any more, so looking is enough.
    """
    source = queue.removeprefix("evt-").split("-")[0]
    channel = wire.channel()
    try:
        for name in ("#", *_types_of(source)):
            channel.queue_unbind(queue, f"{source}.events", name)
        found = channel.queue_declare(queue, passive=True)
    except amqp.exceptions.NotFound:
        return True
    if found.message_count or found.consumer_count:
        return False
    channel.queue_delete(queue)
    return True


def _types_of(source: str) -> list[str]:
    return [name for name, fact in fact_types().items() if fact.source == source]
