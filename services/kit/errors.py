"""How this platform says no.

    Refusal            a request we understood and will not carry out
    ├── Invalid        the request contradicts itself or a rule of shape      → 422
    ├── Forbidden      this caller may not                                    → 403
    ├── NotFound       nothing by that name, or none this caller may know of  → 404
    └── Conflict       not now: the world moved on, or a rule of state        → 409 (code "stale": 412)

A refusal carries a kind (one of the four) and a code (a public slug, never reused).
Anything else that is raised is a fault: ours, logged with its trace, 500 outside.
"""

from collections.abc import Iterable, Mapping
from typing import ClassVar


class Refusal(Exception):
    """A no that the caller may know the reason of.

    Args:
        message: one plain sentence for the caller; names no other person.
        errors: for bad input, one `{"pointer": "/field", "detail": "…"}` per fault.
        code: overrides the class's public slug, for refusals made where no class is worth it.

    `concerns`: (network, ids …) of whom it concerns, for the audit trail; set where it is known, never sent.
    """

    kind: ClassVar[str] = "conflict"
    code: str = "refused"
    concerns: tuple[str, ...] = ()

    def __init__(
        self, message: str = "", *, errors: Iterable[Mapping[str, str]] = (), code: str | None = None
    ) -> None:
        super().__init__(message)
        self.message = message
        self.errors = [dict(error) for error in errors]
        if code is not None:
            self.code = code


class Invalid(Refusal):
    kind = "invalid"
    code = "invalid"


class Forbidden(Refusal):
    kind = "forbidden"
    code = "forbidden"


class NotFound(Refusal):
    kind = "not-found"
    code = "not-found"


class Conflict(Refusal):
    kind = "conflict"
    code = "conflict"


class Stale(Conflict):
    """The caller's If-Match names a state that is no longer the present one."""

    code = "stale"
