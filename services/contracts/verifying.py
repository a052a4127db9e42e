"""Access tokens verified (RFC 9068): by the gateway for each request, by membership when asked about one.

Header exactly `alg` ES256, `typ` at+jwt and a known `kid`: a key inside the token, a key's address, `crit`
and every other algorithm are refused before any signature is looked at (SECURITY 1.16).
"""

import base64
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, RSAKey

from services.contracts.caller import Caller
from services.contracts.tokens import ALGORITHM, AUDIENCE, LIFETIME, TYPE, caller_of

SKEW = 60  # seconds by which clocks may differ
LONGEST = 4_096


class TokenNotAccepted(Exception):
    """This is no access token of ours, or no longer one."""


@dataclass(frozen=True, slots=True)
class Verified:
    """What a good access token says.

    Args:
        token_id: its `jti`. key: the `kid` it was signed with.
        issued_at, expires: seconds since 1970.
    """

    caller: Caller
    token_id: str
    key: str
    issued_at: float
    expires: float

    @property
    def ends(self) -> float:
        """When nobody accepts it any more: clocks may differ, but what a role opens ends with the role."""
        latest, roles_end = self.expires + SKEW, self.caller.roles_end
        return latest if roles_end is None else min(latest, roles_end)


class AccessTokenVerifier:
    """Tells whether a token is one of ours, and whom it speaks of.

    Args:
        issuer: CT_PUBLIC_URL, compared with `iss`.
        find_key: kid -> public key; raises TokenNotAccepted for one that is not known.
        now: seconds since 1970.
    """

    def __init__(self, issuer: str, find_key: Callable[[str], ECKey], now: Callable[[], float]) -> None:
        self._find_key, self._now = find_key, now
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

    def verify(self, token: str) -> Verified:
        """Return what `token` says.

        Raises:
            TokenNotAccepted: in whatever way it is not one of ours; nobody outside learns which.
        """
        if len(token) > LONGEST:
            raise TokenNotAccepted("too long")
        name = _key_name(token)
        key = self._find_key(name)
        try:
            claims = orjson.loads(signed_payload(token, key, ALGORITHM))
            self._registry.validate(claims)
            return self._said(claims, name)
        except (JoseError, ValueError, KeyError, TypeError, AttributeError):
            raise TokenNotAccepted("not verified") from None

    def _said(self, claims: Mapping[str, Any], key: str) -> Verified:
        issued, expires = float(claims["iat"]), float(claims["exp"])
        if expires - issued > LIFETIME or expires > self._now() + LIFETIME + SKEW:
            raise TokenNotAccepted("lives too long")
        verified = Verified(caller_of(claims), claims["jti"], key, issued, expires)
        if verified.ends <= self._now():
            raise TokenNotAccepted("a role has run out")
        return verified


def signed_payload(token: str, key: ECKey | RSAKey, algorithm: str) -> bytes:
    """Return what a compact JWS holds, signed with exactly this key and algorithm, whatever its header says.

    Raises:
        JoseError, ValueError, TypeError: it is not signed so, or is no compact JWS.
    """
    return bytes(jws.deserialize_compact(token.encode(), key, algorithms=[algorithm]).payload)


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
