"""The twenty-nine framing cases against the real gateway, and behind the proxy we ship (SECURITY check 9)."""

from concurrent.futures import ThreadPoolExecutor
from itertools import product

import pytest

from tests.builders.gateway_house import GatewayHouse
from tests.builders.houses import eventually
from tests.builders.nginx import Nginx, nginx
from tests.security.smug import CASES, exchange, is_unambiguous, request_of, statuses

PATHS = {b"/a": "unknown path", b"/v1/sign-ins": "a path that reads bodies"}


@pytest.fixture(scope="module")
def gateway(tmp_path_factory):
    house = GatewayHouse(tmp_path_factory.mktemp("gateway"), CT_PROXIES="127.0.0.1/32")
    eventually(lambda: house.get("/livez")[0] == 200, 60)
    yield house
    house.stop()


@pytest.fixture(scope="module")
def proxy(gateway, tmp_path_factory):
    if nginx() is None:
        pytest.skip("nginx is not installed (apt-get install nginx-light)")
    before = Nginx(tmp_path_factory.mktemp("proxy"), gateway.http_port)
    yield before
    before.stop()


@pytest.fixture(scope="module")
def answers(gateway):
    """What the gateway says to each case, at each path."""
    return asked_at_once(gateway.http_port)


@pytest.fixture(scope="module")
def answers_behind(proxy):
    return asked_at_once(proxy.port)


def asked_at_once(port):
    """(case, path) -> what came back; each exchange waits out its own silence, so they wait side by side."""
    asked = list(product(CASES, PATHS))
    with ThreadPoolExecutor(8) as together:
        said = list(together.map(lambda each: exchange("127.0.0.1", port, request_of(*each)), asked))
    assert not any(429 in statuses(answer) for answer in said), "the limit answered, not the framing"
    return dict(zip(asked, said, strict=True))


@pytest.mark.parametrize("path", PATHS, ids=PATHS.get)
@pytest.mark.parametrize("case", CASES)
def test_every_framing_case_is_refused_or_unambiguous(answers, case, path):
    answer = answers[case, path]

    assert is_unambiguous(case, answer), answer


@pytest.mark.parametrize("path", PATHS, ids=PATHS.get)
@pytest.mark.parametrize("case", CASES)
def test_every_framing_case_is_refused_or_unambiguous_behind_the_proxy(answers_behind, case, path):
    answer = answers_behind[case, path]

    assert is_unambiguous(case, answer, proxied=True), answer
