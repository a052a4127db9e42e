"""Free ports on the loopback address, remembered so that a stack comes back under the same address."""

import json
import secrets
import socket
from pathlib import Path

_LOWEST, _HIGHEST = (
    20_000,
    32_000,
)  # below the range from which the kernel takes ports for outgoing connections


class NoFreePortError(Exception):
    """No port could be had on the loopback address."""


class Ports:
    """The ports of one stack by name; kept in `file`."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._known: dict[str, int] = json.loads(file.read_text()) if file.exists() else {}

    def of(self, name: str, wanted: int | None = None) -> int:
        """Return the port of `name`; the first time `wanted` when it is free, else any free one."""
        if name not in self._known:
            self._known[name] = wanted if wanted and self._may_take(wanted) else self._any_free()
            self._write()
        return self._known[name]

    def renew_taken(self) -> None:
        """Forget every port that somebody else holds now. Call it only while the stack is down."""
        self._known = {name: port for name, port in self._known.items() if is_free(port)}
        self._write()

    def settle(self, name: str, port: int) -> None:
        """Give `name` exactly this port."""
        self._known[name] = port
        self._write()

    def _any_free(self) -> int:
        for _ in range(1000):
            port = _LOWEST + secrets.randbelow(_HIGHEST - _LOWEST)
            if self._may_take(port):
                return port
        raise NoFreePortError(f"no free port between {_LOWEST} and {_HIGHEST}")

    def _may_take(self, port: int) -> bool:
        return port not in self._known.values() and is_free(port)

    def _write(self) -> None:
        fresh = self._file.with_suffix(".new")
        fresh.write_text(json.dumps(self._known, indent=1, sort_keys=True))
        fresh.replace(self._file)


def is_free(port: int) -> bool:
    """True when nobody listens on `port` of the loopback address."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def answers(port: int) -> bool:
    """True when a TCP connection to `port` of the loopback address is accepted."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1):
            return True
    except OSError:
        return False
