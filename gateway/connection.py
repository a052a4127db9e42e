"""One connection: its requests one after the other, each read strictly, answered, and the answer written."""

import time
from collections.abc import Callable, Generator, Iterator
from http import HTTPStatus
from socket import MSG_PEEK
from typing import Any

from gateway.answers import Answer
from gateway.framing import Head, Malformed
from gateway.inflow import Gone, Inflow

SEND_SECONDS = 30.0  # in which an answer, or each piece of a stream, must be taken
SEND_GRACE, SEND_RATE = 10.0, 20_000  # seconds; bytes a second that must be taken after them
REASONS = {status.value: status.phrase for status in HTTPStatus}


class Request:
    """One request as sent: `path` and `query` undecoded, `fields` by lower-case name.

    `peer` is the dialling address, `client` the one behind configured proxies, `id` the request id; the
    last two are set by the dispatcher.
    """

    __slots__ = ("client", "fields", "head", "id", "inflow", "method", "path", "peer", "query", "started")

    def __init__(self, head: Head, peer: str, inflow: Inflow | None = None) -> None:
        self.head = head
        self.method = head.method
        self.path, _, self.query = head.target.partition("?")
        self.fields = head.fields
        self.peer = self.client = peer
        self.inflow = inflow
        self.id = ""
        self.started = time.monotonic()

    def read_body(self, limit: int) -> bytes:
        """Return the whole body, at most `limit` bytes. Raises: Malformed (413, 408, 400)."""
        return self.inflow.read_body(self.head, limit) if self.inflow else b""


class Connection:
    """Serves one client.

    Args:
        sock: a connected green socket.
        answer: (Request) -> Answer; raises nothing but Gone.
        refuse: (Malformed) -> Answer, for what never becomes a request.
    """

    def __init__(
        self, sock: Any, peer: str, answer: Callable[[Request], Answer], refuse: Callable[[Malformed], Answer]
    ) -> None:
        self.sock, self.peer = sock, peer
        self.answer, self.refuse = answer, refuse
        self.inflow = Inflow(sock)
        self.idle = True
        self.closing = False

    def serve(self) -> None:
        """Answer requests until either side has enough; what a client may do raises nothing."""
        try:
            goes_on = self._serve_one(first=True)
            while goes_on:
                self.idle = True
                goes_on = self._serve_one(first=False)
        except (Gone, OSError):
            return

    def _serve_one(self, *, first: bool) -> bool:
        try:
            head = self.inflow.read_head(first=first)
        except Malformed as fault:
            self._send(self.refuse(fault), "GET", last=True)
            self._half_close()
            return False
        if head is None:
            return False
        self.idle = False
        answer = self.answer(Request(head, self.peer, self.inflow))
        goes_on = head.keeps_alive and not self.closing and self.inflow.can_go_on(head)
        self._send(answer, head.method, last=not goes_on)
        if self.inflow.unread:
            self._half_close()
        return goes_on and not self.closing

    def _half_close(self) -> None:
        self.sock.shutdown(1)
        self.inflow.linger()

    def _send(self, answer: Answer, method: str, *, last: bool) -> None:
        body = answer.body
        bodyless = method == "HEAD" or answer.status in {204, 304}
        head = self._head(answer, len(body) if isinstance(body, bytes) else None, last=last)
        if bodyless:
            self._write(head)
        elif isinstance(body, bytes):
            self._write(head + body)
        else:
            self._send_pieces(head, body)

    def _send_pieces(self, head: bytes, pieces: Iterator[bytes]) -> None:
        """Send what comes piece by piece; who stops, or is gone, is looked for whenever a piece is empty."""
        try:
            self._write(head)
            for piece in pieces:
                if piece:
                    self._write(b"%x\r\n%s\r\n" % (len(piece), piece))
                if self.closing or (not piece and self._has_hung_up()):
                    break
            self._write(b"0\r\n\r\n")
        finally:
            if isinstance(pieces, Generator):
                pieces.close()

    def _has_hung_up(self) -> bool:
        """True when the other side left while nothing was sent to it."""
        self.sock.settimeout(0.0)
        try:
            return not self.sock.recv(1, MSG_PEEK)
        except BlockingIOError:
            return False

    def _write(self, data: bytes) -> None:
        """Send it all in time, or let go of who takes it too slowly."""
        started, unsent = time.monotonic(), memoryview(data)
        while unsent:
            taken = len(data) - len(unsent)
            until = started + min(SEND_SECONDS, SEND_GRACE + taken / SEND_RATE)
            self.sock.settimeout(max(0.001, until - time.monotonic()))
            unsent = unsent[self.sock.send(unsent) :]

    @staticmethod
    def _head(answer: Answer, length: int | None, *, last: bool) -> bytes:
        lines = [f"HTTP/1.1 {answer.status} {REASONS.get(answer.status, 'Answer')}"]
        lines += [f"{name}: {value}" for name, value in answer.headers]
        if length is None:
            lines.append("Transfer-Encoding: chunked")
        elif answer.status not in {204, 304}:
            lines.append(f"Content-Length: {length}")
        if last:
            lines.append("Connection: close")
        return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n"
