"""What two readers of HTTP could understand differently is refused (SECURITY 0.1, check 9)."""

import pytest

from gateway.guards import ANYONE
from tests.builders.gateway import a_gateway, a_route
from tests.security.smug import CASES, WHOLE, request_of

HEAD = b"GET /v1/things HTTP/1.1\r\nHost: x\r\n"


@pytest.fixture
def gateway():
    def smuggled(call):
        raise AssertionError("a hidden request was carried out")

    def echo(call):
        return {"body": call.body}

    return a_gateway(
        [
            a_route("GET", "/smuggled", smuggled),
            a_route("POST", "/echo", echo, who=ANYONE, media="text/plain"),
            a_route("GET", "/echo", lambda call: {}),
        ]
    )


@pytest.mark.parametrize("path", [b"/a", b"/echo"], ids=["unknown path", "known path"])
@pytest.mark.parametrize("case", sorted(set(CASES) - WHOLE))
def test_an_ambiguous_request_is_answered_once_with_a_refusal(gateway, case, path):
    answers = gateway.send(request_of(case, path))

    assert len(answers) == 1
    assert answers[0].status >= 400
    assert answers[0].fields["connection"] == "close"


def test_trailers_are_read_past_and_the_connection_goes_on(gateway):
    raw = b"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n"
    again = HEAD.replace(b"/v1/things", b"/echo") + b"\r\n"

    first, second = gateway.send(raw + b"3\r\nabc\r\n2;x=y\r\nde\r\n0\r\nX-Tr: 1\r\n\r\n" + again)

    assert first.json == {"body": "abcde"}
    assert second.status == 200


def test_an_encoded_path_means_nothing_here(gateway):
    assert gateway.send(request_of("path with %2e", b"/metrics"))[0].status == 404


@pytest.mark.parametrize(
    ("head", "status"),
    [
        (b"GET /v1/things HTTP/2.0\r\nHost: x\r\n", 505),
        (b"GET  /v1/things HTTP/1.1\r\nHost: x\r\n", 400),
        (b"GET /v1/things\r\nHost: x\r\n", 400),
        (b"\r\nGET /v1/things HTTP/1.1\r\nHost: x\r\n", 400),
        (b"CONNECT evil:443 HTTP/1.1\r\nHost: x\r\n", 400),
        (b"GET /v1/th\xc3\xafngs HTTP/1.1\r\nHost: x\r\n", 400),
        (b"GET /" + b"a" * 8_100 + b" HTTP/1.1\r\nHost: x\r\n", 414),
        (HEAD + b"X-Long: " + b"a" * 33_000 + b"\r\n", 431),
        (HEAD + b"".join(b"X-%d: 1\r\n" % number for number in range(101)), 431),
        (HEAD + b"Host : x\r\n", 400),
        (HEAD + b": nameless\r\n", 400),
        (HEAD + b"no colon\r\n", 400),
        (HEAD + b"X-Del: a\x7fb\r\n", 400),
        (b"GET /v1/things HTTP/1.1\r\nHost: x@evil\r\n", 400),
        (HEAD + b"Authorization: Bearer a\r\nAuthorization: Bearer b\r\n", 400),
        (HEAD + b"Content-Type: a/b\r\nContent-Type: c/d\r\n", 400),
    ],
)
def test_a_malformed_head_is_refused_as_a_problem(gateway, head, status):
    (answer,) = gateway.send(head + b"\r\n" + HEAD + b"\r\n")

    assert answer.status == status
    assert answer.fields["content-type"] == "application/problem+json"
    assert answer.json["code"] == "malformed-request"


def test_several_requests_at_once_are_answered_in_their_order(gateway):
    raw = b"".join(b"GET /unknown%d HTTP/1.1\r\nHost: x\r\n\r\n" % number for number in range(5))

    answers = gateway.send(raw)

    assert [answer.status for answer in answers] == [404] * 5
    assert len({answer.fields["request-id"] for answer in answers}) == 5


def test_an_old_client_is_answered_and_let_go(gateway):
    (answer,) = gateway.send(b"GET /echo HTTP/1.0\r\nHost: x\r\n\r\n" + HEAD + b"\r\n")

    assert answer.status == 200
    assert answer.fields["connection"] == "close"


def test_a_client_that_asks_before_sending_is_told_to_go_on(gateway):
    head = b"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: 3\r\n"

    (answer,) = gateway.send(head + b"Expect: 100-continue\r\n\r\nabc")

    assert answer.json == {"body": "abc"}
