"""Public keys of partner systems: given when they are registered, or fetched from where they publish them.

What comes over the wire is untrusted: only P-256 keys and RSA keys of 2048 to 4096 bits are looked at, twenty
of them at most, and an address is asked at most each half minute, whoever presents what.
"""

import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, RSAKey

from services.kit.outcomes import Overloaded
from services.kit.outward import Outward, OutwardError

MOST_KEYS, MOST_ADDRESSES = 20, 1_000
FRESH_SECONDS, BETWEEN_FETCHES = 300.0, 30.0
OF_KIND = {"EC": frozenset({"ES256"}), "RSA": frozenset({"PS256", "RS256"})}
RSA_BITS = range(2048, 4097)
SECRET_PARTS = frozenset({"d", "p", "q", "dp", "dq", "qi", "oth", "k"})


class KeyUnusable(Exception):
    """This is no public key that a partner system may sign with; the message says why."""


@dataclass(frozen=True)
class PartnerKey:
    """A public key, its name if it has one, and what it may sign with."""

    key: ECKey | RSAKey
    kid: str | None
    algorithms: frozenset[str]


def partner_key(jwk: Mapping[str, Any]) -> PartnerKey:
    """Return the key that `jwk` describes. Raises: KeyUnusable."""
    algorithms = OF_KIND.get(str(jwk.get("kty")), frozenset())
    if jwk.get("alg") is not None:
        algorithms &= {jwk["alg"]}
    if not algorithms or jwk.get("use", "sig") != "sig" or "verify" not in jwk.get("key_ops", ("verify",)):
        raise KeyUnusable("not a key for signing with ES256, PS256 or RS256")
    if SECRET_PARTS & jwk.keys():
        raise KeyUnusable("this is the secret half; give the public one")
    try:
        key = (ECKey if jwk["kty"] == "EC" else RSAKey).import_key(dict(jwk))
        size = key.public_key.key_size
    except (JoseError, ValueError, TypeError, KeyError, AttributeError):
        raise KeyUnusable("not a well-formed key") from None
    if (jwk["kty"] == "EC" and jwk.get("crv") != "P-256") or (jwk["kty"] == "RSA" and size not in RSA_BITS):
        raise KeyUnusable("a P-256 key, or an RSA key of 2048 to 4096 bits")
    kid = jwk.get("kid")
    return PartnerKey(key, kid if isinstance(kid, str) else None, algorithms)


def usable(jwks: Iterable[Any]) -> list[PartnerKey]:
    """Return those of the first twenty that can be used; others are somebody else's business."""
    found = []
    for jwk in list(jwks)[:MOST_KEYS]:
        try:
            found.append(partner_key(jwk if isinstance(jwk, Mapping) else {}))
        except (KeyUnusable, TypeError):
            continue
    return found


class PublishedKeys:
    """Keys by the address where a partner publishes them; remembered for five minutes.

    Args:
        outward: the guarded session.
    """

    def __init__(self, outward: Outward, now: Callable[[], float] = time.monotonic) -> None:
        self._outward, self._now = outward, now
        self._known: OrderedDict[str, tuple[float, list[PartnerKey]]] = OrderedDict()
        self._asking: set[str] = set()

    def at(self, url: str, kid: str | None) -> list[PartnerKey]:
        """Return the keys at `url`; none when it cannot be read.

        Args:
            kid: the key that is wanted; one that is not known has the address asked again, at most each
                half minute.

        Raises:
            Overloaded: somebody is asking just now; come again.
        """
        asked_at, keys = self._known.get(url, (float("-inf"), []))
        age = self._now() - asked_at
        is_known = kid is None or any(key.kid == kid for key in keys)
        if age < BETWEEN_FETCHES or (age < FRESH_SECONDS and is_known):
            return keys
        if url in self._asking:
            raise Overloaded("these keys are being asked for")
        return self._ask(url)

    def _ask(self, url: str) -> list[PartnerKey]:
        self._asking.add(url)
        try:
            keys = self._fetched(url)
        finally:
            self._asking.discard(url)
        self._known[url] = (self._now(), keys)
        if len(self._known) > MOST_ADDRESSES:
            self._known.popitem(last=False)
        return keys

    def _fetched(self, url: str) -> list[PartnerKey]:
        try:
            answer = self._outward.get(url, {"Accept": "application/jwk-set+json, application/json"})
            found = orjson.loads(answer.body) if answer.status == 200 else {}
        except (OutwardError, ValueError):
            return []
        jwks = found.get("keys") if isinstance(found, dict) else None
        return usable(jwks) if isinstance(jwks, list) else []
