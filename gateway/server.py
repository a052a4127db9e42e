"""The listening side: nameko's web server with our own connections, capped and stoppable.

nameko keeps the life cycle (start, stop, threads of the container); requests are read by `connection`,
because the WSGI server underneath understands what it should refuse (SECURITY 0.1).
"""

import resource
import socket
from collections import Counter
from collections.abc import Callable
from typing import Any

import eventlet
import structlog
from nameko.web.server import WebServer

from gateway.answers import Answer
from gateway.connection import Connection, Request
from gateway.framing import Malformed

log = structlog.get_logger()
MAX_CONNECTIONS = 2_000
MAX_PER_ADDRESS = 200
STOP_SECONDS = 15.0  # that running requests have to finish when the process stops


class StrictWebServer(WebServer):
    """Accepts connections and serves each in a thread of the container.

    `configure` before `start` says where, and who answers.
    """

    def __init__(self) -> None:
        super().__init__()
        self._starting, self._is_accepting = False, True
        self._connections: dict[int, Connection] = {}
        self._by_address: Counter[str] = Counter()

    def configure(
        self,
        bind: tuple[str, int],
        answer: Callable[[Request], Answer],
        refuse: Callable[[Malformed], Answer],
        *,
        trusted: Callable[[str], bool],
    ) -> None:
        """Say where to listen (`bind`), who answers, and which peers are proxies, free of the cap."""
        self._bind, self._answer, self._refuse, self._trusted = bind, answer, refuse, trusted

    @property
    def port(self) -> int:
        """The port listened on, once started."""
        return self._sock.getsockname()[1]

    @property
    def open_connections(self) -> int:
        return len(self._connections)

    def start(self) -> None:
        if self._starting:
            return
        self._starting = True
        _allow_sockets(2 * MAX_CONNECTIONS)
        self._sock = eventlet.listen(self._bind, backlog=1_024, reuse_port=False)
        self._sock.settimeout(None)
        self._gt = self.container.spawn_managed_thread(self.run)
        log.info("gateway_listening", port=self.port)

    def run(self) -> None:
        while self._is_accepting:
            try:
                sock, address = self._sock.accept()
            except OSError:
                if self._is_accepting:  # out of file descriptors, or the client left already
                    eventlet.sleep(0.05)
                continue
            peer = address[0]
            if self._is_full(peer):
                sock.close()
                continue
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._by_address[peer] += 1
            self.container.spawn_managed_thread(lambda sock=sock, peer=peer: self._serve(sock, peer))

    def stop(self) -> None:
        """Stop listening, close idle connections, and give the others time to finish; once is enough."""
        if not self._is_accepting:
            return
        self._is_accepting = False
        self._gt.kill()
        self._sock.close()
        for connection in list(self._connections.values()):
            connection.closing = True
            if connection.idle:
                _shut(connection.sock)
        with eventlet.Timeout(STOP_SECONDS, False):
            while self._connections:
                eventlet.sleep(0.02)

    def _is_full(self, peer: str) -> bool:
        if len(self._connections) >= MAX_CONNECTIONS:
            return True
        return self._by_address[peer] >= MAX_PER_ADDRESS and not self._trusted(peer)

    def _serve(self, sock: Any, peer: str) -> None:
        connection = Connection(sock, peer, self._answer, self._refuse)
        self._connections[id(connection)] = connection
        try:
            connection.serve()
        except Exception as fault:  # a thread of the container that raises would end the process
            log.error("connection_failed", exc_info=fault)
        finally:
            del self._connections[id(connection)]
            self._by_address[peer] -= 1
            if not self._by_address[peer]:
                del self._by_address[peer]
            sock.close()


def _allow_sockets(wanted: int) -> None:
    """Let this process open as many as it may need, where the system's limit for it is lower by default."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < wanted:
        most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


def _shut(sock: Any) -> None:
    try:
        sock.shutdown(socket.SHUT_RDWR)
    except OSError:
        return
