"""Tokens, the key that signs them, and passwords: the cryptography of signing in."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypedDict

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from eventlet import tpool
from eventlet.semaphore import Semaphore
from joserfc import jwt
from joserfc.jwk import ECKey
from pymongo.errors import DuplicateKeyError

from services.contracts import tokens
from services.contracts.caller import Caller
from services.contracts.links import seal_token
from services.kit.derive import Signer, TokenRefused
from services.kit.floor import Floor
from services.kit.ids import random_id
from services.kit.mongo import Document, reaching
from services.kit.sealing import SHARED
from services.membership.domain.sign_ins import SignIn

SECRET_BYTES = 32
AT_ONCE = 2  # argon2 runs at 64 MiB each
KEY = "es256-1"


class Place(TypedDict):
    """Where a sealed value lies; it opens nowhere else."""

    network: str
    collection: str
    id: str
    field: str


PLACE = Place(network="installation", collection="signing_keys", id=KEY, field="secret")


@dataclass(frozen=True)
class Keys:
    """What tokens are made with: the ES256 key, named by its thumbprint, and the signer of refresh tokens."""

    private: ECKey
    public: Mapping[str, Any]
    refresh: Signer


class IdentityKeys:
    """The installation's signing key: made once by whoever comes first, sealed under the key file."""

    def __init__(self, floor: Floor) -> None:
        self._floor = floor
        self._documents = floor.database["signing_keys"]
        self._keys: Keys | None = None

    def prepare(self) -> None:
        """See that the key is there; of many at once, all end with the same."""
        self._floor.sealing.prepare()
        self.current()

    def current(self) -> Keys:
        """Return the keys, from memory after the first time."""
        if self._keys is None:
            self._keys = self._opened(self._found() or self._made())
        return self._keys

    def _found(self) -> Document | None:
        with reaching():
            return self._documents.find_one({"_id": KEY})

    def _made(self) -> Document:
        key = ECKey.generate_key("P-256")
        content = {"jwk": key.as_dict(private=True), "refresh": secrets.token_urlsafe(SECRET_BYTES)}
        sealed = self._floor.sealing.seal(content, cohort="signing", author=SHARED, **PLACE)
        entry: Document = {"_id": KEY, "made_at": self._floor.clock.now(), "secret": sealed}
        try:
            with reaching():
                self._documents.insert_one(entry)
        except DuplicateKeyError:  # another process was first: theirs is the key
            return self._found() or self._made()
        return entry

    def _opened(self, entry: Document) -> Keys:
        content = self._floor.sealing.unseal(entry["secret"], **PLACE)
        private = ECKey.import_key(content["jwk"])
        public = {
            **private.as_dict(private=False),
            "kid": private.thumbprint(),
            "use": "sig",
            "alg": tokens.ALGORITHM,
        }
        return Keys(private, public, Signer(content["refresh"], "refresh"))


class JwtTokens:
    """Makes the tokens of a sign-in. Each kind has a key of its own, so none passes for another."""

    def __init__(self, floor: Floor) -> None:
        self._keys = IdentityKeys(floor)
        self._issuer = floor.settings.public_url
        self._link_secret = floor.settings.secret("link_key")

    def prepare(self) -> None:
        self._keys.prepare()

    def secret(self) -> str:
        """Return 256 random bits as text, for one-time links and clients."""
        return secrets.token_urlsafe(SECRET_BYTES)

    def sealed(self, token: str) -> str:
        """Return a one-time token as notifications alone can open it."""
        return seal_token(self._link_secret, token)

    def access_token(self, caller: Caller, now: datetime) -> str:
        """Return a signed token that speaks of `caller` for ten minutes (RFC 9068)."""
        keys = self._keys.current()
        issued = int(now.timestamp())
        header = {"alg": tokens.ALGORITHM, "typ": tokens.TYPE, "kid": keys.public["kid"]}
        frame = {
            "iss": self._issuer,
            "aud": tokens.AUDIENCE,
            "iat": issued,
            "exp": issued + tokens.LIFETIME,
            "jti": random_id("tok"),
        }
        return jwt.encode(header, tokens.claims_of(caller) | frame, keys.private, [tokens.ALGORITHM])

    def refresh_token(self, sign_in: SignIn) -> str:
        """Return the token of the sign-in's newest generation; the same each time it is asked for."""
        named = {"n": sign_in.network, "s": sign_in.id, "g": sign_in.generation}
        return self._keys.current().refresh.sign(named)

    def read_refresh_token(self, token: str) -> tuple[str, str, int] | None:
        """Return (network, sign-in, generation) of a genuine refresh token; None for anything else."""
        try:
            named = self._keys.current().refresh.read(token)
        except TokenRefused:
            return None
        return named["n"], named["s"], named["g"]

    def signing_keys(self) -> dict[str, Any]:
        """Return the public keys as a JSON Web Key Set."""
        return {"keys": [dict(self._keys.current().public)]}


class Argon2Passwords:
    """argon2id in operating-system threads, so that the loop goes on; two at once, so that memory lasts.

    Args:
        elsewhere: runs a function with arguments and returns its result, without stopping the loop.
    """

    def __init__(self, floor: Floor | None = None, elsewhere: Callable[..., Any] = tpool.execute) -> None:
        self._elsewhere = elsewhere
        self._hasher = PasswordHasher()
        self._nobodys = self._hasher.hash(secrets.token_urlsafe(SECRET_BYTES))
        self._room = Semaphore(AT_ONCE)

    def hash(self, password: str) -> str:
        with self._room:
            return str(self._elsewhere(self._hasher.hash, password))

    def matches(self, password_hash: str | None, password: str) -> bool:
        """True when the password is the one; without a hash it takes as long and is False."""
        with self._room:
            is_right = self._elsewhere(self._verified, password_hash or self._nobodys, password)
        return bool(is_right and password_hash)

    def _verified(self, password_hash: str, password: str) -> bool:
        try:
            return self._hasher.verify(password_hash, password)
        except (VerificationError, InvalidHashError):
            return False
