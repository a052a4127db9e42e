"""Runs the matrix: every operation as every caller in every place, against the real gateway.

First every read, twice; then every write that is to be refused; then the writes that are let in. The state
of all databases is hashed before and after the first two.
"""

import json
import re
import threading
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from typing import Any
from urllib.parse import urlencode, urlsplit

from tests.permissions import probes, states
from tests.permissions.table import (
    FACTOR,
    FORBIDDEN,
    GONE,
    HIDDEN,
    NOTHING,
    OK,
    SIGN_IN,
    TOLD,
    Row,
    read_matrix,
)
from tests.permissions.world import World, enter_again

AT_ONCE = 8
TRIES = 4  # of what a busy machine says it cannot do just now
NEEDS_FACTOR = b"own-factor-needed"
# What is let in and takes from the caller what other cells need: their factors, themselves, their sign-in.
LATE = (
    "DELETE /v1/me/authenticator",
    "POST /me/security/authenticator/removal",
    "POST /v1/me/recovery-codes",
    "POST /me/security/recovery-codes",
    "POST /v1/people/{person_id}/erasure",
    "DELETE /v1/people/{person_id}/erasure",
    "POST /v1/me/erasure",
    "DELETE /v1/me/erasure",
    "POST /me/data/forgetting",
    "POST /me/data/staying",
)
ENDS_SIGN_IN = (
    "DELETE /v1/sign-ins/current",
    "POST /sign-out",
    "DELETE /v1/me/sign-ins",
    "POST /me/sign-ins/end-all",
)
ANSWERED = {200, 201, 202, 204, 303, 304}
SAID_NO_OF_STATE = {409, 412, 422}  # let in, and the state or the text is not such that it can be done
# What each answer has of its own: request id, form token, request key, the time on a page.
VARIES = re.compile(
    rb'req_\w+|name="(?:csrf|key)" value="[^"]*"|name="now" content="[^"]*"|X-CSRF-Token[^}]*'
)
OWN_TO_EACH = ("date", "request-id", "x-ratelimit", "ratelimit", "set-cookie", "content-length", "connection")


@dataclass(frozen=True)
class Cell:
    row: Row
    caller: str
    place: str

    @property
    def expected(self) -> str:
        return self.row.expected(self.caller, self.place)

    def __str__(self) -> str:
        return f"{self.row.operation} as {self.caller}, {self.place}"


@dataclass(frozen=True)
class Tried:
    """A cell and what came back."""

    cell: Cell
    path: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    @property
    def outcome(self) -> str:
        """The answer in the matrix's words."""
        return _outcome(self)

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def bytes(self) -> tuple[Any, ...]:
        """The answer without what every answer has of its own: date, request id, limits."""
        kept = [(n, v) for n, v in self.headers if not n.lower().startswith(OWN_TO_EACH)]
        return self.status, tuple(sorted(kept)), VARIES.sub(b"", self.body)


@dataclass
class Ran:
    """Everything tried, and what the reads and the refused writes changed (nothing)."""

    tried: list[Tried] = field(default_factory=list)
    again: list[Tried] = field(default_factory=list)
    changed_by_reads: list[Any] = field(default_factory=list)
    changed_by_refused: list[Any] = field(default_factory=list)


def run(stack: Any, world: World) -> Ran:
    """Try every cell."""
    ran, cells = Ran(), list(cells_of(world))
    reads = [one for one in cells if not one.row.writes]
    refused = [one for one in cells if one.row.writes and one.expected != OK]
    let_in = [one for one in cells if one.row.writes and one.expected == OK]
    states.settle(stack)
    before = states.state_of(stack)
    ran.tried += _try_all(world, reads)
    ran.again += _try_all(world, reads)
    between = states.state_of(stack)
    ran.tried += _try_all(world, refused)
    after = states.state_of(stack)
    ran.changed_by_reads = states.changes(before, between)
    ran.changed_by_refused = states.changes(between, after)
    ran.tried += [_try(world, one) for one in let_in if one.row.operation not in LATE + ENDS_SIGN_IN]
    for operation in LATE:
        ran.tried += [_try(world, one) for one in let_in if one.row.operation == operation]
    for operation in ENDS_SIGN_IN:
        ran.tried += _try_leaving(stack, world, [one for one in let_in if one.row.operation == operation])
    return ran


