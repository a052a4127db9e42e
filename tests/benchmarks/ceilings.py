"""What the same two servers give to the plainest code that does the same: the ceilings of FACTS.

No green threads, no retries, no access rules; every message the same as ours.
"""

import time
from itertools import islice
from typing import Any

import amqp
import orjson
from pymongo import ReplaceOne

CONFIRMED_PER = 100
BULK = 250
PATIENCE = 60.0


def publish(ground, bodies: list[dict[str, Any]], exchange: str, key: str) -> float:
    """Return messages a second published persistent and mandatory, confirmed per 100."""
    channel = ground.channel()
    acked = _confirming(channel)
    source = exchange.partition(".")[0]
    began = time.monotonic()
    for sent, body in enumerate(bodies, 1):
        properties = {"user_id": source, "delivery_mode": 2, "content_type": "application/cloudevents+json"}
        message = amqp.Message(orjson.dumps(body), message_id=body["id"], **properties)
        channel._basic_publish(message, exchange, key, mandatory=True)
        if sent % CONFIRMED_PER == 0 or sent == len(bodies):
            _drain(channel.connection, lambda: acked[0] >= sent)  # noqa: B023 - waits at once
    took = time.monotonic() - began
    channel.connection.close()
    return len(bodies) / took


def _confirming(channel) -> list[int]:
    """Put a channel into confirm mode; return the cell in which the highest confirmed number stands."""
    acked, open_numbers = [0], set()

    def ack(tag: int, multiple: bool) -> None:
        open_numbers.difference_update(range(acked[0], tag + 1) if multiple else (tag,))
        acked[0] = tag if multiple else acked[0] + 1

    channel.confirm_select()
    channel.events["basic_ack"].add(ack)
    return acked


def _drain(connection, until) -> None:
    deadline = time.monotonic() + PATIENCE
    while not until():
        connection.drain_events(timeout=max(0.1, deadline - time.monotonic()))


def bulk_upsert(ground, queue: str, count: int, collection) -> float:
    """Return messages a second taken from `queue` and upserted 250 at a time, acked together."""
    channel, waiting = ground.channel(), []
    channel.basic_qos(0, 2 * BULK, False)
    began, done = time.monotonic(), 0
    channel.basic_consume(queue, callback=waiting.append)
    while done < count:
        wanted = min(BULK, count - done)
        _drain(channel.connection, lambda: len(waiting) >= wanted)  # noqa: B023 - waits at once
        some, waiting[:] = list(islice(waiting, wanted)), waiting[wanted:]
        collection.bulk_write([_upsert(orjson.loads(each.body)) for each in some], ordered=False)
        channel.basic_ack(some[-1].delivery_tag, multiple=True)
        done += wanted
    took = time.monotonic() - began
    channel.connection.close()
    return count / took


def _upsert(body: dict[str, Any]) -> ReplaceOne:
    document = {"network": body["network"], "version": body["sequence"], "gone_at": None, **body["data"]}
    return ReplaceOne({"_id": body["subject"], "version": {"$lt": body["sequence"]}}, document, upsert=True)


def insert(collection, documents: list[dict[str, Any]], batch: int = 5_000) -> float:
    """Return documents a second inserted in batches."""
    began = time.monotonic()
    for start in range(0, len(documents), batch):
        collection.insert_many(documents[start : start + batch], ordered=False)
    return len(documents) / (time.monotonic() - began)
