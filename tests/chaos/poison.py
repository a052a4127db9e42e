"""Each kind of poison, put straight into a listening queue: a dead letter each, and no neighbour stops.

A listener takes what its own service sends for a message put off, so that login is the way past the door.
"""

import json
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass

import amqp

from tests.chaos.audit import PLANTED

QUEUE, LISTENER = "evt-scheduling-session_scheduled--sessions.on_slot", "sessions"
TOO_BIG = 2**64 - 1  # an integer that JSON can hold and no document: the handler fails, each time
PATIENCE = 400.0  # seconds; the delays of a failing handler alone are 156


@dataclass(frozen=True)
class Poison:
    """One bad message, made from a good event.

    Args:
        reason: how the reason of its dead letter begins; "" when it shall be heard like any other.
        is_slow: it fails at its handler, and comes to the dead letters after minutes.
    """

    name: str
    reason: str
    spoil: Callable[[dict], bytes]
    login: str = LISTENER
    headers: tuple[tuple[str, object], ...] = ()
    is_slow: bool = False


def poisons() -> tuple[Poison, ...]:
    """Return every kind."""
    return (
        Poison("undecodable", "bad-envelope", lambda good: b"\xff\xfe{no json"),
        Poison("foreign-content", "bad-envelope", lambda good: b"<session/>"),
        Poison(
            "unknown-type", "unknown-type", lambda good: _as(good, type="commonthread.scheduling.moon_rose")
        ),
        Poison(
            "bad-schema", "bad-data", lambda good: _as(good, data=good["data"] | {"starts_at": "yesterday"})
        ),
        Poison("nameko-header", "", _whole, headers=(("nameko.call_id_stack", 17),)),
        Poison("wrong-user", "forged", _whole, login="notifications"),
        Poison("failing", "failed", _unstorable, is_slow=True),
    )


def plant(stack, poison: Poison, good: dict) -> str:
    """Put one into the queue, confirmed; return its message id."""
    broker, name = stack.broker, f"{PLANTED}{poison.name}-{secrets.token_hex(4)}"
    details = {"virtual_host": broker.vhost, "confirm_publish": True, "connect_timeout": 5}
    with amqp.Connection(
        broker.address, poison.login, broker._password(poison.login), **details
    ) as connection:
        message = amqp.Message(
            poison.spoil(good),
            user_id=poison.login,
            message_id=name,
            delivery_mode=2,
            application_headers=dict(poison.headers),
        )
        connection.channel().basic_publish(message, "", QUEUE)
    return name


def await_letter(audit, poison: Poison, name: str) -> list[str]:
    """Return what is wrong with the dead letter of a planted poison; nothing when it came with its reason."""
    deadline = time.monotonic() + PATIENCE
    while poison.reason and time.monotonic() < deadline:
        letter = audit.database(LISTENER)["dead_letters"].find_one({"message_id": name})
        if letter is not None:
            fits = letter["reason"].startswith(poison.reason)
            return [] if fits else [f"{poison.name}: dead letter for {letter['reason']}, not {poison.reason}"]
        time.sleep(0.2)
    return [f"{poison.name}: no dead letter"] if poison.reason else []


def _as(good, **changed):
    return json.dumps(good | changed).encode()


def _whole(good):
    return json.dumps(good).encode()


def _unstorable(good):
    own = {"session_id": f"ses_{secrets.token_hex(13)}", "number": TOO_BIG}
    return _as(good, subject=own["session_id"], data=good["data"] | own)
