"""Free ports on the loopback address, remembered so that a stack comes back under the same address.

Between choosing a port and listening on it seconds pass, and other stacks start in them. So a port is held
from its choice until the process that chose it ends, by a name in the machine's abstract socket names: it
needs no file, reaches as far as the ports themselves do, and goes with its process however that ends.
"""

import json
import secrets
import socket
from pathlib import Path

_LOWEST, _HIGHEST = (
    20_000,
    32_000,
)  # below the range from which the kernel takes ports for outgoing connections
_HELD: dict[int, tuple[Path, socket.socket]] = {}  # what stacks of this process hold, by whose file


class NoFreePortError(Exception):
    """No port could be had on the loopback address."""


class PortTakenError(Exception):
    """Exactly this port was asked for, and somebody else has it; the message says which."""


class Ports:
    """The ports of one stack by name; kept in `file`."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._known: dict[str, int] = json.loads(file.read_text()) if file.exists() else {}

    def of(self, name: str, wanted: int | None = None) -> int:
        """Return the port of `name`; the first time `wanted` when it is free, else any free one."""
        if name not in self._known:
            self.settle(name, wanted if wanted and self._take(wanted) else self._any_free())
        return self._known[name]

    def demand(self, name: str, port: int) -> None:
        """Give `name` exactly this port. Call it only while the stack is down.

        Raises:
            PortTakenError: somebody else has it, or another part of this stack.
        """
        others = {known for other, known in self._known.items() if other != name}
        if port in others or not self._take_again(port):
            raise PortTakenError(f"port {port} is taken")
        self.settle(name, port)

    def renew_taken(self) -> None:
        """Forget every port that somebody else holds now. Call it only while the stack is down."""
        self._known = {name: port for name, port in self._known.items() if self._take_again(port)}
        self._write()

    def settle(self, name: str, port: int) -> None:
        """Give `name` exactly this port."""
        self._known[name] = port
        self._write()

    def _any_free(self) -> int:
        for _ in range(1000):
            port = _LOWEST + secrets.randbelow(_HIGHEST - _LOWEST)
            if self._take(port):
                return port
        raise NoFreePortError(f"no free port between {_LOWEST} and {_HIGHEST}")

    def _take(self, port: int) -> bool:
        return port not in self._known.values() and self._take_again(port)

    def _take_again(self, port: int) -> bool:
        return is_free(port) and _hold(port, self._file)

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


def _hold(port: int, file: Path) -> bool:
    """Hold `port` for the stack of `file` against every other one; False when another one holds it."""
    if port in _HELD:
        return _HELD[port][0] == file
    name = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    try:
        name.bind(f"\0commonthread.port.{port}")
    except OSError:
        name.close()
        return False
    _HELD[port] = (file, name)
    return True
