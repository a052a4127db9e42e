"""What comes in on a connection: heads and bodies, each bounded in size and in time.

The whole head must be here 10 s after its first byte; the whole body within 30 s, and never slower than
1 kB/s after a grace of 8 s, however the bytes drip (SECURITY 0.2).
"""

import time
from typing import Any

from gateway.framing import (
    MAX_CHUNK_LINE,
    MAX_HEAD,
    Head,
    Malformed,
    check_trailer,
    chunk_size,
    misses_its_end,
    parse_head,
)

HEAD_SECONDS = 10.0
BODY_SECONDS = 30.0
BODY_GRACE, BODY_RATE = 8.0, 1_000  # seconds, bytes a second
IDLE_SECONDS = 12.0


class Gone(Exception):
    """The other side left, or was too slow to be waited for."""


class Inflow:
    """Reads one connection's requests from `sock`, a connected green socket."""

    def __init__(self, sock: Any) -> None:
        self.sock = sock
        self.unread = False  # whether a body announced by the last head is still to come
        self._buffer = b""
        self._until = 0.0

    def read_head(self, *, first: bool) -> Head | None:
        """Return the next head, or None when the other side left between two requests.

        Raises:
            Malformed: what came is no head.
            Gone: it did not come in time.
        """
        now = time.monotonic()
        self._until = now + (HEAD_SECONDS if first or self._buffer else IDLE_SECONDS)
        while (end := self._buffer.find(b"\r\n\r\n")) < 0:
            if misses_its_end(self._buffer):
                raise Malformed("control character or bare line end")
            if len(self._buffer) > MAX_HEAD:
                raise Malformed("head too large", 431)
            begins = not self._buffer and not first
            more = self._receive()
            if not more:
                return None
            self._buffer += more
            if begins:
                self._until = time.monotonic() + HEAD_SECONDS
        if end > MAX_HEAD:
            raise Malformed("head too large", 431)
        head = parse_head(self._buffer[:end])
        self._buffer = self._buffer[end + 4 :]
        self.unread = head.chunked or bool(head.length)
        return head

    def read_body(self, head: Head, limit: int) -> bytes:
        """Return the whole body; a second call returns nothing.

        Raises:
            Malformed: 413 beyond `limit` bytes, 408 when too slow, 400 for broken chunks.
            Gone: the other side left.
        """
        if not self.unread:
            return b""
        if head.length is not None and head.length > limit:
            raise Malformed(f"the body may have {limit} bytes", 413)
        if not self._buffer and head.fields.get("expect", "").lower() == "100-continue":
            self.sock.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
        clock = _BodyClock()
        body = self._read_chunks(limit, clock) if head.chunked else self._take(head.length or 0, clock)
        self.unread = False
        return body

    def can_go_on(self, head: Head) -> bool:
        """Whether the next request can begin: the body was read, or is here and can be passed over."""
        length = head.length or 0
        if self.unread and not head.chunked and len(self._buffer) >= length:
            self._buffer = self._buffer[length:]
            self.unread = False
        return not self.unread

    def linger(self) -> None:
        """Read on for a moment before closing: closing over unread bytes would take the answer back."""
        self._until = time.monotonic() + 2.0
        for _ in range(32):
            if not self._receive():
                return

    def _receive(self) -> bytes:
        left = self._until - time.monotonic()
        if left <= 0:
            raise Gone
        self.sock.settimeout(left)
        try:
            return self.sock.recv(65_536)
        except TimeoutError:
            raise Gone from None

    def _more(self, clock: "_BodyClock") -> bytes:
        self._until = clock.until()
        try:
            more = self._receive()
        except Gone:
            raise Malformed("the body did not come in time", 408) from None
        if not more:
            raise Gone
        clock.received += len(more)
        return more

    def _take(self, count: int, clock: "_BodyClock") -> bytes:
        if len(self._buffer) < count:
            parts, have = [self._buffer], len(self._buffer)
            while have < count:
                parts.append(self._more(clock))
                have += len(parts[-1])
            self._buffer = b"".join(parts)
        taken, self._buffer = self._buffer[:count], self._buffer[count:]
        return taken

    def _line(self, clock: "_BodyClock", longest: int) -> bytes:
        while (end := self._buffer.find(b"\n")) < 0:
            if len(self._buffer) > longest:
                raise Malformed("chunk line too long")
            self._buffer += self._more(clock)
        line, self._buffer = self._buffer[: end + 1], self._buffer[end + 1 :]
        if not line.endswith(b"\r\n") or len(line) > longest:
            raise Malformed("chunk line")
        return line

    def _read_chunks(self, limit: int, clock: "_BodyClock") -> bytes:
        parts, total = [], 0
        while size := chunk_size(self._line(clock, MAX_CHUNK_LINE)):
            total += size
            if total > limit:
                raise Malformed(f"the body may have {limit} bytes", 413)
            parts.append(self._take(size, clock))
            if self._take(2, clock) != b"\r\n":
                raise Malformed("chunk end")
        for _ in range(32):
            line = self._line(clock, 1_024)
            if line == b"\r\n":
                return b"".join(parts)
            check_trailer(line)
        raise Malformed("too many trailer fields")


class _BodyClock:
    """How long a body may still take: 30 s in all, and never slower than the least rate."""

    def __init__(self) -> None:
        self.started = time.monotonic()
        self.received = 0

    def until(self) -> float:
        return self.started + min(BODY_SECONDS, BODY_GRACE + self.received / BODY_RATE)
