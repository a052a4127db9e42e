"""The sweeper on a backlog: `python -m tests.benchmarks.relaying ENTRIES`, as sessions."""

import eventlet

eventlet.monkey_patch()

import json  # noqa: E402
import sys  # noqa: E402
import time  # noqa: E402
from datetime import UTC, datetime, timedelta  # noqa: E402

from pymongo import WriteConcern  # noqa: E402

from services.kit.documents import BASE_INDEXES  # noqa: E402
from services.kit.doors import broker_of  # noqa: E402
from services.kit.floor import Floor  # noqa: E402
from services.kit.mongo import create_indexes  # noqa: E402
from services.kit.outbox import Outbox  # noqa: E402
from services.kit.relay import Relay  # noqa: E402
from services.kit.settings import Settings  # noqa: E402
from tests.benchmarks.messages import rsvp_recorded  # noqa: E402

COLLECTION = "bench_backlog"


def relayed(entries: int) -> float:
    """Return how many announcements a second leave `entries` documents with one each."""
    settings = Settings.load("sessions", ("CT_BROKER", "CT_MONGO"))
    documents = Floor(settings).database[COLLECTION]
    documents.drop()
    create_indexes(documents, BASE_INDEXES)
    _fill(documents.with_options(write_concern=WriteConcern(w=1)), entries)
    if _left(documents, entries) != entries:
        raise SystemExit("the backlog is not there")
    relay = Relay(broker_of(settings), "sessions")
    relay.bus.start()
    if not relay.bus.wait_up(20):
        raise SystemExit("no broker")
    began = time.monotonic()
    done = relay.relay_left(Outbox(settings.database, COLLECTION, "sessions", documents))
    took = time.monotonic() - began
    left = _left(documents, 0)
    documents.drop()
    if done != entries or left:
        raise SystemExit(f"{done} of {entries} relayed, {left} left")
    return done / took


def _left(documents, expected: int) -> int:
    """Return how many documents announce something, once the majority of the set says as expected."""
    for _ in range(100):
        left = documents.count_documents({"outbox.at": {"$exists": True}})
        if left == expected:
            break
        eventlet.sleep(0.1)
    return left


def _fill(documents, entries: int) -> None:
    at = datetime.now(UTC) - timedelta(minutes=1)
    for start in range(0, entries, 1000):
        batch = range(start, min(start + 1000, entries))
        documents.insert_many([_document(number, at) for number in batch], ordered=False)


def _document(number: int, at: datetime) -> dict:
    body = rsvp_recorded(number)
    entry = {"id": body["id"], "at": at, "routing_key": "rsvp_recorded", "body": body}
    return {"_id": f"ses_{number:026d}", "network": body["network"], "revision": 1, "outbox": [entry]}


if __name__ == "__main__":
    print(json.dumps({"rate": relayed(int(sys.argv[1]))}))
