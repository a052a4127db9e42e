"""Keys by purpose, and small signed tokens made with them.

One secret never serves two purposes: each use has its own key by HKDF, so a cursor is no link, a link no CSRF
token and nothing of this a sign-in (SECURITY 1.16).
"""

import base64
import hashlib
import hmac
import time
from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any

import orjson
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from services.kit.errors import Invalid


class TokenRefused(Invalid):
    """Not a token of ours, or one of another purpose."""

    code = "token-refused"


class TokenExpired(TokenRefused):
    """A token of ours that has run out."""

    code = "token-expired"


@lru_cache(maxsize=256)
def key_for(secret: str | bytes, purpose: str) -> bytes:
    """Return the 32-byte key for one purpose ("cursor", "csrf", "link", …) of a secret of >= 16 bytes."""
    material = secret.encode() if isinstance(secret, str) else secret
    if len(material) < 16:
        raise ValueError("a secret shorter than 16 bytes protects nothing")
    return HKDF(SHA256(), 32, None, b"commonthread|" + purpose.encode()).derive(material)


class Signer:
    """Signs and reads compact tokens of one purpose.

    Args:
        secret: the text of a secret file.
        purpose: what the tokens are good for; part of the key.
    """

    def __init__(self, secret: str | bytes, purpose: str) -> None:
        self._key = key_for(secret, purpose)

    def sign(self, claims: Mapping[str, Any], seconds: float | None = None, now: float | None = None) -> str:
        """Return `claims` as an URL-safe token that ends after `seconds` (None: never)."""
        started = time.time() if now is None else now
        ends = None if seconds is None else int(started + seconds)
        body = orjson.dumps({"c": dict(claims), "e": ends}, option=orjson.OPT_SORT_KEYS)
        return f"{_encode(body)}.{_encode(self._mac(body))}"

    def read(self, token: str, now: float | None = None) -> dict[str, Any]:
        """Return the claims of a token signed here.

        Raises:
            TokenRefused: malformed, altered, or signed for another purpose.
            TokenExpired: genuine, but over.
        """
        body, mac = _split(token)
        if not hmac.compare_digest(mac, self._mac(body)):
            raise TokenRefused("this token is not valid")
        content = orjson.loads(body)
        if content["e"] is not None and (time.time() if now is None else now) >= content["e"]:
            raise TokenExpired("this token has run out")
        claims: dict[str, Any] = content["c"]
        return claims

    def _mac(self, body: bytes) -> bytes:
        return hmac.digest(self._key, body, "sha256")


def etag(secret: str | bytes, answer: Any) -> str:
    """Return the entity tag, without quotes, of what one viewer sees; it tells nothing of what is hidden."""
    return _encode(hmac.digest(key_for(secret, "etag"), canonical(answer), "sha256")[:18])


def canonical(value: Any) -> bytes:
    """Return JSON bytes that are equal for equal values: sorted keys, times in ISO form."""
    return orjson.dumps(
        value,
        default=_plain,
        option=orjson.OPT_SORT_KEYS | orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_NON_STR_KEYS,
    )


def fingerprint(*parts: str) -> str:
    """Return a short name for `parts` (SHA-256, URL-safe): equal parts, equal name; it hides nothing."""
    joined = "\x1f".join(f"{len(part)}:{part}" for part in parts).encode()
    return _encode(hashlib.sha256(joined).digest()[:24])


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, set | frozenset):
        return sorted(value)
    if isinstance(value, tuple):
        return list(value)
    raise TypeError(f"no canonical form for {type(value).__name__}")


def _encode(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _decode(text: str) -> bytes:
    raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if _encode(raw) != text:  # one token, one spelling
        raise ValueError("not canonical base64")
    return raw


def _split(token: str) -> tuple[bytes, bytes]:
    try:
        body, mac = token.encode("ascii").decode().split(".")
        return _decode(body), _decode(mac)
    except (ValueError, AttributeError):
        raise TokenRefused("this token is not valid") from None
