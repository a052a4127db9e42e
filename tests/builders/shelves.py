"""A small aggregate of no service, for the tests of the store: a shelf with books."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import ClassVar

from services.contracts.events import Fact
from services.kit.context import Heard, RequestKey, Work, working
from services.kit.derive import etag
from services.kit.due_entry import Due
from services.kit.errors import Conflict
from services.kit.mongo import Index
from services.kit.store import Aggregates

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
NET = "net_1"


class LabelTaken(Conflict):
    code = "label-taken"


@dataclass(frozen=True)
class Shelf:
    id: str
    network: str
    label: str
    books: tuple[str, ...] = ()
    secret: str | None = None
    revision: int = 0
    due: tuple[Due, ...] = ()


@dataclass(frozen=True)
class ShelfMoved(Fact):
    source: ClassVar[str] = "sessions"
    aggregate: ClassVar[str] = "shelf"
    subject_field: ClassVar[str] = "shelf_id"
    shelf_id: str = ""


class Shelves(Aggregates[Shelf]):
    collection = "shelves"
    kind = "shelf"
    indexes = (Index("one_shelf_per_label", [("network", 1), ("label", 1)], unique=True, refusal=LabelTaken),)

    def to_document(self, shelf):
        return {"label": shelf.label, "books": list(shelf.books)}

    def to_aggregate(self, document):
        return Shelf(**self.identity(document), label=document["label"], books=tuple(document["books"]))


class SealedShelves(Shelves):
    collection = "sealed_shelves"
    sealed = ("secret",)

    def to_document(self, shelf):
        sealed = self.seal(shelf, "secret", shelf.secret, cohort="coh_1", author="per_ada")
        return super().to_document(shelf) | {"secret": sealed}

    def to_aggregate(self, document):
        secret = self.unseal(document, "secret", document["secret"])
        return replace(super().to_aggregate(document), secret=secret)


def a_shelf(id="shf_1", label="novels", network=NET, **fields):
    return Shelf(id=id, network=network, label=label, **fields)


def present(thing):
    """The answer of the asks in these tests: the shelf without what the machinery keeps, or a given dict."""
    if isinstance(thing, dict):
        return thing
    return {"id": thing.id, "label": thing.label, "books": list(thing.books), "secret": thing.secret}


def asking(key="key-1", body="body-1", **more):
    """Work in a write ask with a request key; `with asking(): …`."""
    request = RequestKey(key, body)
    fields = {"present": present, "etag": lambda answer: etag(b"k" * 32, answer)} | more
    return working(Work(kind="ask", request=request, **fields))


def hearing(event_id="evt_1", version=1):
    """Work of a listener; `with hearing(): …`."""
    event = Heard(event_id, "membership", "cohort_formed", "coh_1", version, NET, NOON)
    return working(Work(kind="heard", event=event))


def being_due(document_id, fence):
    """Work of the due-work runner; `with being_due("shf_1", 1): …`."""
    return working(Work(kind="due", document_id=document_id, fence=fence))
