"""Clients as they should be: each command under one Idempotency-Key, repeated until it is answered.

What a command shall cause is an `Effect`: an amount that is read off an aggregate's announced state.
Whatever raises the amount is the effect; the sum of its rises over the aggregate's whole history is how often
it happened.
"""

import http.client
import json
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from deploy.tools.api import Api

PATIENCE = 240.0  # seconds after which a client gives a command up; no fault lasts that long
BETWEEN = (0.05, 0.5)  # seconds between two tries, from the first to the last
MAY_BE_REPEATED = frozenset({429, 502, 503, 504})
IN_TIME = (
    1.5,
    3.0,
    6.0,
    12.0,
)  # seconds a client waits for an answer: impatient first, so that tries overlap


@dataclass(frozen=True)
class Effect:
    """`amount(data) -> int` of the `source`'s facts of `kind`; of one `subject`, or of any ("").

    `wanted` is how much there shall be in all, beside what came `before` it.
    """

    name: str
    source: str
    kind: str
    amount: Callable[[dict], int] = field(compare=False)
    subject: str = ""
    wanted: int = 1
    before: int = 0


@dataclass
class Command:
    """One write and what became of it.

    Args:
        guarded: path whose ETag goes into If-Match, "" for none.
        allowed: codes of refusals that are no surprise.
    """

    who: Api
    method: str
    path: str
    body: Any
    effect: Effect | None
    guarded: str = ""
    allowed: tuple[str, ...] = ()
    key: str = field(default_factory=lambda: secrets.token_hex(12))
    tries: int = 0
    state: str = "new"  # "acknowledged", "refused", "unanswered"
    answer: Any = None
    surprises: list[str] = field(default_factory=list)


class GaveUp(Exception):
    """A command was refused, or not answered at all; what follows it makes no sense."""


def carry_out(command: Command) -> Any:
    """Send until answered; return the answer. Raises: GaveUp."""
    deadline, pause = time.monotonic() + PATIENCE, BETWEEN[0]
    tag = _etag(command, deadline)
    while time.monotonic() < deadline:
        status, body = _send(command, tag)
        if status not in MAY_BE_REPEATED and status != 500:
            return _settle(command, status, body)
        if status == 500:
            command.surprises.append(f"500 for {command.method} {command.path}")
        time.sleep(pause)
        pause = min(pause * 2, BETWEEN[1])
    command.state = "unanswered"
    raise GaveUp(f"{command.method} {command.path} was not answered")


def read(api: Api, path: str, within: float = IN_TIME[-1]) -> tuple[int, Any, str]:
    """GET once; return (status, JSON or None, ETag), status 503 where nobody answered `within` seconds."""
    return _exchange(api, "GET", path, None, {}, within)


def look_for(api, path, is_there):
    """Read until `is_there(answer)`; return the answer. Raises: GaveUp."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        status, found, _ = read(api, path, IN_TIME[1])
        if status == 200 and is_there(found):
            return found
        time.sleep(BETWEEN[1])
    raise GaveUp(f"nothing came of {path}")


def _send(command, tag):
    within = IN_TIME[min(command.tries, len(IN_TIME) - 1)]
    command.tries += 1
    headers = {"Idempotency-Key": command.key, "Content-Type": "application/json"} | (
        {"If-Match": tag} if tag else {}
    )
    return _exchange(command.who, command.method, command.path, json.dumps(command.body), headers, within)[:2]


def _exchange(api, method, path, body, headers, within):
    connection = http.client.HTTPConnection(urlsplit(api.url).netloc, timeout=within)
    try:
        connection.request(
            method, path, body, headers | {"Authorization": api.authorization, "Accept": "application/json"}
        )
        answer = connection.getresponse()
        content = answer.read()
        found = json.loads(content) if content and "json" in answer.getheader("Content-Type", "") else None
        return answer.status, found, answer.getheader("ETag") or ""
    except (OSError, http.client.HTTPException):
        return 503, None, ""
    finally:
        connection.close()


def _settle(command, status, body):
    command.answer = body
    if status < 400:
        command.state = "acknowledged"
        return body
    command.state = "refused"
    code = (body or {}).get("code", str(status))
    if code not in command.allowed:
        command.surprises.append(
            f"{status} {code} for {command.method} {command.path} at try {command.tries}"
        )
    raise GaveUp(f"{status} {code}")


def _etag(command, deadline):
    while command.guarded and time.monotonic() < deadline:
        status, _, found = read(command.who, command.guarded, IN_TIME[0])
        if status == 200 and found:
            return found
        time.sleep(BETWEEN[1])
    return ""


class Lanes:
    """Several clients at once, each working off one lane; keeps every command they made.

    A lane is a function of this object: `do(command) -> answer` carries a command out, and
    `do.follows(effect)` says what must come of those before it.

    Args:
        since: how many events were known when they began.
    """

    def __init__(self, since: int = 0):
        self.since = since
        self.commands: list[Command] = []
        self.consequences: list[Effect] = []
        self.broken: list[str] = []
        self._threads: list[threading.Thread] = []

    def __call__(self, command: Command) -> Any:
        self.commands.append(command)
        return carry_out(command)

    def follows(self, effect: Effect) -> None:
        self.consequences.append(effect)

    def start(self, *lanes: Callable[["Lanes"], None]) -> "Lanes":
        self._threads = [threading.Thread(target=self._run, args=(lane,), daemon=True) for lane in lanes]
        for thread in self._threads:
            thread.start()
        return self

    def join(self) -> "Lanes":
        for thread in self._threads:
            thread.join()
        return self

    @property
    def acknowledged(self) -> int:
        return sum(command.state == "acknowledged" for command in self.commands)

    @property
    def are_over(self) -> bool:
        return not any(thread.is_alive() for thread in self._threads)

    def await_acknowledged(self, count: int) -> None:
        """Return when `count` commands were answered, or all lanes are over."""
        while self.acknowledged < count and not self.are_over:
            time.sleep(0.02)

    def _run(self, lane):
        try:
            lane(self)
        except GaveUp as reason:
            self.broken.append(str(reason))
        except Exception as fault:  # a lane that stumbles is a finding, not the end of the run
            self.broken.append(f"{type(fault).__name__}: {fault}")
