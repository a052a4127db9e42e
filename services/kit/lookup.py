"""Reading documents by id: those that are asked for side by side come in one round trip.

A read that waits begins after everybody in it asked, so nobody sees less than with a read of their own.
"""

from dataclasses import dataclass
from typing import Any

from pymongo.collection import Collection

from services.kit import answers
from services.kit.context import RequestKey
from services.kit.mongo import Document, reaching
from services.kit.together import Together


@dataclass(frozen=True)
class _Wanted:
    id: Any
    request: RequestKey | None


class Lookup:
    """Finds documents of one collection by id, without what only the machinery reads (answers.projection)."""

    def __init__(self, documents: Collection[Document]) -> None:
        self._documents = documents
        self._find = Together(self._find_all)

    def __call__(self, id: Any, request: RequestKey | None) -> Document | None:
        """Return the document, with the record of `request` if it has one; its parts are not to be changed.

        Raises:
            StoreAway: MongoDB cannot be reached just now.
        """
        return self._find(_Wanted(id, request))

    def _find_all(self, wanted: list[_Wanted]) -> list[Document | None]:
        with reaching():
            if len(wanted) == 1:
                return [self._find_one(wanted[0])]
            plain = [each for each in wanted if each.request is None]
            keyed = {each.id: each for each in wanted if each.request is not None}
            found = self._read([each.id for each in plain], [])
            recorded = self._read(list(keyed), [each.request.key for each in keyed.values() if each.request])
            return [self._own(each, found, keyed, recorded) for each in wanted]

    def _own(
        self,
        wanted: _Wanted,
        found: dict[Any, Document],
        keyed: dict[Any, _Wanted],
        recorded: dict[Any, Document],
    ) -> Document | None:
        if wanted.request is None:
            return found.get(wanted.id)
        if keyed[wanted.id] is not wanted:  # two requests of one document: each needs its own record
            return self._find_one(wanted)
        return recorded.get(wanted.id)

    def _read(self, ids: list[Any], keys: list[str]) -> dict[Any, Document]:
        if not ids:
            return {}
        records: Any = {"$elemMatch": {"key": {"$in": keys}}} if keys else 0
        projection = {**answers.projection(None), "requests": records, "answers": records}
        cursor = self._documents.find({"_id": {"$in": list(set(ids))}}, projection)
        return {document["_id"]: document for document in cursor}

    def _find_one(self, wanted: _Wanted) -> Document | None:
        return self._documents.find_one({"_id": wanted.id}, answers.projection(wanted.request))
