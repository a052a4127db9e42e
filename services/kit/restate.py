"""Saying again how everything is, and comparing copies with their owners (MECHANISMS P4b).

For a lost broker or a new listener: each aggregate's present state goes into its outbox once more, as
`<aggregate>_restated` at the same version. Copies keep a digest of the state they were told; owners can make
the same digest of the state they hold.
"""

from typing import Any

from services.contracts.events import Fact
from services.contracts.schemas import to_data
from services.kit import outbox
from services.kit.clock import WallClock
from services.kit.copies import Copies
from services.kit.documents import Documents
from services.kit.envelope import announce, digest
from services.kit.errors import NotFound


def restatable(service: Any) -> dict[str, Documents[Any]]:
    """Return the stores of a service instance whose aggregates others copy, by collection."""
    return {
        store.collection: store
        for store in vars(service).values()
        if isinstance(store, Documents) and type(store).restated is not Documents.restated
    }


def copied(service: Any) -> dict[str, Copies]:
    """Return the copies of a service instance, by collection."""
    return {copies.name: copies for copies in vars(service).values() if isinstance(copies, Copies)}


def restate_page(service: Any, collection: str, after: str | None, limit: int) -> dict[str, Any]:
    """Announce the state of up to `limit` aggregates; return `{"count": …, "next": id or None}`.

    Raises:
        NotFound: no such collection, or nobody copies it.
    """
    store = restatable(service).get(collection)
    if store is None:
        raise NotFound("this collection has no aggregates that others copy")
    documents = _page(store.documents, after, limit)
    facts = [(document, store.restated(store.whole(document))) for document in documents]
    count = sum(_restate(store, document, fact) for document, fact in facts if fact is not None)
    outbox.poke(collection)
    return {"count": count, "next": _next(documents, limit)}


def hashes_page(service: Any, collection: str, after: str | None, limit: int) -> dict[str, Any]:
    """Return `{"data": [[id, version, digest], …], "next": id or None}` of owned aggregates or of copies.

    Raises:
        NotFound: no such collection.
    """
    store, copies = restatable(service).get(collection), copied(service).get(collection)
    if store is not None:
        documents = _page(store.documents, after, limit)
        facts = [(document, store.restated(store.whole(document))) for document in documents]
        told = [
            [document["_id"], document["revision"], digest(to_data(fact))]
            for document, fact in facts
            if fact is not None
        ]
    elif copies is not None:
        documents = _page(copies.documents, after, limit)
        told = [[document["_id"], document["version"], document.get("digest", "")] for document in documents]
    else:
        raise NotFound("there is no such collection of aggregates or copies")
    return {"data": told, "next": _next(documents, limit)}


def _restate(store: Documents[Any], document: dict[str, Any], fact: Fact) -> bool:
    """Guarded by the revision: who saved meanwhile announced more than we could."""
    at = WallClock().now()
    name = f"{fact.aggregate}_restated"
    announcement = announce(fact, document["revision"], at, name=name)
    written = store.documents.update_one(
        {"_id": document["_id"], "revision": document["revision"]},
        {"$push": {"outbox": {"at": at, **vars(announcement)}}},
    )
    return bool(written.matched_count)


def _page(collection: Any, after: str | None, limit: int) -> list[dict[str, Any]]:
    where = {"_id": {"$gt": after}} if after else {}
    return list(collection.find(where, {"outbox": 0, "requests": 0, "heard": 0}).sort("_id", 1).limit(limit))


def _next(documents: list[dict[str, Any]], limit: int) -> str | None:
    return str(documents[-1]["_id"]) if len(documents) == limit else None
