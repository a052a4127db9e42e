"""Hearing one event: is it from whom it says, is it one we know, and what the use case made of it.

Four verdicts (MECHANISMS P6): done; bad (the message's fault: a dead letter at once); failed (ours: try
later); away (our store's: wait, nothing is counted).
"""

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import eventlet
from greenlet import GreenletExit
from marshmallow import ValidationError

from services.contracts.events import Fact
from services.contracts.schemas import fact_type
from services.kit import envelope
from services.kit.away import store_is_away
from services.kit.carry import MOST_ATTEMPTS
from services.kit.context import Heard, Work, working
from services.kit.logs import get_logger
from services.kit.outcomes import AlreadyHeard, Overtaken
from services.kit.wire import Delivery

log = get_logger()
HANDLER_SECONDS = 60.0
OPERATOR = "operator"
UseCase = Callable[[Fact, Heard], Any]


@dataclass(frozen=True)
class Verdict:
    """What became of a message; `reason` is a slug, `error` the class of what was raised."""

    kind: Literal["done", "bad", "failed", "away"]
    reason: str = ""
    error: str = ""


@dataclass(frozen=True)
class Heeding:
    """What one queue listens to: `types` of `source` (or "#"), for `service`."""

    queue: str
    source: str
    types: tuple[str, ...]
    service: str

    def trusts(self, user: object) -> bool:
        """Whether `user` may send this: the source, ourselves (retries), the operator (replays)."""
        return user in (self.source, self.service, OPERATOR)

    def knows(self, name: str) -> bool:
        """Whether events of the short type `name` are meant for this queue."""
        if self.types == ("#",) or name in self.types:
            return True
        return any(name == f"{fact_type(each).aggregate}_restated" for each in self.types)


@dataclass(frozen=True)
class Spoken:
    """A message understood: the fact, whose it is, and the trace it belongs to."""

    fact: Fact
    heard: Heard
    traceparent: str | None


class _Late(Exception):
    """The use case took longer than anything heard may take."""


def understand(delivery: Delivery, heeding: Heeding) -> Spoken | Verdict:
    """Return what a message says, or the verdict that it is bad."""
    if not heeding.trusts(delivery.properties.get("user_id")):
        unreadable = delivery.unreadable or ""
        return Verdict("bad", "undecodable" if unreadable else "forged", unreadable)
    try:
        return _spoken(envelope.decode(delivery.body), heeding)
    except envelope.BadEnvelope as fault:
        return Verdict("bad", f"bad-envelope:{fault}")
    except ValidationError as fault:
        return Verdict("bad", "bad-data:" + ",".join(sorted(map(str, fault.messages_dict))))
    except Exception as fault:  # a reader that stumbles means a message nobody can read
        return Verdict("bad", "undecodable", type(fault).__name__)


def _spoken(body: dict[str, Any], heeding: Heeding) -> Spoken | Verdict:
    heard = envelope.heard(body)
    if heard.source != heeding.source:
        return Verdict("bad", "forged")
    if not heeding.knows(heard.type):
        return Verdict("bad", "unknown-type")
    return Spoken(envelope.fact_in(body), heard, envelope.traceparent_in(body))


def carry_out(use_case: UseCase, spoken: Spoken) -> Verdict:
    """Run `use_case` with what was heard, again when a save was overtaken.

    Raises:
        greenlet.GreenletExit: the process is being stopped; nothing else ever.
    """
    heard = spoken.heard
    with working(Work(kind="heard", event=heard, traceparent=spoken.traceparent)):
        try:
            with eventlet.Timeout(HANDLER_SECONDS, _Late()):
                _attempt(use_case, spoken)
            return Verdict("done")
        except AlreadyHeard:
            return Verdict("done", "already-heard")
        except GreenletExit:
            raise
        except BaseException as fault:  # an eventlet.Timeout without an exception of its own is one
            if store_is_away(fault):
                return Verdict("away", "store-away", type(fault).__name__)
            log.error("hearing_failed", event_id=heard.event_id, type=heard.type, exc_info=fault)
            return Verdict("failed", "failed", type(fault).__name__)


def _attempt(use_case: UseCase, spoken: Spoken) -> None:
    for attempt in range(MOST_ATTEMPTS):
        try:
            use_case(spoken.fact, spoken.heard)
            return
        except Overtaken:
            eventlet.sleep(random.uniform(0, 0.02 * 2**attempt))  # noqa: S311 - jitter, no secret
    raise Overtaken
