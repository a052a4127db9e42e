"""What the services announce (AsyncAPI 3.0), made from the contracts and their literal examples."""

import json
from pathlib import Path
from typing import Any

from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin

import services.contracts
from services.contracts.catalogue import SOURCES
from services.contracts.events import Fact
from services.contracts.schemas import fact_types, full_type, schema_for

EXAMPLES = Path(services.contracts.__file__).parent / "examples"
ENVELOPE = {
    "type": "object",
    "required": ["specversion", "id", "source", "type", "time", "data"],
    "properties": {
        "specversion": {"const": "1.0"},
        "id": {"type": "string"},
        "source": {"type": "string"},
        "type": {"type": "string"},
        "subject": {"type": "string"},
        "time": {"type": "string", "format": "date-time"},
        "dataschema": {"type": "string"},
        "sequence": {"type": "integer"},
        "partitionkey": {"type": "string"},
        "network": {"type": "string"},
        "traceparent": {"type": "string"},
        "data": {"type": "object"},
    },
}


def describe_events(version: str) -> dict[str, Any]:
    """Return the AsyncAPI document: one channel a service, one message a type of event."""
    spec = APISpec(
        title="", version="", openapi_version="3.1.0", plugins=[MarshmallowPlugin(schema_name_resolver=_name)]
    )
    messages: dict[str, Any] = {}
    by_source: dict[str, list[str]] = {source: [] for source in SOURCES}
    for name, fact in sorted(fact_types().items()):
        spec.components.schema(fact.__name__, schema=schema_for(fact))
        messages[name] = _message(name, fact)
        for source in SOURCES if fact.said_by_all else (fact.source,):
            by_source[source].append(name)
    schemas = spec.to_dict()["components"]["schemas"]
    return {
        "asyncapi": "3.0.0",
        "info": {"title": "Commonthread events", "version": version},
        "defaultContentType": "application/json",
        "channels": {f"{source}.events": _channel(source, names) for source, names in by_source.items()},
        "operations": {f"{source}_announces": _operation(source) for source in SOURCES},
        "components": {"messages": messages, "schemas": schemas | {"Envelope": ENVELOPE}},
    }


def _name(schema: Any) -> str:
    return type(schema).__name__ if not isinstance(schema, type) else schema.__name__


def _message(name: str, fact: type[Fact]) -> dict[str, Any]:
    data = {"$ref": f"#/components/schemas/{fact.__name__}"}
    sources = SOURCES if fact.said_by_all else (fact.source,)
    kind = {"enum": [full_type(source, name) for source in sources]}
    about = {"type": "object", "properties": {"type": kind, "data": data}}
    message: dict[str, Any] = {
        "name": full_type(fact.source, name),
        "title": name,
        "summary": (fact.__doc__ or "").strip().split("\n")[0],
        "contentType": "application/json",
        "payload": {"allOf": [{"$ref": "#/components/schemas/Envelope"}, about]},
    }
    example = EXAMPLES / f"{name}.json"
    if example.exists():
        message["examples"] = [{"name": name, "payload": json.loads(example.read_text(encoding="utf-8"))}]
    return message


def _channel(source: str, names: list[str]) -> dict[str, Any]:
    return {
        "address": f"{source}.events",
        "title": f"What {source} announces",
        "messages": {name: {"$ref": f"#/components/messages/{name}"} for name in names},
    }


def _operation(source: str) -> dict[str, Any]:
    return {"action": "send", "channel": {"$ref": f"#/channels/{source}.events"}}
