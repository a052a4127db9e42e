"""Clients that drip, stall or come in crowds are let go; nobody waits for them (SECURITY 0.2, check 10)."""

import contextlib
import socket
import threading

from gateway.server import MAX_PER_ADDRESS
from tests.builders.houses import eventually

HEAD = b"POST /v1/sign-ins HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
DRIPPING = {
    "a head that never ends": HEAD,
    "a body that never ends": HEAD + b"Content-Length: 1000\r\n\r\n",
    "a chunk that never ends": HEAD + b"Transfer-Encoding: chunked\r\n\r\n3e8\r\n",
    "nothing at all": b"",
}


def drip(sock, first, until):
    """Send `first`, then a byte each half second, until the other side closes."""
    with contextlib.suppress(OSError):
        sock.sendall(first)
        while not until.wait(0.5):
            sock.sendall(b"a")


def left_alone(sock):
    """Read until the other side closes; what it said."""
    said = b""
    with contextlib.suppress(ConnectionResetError):
        while part := sock.recv(4_096):
            said += part
    return said


def test_clients_that_drip_are_let_go(gateway):
    over = threading.Event()
    with contextlib.ExitStack() as crowd:
        socks = [crowd.enter_context(gateway.dial(patience=25)) for _ in DRIPPING]
        dripping = [
            threading.Thread(target=drip, args=(sock, first, over))
            for sock, first in zip(socks, DRIPPING.values(), strict=True)
        ]
        for each in dripping:
            each.start()

        said = [
            left_alone(sock) for sock in socks
        ]  # ends when the gateway closes; else it times out and fails

        over.set()
        for each in dripping:
            each.join()
    assert [answer[:12] for answer in said] == [b"", b"HTTP/1.1 408", b"HTTP/1.1 408", b""]


def test_a_crowd_from_one_address_is_capped_and_leaves_nothing_behind(gateway, open_connections):
    with contextlib.ExitStack() as crowd:
        for _ in range(MAX_PER_ADDRESS):
            crowd.enter_context(gateway.dial())
        eventually(lambda: open_connections() >= MAX_PER_ADDRESS)

        with gateway.dial(patience=5) as one_more:
            assert left_alone(one_more) == b""

    eventually(lambda: open_connections() == 0)
    assert gateway.request("GET", "/livez")[0] == 200


def test_a_half_sent_request_does_not_hold_up_others(gateway):
    with gateway.dial() as half:
        half.sendall(HEAD)

        assert gateway.request("GET", "/livez")[0] == 200


def test_a_client_that_hangs_up_in_the_middle_is_forgotten(gateway, open_connections):
    for first in DRIPPING.values():
        with gateway.dial() as sock:
            sock.sendall(first)
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")

    eventually(lambda: open_connections() == 0)
    assert gateway.logged("connection_failed") == []
