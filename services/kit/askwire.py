"""What travels between asker and asked: msgpack maps, plain types only, checked field by field.

Nothing of a message is believed but what passes here; headers are not used at all.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Literal

import msgpack

from services.contracts.caller import Caller
from services.kit.context import RequestKey
from services.kit.errors import Refusal
from services.kit.tracing import read_traceparent

CONTENT_TYPE = "application/msgpack"
MAX_BYTES = 32_000_000
MAX_MILLISECONDS = 120_000
Failure = Literal["overloaded", "away", "late", "fault"]
_TEXTS = ("network", "person_id", "account_id", "organization_id", "client_id", "signin_id")


class BadRequest(Exception):
    """This is no ask of ours; the message says which part is at fault."""


@dataclass(frozen=True)
class Request:
    """One ask as it arrived. `milliseconds` is how long the asker waits, counted from the sending."""

    name: str
    payload: dict[str, Any]
    caller: Caller
    key: RequestKey | None = None
    if_match: str | None = None
    milliseconds: int = 10_000
    traceparent: str | None = None
    request_id: str | None = None


def pack_request(request: Request) -> bytes:
    """Return the request as it travels."""
    caller = request.caller
    identity = {name: getattr(caller, name) for name in _TEXTS if getattr(caller, name) is not None}
    identity |= {"kind": caller.kind, "roles": sorted(caller.roles), "scopes": sorted(caller.scopes)}
    identity["text_open"] = caller.text_open
    if caller.link is not None:
        identity["link"] = caller.link
    body = {
        "ask": request.name,
        "payload": request.payload,
        "caller": identity,
        "key": [request.key.key, request.key.body_hash] if request.key else None,
        "if_match": request.if_match,
        "ms": request.milliseconds,
        "traceparent": request.traceparent,
        "request_id": request.request_id,
    }
    return pack(body)


def read_request(body: bytes) -> Request:
    """Read what pack_request made.

    Raises:
        BadRequest: not msgpack, too large, or a part is missing or of another type.
    """
    ask = unpack(body)
    milliseconds = ask.get("ms")
    if not isinstance(milliseconds, int) or not 0 < milliseconds <= MAX_MILLISECONDS:
        raise BadRequest("ms")
    return Request(
        name=_text(ask, "ask") or "",
        payload=_map(ask, "payload"),
        caller=_caller(_map(ask, "caller")),
        key=_key(ask.get("key")),
        if_match=_text(ask, "if_match"),
        milliseconds=milliseconds,
        traceparent=read_traceparent(ask.get("traceparent")),
        request_id=_text(ask, "request_id"),
    )


def answer_reply(answer: Mapping[str, Any], etag: str, *, replayed: bool = False) -> dict[str, Any]:
    """Say that it was done, and with what answer."""
    return {"answer": answer, "etag": etag, "replayed": replayed}


def refusal_reply(refusal: Refusal) -> dict[str, Any]:
    """Say no, with the reason."""
    return {
        "refused": {
            "kind": refusal.kind,
            "code": refusal.code,
            "message": refusal.message,
            "errors": refusal.errors,
        }
    }


def failure_reply(failure: Failure) -> dict[str, Any]:
    """Say that it could not be carried out, or not surely."""
    return {"failed": failure}


def pack(body: Mapping[str, Any]) -> bytes:
    """Return msgpack of plain values; times become ISO text, sets become sorted lists."""
    packed: bytes = msgpack.packb(body, default=_plain)
    return packed


def unpack(body: bytes) -> dict[str, Any]:
    """Return the map in `body`.

    Raises:
        BadRequest: too large, not msgpack, an extension type, or not a map.
    """
    if len(body) > MAX_BYTES:
        raise BadRequest("too large")
    try:
        found = msgpack.unpackb(body, max_ext_len=0, strict_map_key=True, unicode_errors="strict")
    except Exception:  # the library raises a dozen kinds, RecursionError and StackError among them
        raise BadRequest("not msgpack") from None
    if not isinstance(found, dict):
        raise BadRequest("not a map")
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, set | frozenset):
        return sorted(value)
    raise TypeError(f"{type(value).__name__} does not travel")


def _text(ask: Mapping[str, Any], name: str) -> str | None:
    value = ask.get(name)
    if value is not None and not isinstance(value, str):
        raise BadRequest(name)
    return value


def _map(ask: Mapping[str, Any], name: str) -> dict[str, Any]:
    value = ask.get(name)
    if not isinstance(value, dict):
        raise BadRequest(name)
    return value


def _texts(identity: Mapping[str, Any], name: str) -> frozenset[str]:
    values = identity.get(name, [])
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise BadRequest(name)
    return frozenset(values)


def _caller(identity: Mapping[str, Any]) -> Caller:
    link = identity.get("link")
    if link is not None and not isinstance(link, dict):
        raise BadRequest("link")
    return Caller(
        kind=_text(identity, "kind") or "anonymous",
        roles=_texts(identity, "roles"),
        scopes=_texts(identity, "scopes"),
        link=link,
        text_open=identity.get("text_open") is True,
        roles_end=None,
        **{name: _text(identity, name) for name in _TEXTS},
    )


def _key(pair: Any) -> RequestKey | None:
    if pair is None:
        return None
    if not isinstance(pair, list) or len(pair) != 2 or not all(isinstance(part, str) for part in pair):
        raise BadRequest("key")
    return RequestKey(*pair)
