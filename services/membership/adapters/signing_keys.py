"""The installation's signing keys: one document, each key sealed under the key file.

Every replica looks at it again each few seconds, so that a rotation needs no restart. A key also carries the
secret that signs refresh tokens while it is current.
"""

import secrets
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any, TypedDict

from joserfc.jwk import ECKey
from pymongo.errors import DuplicateKeyError

from services.contracts.tokens import ALGORITHM
from services.contracts.verifying import TokenNotAccepted
from services.kit.derive import Signer
from services.kit.floor import Floor
from services.kit.mongo import Document, reaching
from services.kit.outcomes import Overtaken
from services.kit.sealing import SHARED, SealBrokenError
from services.membership.domain.signing import Ring, SigningKey, begin, is_published, rotate

RING, FIRST = "ring", "es256-1"  # FIRST: the one key there was before there was a ring
LOOK_AGAIN = 3.0  # seconds
SECRET_BYTES = 32


class Place(TypedDict):
    """Where a sealed value lies; it opens nowhere else."""

    network: str
    collection: str
    id: str
    field: str


@dataclass(frozen=True)
class Opened:
    """A key as it is used: it signs access tokens; `refresh` signs refresh tokens."""

    private: ECKey
    refresh: Signer

    @cached_property
    def public(self) -> Mapping[str, Any]:
        """The public half as a JWK, named by its thumbprint."""
        named = {"kid": self.private.thumbprint(), "use": "sig", "alg": ALGORITHM}
        return {**self.private.as_dict(private=False), **named}

    @cached_property
    def verifying(self) -> ECKey:
        return ECKey.import_key(dict(self.public))


class SigningKeys:
    """The ring as this process knows it, at most `LOOK_AGAIN` seconds old.

    Args:
        moment: seconds, for how old what is known is.
    """

    def __init__(self, floor: Floor, moment: Callable[[], float] = time.monotonic) -> None:
        self._floor, self._moment = floor, moment
        self._documents = floor.database["signing_keys"]
        self._ring: Ring | None = None
        self._opened: dict[str, Opened] = {}
        self._looked_at = float("-inf")

    def prepare(self) -> None:
        """See that there is a ring; of many who make one at once, all end with the same."""
        self._floor.sealing.prepare()
        self.ring()

    def ring(self) -> Ring:
        """Return the ring; read again when what is known is old."""
        known, moment = self._ring, self._moment()
        if known is None or moment - self._looked_at >= LOOK_AGAIN:
            known = self._take(self._found() or self._made())
            self._looked_at = moment
        return known

    def current(self) -> Opened:
        """Return the key that signs now."""
        current = self.ring().current  # may replace what is opened, so it is asked for first
        return self._opened[current.kid]

    def kept(self) -> list[Opened]:
        """Return every key there is, the current one first: refresh tokens of older ones may come."""
        return [self._opened[key.kid] for key in _current_first(self.ring())]

    def published(self) -> list[Mapping[str, Any]]:
        """Return the public keys that tokens may be signed with, now or soon; the current one first."""
        now = self._floor.clock.now()
        keys = _current_first(self.ring())
        return [self._opened[key.kid].public for key in keys if is_published(key, now)]

    def find(self, kid: str) -> ECKey:
        """Return the public key by its name. Raises: TokenNotAccepted: there is none, or no longer."""
        if not any(key["kid"] == kid for key in self.published()):
            raise TokenNotAccepted("unknown key")
        return self._opened[kid].verifying

    def rotate(self) -> Ring:
        """Let the next key sign. Raises: Overtaken: somebody else has just turned the ring."""
        before = self._take(self._found() or self._made())
        fresh = self._fresh()
        self._looked_at = float("-inf")
        return self._replace(before, rotate(before, _kid(fresh), self._floor.clock.now()), [fresh])

    def begin_anew(self) -> Ring:
        """Drop every key and begin with two new ones: no token of ours is good any more, of no kind."""
        before = self._take(self._found() or self._made())
        fresh = [self._fresh(), self._fresh()]
        self._looked_at = float("-inf")
        anew = begin(_kid(fresh[0]), _kid(fresh[1]), self._floor.clock.now(), before.revision)
        return self._replace(before, anew, fresh)

    def _replace(self, before: Ring, after: Ring, fresh: Iterable[Document]) -> Ring:
        document = self._found() or {}
        sealed = {key["kid"]: key["secret"] for key in document.get("keys", ())}
        sealed |= {_kid(content): self._sealed(content) for content in fresh}
        changed = {"revision": before.revision + 1, "keys": _entries(after, sealed)}
        where = {"_id": RING, "revision": before.revision}
        with reaching():
            if not self._documents.update_one(where, {"$set": changed}).matched_count:
                raise Overtaken
        return self._take({"_id": RING, **changed})

    def _found(self) -> Document | None:
        with reaching():
            return self._documents.find_one({"_id": RING})

    def _made(self) -> Document:
        contents = [self._first() or self._fresh(), self._fresh()]
        ring = begin(_kid(contents[0]), _kid(contents[1]), self._floor.clock.now())
        sealed = {_kid(content): self._sealed(content) for content in contents}
        document: Document = {"_id": RING, "revision": 0, "keys": _entries(ring, sealed)}
        try:
            with reaching():
                self._documents.insert_one(document)
        except DuplicateKeyError:  # another process was first: theirs is the ring
            return self._found() or self._made()
        return document

    def _first(self) -> Document | None:
        """Return the key from before there was a ring, which becomes the current one."""
        with reaching():
            entry = self._documents.find_one({"_id": FIRST})
        return self._unsealed(entry["secret"], FIRST, "secret") if entry else None

    def _fresh(self) -> Document:
        key = ECKey.generate_key("P-256").as_dict(private=True)
        return {"jwk": dict(key), "refresh": secrets.token_urlsafe(SECRET_BYTES)}

    def _take(self, document: Document) -> Ring:
        """Remember the ring of `document`; keys that are no longer in it are forgotten."""
        names = {entry["kid"]: entry["secret"] for entry in document["keys"]}
        known = {kid: opened for kid, opened in self._opened.items() if kid in names}
        for kid in names.keys() - known.keys():
            content = self._unsealed(names[kid], RING, kid)
            known[kid] = Opened(ECKey.import_key(content["jwk"]), Signer(content["refresh"], "refresh"))
        entries = [{name: entry[name] for name in entry if name != "secret"} for entry in document["keys"]]
        self._opened = known
        self._ring = Ring(tuple(SigningKey(**entry) for entry in entries), document["revision"])
        return self._ring

    def _sealed(self, content: Document) -> Any:
        place = _place(RING, _kid(content))
        return self._floor.sealing.seal(content, cohort="signing", author=SHARED, **place)

    def _unsealed(self, sealed: bytes, id: str, field: str) -> Document:
        content: Document | None = self._floor.sealing.unseal(sealed, **_place(id, field))
        if content is None:
            raise SealBrokenError("the key that sealed the signing keys is gone")
        return content


def _place(id: str, field: str) -> Place:
    return Place(network="installation", collection="signing_keys", id=id, field=field)


def _kid(content: Mapping[str, Any]) -> str:
    return str(ECKey.import_key(dict(content["jwk"])).thumbprint())


def _current_first(ring: Ring) -> list[SigningKey]:
    return sorted(ring.keys, key=lambda key: key.standing != "current")


def _entries(ring: Ring, sealed: Mapping[str, Any]) -> list[Document]:
    return [asdict(key) | {"secret": sealed[key.kid]} for key in ring.keys]
