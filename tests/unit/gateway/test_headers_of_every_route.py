"""What every answer carries, whatever the route and whatever comes of it; and what no answer ever does."""

import pytest

from gateway.assets import Assets
from gateway.descriptions import describing_routes
from gateway.http import CSP_DATA, CSP_PAGE
from gateway.routing import ROUTES
from gateway.signins import SignIn, SignIns
from gateway.wiring import import_routes
from services.contracts.caller import Caller
from tests.builders.gateway import PUBLIC_URL, SECRET, a_gateway, a_token
from tests.unit.gateway.test_every_route import address_of

import_routes()
OURS = [route for route in ROUTES if route.handler.__module__.startswith("gateway.")]
EVERY = [*OURS, *describing_routes(OURS, PUBLIC_URL, "/docs.css"), Assets().route()]
FIXED = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
ADMIN = Caller(
    "person",
    "net_1",
    person_id="per_1",
    account_id="acc_1",
    signin_id="tok_1",
    roles=frozenset({"network_admin", "program_staff", "member"}),
)
FORM = "application/x-www-form-urlencoded"
NOWHERE = ("/nowhere", "/v1/nowhere", "/static/nothing.css", "/livez", "/readyz", "/../etc/passwd", "/%2e%2e")
each = pytest.mark.parametrize("route", EVERY, ids=lambda route: f"{route.method} {route.template}")
either = pytest.mark.parametrize("tls", [False, True], ids=["http", "https"])


@pytest.fixture(scope="module")
def gateways():
    return {tls: a_gateway(EVERY, tls=tls) for tls in (False, True)}


def check(answer, tls):
    """Every header that protects, once and as strict as it can be; none that opens."""
    is_page = answer.fields.get("content-type", "").startswith("text/html")
    assert {name: answer.fields.get(name) for name in FIXED} == FIXED
    assert answer.fields["content-security-policy"] == (CSP_PAGE if is_page else CSP_DATA)
    assert ("strict-transport-security" in answer.fields) is tls
    assert not [name for name in answer.fields if name.startswith("access-control-") or name == "server"]
    for cookie in filter(None, answer.fields.get("set-cookie", "").split(", ")):
        parts = {part.strip().lower() for part in cookie.split(";")[1:]}
        assert {"httponly", "samesite=lax", "path=/"} <= parts
        assert ("secure" in parts) is tls is cookie.startswith("__Host-")
        assert not any(part.startswith("domain") for part in parts)


@either
@each
def test_a_stranger_is_answered_safely(gateways, route, tls):
    check(gateways[tls].request(route.method, address_of(route), origin="https://evil.example"), tls)


@either
@each
def test_a_wrong_method_is_answered_safely(gateways, route, tls):
    for method in ("OPTIONS", "TRACE", "PATCH" if route.method != "PATCH" else "PUT"):
        answer = gateways[tls].request(method, address_of(route), origin="https://evil.example")
        check(answer, tls)


@either
@pytest.mark.parametrize("path", NOWHERE)
@pytest.mark.parametrize("accept", ["text/html", "application/json"])
def test_what_is_not_there_is_answered_safely(gateways, path, accept, tls):
    check(gateways[tls].request("GET", path, accept=accept, origin="https://evil.example"), tls)


@either
@pytest.mark.parametrize(
    "raw", [b"GET / HTTP/1.1\r\n\r\n", b"NONSENSE\r\n\r\n", b"GET /\x00 HTTP/1.1\r\nHost: a\r\n\r\n"]
)
def test_what_is_no_request_is_answered_safely(gateways, raw, tls):
    (answer,) = gateways[tls].send(raw)

    check(answer, tls)


WRITES = [route for route in OURS if route.writes and route.who.knows("person") and not route.own_credentials]


def signed_in(tls):
    """The cookie of somebody with every role, and the token of its forms."""
    signins = SignIns(SECRET, tls=tls)
    signin = SignIn.begin(a_token(ADMIN), "refresh")
    return signins.write(signin).partition(";")[0], signins.form_token(signin.mark)


FORGED = {
    "no token": lambda token: {"origin": PUBLIC_URL},
    "another's token": lambda token: {"x-csrf-token": token[::-1], "sec-fetch-site": "same-origin"},
    "a foreign origin": lambda token: {"x-csrf-token": token, "origin": "https://evil.example"},
    "another site": lambda token: {"x-csrf-token": token, "sec-fetch-site": "cross-site"},
    "a site beside": lambda token: {"x-csrf-token": token, "sec-fetch-site": "same-site"},
    "htmx from elsewhere": lambda token: {
        "x-csrf-token": token,
        "hx-request": "true",
        "sec-fetch-site": "cross-site",
    },
}


@pytest.mark.parametrize("how", FORGED)
@pytest.mark.parametrize("route", WRITES, ids=lambda route: f"{route.method} {route.template}")
def test_a_write_by_cookie_that_another_site_made_is_refused_and_asks_nobody(gateways, route, how):
    gateway = gateways[False]
    cookie, token = signed_in(False)
    body = b"" if route.html else b"{}"
    kind = FORM if route.html else "application/json"
    before = len(gateway.asked)

    answer = gateway.request(
        route.method,
        address_of(route),
        body,
        cookie=cookie,
        **{"content-type": kind, "if-match": '"x"', **FORGED[how](token)},
    )

    assert answer.status == 403
    assert len(gateway.asked) == before


OF_THE_SIGNED_IN = [route for route in WRITES if not route.who.knows("anonymous")]


@pytest.mark.parametrize("route", OF_THE_SIGNED_IN, ids=lambda route: f"{route.method} {route.template}")
def test_the_cookie_of_plain_http_is_none_behind_tls(gateways, route):
    gateway = gateways[True]
    cookie, token = signed_in(False)
    before = len(gateway.asked)

    answer = gateway.request(
        route.method,
        address_of(route),
        b"" if route.html else b"{}",
        cookie=cookie,
        **{"content-type": FORM if route.html else "application/json", "x-csrf-token": token},
    )

    assert answer.status in (401, 403)
    assert len(gateway.asked) == before
