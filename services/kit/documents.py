"""Documents and the aggregates they hold: the reading half of a store."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Generic, Protocol, TypeVar, cast

from services.contracts.events import Fact
from services.kit import answers, outbox, paging
from services.kit.context import work
from services.kit.due_entry import Due
from services.kit.errors import NotFound
from services.kit.floor import Floor
from services.kit.lookup import Lookup
from services.kit.mongo import Document, Index, create_indexes, reaching
from services.kit.paging import Sort
from services.kit.sealing import AuthorForgotten

BASE_INDEXES = (
    Index("unsent_outbox", [("outbox.at", 1)], sparse=True),
    Index(
        "one_answer_per_request",
        [("requests.key", 1)],
        unique=True,
        where={"requests.key": {"$exists": True}},
    ),
    Index("due_work", [("next_due_at", 1)], sparse=True),
    *(
        Index(f"idle_with_{field}", [("written_at", 1)], where={f"{field}.0": {"$exists": True}})
        for field in ("requests", "heard")
    ),
)


class Aggregate(Protocol):
    """What a store needs of an aggregate: a frozen dataclass with these (and `due`, where something is)."""

    @property
    def id(self) -> str: ...
    @property
    def network(self) -> Any: ...
    @property
    def revision(self) -> int: ...


A = TypeVar("A", bound=Aggregate)


@dataclass(frozen=True)
class Page(Generic[A]):
    """Some of a list: `items`, and where the next ones begin (None: no more)."""

    items: list[A]
    next: str | None


STORES: dict[tuple[str, str], "Documents[Any]"] = {}  # (database, collection) -> the stores of this process


class Documents(Generic[A]):
    """The documents of one collection. A subclass says its names and how a document looks.

    Class attributes:
        collection: the collection's name.
        kind: the aggregate's name in events and refusals ("session").
        sealed: names of the fields that `to_document` seals; recorded answers are sealed then, too.
        indexes: beside those every store has.
        per_network: False for the named exceptions (accounts, keys, operators); `network` is then ignored.
    """

    collection: ClassVar[str]
    kind: ClassVar[str]
    sealed: ClassVar[tuple[str, ...]] = ()
    indexes: ClassVar[tuple[Index, ...]] = ()
    per_network: ClassVar[bool] = True

    def __init__(self, floor: Floor) -> None:
        self.floor = floor
        self.documents = floor.database[self.collection]
        self.swept = self.documents
        self._lookup = Lookup(self.documents)
        STORES[floor.database.name, self.collection] = self
        outbox.register(outbox.Outbox(floor.database.name, self.collection, floor.service, self.documents))

    def to_document(self, aggregate: A) -> Document:
        """Return the state, always the same fields, without those the store keeps itself (store.RESERVED)."""
        raise NotImplementedError

    def to_aggregate(self, document: Document) -> A:
        """Return the aggregate of a document; `**self.identity(document)` gives id, network and revision."""
        raise NotImplementedError

    def restated(self, aggregate: A) -> Fact | Iterable[Fact] | None:
        """Return what says how `aggregate` is now, one fact for each kind others copy; None: nobody does."""
        return None

    def identity(self, document: Document) -> dict[str, Any]:
        """Return the constructor arguments every aggregate takes."""
        return {"id": document["_id"], "network": document["network"], "revision": document["revision"]}

    def prepare(self) -> None:
        """Create the indexes; repeating changes nothing."""
        create_indexes(self.documents, (*BASE_INDEXES, *self.indexes))
        if self.sealed:
            self.floor.sealing.prepare()

    def get(self, network: str | None, id: str, admitting: Callable[[A], object] | None = None) -> A:
        """Return one aggregate.

        Args:
            admitting: called with the aggregate before anything else; raises when the caller may not see it.
                A recorded answer is only replayed to a caller who is admitted now.

        Raises:
            NotFound: nothing by that id in this network.
            Answered: this very request was carried out on it before.
            Invalid: the request's key was used with another body (code "key-reused").
        """
        where = self._in(network, {"_id": id})
        document = self._lookup(id, work().request)
        if document is None or any(document[name] != value for name, value in where.items()):
            raise self._missing()
        return self._admitted(document, admitting)

    def find_one(
        self,
        network: str | None,
        where: Mapping[str, Any],
        admitting: Callable[[A], object] | None = None,
        sort: Sort | None = None,
    ) -> A | None:
        """Like `get`, for the first aggregate that fits `where`; None when there is none."""
        request = work().request
        order = list(sort) if sort else None
        with reaching():
            document = self.documents.find_one(
                self._in(network, where), answers.projection(request), sort=order
            )
        return None if document is None else self._admitted(document, admitting)

    def find(
        self,
        network: str | None,
        where: Mapping[str, Any],
        sort: Sort | None = None,
        limit: int | None = None,
        after: str | None = None,
    ) -> list[A]:
        """Return the aggregates that fit `where`, by `sort` and then id; `after` is a `Page.next`."""
        return [self.whole(each) for each in self._read(network, where, sort, limit, after)]

    def page(
        self,
        network: str | None,
        where: Mapping[str, Any],
        sort: Sort | None = None,
        limit: int = 50,
        after: str | None = None,
    ) -> Page[A]:
        """Return at most `limit` of what `find` returns, and where the next page begins."""
        documents = self._read(network, where, sort, limit + 1, after)
        more = len(documents) > limit
        following = paging.position(documents[limit - 1], sort) if more else None
        return Page([self.whole(each) for each in documents[:limit]], following)

    def count(self, network: str | None, where: Mapping[str, Any]) -> int:
        """Return how many fit `where`."""
        with reaching():
            return self.documents.count_documents(self._in(network, where))

    def whole(self, document: Document) -> A:
        """Return the aggregate of a raw document, with its revision and what is due."""
        aggregate = self.to_aggregate(document)
        own: dict[str, Any] = {"revision": document["revision"]}
        if hasattr(aggregate, "due"):
            own["due"] = tuple(Due(**each) for each in document.get("due", ()))
        return cast(A, replace(cast(Any, aggregate), **own))

    def seal(self, aggregate: A, field: str, value: Any, *, cohort: str, author: str, pad: int = 128) -> Any:
        """Seal one confidential value of `aggregate` (sealing.py); None stays None.

        Of an author who was forgotten meanwhile nothing is kept: None, too.
        """
        if value is None:
            return None
        place = {"network": aggregate.network, "collection": self.collection, "id": aggregate.id}
        try:
            return self.floor.sealing.seal(value, cohort=cohort, author=author, field=field, pad=pad, **place)
        except AuthorForgotten:
            return None

    def unseal(self, document: Mapping[str, Any], field: str, sealed: Any) -> Any:
        """Open what `seal` sealed for this document and field; None when it was forgotten."""
        if sealed is None:
            return None
        return self.floor.sealing.unseal(
            sealed, network=document["network"], collection=self.collection, id=document["_id"], field=field
        )

    def _admitted(self, document: Document, admitting: Callable[[A], object] | None) -> A:
        aggregate, request = self.whole(document), work().request
        if admitting is not None:
            admitting(aggregate)
        if request is not None:
            answers.replay(document, request, self._recorded)
        return aggregate

    def _name(self) -> str:
        return self.kind.replace("_", " ")

    def _missing(self) -> NotFound:
        return NotFound(f"there is no such {self._name()}")

    def _read(
        self,
        network: str | None,
        where: Mapping[str, Any],
        sort: Sort | None,
        limit: int | None,
        after: str | None,
    ) -> list[Document]:
        beyond = paging.beyond(after, sort)
        within = {"$and": [dict(where), beyond]} if beyond else where
        with reaching():
            cursor = self.documents.find(self._in(network, within), answers.projection(None))
            return list(cursor.sort(paging.ordered(sort)).limit(limit or 0))

    def _in(self, network: str | None, where: Mapping[str, Any]) -> Document:
        if not self.per_network:
            return dict(where)
        if not isinstance(network, str) or not network:
            raise ValueError(f"{self.collection} are read within one network")
        return {**where, "network": network}

    def _recorded(self, document: Mapping[str, Any], record: answers.Record) -> Any:
        answer = record.get("answer")
        if answer is None and "sealed" in record:
            answer = self.unseal(document, f"requests.{record['key']}", record["sealed"])
        if answer is not None:
            return answer
        with reaching():
            whole = self.documents.find_one({"_id": document["_id"]}, answers.projection(None))
        present = work().present
        if whole is None or present is None:
            raise self._missing()
        return present(self.whole(whole))
