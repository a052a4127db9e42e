"""Backlogs: filled while the listeners stand still, and how fast the running ones work them off."""

import time
from collections.abc import Callable
from typing import Any

import amqp
import orjson

from services.contracts.catalogue import HEARINGS
from tests.benchmarks.ceilings import _confirming, _drain

PATIENCE = 240.0
EDGE = 0.02  # of the way at each end that does not count: starting and the last acks
SOON = 0.02  # seconds between two looks


def queue_of(service: str, method: str) -> str:
    """Return the queue that a method listens on."""
    return next(each.queue for each in HEARINGS if (each.service, each.method) == (service, method))


def queues_of(source: str) -> list[str]:
    """Return every queue that hears a source."""
    return [each.queue for each in HEARINGS if each.source == source]


def fill(ground, queue: str, source: str, bodies: list[dict[str, Any]]) -> None:
    """Put events into one queue as if `source` had announced them to it alone."""
    channel = ground.channel()
    acked = _confirming(channel)
    for sent, body in enumerate(bodies, 1):
        properties = {"user_id": source, "delivery_mode": 2, "content_type": "application/cloudevents+json"}
        message = amqp.Message(orjson.dumps(body), message_id=body["id"], **properties)
        channel._basic_publish(message, "", queue)
        if sent % 500 == 0 or sent == len(bodies):
            _drain(channel.connection, lambda: acked[0] >= sent)  # noqa: B023 - waits at once
    channel.connection.close()


def purge(ground, *queues: str) -> None:
    """Throw away what waits in queues."""
    channel = ground.channel()
    for queue in queues:
        channel.queue_purge(queue)
    channel.connection.close()


def pace(count: Callable[[], int], wanted: int) -> float:
    """Watch `count` climb to `wanted` and return how many a second, the edges left out.

    Raises:
        TimeoutError: it does not get there.
    """
    seen: list[tuple[float, int]] = []
    until = time.monotonic() + PATIENCE
    while not seen or seen[-1][1] < wanted:
        seen.append((time.monotonic(), count()))
        if time.monotonic() > until:
            raise TimeoutError(f"{seen[-1][1]} of {wanted} after {PATIENCE:.0f} s")
        time.sleep(SOON)
    inside = [look for look in seen if EDGE * wanted <= look[1] <= (1 - EDGE) * wanted]
    first, last = (inside[0], inside[-1]) if len(inside) > 2 else (seen[0], seen[-1])
    return (last[1] - first[1]) / max(1e-6, last[0] - first[0])
