"""Twenty-nine requests that two readers of HTTP may understand differently.

As a command, `python -m tests.security.smug HOST PORT [PATH [proxy]]` prints what is answered, and fails when
a request hidden in another one's body was answered, or when anything but one refusal came back. `proxy` says
that nginx stands between.
"""

import re
import socket
import sys

HIDDEN = b"GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n"
CHUNKED = (
    b"POST %b HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
)
CASES = {
    "CL+TE": b"POST %b HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n"
    b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "TE.TE xchunked": b"POST %b HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
    "TE twice": b"POST %b HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n"
    b"Transfer-Encoding: identity\r\n\r\n0\r\n\r\n",
    "TE gzip, chunked": b"POST %b HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
    "TE space before colon": b"POST %b HTTP/1.1\r\nHost: x\r\nTransfer-Encoding : chunked\r\n"
    b"Content-Length: 5\r\n\r\n0\r\n\r\n",
    "TE folded": b"POST %b HTTP/1.1\r\nHost: x\r\n"
    b"Transfer-Encoding:\r\n chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
    "two CL differ": b"POST %b HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nContent-Length: 36\r\n\r\n",
    "CL +0": b"POST %b HTTP/1.1\r\nHost: x\r\nContent-Length: +0\r\n\r\n",
    "CL 1_0": b"POST %b HTTP/1.1\r\nHost: x\r\nContent-Length: 1_0\r\n\r\n0123456789",
    "CL -1": b"POST %b HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
    "CL list 0, 0": b"POST %b HTTP/1.1\r\nHost: x\r\nContent-Length: 0, 0\r\n\r\n",
    "chunk 0x5": CHUNKED + b"0x5\r\nabcde\r\n0\r\n\r\n",
    "chunk +5": CHUNKED + b"+5\r\nabcde\r\n0\r\n\r\n",
    "chunk -5": CHUNKED + b"-5\r\nabcde\r\n0\r\n\r\n",
    "chunk 1_0": CHUNKED + b"1_0\r\n" + b"a" * 16 + b"\r\n0\r\n\r\n",
    "chunk extension LF": CHUNKED + b"5;\nabcde\r\n0\r\n\r\n",
    "chunk bad terminator": CHUNKED + b"5\r\nabcdeXX0\r\n\r\n",
    "trailers": CHUNKED + b"0\r\nX-Tr: 1\r\n\r\n",
    "bare LF": b"GET %b HTTP/1.1\nHost: x\n\n",
    "bare CR in field": b"GET %b HTTP/1.1\r\nHost: x\r\nX-A: 1\rX-B: 2\r\n\r\n",
    "NUL in field": b"GET %b HTTP/1.1\r\nHost: x\r\nX-A: 1\x002\r\n\r\n",
    "underscore beside": b"GET %b HTTP/1.1\r\nHost: x\r\nX_Forwarded_For: 6.6.6.6\r\n"
    b"X-Forwarded-For: 1.1.1.1\r\n\r\n",
    "underscore only": b"GET %b HTTP/1.1\r\nHost: x\r\nX_Caller: admin\r\n\r\n",
    "no Host": b"GET %b HTTP/1.1\r\n\r\n",
    "two Hosts": b"GET %b HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
    "absolute form": b"GET http://evil%b HTTP/1.1\r\nHost: x\r\n\r\n",
    "path with %2e": b"GET /v1/%%2e%%2e%b HTTP/1.1\r\nHost: x\r\n\r\n",
    "HTTP/1.0 with TE": b"POST %b HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "GET with a body": b"GET %b HTTP/1.1\r\nHost: x\r\nContent-Length: 36\r\n\r\n",
}
WHOLE = frozenset({"trailers", "path with %2e"})  # well-formed: what follows is a request of its own
REFRAMED = frozenset({"bare LF", "chunk extension LF"})  # nginx reads each in one way and writes it anew
PENDING = (
    "GET with a body"  # a byte is missing: we refuse it at once, nginx waits for the byte and then refuses
)
ALONE = frozenset(
    {"underscore beside", "underscore only", "no Host", "two Hosts", "absolute form", "path with %2e"}
)


def request_of(case: str, path: bytes = b"/a") -> bytes:
    """Return the bytes of `case` against `path`, with a hidden request where the case is about one."""
    return CASES[case] % path + (b"" if case in ALONE else HIDDEN)


def exchange(host: str, port: int, raw: bytes, patience: float = 3.0) -> bytes:
    """Send `raw` and return all that comes back before the other side closes or falls silent."""
    answer = b""
    with socket.create_connection((host, port)) as sock:
        sock.settimeout(patience)
        sock.sendall(raw)
        try:
            while part := sock.recv(65_536):
                answer += part
        except (TimeoutError, ConnectionResetError):
            return answer
    return answer


def statuses(answer: bytes) -> list[int]:
    """Return the status of every answer among the bytes."""
    return [int(status) for status in re.findall(rb"HTTP/1\.[01] (\d{3})", answer)]


def is_unambiguous(case: str, answer: bytes, *, proxied: bool = False) -> bool:
    """Whether the case was refused, or answered once and for all.

    Behind a proxy, what it takes for a whole request reaches us framed anew on a connection of its own: what
    follows is a request of the same client, hidden from nobody.
    """
    found = statuses(answer)
    if proxied and case == PENDING:
        return not found or found[0] >= 400
    if case in WHOLE or (proxied and case in REFRAMED):
        return 1 <= len(found) <= 2
    return len(found) == 1 and found[0] >= 400


def main(host: str, port: str, path: str = "/a", behind: str = "") -> int:
    failed = 0
    for case in CASES:
        answer = exchange(host, int(port), request_of(case, path.encode()))
        good = is_unambiguous(case, answer, proxied=behind == "proxy")
        failed += not good
        print(f"{case:24s} {statuses(answer)} {'' if good else 'AMBIGUOUS'}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
