"""What clients send: JSON read strictly, queries and forms without surprises.

Two readers must not understand a body differently, and nothing in it may look like an operator of the
database: duplicate keys, depth over 32, keys with `$`, `.` or NUL and NUL in texts are refused.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import parse_qsl

import orjson
from marshmallow import Schema, ValidationError

from gateway.http import Problem

MAX_DEPTH = 32
LARGEST_NUMBER = 2**53 - 1  # beyond it readers of JSON disagree, and databases overflow
MAX_QUERY_FIELDS = 40
MAX_FORM_FIELDS = 1_000


def read_json(raw: bytes) -> Any:
    """Return the value of a JSON text.

    Raises:
        Problem: 400 for what is no JSON (or not in one way only), 422 for keys and texts we do not take.
    """
    try:
        value = orjson.loads(raw)
    except orjson.JSONDecodeError:
        raise Problem(400, "malformed-json", "the body is not JSON in UTF-8") from None
    _check_depth(value)
    errors = list(_faults(value, ""))
    if errors:
        raise Problem(422, "invalid", "the body holds what is not taken here", errors=errors)
    return _read_once_more(raw)


def _check_depth(value: Any) -> None:
    level = [value]
    for _ in range(MAX_DEPTH + 1):
        level = [part for whole in level for part in _parts(whole)]
        if not level:
            return
    raise Problem(400, "too-deep", f"the body is nested deeper than {MAX_DEPTH} levels")


def _parts(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


def _faults(value: Any, pointer: str) -> Iterator[dict[str, str]]:
    if isinstance(value, str):
        if "\0" in value:
            yield {"pointer": pointer, "detail": "a text must not hold NUL"}
    elif isinstance(value, int | float):
        if abs(value) > LARGEST_NUMBER:
            yield {"pointer": pointer, "detail": "a number must be within 2^53"}
    elif isinstance(value, dict):
        for key, part in value.items():
            here = f"{pointer}/{_escape(key)}"
            if "$" in key or "." in key or "\0" in key:
                yield {"pointer": here, "detail": "a key must not hold `$`, `.` or NUL"}
            else:
                yield from _faults(part, here)
    elif isinstance(value, list):
        for number, part in enumerate(value):
            yield from _faults(part, f"{pointer}/{number}")


def _read_once_more(raw: bytes) -> Any:
    """Read JSON again with a reader that sees duplicate keys; 90.0 is the whole number it says."""
    try:
        return json.loads(raw, object_pairs_hook=_once, parse_float=_number)
    except ValueError:
        raise Problem(400, "malformed-json", "a key stands twice in one object") from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("duplicate key")
    return found


def _number(text: str) -> float | int:
    value = float(text)
    return int(value) if value.is_integer() and abs(value) <= LARGEST_NUMBER else value


def load(schema: Schema, value: Any, *, where: str = "body") -> Any:
    """Return `value` as `schema` loads it; faults of a query are named `?field`, of a body `/field`.

    Raises:
        Problem: 422 naming every field at fault.
    """
    if not isinstance(value, dict):
        raise Problem(
            422, "invalid", "an object is expected", errors=[{"pointer": "", "detail": "not an object"}]
        )
    try:
        return schema.load(value)
    except ValidationError as reason:
        errors = list(_pointers(reason.messages, ""))
        if where == "query":
            errors = [error | {"pointer": f"?{error['pointer'][1:]}"} for error in errors]
        raise Problem(
            422, "invalid", f"some fields of the {where} cannot be accepted", errors=errors
        ) from None


def _pointers(messages: Any, pointer: str) -> Iterator[dict[str, str]]:
    if isinstance(messages, Mapping):
        for name, inner in messages.items():
            yield from _pointers(inner, pointer if name == "_schema" else f"{pointer}/{_escape(str(name))}")
    elif isinstance(messages, list | tuple):
        for inner in messages:
            yield from _pointers(inner, pointer)
    else:
        yield {"pointer": pointer, "detail": str(messages)}


def _escape(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1")


def read_pairs(text: str, *, most: int, where: str) -> dict[str, str]:
    """Return the fields of a query or of an urlencoded form, each once.

    Raises:
        Problem: 400 for broken encoding, too many fields, NUL, or a field given twice.
    """
    if not text:
        return {}
    try:
        pairs = parse_qsl(
            text, keep_blank_values=True, strict_parsing=True, errors="strict", max_num_fields=most
        )
    except ValueError:
        raise Problem(400, f"malformed-{where}", f"the {where} cannot be read") from None
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise Problem(400, f"malformed-{where}", f"a field stands twice in the {where}")
    if "\0" in text or "%00" in text:
        raise Problem(400, f"malformed-{where}", f"the {where} holds NUL")
    return fields
