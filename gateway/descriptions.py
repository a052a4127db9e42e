"""What describes the API: openapi.json, asyncapi.json and the page of it; each made once, at start."""

import hashlib
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, version

import orjson

from gateway.answers import Answer
from gateway.asyncapi import describe_events
from gateway.calls import Call
from gateway.docs import render_docs
from gateway.http import is_unchanged
from gateway.openapi import describe
from gateway.routing import ANYONE, Route


def own_version() -> str:
    """The installed version of the platform."""
    try:
        return version("commonthread")
    except PackageNotFoundError:
        return "0"


class Description:
    """One document that never changes while the process lives."""

    def __init__(self, path: str, body: bytes, content_type: str) -> None:
        self._path = path
        self._body, self._content_type = body, content_type
        self._etag = hashlib.sha256(body).hexdigest()[:24]

    def serve(self, call: Call) -> Answer:
        headers = [("ETag", f'"{self._etag}"')]
        if is_unchanged(call.request.fields, self._etag):
            return Answer(304, headers=headers, cache="no-cache")
        return Answer(200, self._body, self._content_type, headers, "no-cache")

    def route(self) -> Route:
        serve = self.serve
        return Route("GET", self._path, serve, ANYONE, answers_media=self._content_type, tag="static")


def describing_routes(routes: Iterable[Route], public_url: str, style: str) -> list[Route]:
    """Return the routes of the documents that describe `routes`; `style` is the style sheet's address."""
    document = describe(routes, public_url, own_version())
    events = describe_events(own_version())
    page = render_docs(document, style)
    found = [
        Description("/openapi.json", orjson.dumps(document), "application/json"),
        Description("/asyncapi.json", orjson.dumps(events), "application/json"),
        Description("/docs", page.encode(), "text/html; charset=utf-8"),
    ]
    return [each.route() for each in found]
