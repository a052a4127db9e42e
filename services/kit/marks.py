"""Marks of what was forgotten: an author's or a cohort's keys in one key database (sealing.py).

A mark stays for ever and holds ids alone. It keeps late words from making a key anew, and tells every process
within seconds that keys it holds opened are gone.
"""

import math
from collections.abc import Callable
from contextlib import suppress

from pymongo.collection import Collection
from pymongo.errors import DuplicateKeyError

from services.kit.mongo import Document

LOOK_SECONDS = 5


class Marks:
    """The marks of one key database.

    Args:
        collection: of marks, beside the keys.
        clock: seconds, for how often to look what others forgot.
    """

    def __init__(self, collection: Collection[Document], clock: Callable[[], float]) -> None:
        self._marks, self._clock = collection, clock
        self._looked_at, self._seen = -math.inf, 0

    def put(self, network: str, whose: str, name: str) -> None:
        """Mark the "author" or the "cohort" called `name` as forgotten; again changes nothing."""
        with suppress(DuplicateKeyError):
            self._marks.insert_one({"_id": _mark(network, whose, name)})

    def hold(self, network: str, cohort: str, author: str) -> bool:
        """True when the author or the cohort was forgotten."""
        names = [_mark(network, "author", author), _mark(network, "cohort", cohort)]
        return self._marks.find_one({"_id": {"$in": names}}) is not None

    def are_new(self) -> bool:
        """True when something was forgotten since the last call, perhaps by another process; seldom looks."""
        now = self._clock()
        if now - self._looked_at < LOOK_SECONDS:
            return False
        before, self._looked_at = self._seen, now
        self._seen = self._marks.estimated_document_count()
        return self._seen != before


def _mark(network: str, whose: str, name: str) -> str:
    return f"{network}:{whose}:{name}"
