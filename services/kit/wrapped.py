"""The keys of sealed text as they lie in their database: one document each, wrapped by the key file."""

import secrets

from pymongo.collection import Collection

from services.kit.kek import Kek, SealBrokenError
from services.kit.mongo import Document


class WrappedKeys:
    """The wrapped keys of one service, and the key file that opens them.

    Args:
        keys: documents `{_id, network, cohort, author, kek, wrapped}`.
    """

    def __init__(self, keys: Collection[Document], kek: Kek) -> None:
        self._keys, self._kek = keys, kek

    def fresh(self, entry: Document) -> Document:
        """Return `entry`, which says whose key it is, with a new key in it."""
        name, wrapped = self._kek.wrap(secrets.token_bytes(32), _bind_key(entry))
        return entry | {"kek": name, "wrapped": wrapped}

    def unwrap(self, entry: Document) -> bytes:
        """Return the key of `entry`. Raises: SealBrokenError."""
        return self._kek.unwrap(entry["kek"], entry["wrapped"], _bind_key(entry))

    def rewrap(self, most: int = 500) -> tuple[int, int]:
        """Wrap with the key file's first line what another line wrapped; return (how many, how many left).

        May be repeated and interrupted: each key is one write.

        Raises:
            SealBrokenError: a key does not open, so no line may be taken out of the key file.
        """
        elsewhere: Document = {"kek": {"$ne": self._kek.first}}
        done = 0
        for entry in list(self._keys.find(elsewhere).limit(most)):
            name, wrapped = self._kek.wrap(self.unwrap(entry), _bind_key(entry))
            changed = {"$set": {"kek": name, "wrapped": wrapped}}
            done += self._keys.update_one({"_id": entry["_id"], "kek": entry["kek"]}, changed).modified_count
        return done, self._keys.count_documents(elsewhere)

    def open_each(self, after: str | None, most: int) -> tuple[int, list[str], str | None]:
        """Open the next keys by id; return (how many opened, ids of those that do not, where to go on)."""
        where: Document = {"_id": {"$gt": after}} if after else {}
        entries = list(self._keys.find(where).sort([("_id", 1)]).limit(most))
        broken = [str(entry["_id"]) for entry in entries if not self._opens(entry)]
        following = str(entries[-1]["_id"]) if len(entries) == most else None
        return len(entries) - len(broken), broken, following

    def count_by_line(self) -> dict[str, int]:
        """Return how many keys each line of the key file wraps."""
        return {name: self._keys.count_documents({"kek": name}) for name in self._keys.distinct("kek")}

    def check(self) -> None:
        """See that the key file is there, and open one key of each of its lines that is in use.

        Raises:
            SettingError: the key file is lost, or cannot be read.
            SealBrokenError: a line is missing or is not the one that wrapped: text would be lost.
        """
        self._kek.check()
        for name in self._keys.distinct("kek"):
            entry = self._keys.find_one({"kek": name})
            if entry is not None:
                self.unwrap(entry)

    def _opens(self, entry: Document) -> bool:
        try:
            return bool(self.unwrap(entry))
        except SealBrokenError:
            return False


def bind(*parts: str) -> bytes:
    """Return `parts` as bytes that no other parts give: what a sealed value or a wrapped key is bound to."""
    return b"".join(len(part.encode()).to_bytes(2, "big") + part.encode() for part in parts)


def _bind_key(entry: Document) -> bytes:
    return bind(entry["_id"], entry["network"], entry["cohort"], entry["author"])
