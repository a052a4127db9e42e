"""Tokens and passwords: the cryptography of signing in. The keys that sign: signing_keys.py."""

import secrets
from base64 import b64encode
from collections.abc import Callable
from datetime import datetime
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.low_level import ARGON2_VERSION
from eventlet import tpool
from eventlet.semaphore import Semaphore
from joserfc import jwt

from services.contracts import tokens
from services.contracts.caller import Caller
from services.contracts.links import seal_token
from services.contracts.verifying import AccessTokenVerifier, TokenNotAccepted, Verified
from services.kit.derive import Signer, TokenRefused
from services.kit.floor import Floor
from services.kit.ids import random_id
from services.membership.adapters.signing_keys import SigningKeys
from services.membership.domain.sign_ins import SignIn
from services.membership.domain.signing import Ring

SECRET_BYTES = 32
DEVICE_SECONDS = 400 * 24 * 3600
AT_ONCE = 2  # argon2 runs at 64 MiB each


class JwtTokens:
    """Makes the tokens of a sign-in. Each kind has a key of its own, so none passes for another."""

    def __init__(self, floor: Floor) -> None:
        self._keys = SigningKeys(floor)
        self._issuer = floor.settings.public_url
        self._verifier = AccessTokenVerifier(
            self._issuer, self._keys.find, lambda: floor.clock.now().timestamp()
        )
        self._link_secret = floor.settings.secret("link_key")
        self._devices = Signer(self._link_secret, "device")

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

    def device_token(self, account_id: str) -> str:
        """Return what a browser keeps as one where this account signed in; it opens nothing by itself."""
        return self._devices.sign({"a": account_id, "d": random_id("tok")}, DEVICE_SECONDS)

    def read_device_token(self, token: str) -> tuple[str, str] | None:
        """Return (account, name of the device) of a genuine device token; None for anything else."""
        try:
            named = self._devices.read(token)
        except TokenRefused:
            return None
        return named["a"], named["d"]

    def read_refresh_token(self, token: str) -> tuple[str, str, int] | None:
        """Return (network, sign-in, generation) of a genuine refresh token; None for anything else."""
        for key in self._keys.kept():
            try:
                named = key.refresh.read(token)
            except TokenRefused:
                continue
            return named["n"], named["s"], named["g"]
        return None

    def read_access_token(self, token: str) -> Verified | None:
        """Return what an access token of ours says; None for anything else, or when it has run out."""
        try:
            return self._verifier.verify(token)
        except TokenNotAccepted:
            return None

    def signing_keys(self) -> dict[str, Any]:
        """Return the public keys as a JSON Web Key Set."""
        return {"keys": [dict(public) for public in self._keys.published()]}

    def ring(self) -> Ring:
        """Return the names of the signing keys and how each stands."""
        return self._keys.ring()

    def rotate(self) -> Ring:
        """Let the next signing key sign; return the ring after. Raises: Overtaken."""
        return self._keys.rotate()

    def begin_anew(self) -> Ring:
        """Replace every signing key at once: nothing signed until now is good. Raises: Overtaken."""
        return self._keys.begin_anew()


class Argon2Passwords:
    """argon2id in operating-system threads, so that the loop goes on; two at once, so that memory lasts.

    Args:
        elsewhere: runs a function with arguments and returns its result, without stopping the loop.
        hasher: how dear a hash is; by default as argon2 recommends (RFC 9106, second choice).
    """

    def __init__(
        self,
        floor: Floor | None = None,
        elsewhere: Callable[..., Any] = tpool.execute,
        hasher: PasswordHasher | None = None,
    ) -> None:
        self._elsewhere = elsewhere
        self._hasher = hasher or PasswordHasher()
        self._nobodys = _hash_of_nothing(self._hasher)
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


def _hash_of_nothing(hasher: PasswordHasher) -> str:
    """Return what looks like a hash of `hasher` and costs as much to compare with, though none was made.

    The encoding is that of the reference implementation (RFC 9106 leaves it to the PHC string format).
    """
    parts = (secrets.token_bytes(size) for size in (hasher.salt_len, hasher.hash_len))
    salt, digest = (b64encode(part).decode().rstrip("=") for part in parts)
    costs = f"m={hasher.memory_cost},t={hasher.time_cost},p={hasher.parallelism}"
    return f"$argon2id$v={ARGON2_VERSION}${costs}${salt}${digest}"
