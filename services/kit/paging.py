"""Where the next page of a list begins: after the sort values of the last item.

So nothing is skipped or repeated when things are added meanwhile. The gateway signs what leaves the house.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import orjson

from services.kit.errors import Invalid

Sort = Sequence[tuple[str, int]]


def ordered(sort: Sort | None) -> list[tuple[str, int]]:
    """Return `sort` made total by the id."""
    keys = list(sort or ())
    return keys if any(field == "_id" for field, _ in keys) else [*keys, ("_id", keys[-1][1] if keys else 1)]


def position(document: dict[str, Any], sort: Sort | None) -> str:
    """Return the place of `document` in the list, as text."""
    return orjson.dumps([_out(_value(document, field)) for field, _ in ordered(sort)]).decode()


def beyond(after: str | None, sort: Sort | None) -> dict[str, Any]:
    """Return the filter for what comes after `after`.

    Raises:
        Invalid: `after` is no position of this list (code "bad-cursor").
    """
    if after is None:
        return {}
    keys = ordered(sort)
    try:
        values = [_in(value) for value in orjson.loads(after)]
    except (ValueError, TypeError, KeyError):
        values = []
    if len(values) != len(keys):
        raise Invalid("this cursor belongs to another list", code="bad-cursor")
    return {"$or": [_step(keys[: depth + 1], values) for depth in range(len(keys))]}


def _step(keys: list[tuple[str, int]], values: list[Any]) -> dict[str, Any]:
    *equal, (field, direction) = keys
    clause: dict[str, Any] = {name: value for (name, _), value in zip(equal, values, strict=False)}
    clause[field] = {"$gt" if direction > 0 else "$lt": values[len(equal)]}
    return clause


def _value(document: Any, path: str) -> Any:
    for part in path.split("."):
        document = document.get(part) if isinstance(document, dict) else None
    return document


def _out(value: Any) -> Any:
    return {"at": value.isoformat()} if isinstance(value, datetime) else value


def _in(value: Any) -> Any:
    if isinstance(value, dict):
        return datetime.fromisoformat(value["at"])
    if isinstance(value, list):
        raise TypeError("a position holds plain values")
    return value
