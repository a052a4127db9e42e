"""From a request to its answer: find the route, establish the caller, check and load, call, finish.

The order decides what a stranger can learn: unknown path, wrong method, no credentials, too many requests,
not for you - and only then what is wrong with what was sent.
"""

import time
from collections.abc import Callable
from typing import Any

import eventlet
import structlog

from gateway import counts
from gateway.access import Access, Passport
from gateway.alarms import Alarms
from gateway.answers import Answer
from gateway.connection import Request
from gateway.forwarded import Proxies
from gateway.framing import Malformed
from gateway.http import Finisher, Problem, as_problem, problem_answer, problem_document
from gateway.idempotency import caller_name
from gateway.inflow import Gone
from gateway.limits import Allowance, Buckets
from gateway.loading import Loader
from gateway.routing import Match, Route, RouteTable
from gateway.shaping import shape
from services.kit.ids import new_id
from services.kit.outcomes import RemoteRefusal

log = structlog.get_logger()
STEP = 0.05  # seconds: many times what reading one document takes
Live = dict[str, Callable[[Request], Answer | None]]


class Dispatcher:
    """Answers requests; what goes wrong on the way becomes a problem.

    Args:
        live: fixed paths answered before everything else, never queued behind slow requests (health,
        metrics);
            a function that returns None leaves the path to the routes.
        callers, strangers: the buckets of those known by name, and of those known by address only.
        alarms: counts what callers are refused.
        show_problem: (problem document, Call-less request, Passport) -> page, for routes of the portal.
    """

    def __init__(
        self,
        table: RouteTable,
        access: Access,
        loader: Loader,
        finisher: Finisher,
        *,
        live: Live,
        callers: Buckets,
        strangers: Buckets,
        proxies: Proxies,
        alarms: Alarms,
        show_problem: Callable[[dict[str, Any], Request, Passport | None], Answer | None],
    ) -> None:
        self._table, self._access, self._loader, self._finisher = table, access, loader, finisher
        self._live, self._callers, self._strangers, self._proxies = live, callers, strangers, proxies
        self._alarms, self._show_problem = alarms, show_problem

    def answer(self, request: Request) -> Answer:
        """Return the answer to `request`; raises only Gone, for a client that left."""
        request.id = new_id("req")
        request.client = self._proxies.client(request.peer, request.fields)
        found = _Found()
        try:
            answer = _whole(self._answer(request, found))
        except Gone:
            raise
        except (Exception, eventlet.Timeout) as reason:
            answer = self._no(reason, request, found)
        template = found.route.template if found.route else "none"
        counts.count(request.method, template, answer.status, request.started)
        if found.passport:
            self._alarms.count(found.passport.caller, answer.status)
        answer.headers += found.headers()
        return self._finisher.finish(answer, request.id)

    def refuse(self, fault: Malformed) -> Answer:
        """Return the answer to what never became a request."""
        request_id = new_id("req")
        counts.count("none", "none", fault.status, 0.0)
        problem = Problem(fault.status, "malformed-request", fault.detail)
        return self._finisher.finish(problem_answer(problem, request_id), request_id)

    def _answer(self, request: Request, found: "_Found") -> Answer:
        live = self._live.get(request.path)
        early = live(request) if live and request.method in {"GET", "HEAD"} else None
        if early is not None:
            return early
        match = self._table.find(request.path)
        if match is None:
            found.allowance = self._strangers.take(request.client)
            raise _too_many(found.allowance) or Problem(404, "not-found", "nothing is here")
        route = found.route = _by_method(match, request.method)
        passport = found.passport = self._establish(request, route, match, found)
        self._access.admit(passport, route)
        call = self._loader.load(request, route, match, passport)
        return shape(call, route.handler(call), self._loader)

    def _establish(self, request: Request, route: Route, match: Match, found: "_Found") -> Passport:
        try:
            passport = self._access.passport(request, route, match.values.get("link"))
        except Problem:
            found.allowance = self._strangers.take(request.client)
            raise
        if passport.caller.kind == "anonymous":
            found.allowance = self._strangers.take(request.client)
        else:
            found.allowance = self._callers.take(caller_name(passport.caller))
        refusal = _too_many(found.allowance)
        if refusal:
            raise refusal
        return passport

    def _no(self, reason: BaseException, request: Request, found: "_Found") -> Answer:
        if isinstance(reason, Malformed):
            reason = Problem(reason.status, "malformed-body", reason.detail)
        problem = as_problem(reason)
        if problem.status == 404 and isinstance(reason, RemoteRefusal):
            _wait_for_the_step(request.started)
        if problem.status == 503:
            log.warning("request_not_served", request_id=request.id, code=problem.code)
        elif problem.status >= 500:
            template = found.route.template if found.route else "none"
            log.error(
                "request_failed",
                request_id=request.id,
                path_template=template,
                status=problem.status,
                exc_info=reason,
            )
        if _is_for_eyes(request, found.route):
            page = self._show_problem(problem_document(problem, request.id), request, found.passport)
            if page is not None:
                page.headers += problem.headers if page.status == problem.status else []
                return page
        return problem_answer(problem, request.id)


class _Found:
    """What is known so far about a request, also when it ends in a no."""

    __slots__ = ("allowance", "passport", "route")

    def __init__(self) -> None:
        self.route: Route | None = None
        self.passport: Passport | None = None
        self.allowance: Allowance | None = None

    def headers(self) -> list[tuple[str, str]]:
        of_limits = self.allowance.headers() if self.allowance else []
        return of_limits + (self.passport.headers if self.passport else [])


def _is_for_eyes(request: Request, route: Route | None) -> bool:
    """True where a no is shown as a page: on pages, and at unknown paths to a browser."""
    if route is not None:
        return route.html
    return "text/html" in request.fields.get("accept", "") and not request.path.startswith("/v1/")


def _wait_for_the_step(started: float) -> None:
    """Return at the next whole step since `started`: what is hidden is read before it is refused, what is not
    there is not, and the difference must not be told by the time (SECURITY 54).
    """
    eventlet.sleep(STEP - (time.monotonic() - started) % STEP)


def _whole(answer: Answer) -> Answer:
    """Return `answer`, none of whose fields could end its head early or begin another."""
    for name, value in answer.headers:
        if not value.isprintable() or not value.isascii():
            raise ValueError(f"{name} of an answer would not be one field")
    return answer


def _by_method(match: Match, method: str) -> Route:
    wanted = "GET" if method == "HEAD" and "HEAD" not in match.methods else method
    route = match.methods.get(wanted)
    if route is None:
        detail = f"this takes {match.allow}"
        raise Problem(405, "method-not-allowed", detail, headers=[("Allow", match.allow)])
    return route


def _too_many(allowance: Allowance) -> Problem | None:
    if not allowance.wait:
        return None
    headers = [("Retry-After", str(allowance.wait))]
    return Problem(429, "too-many-requests", "wait a moment before the next request", headers=headers)
