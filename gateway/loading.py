"""From a request to a `Call`: query, body, preconditions and request key, checked before the route runs."""

from hashlib import sha256
from typing import Any

from gateway.access import Access, Passport
from gateway.bodies import MAX_QUERY_FIELDS, load, read_json, read_pairs
from gateway.calls import Call
from gateway.connection import Request
from gateway.cursors import Cursors
from gateway.forms import HIDDEN, read_form
from gateway.http import Problem, read_if_match
from gateway.idempotency import request_key
from gateway.routing import JSON, Match, Route
from services.kit.tracing import next_traceparent, read_traceparent


class Loader:
    """Builds calls.

    Args:
        asks: the kit's client. gateway: what pages may use of the gateway itself.
    """

    def __init__(self, asks: Any, cursors: Cursors, access: Access, gateway: Any = None) -> None:
        self.cursors = cursors
        self._asks, self._access, self._gateway = asks, access, gateway

    def load(self, request: Request, route: Route, match: Match, passport: Passport) -> Call:
        """Return the call. Raises: Problem for whatever cannot be accepted."""
        fields = request.fields
        call = Call(
            route, passport.caller, self._asks, request, path=dict(match.values), gateway=self._gateway
        )
        call.signin = passport.signin
        call.traceparent = next_traceparent(read_traceparent(fields.get("traceparent")))
        self._read_query(call)
        if route.html:
            call.form_token = self._access.form_token(passport)
        if route.writes:
            hidden = self._read_body(call)
            self._access.check_forgery(request, passport, hidden.get("csrf"))
            call.if_match = read_if_match(fields, required=route.guarded)
            sent = fields.get("idempotency-key", hidden.get("key"))
            if route.keyed:
                files = [(name, file[0], sha256(file[1]).hexdigest()) for name, file in call.files.items()]
                said = [request.query, call.body, files]
                call.key = request_key(call.caller, request, sent, said)
            if route.body is not None:
                call.body = load(route.body, call.body)
        elif request.head.chunked or request.head.length:
            raise Problem(400, "body-not-expected", f"{request.method} takes no body here")
        return call

    def _read_query(self, call: Call) -> None:
        query = read_pairs(call.request.query, most=MAX_QUERY_FIELDS, where="query")
        if call.route.paged:
            call.page, call.bound = self.cursors.take(query, call.caller, call.request.path)
        if call.route.query is not None:
            call.query = load(call.route.query, query, where="query")
        elif query:
            errors = [{"pointer": f"?{name}", "detail": "unknown"} for name in query]
            raise Problem(422, "invalid", "the query cannot be accepted", errors=errors)

    def _read_body(self, call: Call) -> dict[str, str]:
        """Read the body into `call`; return the framework's own fields of a form."""
        request, route = call.request, call.route
        if request.fields.get("content-encoding", "identity").lower() != "identity":
            raise Problem(415, "unsupported-media-type", "send the body as it is, not compressed")
        content_type = request.fields.get("content-type", "")
        if route.html:
            raw = request.read_body(route.limit)
            call.body, call.files = read_form(raw, content_type, route.limit)
            return {name: call.body.pop(name) for name in HIDDEN if name in call.body}
        if not (request.head.chunked or request.head.length):
            call.body = {} if route.media == JSON else ""
            return {}
        if content_type.partition(";")[0].strip().lower() != route.media:
            raise Problem(415, "unsupported-media-type", f"send {route.media}")
        raw = request.read_body(route.limit)
        call.body = read_json(raw) if route.media == JSON else _text(raw)
        if route.body is None and route.media == JSON and call.body != {}:
            raise Problem(
                422, "invalid", "no body is expected here", errors=[{"pointer": "", "detail": "unknown"}]
            )
        return {}


def _text(raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Problem(400, "malformed-text", "the body is not UTF-8") from None
