"""Taking due documents under a lease (MECHANISMS P7), by MongoDB's clock alone.

The lease only saves work: what makes a thing happen once is the revision and the fence in the save. A fence
is a number that rises with every taking, so that a runner that slept through its lease can save nothing.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from pymongo import ReturnDocument
from pymongo.collection import Collection

from services.kit.mongo import MAX_SKEW_SECONDS, Document, reaching

NEVER = datetime(1970, 1, 1, tzinfo=UTC)
LONGEST_PAUSE_SECONDS = 300
_wakers: dict[tuple[str, str], list[Callable[[], None]]] = {}


@dataclass(frozen=True)
class Lease:
    """One due document in our hands: `kind` of its earliest due entry, `fence` of this taking."""

    id: str
    network: str | None
    kind: str
    fence: int
    revision: int
    failures: int
    due_at: datetime


def take(documents: Collection[Document], seconds: float) -> Lease | None:
    """Take the document that has been due longest, for `seconds`; None when nothing is due and free."""
    horizon = datetime.now(UTC) + timedelta(seconds=2 * MAX_SKEW_SECONDS)  # keeps the index scan short
    due = {
        "$and": [
            {"$lte": ["$next_due_at", "$$NOW"]},
            {"$lte": [{"$ifNull": ["$lease_until", NEVER]}, "$$NOW"]},
        ]
    }
    taking = {"lease_until": _in(seconds), "fence": {"$add": [{"$ifNull": ["$fence", 0]}, 1]}}
    with reaching():
        document = documents.find_one_and_update(
            {"next_due_at": {"$gt": NEVER, "$lte": horizon}, "$expr": due},
            [{"$set": taking}],
            sort=[("next_due_at", 1)],
            projection={"network": 1, "due": 1, "fence": 1, "revision": 1, "due_failures": 1},
            return_document=ReturnDocument.AFTER,
        )
    return None if document is None else _lease(document)


def renew(documents: Collection[Document], lease: Lease, seconds: float) -> bool:
    """Keep the lease for another `seconds`; False when somebody else holds it by now."""
    with reaching():
        result = documents.update_one(_ours(lease), [{"$set": {"lease_until": _in(seconds)}}])
    return bool(result.matched_count)


def postpone(documents: Collection[Document], lease: Lease) -> float:
    """Leave a document whose work failed alone for a while, longer each time; return for how many seconds."""
    seconds = min(2.0**lease.failures, LONGEST_PAUSE_SECONDS)
    pause = {"lease_until": _in(seconds), "due_failures": lease.failures + 1}
    with reaching():
        documents.update_one(_ours(lease), [{"$set": pause}])
    return seconds


def put_aside(documents: Collection[Document], lease: Lease, seconds: float) -> bool:
    """Leave alone for `seconds` what nobody saved since it was taken; False when it was saved."""
    with reaching():
        unsaved = _ours(lease) | {"revision": lease.revision}
        return bool(documents.update_one(unsaved, [{"$set": {"lease_until": _in(seconds)}}]).matched_count)


@contextmanager
def kept(documents: Collection[Document], lease: Lease, seconds: float) -> Iterator[None]:
    """Renew the lease at every third of its time until the block ends or somebody else has it."""
    over = threading.Event()

    def keep() -> None:
        while not over.wait(seconds / 3):
            try:
                if not renew(documents, lease, seconds):
                    return
            except Exception:  # noqa: S112 - the next third tries again; the fence guards meanwhile
                continue

    keeper = threading.Thread(target=keep, daemon=True)
    keeper.start()
    try:
        yield
    finally:
        over.set()
        keeper.join()


def wake(documents: Any) -> None:
    """Tell the runners of this process that something in `documents` is due about now."""
    for woken in _wakers.get(_name(documents), ()):
        woken()


def on_wake(documents: Any, woken: Callable[[], None]) -> Callable[[], None]:
    """Have `woken` called when something is about to be due; returns the function that ends it."""
    listeners = _wakers.setdefault(_name(documents), [])
    listeners.append(woken)
    return lambda: listeners.remove(woken)


def _name(documents: Any) -> tuple[str, str]:
    return documents.database.name, documents.name


def _ours(lease: Lease) -> Document:
    return {"_id": lease.id, "fence": lease.fence}


def _in(seconds: float) -> Document:
    return {"$add": ["$$NOW", int(seconds * 1000)]}


def _lease(document: Document) -> Lease:
    first = min(document["due"], key=lambda each: each["at"])
    return Lease(
        id=document["_id"],
        network=document.get("network"),
        kind=first["kind"],
        fence=document["fence"],
        revision=document["revision"],
        failures=document.get("due_failures", 0),
        due_at=first["at"],
    )
