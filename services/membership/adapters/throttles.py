"""The count of tries, of the whole installation."""

from datetime import datetime, timedelta

from pymongo import ReturnDocument
from pymongo.errors import DuplicateKeyError

from services.kit.derive import fingerprint
from services.kit.floor import Floor
from services.kit.mongo import Document, Index, create_indexes, reaching
from services.membership.domain.throttle import Allowance


class MongoThrottles:
    """Counts tries; the name of what is counted is kept as a hash, and for an hour at most."""

    INDEXES = (Index("forgotten_tries", [("ends_at", 1)], expire_seconds=3600),)

    def __init__(self, floor: Floor) -> None:
        self._documents = floor.database["tries"]

    def prepare(self) -> None:
        """Create the index; repeating changes nothing."""
        create_indexes(self._documents, self.INDEXES)

    def take(self, allowance: Allowance, subject: str, now: datetime) -> bool:
        """Count one try, in one write; True while the allowance holds.

        A window begins with its first try, so that no number of tries keeps it closed for longer than `per`.
        """
        entry = fingerprint(allowance.kind, subject)
        try:
            counted = self._count(entry, allowance.per, now)
        except DuplicateKeyError:  # two first tries at once
            counted = self._count(entry, allowance.per, now)
        return bool(counted["tries"] <= allowance.tries)

    def give_back(self, allowance: Allowance, subject: str) -> None:
        """Uncount a try that turned out to be right."""
        with reaching():
            self._documents.update_one(
                {"_id": fingerprint(allowance.kind, subject), "tries": {"$gt": 0}}, {"$inc": {"tries": -1}}
            )

    def _count(self, entry: str, per: timedelta, now: datetime) -> Document:
        runs = {"$gt": ["$ends_at", now]}
        step = {
            "tries": {"$cond": [runs, {"$add": ["$tries", 1]}, 1]},
            "ends_at": {"$cond": [runs, "$ends_at", now + per]},
        }
        with reaching():
            return self._documents.find_one_and_update(
                {"_id": entry}, [{"$set": step}], upsert=True, return_document=ReturnDocument.AFTER
            )
