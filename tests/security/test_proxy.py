"""What the proxy we ship says by itself is a problem document too, and says when to come again."""

import json
from http.client import HTTPConnection

import pytest

from tests.builders.nginx import Nginx, nginx
from tests.builders.ports import a_free_port

MOST = 20 * 1024 * 1024


@pytest.fixture(scope="module")
def proxy(tmp_path_factory):
    """The proxy in front of nobody: all gateways are away."""
    if nginx() is None:
        pytest.skip("nginx is not installed (apt-get install nginx-light)")
    alone = Nginx(tmp_path_factory.mktemp("proxy"), a_free_port())
    yield alone
    alone.stop()


def asked(proxy, method="GET", path="/v1/me", body=None, **headers):
    connection = HTTPConnection("127.0.0.1", proxy.port, timeout=20)
    connection.request(method, path, body, headers)
    answer = connection.getresponse()
    return answer, answer.read()


def test_without_a_gateway_a_program_is_told_to_come_again(proxy):
    answer, body = asked(proxy)

    assert answer.status == 503
    assert answer.getheader("Content-Type") == "application/problem+json"
    assert answer.getheader("Retry-After") == "2"
    assert answer.getheader("Cache-Control") == "no-store"
    assert json.loads(body)["code"] == "unavailable"


def test_without_a_gateway_a_browser_shows_a_page_that_tries_again(proxy):
    answer, body = asked(proxy, path="/me", Accept="text/html,application/xhtml+xml")

    assert answer.status == 503
    assert answer.getheader("Content-Type").startswith("text/html")
    assert answer.getheader("Refresh") == "3"
    assert b"tries anew" in body


def test_a_body_over_the_limit_is_refused_as_a_problem(proxy):
    headers = {"Content-Length": str(MOST + 1)}
    answer, body = asked(proxy, "POST", "/v1/imports", b"", **headers)

    assert answer.status == 413
    assert json.loads(body)["code"] == "too-large"


def test_what_cannot_be_read_is_refused_as_a_problem(proxy):
    answer, body = asked(proxy, path="/" + "a" * 40_000)

    assert answer.status == 400
    assert json.loads(body)["code"] == "bad-request"
