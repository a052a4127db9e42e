"""One request as the functions in `routes/` and `portal/` see it: who calls, what they sent, whom to ask."""

from dataclasses import dataclass, field
from enum import Enum
from typing import Any

import eventlet

from gateway.answers import Down
from gateway.connection import Request
from gateway.routing import Route
from gateway.signins import SignIn
from services.contracts.caller import Caller
from services.kit.context import RequestKey
from services.kit.outcomes import Overloaded, RemoteFault, RemoteRefusal, Unavailable

PART_SECONDS = 3.0  # that a part of a page may take before the page is shown without it


@dataclass
class Call:
    """One request, checked and loaded.

    Args:
        path: values of the template's segments.
        query, body: as the schemas loaded them; without a schema as sent (a form's fields, or text).
        files: name -> (file name, bytes) of an uploaded form.
        page, bound: of a list: `limit` and `after` for the ask, and what its cursor is bound to.
        key: the request key of a write (see `idempotency`), handed to the asked service.
        etag: of the last answer asked for; becomes the answer's `ETag`.
        form_token: for the hidden field `csrf` of a page's forms.
        signin: the portal's sign-in, when that is how they came.
        gateway: cookies and public address, for pages (`Gateway` in `service`).
    """

    route: Route
    caller: Caller
    asks: Any
    request: Request
    path: dict[str, str] = field(default_factory=dict)
    query: dict[str, Any] = field(default_factory=dict)
    body: Any = None
    files: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    key: RequestKey | None = None
    if_match: str | None = None
    page: dict[str, Any] = field(default_factory=dict)
    bound: str = ""
    traceparent: str | None = None
    form_token: str = ""
    signin: SignIn | None = None
    gateway: Any = None
    etag: str | None = None

    def ask(self, service: str, name: str, /, **payload: Any) -> dict[str, Any]:
        """Ask one service and return its answer; its refusals become problem answers without a word here.

        What is None is sent as it is; leave out what was not given. For lists (`paged=True`) `limit` and
        `after` are added.
        """
        reply = self.asks.ask(
            service,
            name,
            plain(payload | self.page),
            self.caller,
            key=self.key,
            if_match=self.if_match,
            timeout=self.route.patience,
            traceparent=self.traceparent,
            request_id=self.request.id,
        )
        self.etag = reply.etag
        return reply.answer

    def together(self, parts: dict[str, tuple[str, str, dict[str, Any]]]) -> dict[str, Any]:
        """Read several things side by side; what is refused, or does not arrive in time, is a `Down`.

        Args:
            parts: name -> (service, ask, payload).
        """
        threads = {name: eventlet.spawn(self._part, *part) for name, part in parts.items()}
        return {name: thread.wait() for name, thread in threads.items()}

    def _part(self, service: str, name: str, payload: dict[str, Any]) -> Any:
        try:
            return self.asks.ask(
                service,
                name,
                plain(payload),
                self.caller,
                timeout=PART_SECONDS,
                traceparent=self.traceparent,
                request_id=self.request.id,
            ).answer
        except RemoteRefusal as refusal:
            return Down(refusal.code)
        except (Unavailable, Overloaded, RemoteFault):
            return Down()


def plain(value: Any) -> Any:
    """Loaded values as they travel: enums by value; the asks themselves see to times and dates."""
    if isinstance(value, dict):
        return {name: plain(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [plain(part) for part in value]
    return value.value if isinstance(value, Enum) else value
