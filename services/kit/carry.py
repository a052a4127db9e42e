"""Carrying out one ask: the payload becomes a command, the use case runs, its result becomes a reply.

Whatever a use case does - refuse, come late, be overtaken, fail, be killed - there is exactly one reply.
"""

import dataclasses
import random
import time
from collections.abc import Callable, Mapping
from typing import Any

import eventlet
from greenlet import GreenletExit
from marshmallow import Schema, ValidationError

from services.contracts.caller import Caller
from services.kit.askwire import Request, answer_reply, failure_reply, refusal_reply
from services.kit.away import store_is_away
from services.kit.context import Answer, Work, working
from services.kit.errors import Invalid, Refusal
from services.kit.logs import get_logger
from services.kit.metrics import ATTEMPTS
from services.kit.noting import NO_NOTES, Notes, Noting
from services.kit.outcomes import Answered, Overloaded, Overtaken, Unavailable

log = get_logger()
MOST_ATTEMPTS = 8
_FIRST_PAUSE, _LONGEST_PAUSE = 0.01, 0.5
UseCase = Callable[[Any], Any]


class _Late(Exception):
    """The asker's time is over."""


@dataclasses.dataclass(frozen=True)
class Terms:
    """What a door promises about one ask: how payloads are loaded, results presented, answers tagged."""

    name: str
    load: Callable[[Mapping[str, Any], Caller], Any]
    present: Callable[[Any, Caller], Answer]
    etag: Callable[[Answer], str]
    write: bool = True
    noting: Noting = NO_NOTES
    notes: Notes | None = None


def carry_out(use_case: UseCase, request: Request, terms: Terms, deadline: float) -> dict[str, Any]:
    """Run `use_case` with the request's command and return the reply to send.

    Args:
        deadline: in `time.monotonic()` seconds; the use case is stopped then.

    Raises:
        greenlet.GreenletExit: the process is being stopped; nothing else ever.
    """
    work = _work(request, terms, deadline)
    with working(work):
        return _reply(use_case, request, terms, work)


def _reply(use_case: UseCase, request: Request, terms: Terms, work: Work) -> dict[str, Any]:
    try:
        with eventlet.Timeout(max(0.001, (work.deadline or 0) - time.monotonic()), _Late()):
            return _answer(use_case, request, terms, work)
    except Refusal as refusal:
        return refusal_reply(refusal)
    except Unavailable:
        return failure_reply("away")
    except Overloaded:
        return failure_reply("overloaded")
    except _Late:
        return failure_reply("late")
    except GreenletExit:
        raise
    except BaseException as fault:  # an eventlet.Timeout without an exception of its own is one
        away = store_is_away(fault)
        log.error("store_away" if away else "ask_failed", ask=terms.name, exc_info=fault)
        return failure_reply("away" if away else "fault")


def _answer(use_case: UseCase, request: Request, terms: Terms, work: Work) -> dict[str, Any]:
    command = terms.load(request.payload, request.caller)
    try:
        result = _attempt(use_case, command, terms.name, work.deadline or 0)
    except Answered as before:
        return answer_reply(before.answer, terms.etag(before.answer), replayed=True)
    except Refusal as refusal:
        _note_refusal(refusal, request.caller, terms)
        raise
    answer = terms.present(result, request.caller)
    if terms.noting.read is not None and terms.notes is not None:
        terms.notes.put(terms.noting.read, request.caller, answer)
    return answer_reply(answer, terms.etag(answer))


def _note_refusal(refusal: Refusal, caller: Caller, terms: Terms) -> None:
    """Whom a no concerns, the refusal itself knows; nothing of what was sent is noted."""
    if terms.noting.refused is not None and terms.notes is not None:
        network, *concerned = refusal.concerns or ("",)
        told = {"code": refusal.code, "about": concerned}
        terms.notes.put(terms.noting.refused, caller, told, network=network)


def _work(request: Request, terms: Terms, deadline: float) -> Work:
    def present(result: Any) -> Answer:
        return terms.present(result, request.caller)

    return Work(
        kind="ask",
        caller=request.caller,
        request=request.key if terms.write else None,
        if_match=request.if_match,
        present=present,
        etag=terms.etag,
        traceparent=request.traceparent,
        request_id=request.request_id,
        deadline=deadline,
        noted=terms.noting.write,
    )


def _attempt(use_case: UseCase, command: Any, name: str, deadline: float) -> Any:
    pause = _FIRST_PAUSE
    for _ in range(MOST_ATTEMPTS):
        try:
            return use_case(command)
        except Overtaken:
            ATTEMPTS.labels(name).inc()
            wait = random.uniform(0, pause)  # noqa: S311 - jitter, no secret
            if time.monotonic() + wait >= deadline:
                break
            eventlet.sleep(wait)
            pause = min(pause * 2, _LONGEST_PAUSE)
    raise Overloaded(f"{name} was overtaken too often")


def loader(schema: Any) -> Callable[[Mapping[str, Any], Caller], Any]:
    """Return what turns a payload into a command: by a marshmallow schema; None takes an empty payload only.

    A command that has a field `caller` gets it filled; the payload can never name it.
    """
    shape: Schema | None = schema() if isinstance(schema, type) else schema

    def load(payload: Mapping[str, Any], caller: Caller) -> Any:
        if shape is None:
            return _nothing(payload)
        try:
            command = shape.load(dict(payload))
        except ValidationError as fault:
            raise Invalid("the request has faults", errors=pointers(fault.messages)) from None
        if dataclasses.is_dataclass(command) and not isinstance(command, type) and hasattr(command, "caller"):
            return dataclasses.replace(command, caller=caller)
        return command

    return load


def presenter(answer: Any) -> Callable[[Any, Caller], Answer]:
    """Return what turns a result into an answer: a schema, a function of (result, caller), or None."""
    if answer is None:
        return lambda result, _caller: result if isinstance(result, dict) else {}
    if isinstance(answer, Schema) or (isinstance(answer, type) and issubclass(answer, Schema)):
        shape: Any = answer() if isinstance(answer, type) else answer
        return lambda result, _caller: shape.dump(result)
    function: Callable[[Any, Caller], Answer] = answer
    return function


def pointers(messages: Any, at: str = "") -> list[dict[str, str]]:
    """Flatten marshmallow's messages to `{"pointer": "/field/0", "detail": "…"}`."""
    if isinstance(messages, Mapping):
        return [found for key, inner in messages.items() for found in pointers(inner, _step(at, key))]
    details = messages if isinstance(messages, list | tuple) else [messages]
    return [{"pointer": at or "/", "detail": str(detail)} for detail in details]


def _step(at: str, key: Any) -> str:
    return at if key == "_schema" else f"{at}/{str(key).replace('~', '~0').replace('/', '~1')}"


def _nothing(payload: Mapping[str, Any]) -> dict[str, Any]:
    if payload:
        raise Invalid(
            "nothing is to be said with this", errors=pointers(dict.fromkeys(payload, "unknown field"))
        )
    return {}
