"""The key file that wraps the keys of sealed text (SECURITY 3.7); one a service, never in a database.

Lines `id:base64(32 bytes)`: the first wraps, all unwrap. To change the key, put a new line before the others:
running processes see it, `commonthread keys rewrap` wraps everything with it, then the old line may go.
"""

import base64
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from services.kit.logs import get_logger
from services.kit.settings import SettingError, Settings

log = get_logger()
_NONCE_LENGTH = 12


class SealBrokenError(Exception):
    """A sealed value does not open: altered, moved, or its key file is lost. Never says what was inside."""


class Kek:
    """The keys that wrap keys.

    Raises:
        SettingError: no line, a malformed one, or two of one id.
    """

    def __init__(self, text: str) -> None:
        self._keys = _read(text)

    @property
    def first(self) -> str:
        """The id of the line that wraps."""
        return next(iter(self._present()))

    def wrap(self, key: bytes, bound_to: bytes) -> tuple[str, bytes]:
        """Return the id of the line that wrapped, and the wrapped key."""
        name, wrapping = next(iter(self._present().items()))
        nonce = secrets.token_bytes(_NONCE_LENGTH)
        return name, nonce + AESGCM(wrapping).encrypt(nonce, key, bound_to)

    def unwrap(self, name: str, wrapped: bytes, bound_to: bytes) -> bytes:
        """Return the key that line `name` wrapped. Raises: SealBrokenError."""
        keys = self._present()
        if name not in keys:
            raise SealBrokenError(f"the key file holds no {name}")
        try:
            return AESGCM(keys[name]).decrypt(wrapped[:_NONCE_LENGTH], wrapped[_NONCE_LENGTH:], bound_to)
        except InvalidTag:
            raise SealBrokenError(f"{name} in the key file is not the key that wrapped this") from None

    def check(self) -> None:
        """See that the keys could be read again. Raises: SettingError."""

    def _present(self) -> dict[str, bytes]:
        return self._keys


class KekFile(Kek):
    """The key file of one process, read again as soon as it has changed.

    While the file is lost or cannot be read, what was read last goes on; `check` says so.

    Raises:
        SettingError: as `Kek`, or the file is missing, empty or open to others.
    """

    def __init__(self, settings: Settings, name: str = "kek") -> None:
        super().__init__(settings.secret(name))
        self._settings, self._name = settings, name
        self._path = (settings.secrets or Path()) / name
        self._stamp = self._look()

    def check(self) -> None:
        _read(self._settings.secret(self._name))

    def _present(self) -> dict[str, bytes]:
        stamp = self._look()
        if stamp not in (None, self._stamp):
            self._stamp = stamp
            try:
                self._keys = _read(self._settings.secret(self._name))
            except SettingError:
                log.error("key_file_unreadable", name=self._name)
        return self._keys

    def _look(self) -> tuple[int, int, int] | None:
        try:
            found = self._path.stat()
        except OSError:
            return None
        return found.st_ino, found.st_mtime_ns, found.st_size


def _read(text: str) -> dict[str, bytes]:
    pairs = [line.strip().partition(":") for line in text.splitlines() if line.strip()]
    keys = {name: _kek_bytes(encoded) for name, _, encoded in pairs}
    if not keys or len(keys) != len(pairs):
        raise SettingError("kek must hold lines of id:base64(32 bytes), each id once")
    return keys


def _kek_bytes(encoded: str) -> bytes:
    try:
        key = base64.b64decode(encoded, validate=True)
    except ValueError:
        key = b""
    if len(key) != 32:
        raise SettingError("kek must hold lines of id:base64(32 bytes), each id once")
    return key
