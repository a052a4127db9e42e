"""Random secrets, one directory a process: `<root>/<name>/<secret>`, 0700 and 0600 (SECURITY 40, 49).

A service reads its own directory and no other. What two of them must both know (the key of signed links) is
written into both. Running it again keeps what is there and adds what is missing.
"""

import base64
import os
import secrets
from pathlib import Path

SERVICES = ("membership", "scheduling", "sessions", "feedback", "notifications")
LOGINS = (*SERVICES, "gateway", "operator", "migrate")

_EVERYONE = ("broker_password",)
_OWN: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(SERVICES, ("mongo_password", "kek", "etag_key")),
    "gateway": ("cursor_key", "cookie_key", "etag_key"),
    "operator": ("mongo_password",),
    "migrate": ("mongo_password",),
}
_SHARED: dict[str, tuple[str, ...]] = {
    "link_key": ("membership", "sessions", "feedback", "notifications", "gateway")
}


def write_secrets(root: Path) -> None:
    """Make the missing secrets of every login below `root`: 32 random bytes each, in base64url.

    The key file `kek` holds lines `id:base64`; put a new line before the first one to wrap with a newer key.
    """
    for login in LOGINS:
        folder = root / login
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for name in (*_EVERYONE, *_OWN[login]):
            _write_once(folder / name, _new_kek() if name == "kek" else secrets.token_urlsafe(32))
    for name, readers in _SHARED.items():
        held = [_read(root, login, name) for login in readers if (root / login / name).exists()]
        value = held[0] if held else secrets.token_urlsafe(32)
        for login in readers:
            _write_once(root / login / name, value)


def read_secret(root: Path, login: str, name: str) -> str:
    """Return one secret of `login`.

    Raises:
        FileNotFoundError: `write_secrets` was not run for this root.
    """
    return _read(root, login, name)


def _new_kek() -> str:
    return f"k{secrets.token_hex(4)}:{base64.b64encode(secrets.token_bytes(32)).decode()}"


def _read(root: Path, login: str, name: str) -> str:
    return (root / login / name).read_text().strip()


def _write_once(path: Path, value: str) -> None:
    if path.exists():
        return
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(value)
