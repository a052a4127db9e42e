"""One request as the functions in `routes/` and `portal/` see it: who calls, what they sent, whom to ask."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from typing import Any

import eventlet

from gateway.answers import Down
from gateway.routing import Route
from services.contracts.caller import Caller

WHEN_DOWN = 3.0  # seconds a part of a page may take before the page is shown without it


@dataclass
class Call:
    """One request, checked and loaded.

    Args:
        path: values of the template's segments. query, body: as the schemas loaded them (for pages: a form's
            fields).
        files: name -> (file name, bytes) of an uploaded form.
        key: the request key of a write (see `idempotency`), handed to the asked service.
        etag: of the last answer asked for; becomes the answer's `ETag`.
        asks: the client of the kit. request: the raw request (headers, cookies, address).
    """

    route: Route
    caller: Caller
    asks: Any
    request: Any = None
    path: dict[str, str] = field(default_factory=dict)
    query: dict[str, Any] = field(default_factory=dict)
    body: Any = None
    files: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    key: Any = None
    if_match: str | None = None
    page: dict[str, Any] = field(default_factory=dict)
    etag: str | None = None
    signin: Any = None

    def ask(self, service: str, name: str, /, **payload: Any) -> dict[str, Any]:
        """Ask one service and return its answer; its refusals become problem answers without a word here.

        A `None` among `payload` is sent as it is; leave out what was not given. Lists (`paged=True`) get
        `limit` and `after` added.
        """
        reply = self.asks.ask(
            service,
            name,
            wire(payload | self.page),
            self.caller,
            key=self.key,
            if_match=self.if_match,
            timeout=self.route.patience,
        )
        self.etag = reply.etag
        return reply.answer

    def together(self, parts: dict[str, tuple[str, str, dict[str, Any]]]) -> dict[str, Any]:
        """Read several things side by side; what does not arrive in time, or is refused, is a `Down`.

        Args:
            parts: name -> (service, ask, payload).
        """
        threads = {name: eventlet.spawn(self._part, *part) for name, part in parts.items()}
        return {name: thread.wait() for name, thread in threads.items()}

    def _part(self, service: str, name: str, payload: dict[str, Any]) -> Any:
        try:
            return self.asks.ask(service, name, wire(payload), self.caller, timeout=WHEN_DOWN).answer
        except Exception as reason:
            return Down(getattr(reason, "code", None) or "unavailable")


def wire(value: Any) -> Any:
    """Loaded values as the wire knows them: times as RFC 3339 text, enums by value."""
    if isinstance(value, str) or value is None:
        return value
    if isinstance(value, dict):
        return {name: wire(part) for name, part in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [wire(part) for part in value]
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    return value
