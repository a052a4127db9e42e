"""Why a write did not happen: asked before, heard before, refused by an index, full, or overtaken."""

from pymongo.errors import DuplicateKeyError

from services.kit import answers
from services.kit.context import work
from services.kit.documents import A, Documents
from services.kit.errors import Conflict, Refusal
from services.kit.mongo import Document, reaching
from services.kit.outcomes import Overloaded, Overtaken

OUTBOX_LIMIT = 1000  # pending announcements of one document


class OutboxStuckError(Overloaded):
    """This document holds as many unsent announcements as we bear; nothing was written, nothing is lost."""


class Unwritten(Documents[A]):
    """The part of a store that looks when MongoDB refused a write."""

    def _already_there(self, aggregate: A, error: DuplicateKeyError) -> A:
        """An insert met a unique index."""
        now = work()
        self._replay_by_key()
        by_id = "_id" in (error.details or {}).get("keyPattern", {})
        if by_id and now.kind in ("heard", "due"):
            return self.get(aggregate.network, aggregate.id)
        raise self._refusal_of(error) from None

    def _why_not(self, aggregate: A, announced: int, repeatable: bool) -> A:
        """An update found no document as it was read."""
        now = work()
        with reaching():
            document = self.documents.find_one({"_id": aggregate.id, "network": aggregate.network})
        if document is None:
            raise self._missing()
        if now.request is not None:
            answers.replay(document, now.request, self._recorded)
        if now.event is not None and not repeatable and _has_heard(document, now.event.event_id):
            return self.whole(document)
        if len(document.get("outbox", ())) + announced > OUTBOX_LIMIT:
            raise OutboxStuckError(f"{self.collection} {aggregate.id}")
        raise Overtaken

    def _refusal_of(self, error: DuplicateKeyError) -> Refusal:
        broken = str((error.details or {}).get("errmsg", ""))
        for index in self.indexes:
            if index.refusal is not None and f"index: {index.name} " in broken:
                return index.refusal()
        return Conflict(f"this {self._name()} is already there", code="already-exists")

    def _replay_by_key(self) -> None:
        request = work().request
        if request is None:
            return
        with reaching():
            document = self.documents.find_one({"requests.key": request.key}, answers.projection(request))
        if document is not None:
            answers.replay(document, request, self._recorded)


def _has_heard(document: Document, event_id: str) -> bool:
    return any(each["id"] == event_id for each in document.get("heard", ()))