def cells_of(world: World) -> Iterator[Cell]:
    """Yield every cell there is in this world."""
    for row in read_matrix().values():
        for place in row.places():
            for caller in world.callers:
                if place == "here" or probes.path_of(world, row, caller, place) is not None:
                    yield Cell(row, caller, place)


def _try_leaving(stack: Any, world: World, cells: list[Cell]) -> list[Tried]:
    """Try what ends a sign-in, or all of a person's, each with one that was made for it."""
    twice = [one for one in cells if one.caller == "unproven"]  # the member's own second self
    tried = []
    for some in ([one for one in cells if one not in twice], twice):
        enter_again(stack, world, [one.caller for one in some])
        tried += [_try(world, one) for one in some]
    return tried


def _try_all(world: World, cells: Iterable[Cell]) -> list[Tried]:
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(lambda cell: _try(world, cell), cells))


def _try(world: World, cell: Cell) -> Tried:
    credentials = world.callers[cell.caller]
    path = probes.path_of(world, cell.row, cell.caller, cell.place) or cell.row.template
    if cell.row.is_page:
        headers, body = dict(credentials.page_headers), None
        headers |= {"Accept": "text/html"}
        if cell.row.writes:
            form = {"csrf": credentials.csrf} | probes.form_of(world, cell.row, cell.place)
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}
            body = urlencode(form)
    else:
        headers, body = dict(credentials.headers), _json(world, cell)
        if cell.row.method in ("PUT", "PATCH", "DELETE"):
            headers["If-Match"] = probes.STALE
        if body is not None:
            headers["Content-Type"] = "application/json"
    if cell.row.operation in FORMS_OF_THE_API:
        headers["Content-Type"], body = (
            "application/x-www-form-urlencoded",
            FORMS_OF_THE_API[cell.row.operation],
        )
    return Tried(cell, path, *send(world.url, cell.row.method, path, headers, body))


FORMS_OF_THE_API = {
    "POST /oauth/token": "grant_type=client_credentials",
    "POST /oauth/introspect": "token=abc",
    "POST /oauth/revoke": "token=abc",
    "POST /v1/stopped-notices/{link}": "List-Unsubscribe=One-Click",
}


def _json(world: World, cell: Cell) -> str | None:
    if not cell.row.writes:
        return None
    body = probes.body_of(world, cell.row, cell.place)
    return None if body is None else json.dumps(body)


_local = threading.local()


def send(
    url: str, method: str, path: str, headers: dict[str, str], body: str | None
) -> tuple[int, Any, bytes]:
    """Send once over this thread's connection; return (status, headers, body)."""
    for attempt in range(TRIES):
        connection = getattr(_local, "connection", None)
        if connection is None:
            connection = _local.connection = HTTPConnection(urlsplit(url).netloc, timeout=60)
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            content = answer.read()
            if answer.status != 503 or attempt == TRIES - 1:
                return answer.status, tuple(answer.getheaders()), content
            time.sleep(float(answer.getheader("Retry-After", "1")))  # as it asks us to
        except (OSError, HTTPException):
            connection.close()
            _local.connection = None
            if attempt == TRIES - 1:
                raise
    raise AssertionError("not reached")


def _outcome(tried: Tried) -> str:
    status, row = tried.status, tried.cell.row
    location = {n.lower(): v for n, v in tried.headers}.get("location", "")
    if status == 401:
        return SIGN_IN
    if status == 303 and location.startswith("/sign-in") and row.operation not in ENDS_SIGN_IN:
        return SIGN_IN
    if status == 403:
        return FACTOR if NEEDS_FACTOR in tried.body else FORBIDDEN
    if status in (404, 410):
        return HIDDEN if status == 404 else GONE
    if status in (409, 422) and tried.cell.expected == TOLD:
        return TOLD
    if status == 200 and tried.cell.expected == NOTHING and json.loads(tried.body).get("data") == []:
        return NOTHING
    if status in ANSWERED | SAID_NO_OF_STATE:
        return OK
    return f"status {status}"
