"""The requests a document answered (MECHANISMS P3): asking twice gets the first answer again.

A document knows its last 64 requests (`requests`: key, body_hash, at) and what it answered to the last 2
of them (`answers`: key, at, and `answer`, or `sealed` in a collection with confidential text). An older
answer, or one over 4 kB, is made anew from the aggregate as it is now: who asks again does so soon, and
every write of a document costs as much as all that lies in it. Secrets shown once are not in the answer a
use case hands over for recording (`answering`).
"""

from collections.abc import Callable, Mapping
from contextvars import ContextVar
from datetime import datetime
from typing import Any

from services.kit.context import RequestKey, Work, work
from services.kit.derive import canonical
from services.kit.errors import Invalid
from services.kit.outcomes import Answered

KEPT = 64  # requests of one document
KEPT_WHOLE = 2  # and answers
LARGEST_ANSWER = 4096  # bytes of JSON
Record = dict[str, Any]  # of one request, with its answer, if that is kept
ANSWER = ("answer", "sealed")

_written: ContextVar[tuple[Work | None, frozenset[str]]] = ContextVar("written", default=(None, frozenset()))


class SecondWriteError(Exception):
    """One ask wrote two documents of one collection: the second would be lost when the first is replayed.

    What spans documents is a process (process.py); what is no part of the answer is saved
    without a request.
    """


def projection(request: RequestKey | None) -> dict[str, Any]:
    """Leave out what only the machinery reads, but for this request's own record."""
    own: dict[str, Any] = {"outbox": 0, "heard": 0}
    of_this = {"$elemMatch": {"key": request.key}} if request else 0
    return own | {"requests": of_this, "answers": of_this}


def make_record(
    request: RequestKey, answer: Mapping[str, Any], at: datetime, seal: Callable[[Any], Any] | None
) -> Record:
    """Return the record of `request`; `seal` is given where the collection holds confidential text."""
    record: Record = {"key": request.key, "body_hash": request.body_hash, "at": at}
    if len(canonical(answer)) > LARGEST_ANSWER:
        return record
    return record | ({"sealed": seal(answer)} if seal else {"answer": dict(answer)})


def kept(record: Record | None) -> tuple[list[Record], list[Record]]:
    """Return what a record adds to (`requests`, `answers`) of its document."""
    if record is None:
        return [], []
    known = {name: value for name, value in record.items() if name not in ANSWER}
    answered = {name: value for name, value in record.items() if name != "body_hash"}
    return [known], [answered] if answered.keys() & set(ANSWER) else []


def replay(
    document: Mapping[str, Any], request: RequestKey, opened: Callable[[Mapping[str, Any], Record], Any]
) -> None:
    """Do nothing when `document` does not know `request`.

    Args:
        opened: (document, record) -> the recorded answer, made anew where none was kept.

    Raises:
        Answered: it does; the door replies what was answered then.
        Invalid: it does, with another body (code "key-reused").
    """
    record = next((each for each in document.get("requests", ()) if each["key"] == request.key), None)
    if record is None:
        return
    if record["body_hash"] != request.body_hash:
        raise Invalid("this Idempotency-Key was used with another body", code="key-reused")
    given: Record = next((each for each in document.get("answers", ()) if each["key"] == request.key), {})
    raise Answered(opened(document, record | given))


def note_recorded(collection: str) -> None:
    """Note that this ask's record now lies in `collection`."""
    now, before = work(), _written.get()
    _written.set((now, before[1] | {collection} if before[0] is now else frozenset({collection})))


def refuse_second(collection: str) -> None:
    """See that this ask's record does not lie in `collection` yet.

    Raises:
        SecondWriteError: it does.
    """
    written_by, collections = _written.get()
    if written_by is work() and collection in collections:
        raise SecondWriteError(collection)
