"""Server-sent events: the present state whenever it changes, for as long as the caller may read it.

A stream asks the owner once a second on the caller's behalf, so their rights are looked at each time; that
the token still counts is looked at here, since a lost role or an ended sign-in is heard of before it runs
out. A returning client names what it saw last and gets the state as it is: there is no log to replay.
"""

import hashlib
import time
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import eventlet
import orjson

from gateway.answers import Answer
from gateway.calls import Call
from gateway.http import Problem
from gateway.idempotency import caller_name
from services.kit.outcomes import Overloaded, RemoteFault, RemoteRefusal, Unavailable

EVERY_SECONDS = 1.0
HEARTBEAT_SECONDS = 15.0
MOST, MOST_OF_ONE = 500, 6  # streams of this gateway, and of one caller
EVENTS = "text/event-stream; charset=utf-8"
UNBUFFERED = ("X-Accel-Buffering", "no")
State = dict[str, Any]
_open: Counter[str] = Counter()


def stream(call: Call, read: Callable[[], State], is_over: Callable[[State], bool]) -> Answer:
    """Return the answer that tells of `read()` until it is over: events `progress`, then one `end`.

    Raises:
        Problem: 429, too many streams are open. Whatever the first `read()` raises.
    """
    name = caller_name(call.caller)
    if _open[name] >= MOST_OF_ONE or _open.total() >= MOST:
        again = [("Retry-After", "5")]
        raise Problem(429, "too-many-streams", "close another stream first", headers=again)
    first = read()
    return Answer(200, _told(call, name, first, read, is_over), EVENTS, [UNBUFFERED])


def _told(
    call: Call, name: str, state: State | None, read: Callable[[], State], is_over: Callable[[State], bool]
) -> Iterator[bytes]:
    _open[name] += 1
    try:
        yield from _events(call, state, read, is_over)
    finally:
        _open[name] -= 1


def _events(
    call: Call, state: State | None, read: Callable[[], State], is_over: Callable[[State], bool]
) -> Iterator[bytes]:
    seen, told_at = call.request.fields.get("last-event-id", ""), time.monotonic()
    while call.gateway.still_counts(call):
        if state is not None and is_over(state):
            yield _event("end", state)
            return
        if state is not None and _version(state) != seen:
            seen, told_at = _version(state), time.monotonic()
            yield _event("progress", state)
        elif time.monotonic() - told_at >= HEARTBEAT_SECONDS:
            told_at = time.monotonic()
            yield b"event: heartbeat\ndata: {}\n\n"
        eventlet.sleep(EVERY_SECONDS)
        yield b""  # nothing is sent; a server that stops looks here
        try:
            state = read()
        except RemoteRefusal:
            return
        except (Unavailable, Overloaded, RemoteFault):
            state = None


def _event(name: str, state: State) -> bytes:
    head = f"event: {name}\nid: {_version(state)}\ndata: ".encode()
    return head + orjson.dumps(state) + b"\n\n"


def _version(state: State) -> str:
    return hashlib.sha256(orjson.dumps(state)).hexdigest()[:16]
