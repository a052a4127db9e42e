"""Whether an ID token was signed by one of its issuer's own keys."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, OKPKey, RSAKey

from services.membership.domain.providers import ProviderFault

KINDS: dict[str, tuple[Any, tuple[str, ...], tuple[str, ...]]] = {  # kty -> class, public members, algorithms
    "RSA": (RSAKey, ("n", "e"), ("RS256", "PS256")),
    "EC": (ECKey, ("crv", "x", "y"), ("ES256",)),
    "OKP": (OKPKey, ("crv", "x"), ("EdDSA",)),
}
CURVES = {"ES256": "P-256", "EdDSA": "Ed25519"}
FOREIGN_KEYS = frozenset({"jku", "jwk", "x5u", "x5c", "crit", "b64"})
LEAST_RSA_BITS, LONGEST_MEMBER = 2048, 1_400  # characters of a key's member: RSA of 8192 bits
MOST_KEYS, LONGEST_TOKEN = 100, 20_000


class UnknownKey(ProviderFault):
    """The token names a key that its issuer does not show, or did not when we looked."""

    def __init__(self) -> None:
        super().__init__("unknown-key")


@dataclass(frozen=True)
class IssuerKey:
    """One public key of an issuer, for exactly these algorithms."""

    kid: str | None
    algorithms: tuple[str, ...]
    key: Any


def read_keys(document: Any) -> tuple[IssuerKey, ...]:
    """Return the keys of a JSON Web Key Set that may sign ID tokens; others are passed over.

    Raises:
        ProviderFault: it is no key set, an absurdly large one, or holds no such key.
    """
    entries = document.get("keys") if isinstance(document, dict) else None
    if not isinstance(entries, list) or len(entries) > MOST_KEYS:
        raise ProviderFault("malformed")
    found = tuple(key for key in map(_read_key, entries) if key)
    if not found:
        raise ProviderFault("no-keys")
    return found


def header_of(token: str, allowed: tuple[str, ...]) -> tuple[str, str | None]:
    """Return algorithm and key id of an ID token that may be looked at further.

    Raises:
        ProviderFault: no such token, an algorithm that is not allowed, or a header that brings its own key.
    """
    if len(token) > LONGEST_TOKEN or not token.isascii():
        raise ProviderFault("malformed-token")
    try:
        header = jws.extract_compact(token.encode()).headers()
    except (JoseError, ValueError, TypeError, RecursionError):
        raise ProviderFault("malformed-token") from None
    algorithm, kid, kind = header.get("alg"), header.get("kid"), header.get("typ", "JWT")
    if algorithm not in allowed:
        raise ProviderFault("algorithm")
    if FOREIGN_KEYS & header.keys():
        raise ProviderFault("key-in-header")
    if not isinstance(kind, str) or kind.upper() != "JWT" or not isinstance(kid, str | None):
        raise ProviderFault("malformed-token")
    return algorithm, kid


def verified(token: str, algorithm: str, kid: str | None, keys: tuple[IssuerKey, ...]) -> Mapping[str, Any]:
    """Return the claims of a token that one of `keys` signed.

    Raises:
        UnknownKey: none of them is named so. ProviderFault: the signature is another's.
    """
    named = [each for each in keys if algorithm in each.algorithms and kid in (None, each.kid)]
    if len(named) != 1:  # without a name it must be the only one
        raise UnknownKey
    registry = jws.JWSRegistry(algorithms=[algorithm], strict_check_header=False)
    try:
        signed = jws.deserialize_compact(token.encode(), named[0].key, registry=registry)
        claims = orjson.loads(signed.payload)
    except (JoseError, ValueError, TypeError):
        raise ProviderFault("signature") from None
    if not isinstance(claims, dict):
        raise ProviderFault("malformed-token")
    return claims


def _read_key(entry: Any) -> IssuerKey | None:
    if not isinstance(entry, dict) or entry.get("use", "sig") != "sig":
        return None
    kty, kid = entry.get("kty"), entry.get("kid")
    if not isinstance(kty, str) or kty not in KINDS or not isinstance(kid, str | None):
        return None
    kind, members, algorithms = KINDS[kty]
    public = {name: entry.get(name) for name in members}
    if not all(isinstance(each, str) and len(each) <= LONGEST_MEMBER for each in public.values()):
        return None
    fitting = tuple(
        each
        for each in algorithms
        if entry.get("alg") in (None, each) and CURVES.get(each) in (None, public.get("crv"))
    )
    key = _imported(kind, {"kty": kty} | public)
    return IssuerKey(kid, fitting, key) if key and fitting else None


def _imported(kind: Any, public: dict[str, Any]) -> Any:
    try:
        key = kind.import_key(public)
        is_long = kind is not RSAKey or key.public_key.key_size >= LEAST_RSA_BITS
    except (JoseError, ValueError, TypeError):
        return None
    return key if is_long else None
