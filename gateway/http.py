"""How the gateway speaks HTTP: the headers of every answer, problems for every no, ETags.

Problem                 what is said instead of an answer, RFC 9457
RemoteRefusal           a service said no            → 403, 404, 409, 412, 422
Overloaded              too many at once             → 503, nothing was done
Unavailable             nobody answered in time      → 503, a write may have been carried out
anything else           ours to repair               → 500 without a word about why
"""

import time
from collections.abc import Iterable, Mapping
from email.utils import formatdate
from http import HTTPStatus
from typing import Any

import orjson

from gateway.answers import Answer
from services.kit.errors import Refusal
from services.kit.outcomes import STATUS, Overloaded, RemoteRefusal, Unavailable

PROBLEM = "application/problem+json"
CSP_PAGE = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
CSP_DATA = "default-src 'none'; frame-ancestors 'none'"
ALWAYS = [
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
]
TLS_ONLY = [("Strict-Transport-Security", "max-age=31536000; includeSubDomains")]
REPEAT = "the request may have been carried out; repeat it with the same Idempotency-Key"


class Problem(Exception):
    """A no of the gateway's own.

    Args:
        status: 400 and above.
        code: public slug, kebab-case.
        detail: one sentence for the caller.
        errors: `{"pointer": "/field", "detail": "…"}` for each fault of the input.
        headers: to be sent with it (`Allow`, `Retry-After`, `WWW-Authenticate`).
    """

    def __init__(
        self,
        status: int,
        code: str,
        detail: str = "",
        *,
        errors: Iterable[Mapping[str, str]] = (),
        headers: Iterable[tuple[str, str]] = (),
    ) -> None:
        super().__init__(detail)
        self.status, self.code, self.detail = status, code, detail
        self.errors = [dict(error) for error in errors]
        self.headers = list(headers)


def as_problem(reason: BaseException) -> Problem:
    """What to say about anything that was raised on the way to an answer."""
    if isinstance(reason, Problem):
        return reason
    if isinstance(reason, RemoteRefusal):
        return Problem(reason.status_hint, reason.code, reason.message, errors=reason.errors)
    if isinstance(reason, Refusal):
        return Problem(STATUS[reason.kind], reason.code, reason.message, errors=reason.errors)
    if isinstance(reason, Overloaded):
        return _unavailable("overloaded", "too many requests at once; nothing was done")
    if isinstance(reason, Unavailable):
        return _unavailable(
            "unavailable", REPEAT if reason.maybe_done else "this part cannot be reached just now"
        )
    return Problem(500, "internal-error", "something went wrong on our side; the request id helps us find it")


def _unavailable(code: str, detail: str) -> Problem:
    return Problem(503, code, detail, headers=[("Retry-After", "2")])


def problem_document(problem: Problem, request_id: str) -> dict[str, Any]:
    """The members of a problem: RFC 9457's own, `code`, `request_id` and, for bad input, `errors`."""
    document = {
        "type": f"urn:commonthread:problem:{problem.code}",
        "title": HTTPStatus(problem.status).phrase,
        "status": problem.status,
        "code": problem.code,
        "detail": problem.detail or HTTPStatus(problem.status).phrase,
        "request_id": request_id,
    }
    if problem.errors:
        document["errors"] = problem.errors
    return document


def problem_answer(problem: Problem, request_id: str) -> Answer:
    """The problem as JSON."""
    body = orjson.dumps(problem_document(problem, request_id))
    return Answer(problem.status, body, PROBLEM, list(problem.headers))


class Finisher:
    """Adds what every answer carries. `tls`: whether the world reaches us by https."""

    def __init__(self, *, tls: bool) -> None:
        shared = ALWAYS + (TLS_ONLY if tls else [])
        self._data = [*shared, ("Content-Security-Policy", CSP_DATA)]
        self._page = [*shared, ("Content-Security-Policy", CSP_PAGE)]
        self._second, self._date = 0, ""

    def finish(self, answer: Answer, request_id: str) -> Answer:
        """Return `answer` with date, request id, type, caching and security headers."""
        kind = answer.content_type
        is_page = kind is not None and kind.startswith("text/html")
        answer.headers = [
            ("Date", self._now()),
            *([("Content-Type", kind)] if kind else ()),
            ("Cache-Control", answer.cache),
            ("Request-Id", request_id),
            *answer.headers,
            *(self._page if is_page else self._data),
        ]
        return answer

    def _now(self) -> str:
        second = int(time.time())
        if second != self._second:
            self._second, self._date = second, formatdate(second, usegmt=True)
        return self._date


def is_unchanged(fields: Mapping[str, str], etag: str) -> bool:
    """Whether `If-None-Match` names `etag` (weak comparison, as RFC 9110 wants)."""
    sent = fields.get("if-none-match")
    if sent is None:
        return False
    known = {part.strip().removeprefix("W/") for part in sent.split(",")}
    return f'"{etag}"' in known or "*" in known


def read_if_match(fields: Mapping[str, str], *, required: bool) -> str | None:
    """Return the one strong ETag of `If-Match` without its quotes, or None when it was not sent.

    Raises:
        Problem: 428 when required and missing; 412 for what can never match; 400 for no ETag at all.
    """
    sent = fields.get("if-match")
    if sent is None or sent == "*":
        if required:
            detail = "name the state you read in If-Match, so that nobody's change is lost"
            raise Problem(428, "if-match-required", detail)
        return None
    if len(sent) < 3 or sent[-1] != '"' or "," in sent:
        raise Problem(400, "malformed-if-match", "If-Match takes one ETag in quotes")
    if sent[0] != '"':
        raise Problem(412, "stale", "a weak ETag never matches")
    return sent[1:-1]
