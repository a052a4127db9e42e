"""HTTP/1.1 framing, read without leniency: what two readers could understand differently is refused.

One Host, one decimal Content-Length or exactly `Transfer-Encoding: chunked`, CRLF only, no control
characters, no folded lines, origin-form targets, field names without underscores (SECURITY 0.1). Bytes in,
values out.
"""

import re
from dataclasses import dataclass

MAX_HEAD = 32_768  # bytes of request line and fields
MAX_TARGET = 8_000
MAX_FIELDS = 100
MAX_CHUNK_LINE = 256

_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|\r(?!\n)|(?<!\r)\n")
_REQUEST_LINE = re.compile(r"([A-Za-z]{1,20}) ([\x21-\x7e]+) HTTP/(\d)\.(\d)\Z")
_NAME = re.compile(r"[!#$%&'*+.^`|~0-9A-Za-z-]+\Z")
_HOST = re.compile(r"(?:[A-Za-z0-9.-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(?::\d{1,5})?\Z")
_LENGTH = re.compile(r"[0-9]{1,10}\Z")
_CHUNK = re.compile(rb"([0-9A-Fa-f]{1,8})(?:[ \t]*;[\t\x20-\x7e]*)?\r\n\Z")
_ONCE = frozenset(
    {
        "authorization",
        "content-encoding",
        "content-length",
        "content-type",
        "cookie",
        "expect",
        "host",
        "idempotency-key",
        "if-match",
        "last-event-id",
        "origin",
        "transfer-encoding",
    }
)
_names: dict[str, str] = {}  # field names seen, lowered; bounded


class Malformed(Exception):
    """The request is not HTTP as we read it; the connection is closed after the answer."""

    def __init__(self, detail: str, status: int = 400) -> None:
        super().__init__(detail)
        self.detail = detail
        self.status = status


@dataclass(slots=True)
class Head:
    """Request line and fields; `fields` by lower-case name, repeated ones joined with a comma."""

    method: str
    target: str
    keeps_alive: bool
    fields: dict[str, str]
    length: int | None
    chunked: bool


def misses_its_end(part: bytes) -> bool:
    """True when an unfinished head already holds what no head may hold: waiting for more is of no use."""
    return _CONTROL.search(part.removesuffix(b"\r")) is not None


def parse_head(head: bytes) -> Head:
    """Read request line and fields, up to and without the empty line.

    Raises:
        Malformed: with 400, 414 (target too long), 431 (fields too large) or 505 (another HTTP).
    """
    if _CONTROL.search(head):
        raise Malformed("control character or bare line end")
    lines = head.decode("latin-1").split("\r\n")
    method, target, minor = _request_line(lines[0])
    if len(lines) - 1 > MAX_FIELDS:
        raise Malformed("too many fields", 431)
    fields = _fields(lines[1:])
    _check_host(fields)
    length, chunked = _body_framing(fields, minor)
    connection = fields.get("connection", "").lower()
    keeps_alive = minor == 1 and "close" not in connection
    return Head(method, target, keeps_alive, fields, length, chunked)


def _request_line(line: str) -> tuple[str, str, int]:
    found = _REQUEST_LINE.match(line)
    if found is None:
        raise Malformed("request line")
    method, target, major, minor = found.groups()
    if major != "1" or minor not in "01":
        raise Malformed("only HTTP/1.1 is spoken here", 505)
    if target[0] != "/" and not (target == "*" and method == "OPTIONS"):
        raise Malformed("target form")
    if len(target) > MAX_TARGET:
        raise Malformed("target too long", 414)
    return method, target, int(minor)


def _fields(lines: list[str]) -> dict[str, str]:
    fields: dict[str, str] = {}
    for line in lines:
        raw, colon, value = line.partition(":")
        name = _names.get(raw) or _lowered(raw)
        if not colon:
            raise Malformed("field line")
        value = value.strip(" \t")
        if name in fields:
            if name in _ONCE:
                raise Malformed(f"{name} given twice")
            value = f"{fields[name]}, {value}"
        fields[name] = value
    return fields


def _lowered(raw: str) -> str:
    if not _NAME.match(raw):
        raise Malformed("field name")
    if len(_names) < 512:
        _names[raw] = raw.lower()
    return raw.lower()


def _check_host(fields: dict[str, str]) -> None:
    if not _HOST.match(fields.get("host", "")):
        raise Malformed("exactly one Host is needed")


def _body_framing(fields: dict[str, str], minor: int) -> tuple[int | None, bool]:
    length, coding = fields.get("content-length"), fields.get("transfer-encoding")
    if coding is not None:
        if coding.lower() != "chunked" or length is not None or minor == 0:
            raise Malformed("transfer-encoding")
        return None, True
    if length is None:
        return None, False
    if not _LENGTH.match(length):
        raise Malformed("content-length")
    return int(length), False


def chunk_size(line: bytes) -> int:
    """The number of bytes a chunk's line announces; its extension is ignored.

    Raises:
        Malformed: the line is anything but hexadecimal digits, an extension and CRLF.
    """
    found = _CHUNK.match(line)
    if found is None:
        raise Malformed("chunk size")
    return int(found[1], 16)


def check_trailer(line: bytes) -> None:
    """Refuse what no trailer field may be; trailers are read past, never used."""
    name, colon, _ = line[:-2].decode("latin-1").partition(":")
    if not colon or _CONTROL.search(line[:-2]) or not _NAME.match(name):
        raise Malformed("trailer field")
