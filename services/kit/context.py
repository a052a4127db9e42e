"""For whom and why the present green thread works: set by the doors, read by the stores.

Use cases stay "get, decide, save"; what every save must also record (the request's key, the event heard, the
fence of due work) travels here. Each green thread has its own; outside a door it is `Work(kind="none")`.
"""

import contextlib
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from services.contracts.audit import Noted
from services.contracts.caller import Caller

Answer = dict[str, Any]


@dataclass(frozen=True)
class RequestKey:
    """What makes asking twice safe (MECHANISMS P3).

    Args:
        key: one hash of caller, method, path and Idempotency-Key, made by the gateway.
        body_hash: of the body sent under that key; another body under the same key is refused.
    """

    key: str
    body_hash: str


@dataclass(frozen=True)
class Heard:
    """The event a listener works on. `type` is the short name, `version` the revision it tells of."""

    event_id: str
    source: str
    type: str
    subject: str
    version: int
    network: str
    time: datetime


@dataclass(frozen=True)
class Work:
    """One piece of work, as its door established it.

    Args:
        kind: which door: "ask", "heard" (an event), "due" (a deadline came), or "none".
        caller: who asks; None for everything but asks.
        request: the key of a write; None for reads and for work nobody asked for.
        if_match: the ETag the client believes in, without quotes; None when none was sent.
        present: turns an aggregate, or what the use case answers, into the answer sent outside.
        etag: turns an answer into the ETag this service gives it (HMAC, SECURITY 1.13).
        event: what was heard, for listeners.
        fence: the fencing token of due work; a save carries it in its filter.
        noted: the note that a write of this ask leaves in the audit trail (noting.py).
        deadline: `time.monotonic()` seconds after which nobody waits any more.
    """

    kind: Literal["ask", "heard", "due", "none"] = "none"
    caller: Caller | None = None
    request: RequestKey | None = None
    if_match: str | None = None
    present: Callable[[Any], Answer] | None = None
    etag: Callable[[Answer], str] | None = None
    event: Heard | None = None
    fence: int | None = None
    document_id: str | None = None
    traceparent: str | None = None
    request_id: str | None = None
    deadline: float | None = None
    noted: Noted | None = None


_NOTHING = Work()
_present_work: ContextVar[Work] = ContextVar("commonthread_work", default=_NOTHING)


def work() -> Work:
    """Return what the present green thread works on."""
    return _present_work.get()


@contextlib.contextmanager
def working(on: Work) -> Iterator[Work]:
    """Make `on` the present work for the length of the block."""
    token = _present_work.set(on)
    try:
        yield on
    finally:
        _present_work.reset(token)
