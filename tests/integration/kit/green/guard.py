"""The guarded session in green threads: eventlet's own resolver opens no door, and a drip is cut."""

import eventlet

eventlet.monkey_patch()

from services.kit.outward import Outward, OutwardError  # noqa: E402
from services.kit.settings import Address  # noqa: E402

SPELLINGS = ["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "[64:ff9b::7f00:1]", "0"]
SPELLINGS.append("１２７.0.0.1")  # eventlet's resolver takes full-width digits for loopback
listening = eventlet.listen(("127.0.0.1", 0))
port = listening.getsockname()[1]
came = []


def drip(connection, _address):
    came.append(1)
    connection.recv(1000)
    connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
    while True:
        eventlet.sleep(0.02)
        connection.sendall(b"x")


eventlet.spawn(eventlet.serve, listening, drip)
for spelling in SPELLINGS:
    try:
        Outward(connect=1, read=1, total=2).get(f"https://{spelling}:{port}/")
    except OutwardError as refused:
        assert refused.reason in ("refused-address", "unreachable"), (spelling, refused.reason)
    else:
        raise AssertionError(spelling)
assert not came

try:
    Outward([Address("127.0.0.1", port)], total=0.2).get(f"http://127.0.0.1:{port}/")
except OutwardError as cut:
    assert cut.reason == "timeout", cut.reason
assert came
print("held")
