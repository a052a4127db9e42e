"""The table of routes: what each file in `routes/` and `portal/` offers, and which of it a request means.

    @route("PUT", "/v1/sessions/{session_id}/rsvp", body=RsvpBody, answer=StandingAnswer,
           who=SIGNED_IN | LINK, summary="Answer an invitation")
    def record_rsvp(call):
        return call.ask("sessions", "record_rsvp", session_id=call.path["session_id"], **call.body)

The function returns the answer's dict (or None with `status=204`), or a finished `Answer`. Bodies and queries
are checked by marshmallow schemas before the function runs; unknown fields are refused.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from marshmallow import Schema

from gateway.guards import ANYONE, LINK, OPERATOR, SIGNED_IN, Who, link, roles, scopes

__all__ = [
    "ANYONE",
    "LINK",
    "OPERATOR",
    "ROUTES",
    "SIGNED_IN",
    "Route",
    "RouteTable",
    "Who",
    "link",
    "page",
    "roles",
    "route",
    "scopes",
]

JSON = "application/json"
FORM = "application/x-www-form-urlencoded"
BODY_LIMIT = 1_000_000  # bytes, unless a route says otherwise
UNSAFE = frozenset({"POST", "PUT", "PATCH", "DELETE"})
SEGMENTS = {"link": re.compile(r"[A-Za-z0-9_.~-]{16,2048}\Z"), "file": re.compile(r"[A-Za-z0-9_.-]{1,120}\Z")}
SEGMENT = re.compile(r"[A-Za-z0-9_-]{1,64}\Z")  # a slug, a number, a short token
ID = re.compile(r"[a-z]{3}_[0-9a-z]{1,40}\Z")  # what `{…_id}` stands for; anything else is nowhere
ANY, HERE = object(), object()  # keys of the tree that no segment of a path can be


@dataclass(frozen=True, eq=False)
class Route:
    """One operation of the gateway.

    Args:
        method, template: what it answers to; `{name}` stands for one segment, given as `call.path["name"]`
            (a segment called `link` may be a signed link's token).
        body, query, answer: instances of schemas, or None. `answer` is what openapi says; services build it.
        who: whom the gateway lets in; otherwise 401 or 403.
        status: of success. `location`: its `Location`, a template over the answer's fields.
        paged: the query takes `limit` and `cursor`; the ask gets `limit` and `after`, and answers
            `{data, next}`.
        guarded: `If-Match` is required (428) and handed to the service.
        revalidated: `private, no-cache` instead of `no-store`, for what may lie in the reader's own cache.
        keyed: writes carry an idempotency key; not for what is idempotent by nature (tokens, links).
        media: of the request's body; anything but JSON and forms is handed over as text in `call.body`.
        answers_media: of the answer, for openapi; several with ", " between them.
        limit: of the request's body, in bytes.
        patience: seconds an ask of this route may take.
        html: a page of the portal; refusals are shown as pages, forms are checked against forged requests.
        refusals: public codes worth naming in openapi, code -> sentence.
        own_credentials: the route reads `Authorization` itself (a partner system showing its secret).
        fault: shape of its 400 and 401, where a standard wants another than a problem.
    """

    method: str
    template: str
    handler: Callable[[Any], Any]
    who: Who
    summary: str = ""
    body: Schema | None = None
    query: Schema | None = None
    answer: Schema | None = None
    status: int = 200
    location: str | None = None
    paged: bool = False
    guarded: bool = False
    revalidated: bool = False
    keyed: bool = True
    media: str = JSON
    answers_media: str = JSON
    limit: int = BODY_LIMIT
    patience: float = 8.0
    html: bool = False
    tag: str = ""
    refusals: Mapping[str, str] = field(default_factory=dict)
    own_credentials: bool = False
    fault: Schema | None = None

    @property
    def writes(self) -> bool:
        return self.method in UNSAFE

    @property
    def name(self) -> str:
        """What logs and openapi call it: the function's name."""
        return self.handler.__name__


ROUTES: list[Route] = []


def route(method: str, template: str, *, who: Who, **options: Any) -> Callable[[Callable], Callable]:
    """Offer the decorated function as an operation of the API; options are the fields of `Route`."""
    return _offer(method, template, who, options)


def page(method: str, template: str, *, who: Who, **options: Any) -> Callable[[Callable], Callable]:
    """Offer the decorated function as a page: it returns HTML as text, or an `Answer` (see_other, html)."""
    return _offer(
        method, template, who, {"media": FORM, "answers_media": "text/html", "html": True} | options
    )


def _offer(method: str, template: str, who: Who, options: dict[str, Any]) -> Callable[[Callable], Callable]:
    shapes: dict[str, Any] = {
        name: _instance(options.pop(name, None)) for name in ("body", "query", "answer", "fault")
    }

    def enter(handler: Callable) -> Callable:
        tag = options.pop("tag", handler.__module__.rsplit(".", 1)[-1])
        ROUTES.append(Route(method, template, handler, who, tag=tag, **shapes, **options))
        return handler

    return enter


def _instance(shape: Any) -> Schema | None:
    """A schema built once: making one for each request costs more than the ask."""
    return shape() if isinstance(shape, type) else shape


def pattern_of(name: str) -> re.Pattern[str]:
    """Return what the segment called `name` may be."""
    return SEGMENTS.get(name) or (ID if name.endswith("_id") else SEGMENT)


@dataclass(frozen=True)
class Match:
    """What a path means: the routes by method, and the values of its `{segments}`."""

    methods: Mapping[str, Route]
    values: Mapping[str, str]

    @property
    def allow(self) -> str:
        """The value of `Allow`."""
        offered = set(self.methods) | ({"HEAD"} if "GET" in self.methods else set())
        return ", ".join(sorted(offered))


class RouteTable:
    """Finds routes by path: one dict lookup for fixed paths, one per segment for the others.

    A literal segment goes before a `{value}` and there is no way back, so no two templates may differ only
    there.
    """

    def __init__(self, routes: Iterable[Route]) -> None:
        self.routes = tuple(routes)
        self._fixed: dict[str, dict[str, Route]] = {}
        self._tree: dict[Any, Any] = {}
        for entry in self.routes:
            leaf = self._leaf(entry.template)
            if entry.method in leaf:
                raise ValueError(f"{entry.method} {entry.template} is offered twice")
            leaf[entry.method] = entry

    def find(self, path: str) -> Match | None:
        """Return what `path` (as sent, undecoded) means, or None: then it is a 404."""
        methods = self._fixed.get(path)
        if methods is not None:
            return Match(methods, {})
        values: dict[str, str] = {}
        node = self._tree
        for segment in path[1:].split("/"):
            if segment in node:
                node = node[segment]
            elif ANY in node:
                name, pattern, node = node[ANY]
                if not pattern.match(segment):
                    return None
                values[name] = segment
            else:
                return None
        methods = node.get(HERE)
        return Match(methods, values) if methods else None

    def _leaf(self, template: str) -> dict[str, Route]:
        if "{" not in template:
            return self._fixed.setdefault(template, {})
        node = self._tree
        for segment in template[1:].split("/"):
            if segment.startswith("{"):
                name = segment[1:-1]
                known = node.setdefault(ANY, (name, pattern_of(name), {}))
                if known[0] != name:
                    raise ValueError(f"{template} calls {{{known[0]}}} {{{name}}}")
                node = known[2]
            else:
                node = node.setdefault(segment, {})
        return node.setdefault(HERE, {})
