"""The twenty-nine framing cases against the real gateway (SECURITY check 9)."""

import pytest

from tests.builders.gateway_house import GatewayHouse
from tests.builders.houses import eventually
from tests.security.smug import CASES, exchange, is_unambiguous, request_of


@pytest.fixture(scope="module")
def gateway(tmp_path_factory):
    house = GatewayHouse(tmp_path_factory.mktemp("gateway"))
    eventually(lambda: house.get("/livez")[0] == 200)
    yield house
    house.stop()


@pytest.mark.parametrize("path", [b"/a", b"/v1/sign-ins"], ids=["unknown path", "a path that reads bodies"])
@pytest.mark.parametrize("case", CASES)
def test_every_framing_case_is_refused_or_unambiguous(gateway, case, path):
    answer = exchange("127.0.0.1", gateway.http_port, request_of(case, path))

    assert is_unambiguous(case, answer), answer
