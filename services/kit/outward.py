"""The one way out of the house over HTTP: a guarded session (SECURITY 0.5, 1.29).

It looks a name up once, refuses it when any of its addresses is not public, and dials exactly the address
it checked. It follows no redirect, keeps no cookie, reads no more than it was told to and waits no longer.
Nobody else imports requests.
"""

import contextlib
import socket
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import requests
import urllib3
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.util.connection import create_connection

from services.kit.addresses import is_public, look_up
from services.kit.settings import Address

CHUNK = 16_384


class OutwardError(Exception):
    """The outside could not be asked. `reason` is a slug for logs; users only learn that it failed.

    Reasons: "refused-address", "refused-url", "unreachable", "timeout", "too-large".
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class _RefusedAddress(Exception):
    """Not an OSError, so that no layer between here and there takes it for a network fault."""


@dataclass(frozen=True)
class OutwardAnswer:
    """What came back: a redirect is an answer like any other."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Outward:
    """A session for asking partners, calendars and identity providers.

    Args:
        allow: addresses that may be reached though they are not public, over plain http as well.
        connect, read, total: seconds for the connection, for each wait, and for the whole exchange.
        limit: bytes of body that are read; more is an error.
        lookup: (host, port) -> addresses; tests give their own.
    """

    def __init__(
        self,
        allow: Iterable[Address] = (),
        *,
        connect: float = 5,
        read: float = 5,
        total: float = 10,
        limit: int = 2_000_000,
        lookup: Callable[[str, int], list[str]] = look_up,
    ) -> None:
        self._allow = frozenset((address.host, address.port) for address in allow)
        self._timeouts, self._total, self._limit = (connect, read), total, limit
        self._lookup = lookup

    def get(self, url: str, headers: Mapping[str, str] | None = None) -> OutwardAnswer:
        """Ask for `url`.

        Raises:
            OutwardError: refused, unreachable, too slow or too large.
        """
        return self._send("GET", url, headers, None)

    def post(self, url: str, body: bytes, headers: Mapping[str, str] | None = None) -> OutwardAnswer:
        """Send `body` to `url`; errors as `get`."""
        return self._send("POST", url, headers, body)

    def _send(
        self, method: str, url: str, headers: Mapping[str, str] | None, body: bytes | None
    ) -> OutwardAnswer:
        self._check_url(url)
        with _Cut(self._total) as cut:
            try:
                return self._exchange(
                    cut, method, url, {"Accept-Encoding": "identity"} | dict(headers or {}), body
                )
            except (_RefusedAddress, requests.exceptions.InvalidURL):
                raise OutwardError("refused-address") from None
            except (requests.Timeout, urllib3.exceptions.TimeoutError):
                raise OutwardError("timeout") from None
            except (OSError, ValueError, urllib3.exceptions.HTTPError):  # requests' faults are OSErrors
                raise OutwardError("timeout" if cut.was_made else "unreachable") from None

    def _exchange(
        self, cut: "_Cut", method: str, url: str, headers: dict[str, str], body: bytes | None
    ) -> OutwardAnswer:
        with requests.Session() as session:
            session.trust_env = False  # no proxy, no netrc
            guarded = _Guarded(lambda connection: self._dial(connection, cut))
            session.mount("http://", guarded)
            session.mount("https://", guarded)
            with session.request(
                method,
                url,
                headers=headers,
                data=body,
                timeout=self._timeouts,
                allow_redirects=False,
                stream=True,
            ) as answer:
                content = self._read(answer.raw)
                if cut.was_made:  # an answer without a length looks complete when it is cut
                    raise OutwardError("timeout")
                return OutwardAnswer(answer.status_code, dict(answer.headers), content)

    def _read(self, raw: Any) -> bytes:
        read = bytearray()
        while chunk := raw.read(CHUNK, decode_content=False):
            read += chunk
            if len(read) > self._limit:
                raise OutwardError("too-large")
        return bytes(read)

    def admits(self, url: str) -> bool:
        """Return whether `url` may be asked at all: https, or plain http to an address named in `allow`."""
        try:
            self._check_url(url)
        except OutwardError:
            return False
        return True

    def _check_url(self, url: str) -> None:
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError:
            raise OutwardError("refused-url") from None
        plain = parts.scheme == "http" and (parts.hostname, port or 80) in self._allow
        if not (parts.scheme == "https" or plain) or not parts.hostname or "@" in parts.netloc:
            raise OutwardError("refused-url")

    def _dial(self, connection: HTTPConnection, cut: "_Cut") -> socket.socket:
        host, port = connection.host, int(connection.port or 0)
        found = self._lookup(host, port)
        if not found or not all(is_public(each) or (each, port) in self._allow for each in found):
            raise _RefusedAddress
        return cut.watching(_first_that_answers(found, port, connection))


class _Guarded(HTTPAdapter):
    """Dials by `dial` and by nothing else; tries once."""

    def __init__(self, dial: Callable[[HTTPConnection], socket.socket]) -> None:
        self._classes = {
            "http": (HTTPConnectionPool, _dialing(HTTPConnection, dial)),
            "https": (HTTPSConnectionPool, _dialing(HTTPSConnection, dial)),
        }
        super().__init__(max_retries=0)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = {scheme: self._pool_of(scheme) for scheme in self._classes}

    def _pool_of(self, scheme: str) -> Callable[..., HTTPConnectionPool]:
        def make(*args: Any, **kwargs: Any) -> HTTPConnectionPool:
            pool_class, connection_class = self._classes[scheme]
            pool: HTTPConnectionPool = pool_class(*args, **kwargs)
            pool.ConnectionCls = connection_class
            return pool

        return make


class _Cut:
    """Cuts the connection when the whole exchange has lasted too long, whatever phase it is in."""

    def __init__(self, seconds: float) -> None:
        self.was_made = False
        self._handles: list[socket.socket] = []
        self._timer = threading.Timer(seconds, self._make)
        self._timer.daemon = True

    def __enter__(self) -> "_Cut":
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        for handle in self._handles:
            handle.close()

    def watching(self, connected: socket.socket) -> socket.socket:
        self._handles.append(connected.dup())  # its own handle: TLS takes the socket itself away
        if self.was_made:
            self._make()
        return connected

    def _make(self) -> None:
        self.was_made = True
        for handle in self._handles:
            with contextlib.suppress(OSError):
                handle.shutdown(socket.SHUT_RDWR)


def _dialing(base: type[HTTPConnection], dial: Callable[[HTTPConnection], socket.socket]) -> Any:
    return type("Dialing", (base,), {"_new_conn": dial})


def _first_that_answers(addresses: list[str], port: int, connection: HTTPConnection) -> socket.socket:
    *others, last = addresses
    for address in others:
        with contextlib.suppress(OSError):
            return _connect(address, port, connection)
    return _connect(last, port, connection)


def _connect(address: str, port: int, connection: HTTPConnection) -> socket.socket:
    return create_connection((address, port), connection.timeout, socket_options=connection.socket_options)
