"""Confidential text at rest: sealed per author and cohort, so that forgetting the key forgets the text.

A value is `0x01 | key id (30) | nonce (12) | AES-256-GCM ciphertext`, bound to network, collection,
document, field and shape: moved elsewhere it does not open. Keys lie in a database of their own, wrapped by
the service's key file. Source: SECURITY 3. Not held off: somebody who reads this process's memory.
"""

import hmac
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

import orjson
from bson.binary import Binary
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from pymongo.collection import Collection
from pymongo.errors import DuplicateKeyError

from services.kit.derive import key_for
from services.kit.errors import Forbidden
from services.kit.ids import random_id
from services.kit.kek import Kek, SealBrokenError
from services.kit.marks import Marks
from services.kit.mongo import Document, Index, create_indexes
from services.kit.wrapped import WrappedKeys, bind

__all__ = ["SHARED", "Kek", "SealBrokenError", "Sealing"]

SHARED = "shared"  # the author of what a cohort holds in common
CACHE_SECONDS, CACHE_KEYS = 300, 10_000
_ID_LENGTH, _NONCE_LENGTH = 30, 12

KEY_INDEXES = (
    Index("one_key_per_author", [("network", 1), ("cohort", 1), ("author", 1)], unique=True),
    Index("keys_of_author", [("network", 1), ("author", 1)]),
    Index("keys_by_kek", [("kek", 1)]),
)


class AuthorForgotten(Forbidden):
    """Whoever wrote this has been forgotten; nothing more is kept in their name."""

    code = "author-forgotten"


