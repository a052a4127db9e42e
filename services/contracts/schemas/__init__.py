"""The shapes of events on the wire, derived from the dataclasses so that neither can drift from the other.

Lenient with announcers: what a newer announcer added is ignored (EXCLUDE); what we know must be there and
be of its type. A naive time is refused. An event's wire name is its class's name in snake_case;
`<aggregate>_restated` carries the same state and is what `commonthread restate` announces (MECHANISMS P4b).
"""

import re
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, cast

from marshmallow import Schema

from services.contracts import events
from services.contracts.catalogue import SOURCES
from services.contracts.events import Fact
from services.contracts.schemas.derive import derive_schema

TYPE_PREFIX = "commonthread"


def wire_name(fact_type: type[Fact]) -> str:
    """Return the event's short name on the wire: `RsvpRecorded` -> "rsvp_recorded"."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", fact_type.__name__).lower()


def full_type(source: str, name: str) -> str:
    """Return the CloudEvents `type`: "commonthread.sessions.rsvp_recorded"."""
    return f"{TYPE_PREFIX}.{source}.{name}"


@cache
def fact_types() -> dict[str, type[Fact]]:
    """Return every event by its short wire name, restatements included."""
    found: dict[str, type[Fact]] = {}
    for module in iter_modules(events.__path__, f"{events.__name__}."):
        for state in _direct_states(import_module(module.name)):
            found[f"{state.aggregate}_restated"] = state
            found.update({wire_name(event): event for event in state.__subclasses__()})
    return found


def types_of(aggregate: str) -> tuple[str, ...]:
    """Return the short names of all types that carry the state of `aggregate`."""
    return tuple(name for name, fact in fact_types().items() if fact.aggregate == aggregate)


def fact_type(name: str) -> type[Fact]:
    """Return the class of an event by its short name, its CloudEvents type, or itself.

    Raises:
        KeyError: no such event is known here.
    """
    prefix, _, short = name.rpartition(".")
    found = fact_types()[short]
    sources = SOURCES if found.said_by_all else (found.source,)
    if prefix not in ("", *(f"{TYPE_PREFIX}.{source}" for source in sources)):
        raise KeyError(name)
    return found


def schema_for(event: str | type[Fact]) -> Schema:
    """Return the schema of an event, given by its short name, its CloudEvents type or its class.

    Raises:
        KeyError: no such event is known here.
    """
    return derive_schema(event if isinstance(event, type) else fact_type(event))


def to_data(fact: Fact) -> dict[str, Any]:
    """Return the fact as the JSON-ready `data` of its envelope."""
    return cast(dict[str, Any], schema_for(type(fact)).dump(fact))


def load(event: str, data: dict[str, Any]) -> Fact:
    """Build the fact from the `data` of an envelope.

    Raises:
        KeyError: no such event is known here.
        marshmallow.ValidationError: a field is missing or of another type.
    """
    return cast(Fact, schema_for(event).load(data))


def _direct_states(module: Any) -> list[type[Fact]]:
    return [state for state in Fact.__subclasses__() if state.__module__ == module.__name__]
