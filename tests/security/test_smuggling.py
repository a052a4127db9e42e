"""The twenty-nine framing cases against the real gateway, and behind the proxy we ship (SECURITY check 9)."""

import pytest

from tests.builders.gateway_house import GatewayHouse
from tests.builders.houses import eventually
from tests.builders.nginx import Nginx, nginx
from tests.security.smug import CASES, exchange, is_unambiguous, request_of


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


@pytest.mark.parametrize("path", [b"/a", b"/v1/sign-ins"], ids=["unknown path", "a path that reads bodies"])
@pytest.mark.parametrize("case", CASES)
def test_every_framing_case_is_refused_or_unambiguous(gateway, case, path):
    answer = exchange("127.0.0.1", gateway.http_port, request_of(case, path))

    assert is_unambiguous(case, answer), answer


@pytest.mark.parametrize("path", [b"/a", b"/v1/sign-ins"], ids=["unknown path", "a path that reads bodies"])
@pytest.mark.parametrize("case", CASES)
def test_every_framing_case_is_refused_or_unambiguous_behind_the_proxy(proxy, case, path):
    answer = exchange("127.0.0.1", proxy.port, request_of(case, path))

    assert is_unambiguous(case, answer, proxied=True), answer