class Sealing:
    """Seals and opens the confidential fields of one service.

    Args:
        keys: the collection of wrapped keys, in the database `<db>_keys`.
        kek: the service's key file.
        clock: seconds, for the age of cached keys.
    """

    def __init__(
        self, keys: Collection[Document], kek: Kek, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._keys, self._clock = keys, clock
        self.wrapped = WrappedKeys(keys, kek)
        self._cache: OrderedDict[str, tuple[float, bytes]] = OrderedDict()
        self._ids: OrderedDict[tuple[str, str, str], tuple[float, str]] = OrderedDict()
        self._marks = Marks(keys.database["forgotten"], clock)

    def prepare(self) -> None:
        """Create the indexes of the key collection."""
        create_indexes(self._keys, KEY_INDEXES)

    def seal(
        self,
        value: Any,
        *,
        network: str,
        cohort: str,
        author: str,
        collection: str,
        id: str,
        field: str,
        shape: int = 1,
        pad: int = 128,
    ) -> Binary:
        """Return `value` (text or anything JSON can say) sealed for one place.

        Args:
            cohort: whose key family; where there is no cohort, the id of what the text belongs to.
            author: person id, or `SHARED`. Forgetting the author destroys the value.
            pad: the length is rounded up to this many bytes: 64 for scales and short answers, 128 for texts.

        Raises:
            AuthorForgotten: the author, or the cohort, has been forgotten.
        """
        key_id, key = self._key_of(network, cohort, author)
        nonce = secrets.token_bytes(_NONCE_LENGTH)
        bound_to = bind(network, collection, id, field, str(shape))
        sealed = AESGCM(key).encrypt(nonce, _padded(orjson.dumps(value), pad), bound_to)
        return Binary(b"\x01" + key_id.encode() + nonce + sealed)

    def unseal(
        self, sealed: bytes, *, network: str, collection: str, id: str, field: str, shape: int = 1
    ) -> Any:
        """Return what was sealed for this place; None when its author or cohort has been forgotten.

        Raises:
            SealBrokenError: altered, sealed for another place, or the key file no longer fits.
        """
        if len(sealed) <= 1 + _ID_LENGTH + _NONCE_LENGTH or sealed[0] != 1:
            raise SealBrokenError(f"{collection}.{field} holds no sealed value")
        key = self._key_by_id(bytes(sealed[1 : 1 + _ID_LENGTH]).decode("ascii", "replace"))
        if key is None:
            return None
        start = 1 + _ID_LENGTH + _NONCE_LENGTH
        try:
            padded = AESGCM(key).decrypt(
                sealed[1 + _ID_LENGTH : start],
                sealed[start:],
                bind(network, collection, id, field, str(shape)),
            )
        except InvalidTag:
            raise SealBrokenError(f"{collection}.{field} was altered or moved") from None
        return orjson.loads(_unpadded(padded))

    def fingerprint(self, text: str, *, network: str, cohort: str, author: str, purpose: str) -> bytes:
        """Return 32 bytes that name `text` under the author's key: equal texts, equal names, to us alone."""
        _, key = self._key_of(network, cohort, author)
        return hmac.digest(key_for(key, f"fingerprint|{purpose}"), text.encode(), "sha256")

    def forget(self, network: str, author: str) -> int:
        """Destroy every key of `author` in `network`; return how many. What they sealed never opens again."""
        return self._forget(network, "author", author)

    def forget_cohort(self, network: str, cohort: str) -> int:
        """Destroy every key of `cohort`, the shared one included; return how many."""
        return self._forget(network, "cohort", cohort)

    def drop_cached(self) -> None:
        """Forget all opened keys of this process; every other does so within seconds (marks.py)."""
        self._cache.clear()
        self._ids.clear()

    def _forget(self, network: str, whose: str, name: str) -> int:
        self._marks.put(network, whose, name)  # first, so that nobody makes a key while the old ones go
        gone = self._keys.delete_many({"network": network, whose: name}).deleted_count
        self.drop_cached()
        return gone

    def _key_of(self, network: str, cohort: str, author: str) -> tuple[str, bytes]:
        self._drop_what_others_forgot()
        whose = (network, cohort, author)
        key_id = _recall(self._ids, whose, self._clock())
        key = self._key_by_id(key_id) if key_id else None
        if key_id and key:
            return key_id, key
        entry = self._keys.find_one({"network": network, "cohort": cohort, "author": author})
        entry = entry or self._make(network, cohort, author)
        _remember(self._ids, whose, str(entry["_id"]), self._clock())
        return str(entry["_id"]), self._open(entry)

    def _make(self, network: str, cohort: str, author: str) -> Document:
        entry: Document = {"_id": random_id("key"), "network": network, "cohort": cohort, "author": author}
        entry = self.wrapped.fresh(entry)
        try:
            self._keys.insert_one(entry)
        except DuplicateKeyError:  # another replica was first: theirs is the key
            found = self._keys.find_one({"network": network, "cohort": cohort, "author": author})
            return found or self._make(network, cohort, author)
        if self._marks.hold(network, cohort, author):
            self._keys.delete_many({"_id": entry["_id"]})
            raise AuthorForgotten("whoever wrote this has been forgotten")
        return entry

    def _drop_what_others_forgot(self) -> None:
        if self._marks.are_new():
            self.drop_cached()

    def _key_by_id(self, key_id: str) -> bytes | None:
        self._drop_what_others_forgot()
        key: bytes | None = _recall(self._cache, key_id, self._clock())
        if key is not None:
            return key
        entry = self._keys.find_one({"_id": key_id})
        return None if entry is None else self._open(entry)

    def _open(self, entry: Document) -> bytes:
        key = self.wrapped.unwrap(entry)
        _remember(self._cache, str(entry["_id"]), key, self._clock())
        return key


def _padded(plain: bytes, block: int) -> bytes:
    body = len(plain).to_bytes(4, "big") + plain
    return body + bytes(-len(body) % block)


def _unpadded(padded: bytes) -> bytes:
    return padded[4 : 4 + int.from_bytes(padded[:4], "big")]


def _recall(cache: "OrderedDict[Any, tuple[float, Any]]", name: Any, now: float) -> Any:
    held = cache.get(name)
    if held is None or now - held[0] > CACHE_SECONDS:
        cache.pop(name, None)
        return None
    cache.move_to_end(name)
    return held[1]


def _remember(cache: "OrderedDict[Any, tuple[float, Any]]", name: Any, value: Any, now: float) -> None:
    cache[name] = (now, value)
    while len(cache) > CACHE_KEYS:
        cache.popitem(last=False)
