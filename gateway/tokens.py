"""Access tokens (RFC 9068) verified here, with membership's public keys; nobody is asked while a key is
known.

Header exactly `alg` ES256, `typ` at+jwt and a known `kid`: a key inside the token, a key's address, `crit`
and every other algorithm are refused before any signature is looked at (SECURITY 1.16).
"""

import base64
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import Any

import orjson
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey

from services.contracts.caller import Caller
from services.contracts.tokens import ALGORITHM, AUDIENCE, LIFETIME, TYPE, caller_of

SKEW = 60  # seconds by which clocks may differ
REMEMBERED = 20_000
BETWEEN_FETCHES = 5.0  # seconds; an unknown kid must not let strangers make us ask without end
LONGEST = 4_096


class TokenNotAccepted(Exception):
    """This is no access token of ours, or no longer one."""


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
    """Turns a token into the `Caller` it speaks of; remembers those it has verified until they run out.

    Args:
        issuer: CT_PUBLIC_URL, compared with `iss`.
    """

    def __init__(self, issuer: str, keys: SigningKeys, now: Callable[[], float] = time.time) -> None:
        self._keys, self._now = keys, now
        self._registry = jwt.JWTClaimsRegistry(
            now=lambda: int(now()),
            leeway=SKEW,
            iss={"essential": True, "value": issuer},
            aud={"essential": True, "value": AUDIENCE},
            exp={"essential": True},
            iat={"essential": True},
            sub={"essential": True},
            jti={"essential": True},
        )
        self._verified: OrderedDict[str, tuple[float, Caller]] = OrderedDict()

    def caller(self, token: str) -> Caller:
        """Return who `token` speaks of.

        Raises:
            TokenNotAccepted: in whatever way it is not one of ours; nobody outside learns which.
        """
        known = self._verified.get(token)
        if known is not None and known[0] > self._now():
            return known[1]
        expires, caller = self._verify(token)
        self._verified[token] = (expires, caller)
        if len(self._verified) > REMEMBERED:
            self._verified.popitem(last=False)
        return caller

    def _verify(self, token: str) -> tuple[float, Caller]:
        if len(token) > LONGEST:
            raise TokenNotAccepted("too long")
        key = self._keys.find(_key_name(token))
        try:
            claims = jwt.decode(token, key, algorithms=[ALGORITHM]).claims
            self._registry.validate(claims)
            expires = float(claims["exp"])
            if expires - float(claims["iat"]) > LIFETIME or expires > self._now() + LIFETIME + SKEW:
                raise TokenNotAccepted("lives too long")
            return expires + SKEW, caller_of(claims)
        except (JoseError, ValueError, KeyError, TypeError, AttributeError):
            raise TokenNotAccepted("not verified") from None


def _key_name(token: str) -> str:
    """Return the `kid` of a header that holds what it should and nothing else."""
    head, _, _ = token.partition(".")
    try:
        header = orjson.loads(base64.urlsafe_b64decode(head + "=" * (-len(head) % 4)))
    except ValueError:
        raise TokenNotAccepted("no header") from None
    if not isinstance(header, dict) or header.keys() != {"alg", "typ", "kid"}:
        raise TokenNotAccepted("header")
    if header["alg"] != ALGORITHM or header["typ"] != TYPE or not isinstance(header["kid"], str):
        raise TokenNotAccepted("header")
    return header["kid"]
