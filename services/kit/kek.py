"""The key file that wraps the keys of sealed text (SECURITY 3.7); one a service, never in a database."""

import base64
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from services.kit.settings import SettingError

_NONCE_LENGTH = 12


class SealBrokenError(Exception):
    """A sealed value does not open: altered, moved, or its key file is lost. Never says what was inside."""


class Kek:
    """The keys that wrap keys: lines `id:base64(32 bytes)`; the first wraps, all unwrap.

    Raises:
        SettingError: no line, a malformed one, or two of one id.
    """

    def __init__(self, text: str) -> None:
        pairs = [line.strip().partition(":") for line in text.splitlines() if line.strip()]
        self._keys = {name: _kek_bytes(encoded) for name, _, encoded in pairs}
        if not self._keys or len(self._keys) != len(pairs):
            raise SettingError("kek must hold lines of id:base64(32 bytes), each id once")
        self.first = next(iter(self._keys))

    def wrap(self, key: bytes, bound_to: bytes) -> bytes:
        nonce = secrets.token_bytes(_NONCE_LENGTH)
        return nonce + AESGCM(self._keys[self.first]).encrypt(nonce, key, bound_to)

    def unwrap(self, name: str, wrapped: bytes, bound_to: bytes) -> bytes:
        if name not in self._keys:
            raise SealBrokenError(f"the key file holds no {name}")
        try:
            return AESGCM(self._keys[name]).decrypt(
                wrapped[:_NONCE_LENGTH], wrapped[_NONCE_LENGTH:], bound_to
            )
        except InvalidTag:
            raise SealBrokenError(f"{name} in the key file is not the key that wrapped this") from None


def _kek_bytes(encoded: str) -> bytes:
    try:
        key = base64.b64decode(encoded, validate=True)
    except ValueError:
        key = b""
    if len(key) != 32:
        raise SettingError("kek must hold lines of id:base64(32 bytes), each id once")
    return key
