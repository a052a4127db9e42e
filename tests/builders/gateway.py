"""A gateway of one's own: its routes, its keys, tokens it accepts, and requests byte by byte."""

import json
import socket
import threading
import time
from dataclasses import dataclass
from types import SimpleNamespace

from joserfc import jwt
from joserfc.jwk import ECKey

from gateway.access import Access
from gateway.alarms import Alarms
from gateway.connection import Connection
from gateway.cursors import Cursors
from gateway.dispatch import Dispatcher
from gateway.forwarded import Proxies
from gateway.http import Finisher
from gateway.limits import Buckets
from gateway.live import Live
from gateway.loading import Loader
from gateway.problem_pages import plain_problem
from gateway.renewals import Renewals
from gateway.routing import Route, RouteTable
from gateway.signins import SignIns
from gateway.tokens import AccessTokens, SigningKeys
from services.contracts.caller import Caller
from services.contracts.tokens import ALGORITHM, AUDIENCE, TYPE, claims_of
from services.kit.health import Readiness
from tests.fakes.asks import FakeAsks

PUBLIC_URL = "http://127.0.0.1:8080"
SECRET = "a secret of the tests, long enough"
KEY = ECKey.generate_key("P-256", {"kid": "k1", "use": "sig"})
MEMBER = Caller("person", "net_1", person_id="per_1", account_id="acc_1", roles=frozenset({"member"}))
STAFF = Caller("person", "net_1", person_id="per_2", account_id="acc_2", roles=frozenset({"program_staff"}))
PARTNER = Caller(
    "client", "net_1", client_id="cli_1", organization_id="org_1", scopes=frozenset({"people:read"})
)


def a_token(caller=MEMBER, *, key=KEY, header=None, algorithm=ALGORITHM, without=(), **claims):
    """Return an access token for `caller`; `claims` and `header` replace, `without` leaves out."""
    now = int(time.time())
    said = claims_of(caller) | {
        "iss": PUBLIC_URL,
        "aud": AUDIENCE,
        "iat": now,
        "exp": now + 600,
        "jti": "tok_1",
    }
    said = {name: value for name, value in (said | claims).items() if name not in without}
    head = {"alg": algorithm, "typ": TYPE, "kid": "k1"} | (header or {})
    return jwt.encode(head, said, key, algorithms=[algorithm])


def public_keys(*keys):
    """Return the JWKS that membership would show."""
    return {"keys": [key.as_dict(private=False) for key in keys or (KEY,)]}


@dataclass
class Answered:
    """One answer as it came: status, fields (lower-case names) and body."""

    status: int
    fields: dict
    body: bytes

    @property
    def json(self):
        return json.loads(self.body)


@dataclass
class AGateway:
    """A gateway without a port: `send` gives it bytes, `request` a well-formed request."""

    dispatcher: Dispatcher
    asks: FakeAsks
    signins: SignIns
    access: Access

    @property
    def asked(self):
        """What was asked for the sake of the requests; keys are the gateway's own affair."""
        return [asked for asked in self.asks.asked if asked["name"] != "show_signing_keys"]

    def send(self, raw, peer="10.0.0.1"):
        """Return the answers to `raw`, as one connection gives them; the client then leaves."""
        ours, theirs = socket.socketpair()
        with theirs:
            serving = threading.Thread(target=self._serve, args=(ours, peer))
            serving.start()
            _send_all(theirs, raw)
            answers = read_answers(_all_of(theirs))
            serving.join()
        return answers

    def _serve(self, sock, peer):
        with sock:
            Connection(sock, peer, self.dispatcher.answer, self.dispatcher.refuse).serve()

    def request(self, method, target, body=None, *, token=None, peer="10.0.0.1", **fields):
        """Return the answer to one request; a dict goes as JSON, bytes as they are; `_` for `-` in fields."""
        head = {"host": "127.0.0.1:8080"} | {name.replace("_", "-"): text for name, text in fields.items()}
        if token:
            head["authorization"] = f"Bearer {token}"
        if body is not None and not isinstance(body, bytes):
            body = json.dumps(body).encode()
        if body is not None:
            head = {"content-type": "application/json"} | head | {"content-length": str(len(body))}
        lines = "".join(f"{name}: {value}\r\n" for name, value in head.items())
        raw = f"{method} {target} HTTP/1.1\r\n{lines}\r\n".encode() + (body or b"")
        return self.send(raw, peer)[0]


def a_gateway(routes, answers=None, *, asks=None, tls=False, rate=1_000, burst=1_000, proxies=()):
    """Return a gateway that offers `routes`; `answers` are what services say, unless `asks` asks them."""
    asks = asks or FakeAsks({"show_signing_keys": public_keys()} | (answers or {}))
    signins = SignIns(SECRET, tls=tls)
    keys = SigningKeys(lambda: asks.ask("membership", "show_signing_keys", {}, Caller()).answer)
    renewals = Renewals(lambda token: asks.ask("membership", "refresh_tokens", {"token": token}, None).answer)
    access = Access(AccessTokens(PUBLIC_URL, keys), signins, renewals, link_secret=SECRET, origin=PUBLIC_URL)
    readiness = Readiness()
    readiness.depends_on("broker", lambda: True)
    dispatcher = Dispatcher(
        RouteTable(routes),
        access,
        Loader(
            asks,
            Cursors(SECRET),
            access,
            SimpleNamespace(
                public_url=PUBLIC_URL,
                signins=signins,
                link_holder=access.link_holder,
                still_counts=lambda call: access.still_counts(call.request, call.signin, call.route),
            ),
        ),
        Finisher(tls=tls),
        live=Live(readiness).paths(),
        callers=Buckets("caller", rate, burst),
        strangers=Buckets("address", rate, burst),
        proxies=Proxies(proxies),
        alarms=Alarms(lambda caller: asks.ask("membership", "note_refusals", {}, caller)),
        show_problem=plain_problem,
    )
    return AGateway(dispatcher, asks, signins, access)


def a_route(method="GET", template="/v1/things", handler=None, **options):
    """Return a route that answers `{"seen": true}` unless told otherwise."""
    from gateway.guards import ANYONE

    who = options.pop("who", ANYONE)
    return Route(method, template, handler or (lambda call: {"seen": True}), who, **options)


def read_answers(raw):
    """Return every answer in the bytes of a connection."""
    found = []
    while raw:
        head, _, raw = raw.partition(b"\r\n\r\n")
        status_line, *lines = head.decode("latin-1").split("\r\n")
        status = int(status_line.split(" ")[1])
        if status == 100:
            continue
        fields = {}
        for line in lines:
            name, _, value = line.partition(": ")
            fields[name.lower()] = f"{fields[name.lower()]}, {value}" if name.lower() in fields else value
        length = int(fields.get("content-length", 0))
        found.append(Answered(status, fields, raw[:length]))
        raw = raw[length:]
    return found


def _send_all(sock, raw):
    """Send `raw` as far as the other side takes it: it may refuse and leave before the end."""
    try:
        sock.sendall(raw)
        sock.shutdown(socket.SHUT_WR)
    except (BrokenPipeError, ConnectionResetError):
        return


def _all_of(sock):
    parts = []
    while part := sock.recv(65_536):
        parts.append(part)
    return b"".join(parts)
