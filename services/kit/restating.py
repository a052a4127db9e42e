"""Saying again how things are, and comparing copies with their owners (MECHANISMS P4b).

Restating puts the present state of each aggregate into its outbox as `<kind>_restated`, at its revision now:
copies take it over where they missed something, and nobody sends a notice because of it. Comparing goes by
version, for one version is one state.

Each write leaves its time in the document (`written_at`), so that what a broker lost since an instant can be
said again without the years before it. A document that knows no such time is restated, too.
"""

import hashlib
from datetime import datetime, timedelta
from typing import Any

from services.contracts.events import Fact
from services.kit import outbox
from services.kit.copies import COPIES
from services.kit.documents import STORES, Documents
from services.kit.envelope import announce
from services.kit.floor import Floor
from services.kit.mongo import MAX_SKEW_SECONDS, Document, reaching
from services.kit.store import OUTBOX_LIMIT

BATCH = 500
ATTEMPTS = 8
SLACK = timedelta(seconds=2 * MAX_SKEW_SECONDS)  # between the clocks of two writers at worst
Digest = dict[str, Any]


def restate(
    floor: Floor,
    kind: str | None = None,
    after: str | None = None,
    batch: int = BATCH,
    since: datetime | None = None,
) -> tuple[dict[str, int], str | None]:
    """Announce again the state of some of the service's aggregates.

    Args:
        kind: only facts of this kind ("cohort"); None: all.
        after: where to go on, as returned; None: from the beginning.
        batch: how many documents to look at.
        since: aware time; only aggregates written then or later (ten seconds earlier for clocks that
            differ). None: all.

    Returns:
        (how many facts of each kind, where to go on or None at the end).
    """
    names = sorted(name for database, name in STORES if database == floor.database.name)
    collection, _, last = (after or "").partition("/")
    counts: dict[str, int] = {}
    for name in (each for each in names if each >= collection):
        store = STORES[floor.database.name, name]
        found = _written(store, last if name == collection else "", batch)
        for one in _since(found, since):
            for restated in _restate_one(store, one, kind):
                counts[restated] = counts.get(restated, 0) + 1
        batch -= len(found)
        if batch <= 0:
            return counts, f"{name}/{found[-1]['_id']}"
    return counts, None


def owned(floor: Floor) -> dict[str, Digest]:
    """Return for each kind the service announces how many there are, and a hash over ids and versions."""
    found: dict[str, list[tuple[str, int]]] = {}
    for (database, _), store in list(STORES.items()):
        if database == floor.database.name:
            with reaching():
                for document in store.documents.find({}, {"told": 1}):
                    for kind, version in document.get("told", {}).items():
                        found.setdefault(kind, []).append((document["_id"], version))
    return {kind: _digest(pairs) for kind, pairs in found.items()}


def copied(floor: Floor) -> dict[str, Digest]:
    """Return the same of each kind the service keeps copies of."""
    result = {}
    for (database, _), copies in list(COPIES.items()):
        if database == floor.database.name:
            with reaching():
                held = list(copies.documents.find({}, {"version": 1}))
            result[copies.kind] = _digest([(each["_id"], each["version"]) for each in held])
    return result


def _restate_one(store: Documents[Any], id: str, kind: str | None) -> list[str]:
    """Return the kinds restated; begins again when somebody saves meanwhile."""
    for _ in range(ATTEMPTS):
        with reaching():
            document = store.documents.find_one({"_id": id})
        if document is None:
            return []
        facts = [fact for fact in _facts(store, document) if kind in (None, fact.aggregate)]
        if not facts or _put(store, document, facts):
            return [fact.aggregate for fact in facts]
    return []


def _facts(store: Documents[Any], document: Document) -> list[Fact]:
    told = store.restated(store.whole(document))
    if told is None or isinstance(told, Fact):
        return [told] if told else []
    return list(told)


def _put(store: Documents[Any], document: Document, facts: list[Fact]) -> bool:
    """False when the document was saved in between, or its outbox is full."""
    at, revision = store.floor.clock.now(), document["revision"]
    told = [announce(fact, revision, at, name=f"{fact.aggregate}_restated") for fact in facts]
    room = f"outbox.{OUTBOX_LIMIT - len(told)}"
    guard = {"_id": document["_id"], "revision": revision, room: {"$exists": False}}
    change = {
        "$push": {"outbox": {"$each": [{"at": at, **vars(each)} for each in told]}},
        "$set": {f"told.{fact.aggregate}": revision for fact in facts},
    }
    with reaching():
        written = store.documents.update_one(guard, change)
    outbox.poke(store.collection)
    return bool(written.matched_count)


def _written(store: Documents[Any], last: str, limit: int) -> list[Document]:
    """The next documents by id: looked at in parts of one size, however few of them are asked for."""
    with reaching():
        found = store.documents.find({"_id": {"$gt": last}}, {"written_at": 1})
        return list(found.sort([("_id", 1)]).limit(limit))


def _since(found: list[Document], since: datetime | None) -> list[str]:
    earliest = since and since - SLACK
    return [
        each["_id"]
        for each in found
        if earliest is None or "written_at" not in each or each["written_at"] >= earliest
    ]


def _digest(pairs: list[tuple[str, int]]) -> Digest:
    lines = "".join(f"{name}:{version}\n" for name, version in sorted(pairs))
    return {"count": len(pairs), "hash": hashlib.sha256(lines.encode()).hexdigest()}
