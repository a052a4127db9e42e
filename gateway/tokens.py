"""Access tokens (RFC 9068) verified here, with membership's public keys; nobody is asked while a key is
known. How a token is verified: services/contracts/verifying.py.
"""

import hashlib
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import Any

from joserfc.jwk import ECKey

from gateway.withdrawn import StaleToken, Withdrawn
from services.contracts.caller import Caller
from services.contracts.verifying import AccessTokenVerifier, TokenNotAccepted, Verified

__all__ = ["AccessTokens", "SigningKeys", "StaleToken", "TokenNotAccepted"]

REMEMBERED = 20_000
BETWEEN_FETCHES = 5.0  # seconds; an unknown kid must not let strangers make us ask without end


class SigningKeys:
    """membership's public keys by `kid`, asked for when an unknown one turns up.

    Args:
        fetch: () -> JWKS as a dict; raises Unavailable or Overloaded when membership cannot be reached.
    """

    def __init__(
        self, fetch: Callable[[], Mapping[str, Any]], now: Callable[[], float] = time.monotonic
    ) -> None:
        self._fetch, self._now = fetch, now
        self._keys: dict[str, ECKey] = {}
        self._fetched_at = float("-inf")

    @property
    def known(self) -> bool:
        """Whether there is any key to verify with."""
        return bool(self._keys)

    def holds(self, kid: str) -> bool:
        """Whether the key called `kid` is known and has not been withdrawn."""
        return kid in self._keys

    def find(self, kid: str) -> ECKey:
        """Return the key called `kid`. Raises: TokenNotAccepted; what `fetch` raises."""
        if kid not in self._keys and self._now() - self._fetched_at >= BETWEEN_FETCHES:
            self.refresh()
        if kid not in self._keys:
            raise TokenNotAccepted("unknown key")
        return self._keys[kid]

    def refresh(self) -> None:
        """Ask for the keys; the answer replaces what was known, so a withdrawn key ends here."""
        found = [key for key in self._fetch().get("keys", ()) if _is_ours(key)]
        self._keys = {key["kid"]: ECKey.import_key(dict(key)) for key in found}
        self._fetched_at = self._now()


def _is_ours(key: Mapping[str, Any]) -> bool:
    """A public P-256 key for signatures; anything else in the set is not for access tokens."""
    return key.get("kty") == "EC" and key.get("crv") == "P-256" and key.get("use", "sig") == "sig"


class AccessTokens:
    """Turns a token into the `Caller` it speaks of; remembers the latest it has verified until they run out.

    Of a remembered token its hash is kept, not the token.

    Args:
        issuer: CT_PUBLIC_URL, compared with `iss`.
        withdrawn: whom to refuse nevertheless.
    """

    def __init__(
        self,
        issuer: str,
        keys: SigningKeys,
        now: Callable[[], float] = time.time,
        withdrawn: Withdrawn | None = None,
    ) -> None:
        self._keys, self._now = keys, now
        self._withdrawn = withdrawn or Withdrawn()
        self._verifier = AccessTokenVerifier(issuer, keys.find, now)
        self._remembered: OrderedDict[bytes, Verified] = OrderedDict()

    def caller(self, token: str) -> Caller:
        """Return who `token` speaks of.

        Raises:
            TokenNotAccepted: in whatever way it is not one of ours; nobody outside learns which.
            StaleToken: it was one, and its holder may get a new one.
        """
        verified = self._verified(token)
        self._withdrawn.check(verified)
        return verified.caller

    def is_behind(self, token: str) -> bool:
        """True when the holder of an accepted token was granted more since."""
        return self._withdrawn.is_behind(self._verified(token))

    def _verified(self, token: str) -> Verified:
        name = hashlib.sha256(token.encode()).digest()
        known = self._remembered.get(name)
        if known is not None and known.ends > self._now() and self._keys.holds(known.key):
            self._remembered.move_to_end(name)
            return known
        verified = self._remembered[name] = self._verifier.verify(token)
        if len(self._remembered) > REMEMBERED:
            self._remembered.popitem(last=False)
        return verified
