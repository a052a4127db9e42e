"""The envelope of an event: CloudEvents 1.0 in JSON, and how it becomes a message and back.

`sequence` is the aggregate's revision at that write, shared by all its types; copies move forward by it.
`partitionkey` is the aggregate's id, `network` the tenant. What is unknown is ignored: newer announcers add.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import orjson

from services.contracts.events import Fact
from services.contracts.schemas import full_type, load, to_data, wire_name
from services.kit.context import Heard
from services.kit.ids import new_id
from services.kit.tracing import next_traceparent, read_traceparent

CONTENT_TYPE = "application/cloudevents+json"
MAX_BYTES = 4_000_000
_REQUIRED: dict[str, type | tuple[type, ...]] = {
    "specversion": str,
    "id": str,
    "source": str,
    "type": str,
    "subject": str,
    "time": str,
    "sequence": int,
    "network": str,
    "data": dict,
}


class BadEnvelope(Exception):
    """This is no event of ours; the message says which attribute is at fault, never its value."""


@dataclass(frozen=True)
class Announcement:
    """One event as it waits in an outbox: `body` is its envelope, `routing_key` its short type."""

    id: str
    routing_key: str
    body: dict[str, Any]


def announce(
    fact: Fact,
    version: int,
    at: datetime,
    traceparent: str | None = None,
    name: str = "",
    source: str = "",
) -> Announcement:
    """Put `fact` into its envelope.

    Args:
        version: the revision of the aggregate after the write that announces it.
        at: aware time of the write, UTC.
        traceparent: of the work that caused it.
        name: the short type where it is not the class's own, for restatements.
        source: who says it, where that is not the one service that may (`Fact.said_by_all`).
    """
    short, subject = name or wire_name(type(fact)), fact.subject()
    source = source or fact.source
    body = {
        "specversion": "1.0",
        "id": new_id("evt"),
        "source": source,
        "type": full_type(source, short),
        "subject": subject,
        "time": at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "datacontenttype": "application/json",
        "dataschema": f"/schemas/{source}/{short}",
        "traceparent": next_traceparent(traceparent),
        "sequence": version,
        "partitionkey": subject,
        "network": fact.network,
        "data": to_data(fact),
    }
    return Announcement(str(body["id"]), short, body)


def encode(body: Mapping[str, Any]) -> bytes:
    """Return the envelope as it travels."""
    return orjson.dumps(body)


def decode(raw: bytes) -> dict[str, Any]:
    """Return the envelope in `raw`, its attributes' types checked, its data not yet.

    Raises:
        BadEnvelope: too large, not JSON, or an attribute is missing or of another type.
    """
    if len(raw) > MAX_BYTES:
        raise BadEnvelope("too large")
    try:
        body = orjson.loads(raw)
    except orjson.JSONDecodeError:
        raise BadEnvelope("not JSON") from None
    if not isinstance(body, dict):
        raise BadEnvelope("not an object")
    for name, kind in _REQUIRED.items():
        if not isinstance(body.get(name), kind) or isinstance(body[name], bool):
            raise BadEnvelope(name)
    if body["specversion"] != "1.0":
        raise BadEnvelope("specversion")
    return body


def heard(body: Mapping[str, Any]) -> Heard:
    """Return who says what of which aggregate at which version.

    Raises:
        BadEnvelope: the type is not one of its source, or the time cannot be read.
    """
    prefix, _, short = body["type"].rpartition(".")
    if prefix != full_type(body["source"], "").removesuffix("."):
        raise BadEnvelope("type")
    try:
        moment = datetime.fromisoformat(body["time"])
    except ValueError:
        raise BadEnvelope("time") from None
    if moment.tzinfo is None:
        raise BadEnvelope("time")
    return Heard(
        body["id"], body["source"], short, body["subject"], body["sequence"], body["network"], moment
    )


def fact_in(body: Mapping[str, Any]) -> Fact:
    """Build the fact from the envelope's data.

    Raises:
        BadEnvelope: no such event is known here, or the fact is of another network than the envelope.
        marshmallow.ValidationError: a field of the data is missing or of another type.
    """
    try:
        fact = load(body["type"], body["data"])
    except KeyError:
        raise BadEnvelope("type") from None
    if fact.network != body["network"]:
        raise BadEnvelope("network")
    return fact


def traceparent_in(body: Mapping[str, Any]) -> str | None:
    """Return the envelope's traceparent when it is one."""
    return read_traceparent(body.get("traceparent"))
