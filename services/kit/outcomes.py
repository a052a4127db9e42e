"""How work ends when it does not simply succeed.

    Between store and door              Between asker and asked
    ├── Overtaken      decide again     ├── RemoteRefusal   the owner said no
    ├── Answered       reply this       ├── Overloaded      too many at once; nothing was done
    ├── AlreadyHeard   nothing to do    ├── Unavailable     nobody answered
    └── StoreAway      not our fault    └── RemoteFault     the owner failed

Refusals (errors.py) are for callers; these are for the machinery.
"""

from collections.abc import Iterable, Mapping
from typing import Any

STATUS = {"invalid": 422, "forbidden": 403, "not-found": 404, "conflict": 409}


class Overtaken(Exception):
    """Somebody saved this document since we read it: the use case decides again."""


class Answered(Exception):
    """This very request was carried out before. Carries the `answer` recorded then, already presented."""

    def __init__(self, answer: Mapping[str, Any]) -> None:
        super().__init__("answered before")
        self.answer = dict(answer)


class AlreadyHeard(Exception):
    """The event in hand already had its effect on this document."""


class StoreAway(Exception):
    """The store cannot be reached just now; whatever was at hand is not to blame."""


class Unavailable(Exception):
    """No answer. `maybe_done`: a write may have been carried out; repeat with the same key."""

    def __init__(self, reason: str, *, maybe_done: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.maybe_done = maybe_done


class Overloaded(Exception):
    """Too many ask at once; nothing was done. Try again in a moment."""


class RemoteFault(Exception):
    """The asked service failed in a way that is ours to repair; its log has the trace."""


class RemoteRefusal(Exception):
    """The asked service's refusal, as it crossed the wire (errors.py names the kinds)."""

    def __init__(
        self, kind: str, code: str, message: str = "", errors: Iterable[Mapping[str, str]] = ()
    ) -> None:
        super().__init__(message)
        self.kind = kind
        self.code = code
        self.message = message
        self.errors = [dict(error) for error in errors]

    @property
    def status_hint(self) -> int:
        """The HTTP status that fits."""
        return 412 if self.code == "stale" else STATUS.get(self.kind, 409)
