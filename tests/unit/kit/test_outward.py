"""The guarded session reaches what is public, and nothing else."""

import socket
import threading
from contextlib import contextmanager
from http.server import (  # not `http.server.…`: eventlet replaces that attribute
    BaseHTTPRequestHandler,
    ThreadingHTTPServer,
)

import pytest

from services.kit.addresses import is_public
from services.kit.outward import Outward, OutwardError
from services.kit.settings import Address

REFUSED = [
    "127.0.0.1",
    "127.9.9.9",
    "0.0.0.0",
    "10.0.0.1",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "192.0.0.1",
    "198.18.0.1",
    "192.88.99.1",
    "224.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b:1::a00:1",
    "2002:7f00:1::",
    "2001:0:7f00:1::",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "fc00::1",
    "ff02::1",
    "2001:db8::1",
    "not an address",
    "",
]


@pytest.mark.parametrize("address", REFUSED)
def test_an_address_that_is_not_public_is_refused(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["1.1.1.1", "93.184.216.34", "2606:4700::1111", "::ffff:1.1.1.1"])
def test_a_public_address_is_allowed(address):
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        "https://127.0.0.1/",
        "https://localhost/",
        "https://[::1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://[64:ff9b::7f00:1]/",
        "https://１２７.0.0.1/",
        "https://0/",
        "https://2130706433/",
        "https://0x7f000001/",
        "https://0177.0.0.1/",
        "https://169.254.169.254/latest/meta-data",
    ],
)
def test_no_spelling_of_an_inner_address_is_dialled(url):
    with pytest.raises(OutwardError) as refused:
        Outward(connect=1, read=1, total=2).get(url)

    assert refused.value.reason in {"refused-address", "unreachable"}


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/",
        "file:///etc/passwd",
        "gopher://example.org/",
        "https://user:word@example.org/",
        "https://:443/",
        "https://example.org:99999/",
        "//example.org/",
        "https://[::1/",
    ],
)
def test_only_https_without_credentials_is_asked(url):
    with pytest.raises(OutwardError) as refused:
        Outward().get(url)

    assert refused.value.reason == "refused-url"


class Receiver(BaseHTTPRequestHandler):
    """Answers by the path asked for; `served` counts."""

    served: list = []
    stop = threading.Event()

    def do_GET(self):
        self.served.append(self.path)
        getattr(self, "answer_" + self.path.strip("/"), self.answer_plain)()

    def do_POST(self):
        self.answer(200, self.rfile.read(int(self.headers["Content-Length"])))

    def answer(self, status, body, **headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def answer_plain(self):
        self.answer(200, b"hello")

    def answer_redirect(self):
        self.answer(302, b"", Location="/plain")

    def answer_huge(self):
        self.send_response(200)
        self.end_headers()
        self.pour(b"x" * 65_536, 800)  # 50 MB

    def answer_drip(self):
        self.send_response(200)
        self.end_headers()
        self.pour(b"x", 1000, pause=0.05)

    def answer_slowheader(self):
        self.pour(b"HTTP/1.1 200 OK\r\nX-Long: ", 1)
        self.pour(b"x", 1000, pause=0.05)

    def pour(self, piece, times, pause=0):
        for _ in range(times):
            try:
                self.wfile.write(piece)
                self.wfile.flush()
            except OSError:
                return
            if pause and self.stop.wait(pause):
                return

    def log_message(self, *_):
        pass


@pytest.fixture
def receiver():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    server.daemon_threads = True
    Receiver.served, Receiver.stop = [], threading.Event()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Address("127.0.0.1", server.server_port)
    Receiver.stop.set()
    server.shutdown()
    server.server_close()


def test_the_stacks_own_receiver_is_reached_when_it_is_allowed(receiver):
    assert Outward([receiver]).get(f"http://{receiver}/plain").body == b"hello"
    assert Outward([receiver]).post(f"http://{receiver}/", b"news").body == b"news"


def test_another_port_of_an_allowed_address_is_refused(receiver):
    allowed = Address(receiver.host, receiver.port + 1)

    with pytest.raises(OutwardError) as refused:
        Outward([allowed]).get(f"http://{receiver}/")

    assert refused.value.reason == "refused-url"


def test_a_redirect_is_an_answer_and_is_not_followed(receiver):
    answer = Outward([receiver]).get(f"http://{receiver}/redirect")

    assert (answer.status, answer.headers["Location"]) == (302, "/plain")
    assert Receiver.served == ["/redirect"]


def test_fifty_megabytes_are_not_read(receiver):
    with pytest.raises(OutwardError) as failed:
        Outward([receiver], limit=100_000).get(f"http://{receiver}/huge")

    assert failed.value.reason == "too-large"


@pytest.mark.parametrize("path", ["drip", "slowheader"])
def test_a_slow_drip_ends_with_the_time_for_the_whole(receiver, path):
    with pytest.raises(OutwardError) as failed:
        Outward([receiver], total=0.3).get(f"http://{receiver}/{path}")

    assert failed.value.reason == "timeout"


@contextmanager
def a_listener():
    """A socket that notes who connects, for names that pretend to be public."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.2)
        yield listening


def test_a_name_with_one_inner_address_among_public_ones_is_refused():
    with a_listener() as listening, pytest.raises(OutwardError) as refused:
        port = listening.getsockname()[1]
        Outward(lookup=lambda host, _: ["1.1.1.1", "127.0.0.1"]).get(f"https://partner.example:{port}/")

    assert refused.value.reason == "refused-address"


def test_a_name_is_looked_up_once_and_the_checked_address_is_dialled(receiver):
    answers = [[receiver.host], ["10.0.0.1"]]
    asked = []

    def lookup(host, port):
        asked.append(host)
        return answers.pop(0)

    # the name stands for the receiver at the first look only; a second look would be refused
    allow = [receiver, Address("partner.example", receiver.port)]
    answer = Outward(allow, lookup=lookup).get(f"http://partner.example:{receiver.port}/plain")

    assert answer.body == b"hello"
    assert asked == ["partner.example"]


def test_a_name_that_turns_inward_is_refused_at_the_next_request(receiver):
    answers = [[receiver.host], ["10.0.0.1"]]
    allow = [receiver, Address("partner.example", receiver.port)]
    outward = Outward(allow, lookup=lambda host, port: answers.pop(0))
    outward.get(f"http://partner.example:{receiver.port}/plain")

    with pytest.raises(OutwardError) as refused:
        outward.get(f"http://partner.example:{receiver.port}/plain")

    assert refused.value.reason == "refused-address"


def test_nobody_listening_is_said_to_be_unreachable():
    with socket.create_server(("127.0.0.1", 0)) as closed:
        address = Address("127.0.0.1", closed.getsockname()[1])

    with pytest.raises(OutwardError) as failed:
        Outward([address]).get(f"http://{address}/")

    assert failed.value.reason == "unreachable"
