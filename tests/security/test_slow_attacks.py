"""slowhttptest against the real gateway: slow heads, bodies and readers at once (SECURITY check 10).

The attackers come from an address the gateway trusts as a proxy, so that no cap on connections helps it.
"""

import re
import shutil
import subprocess

import pytest

from tests.builders.gateway_house import GatewayHouse
from tests.builders.houses import eventually

TOOL = shutil.which("slowhttptest")
CONNECTIONS, TEST_SECONDS, PATIENCE = 300, 26, 10
MODES = {
    "-H": ("/", ()),
    "-B": ("/", ()),
    "-X": ("/openapi.json", ("-w", "1", "-y", "16", "-z", "8", "-n", "2")),
}
COLORS = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")

pytestmark = pytest.mark.skipif(
    TOOL is None, reason="slowhttptest is not installed (apt-get install slowhttptest)"
)


@pytest.fixture(scope="module")
def gateway(tmp_path_factory):
    house = GatewayHouse(tmp_path_factory.mktemp("gateway"), CT_PROXIES="127.0.0.1/32")
    eventually(lambda: house.get("/livez")[0] == 200, 60)
    yield house
    house.stop()


def attack(gateway, mode, log):
    path, more = MODES[mode]
    how = ("-c", CONNECTIONS, "-r", 150, "-i", 2, "-x", 10, "-p", PATIENCE, "-l", TEST_SECONDS)
    command = [TOOL, mode, *map(str, how), *more, "-u", gateway.public_url + path]
    return subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT)


def test_who_is_slow_on_purpose_is_let_go_and_nobody_else_waits(gateway, tmp_path):
    logs = {mode: (tmp_path / mode).open("wb") for mode in MODES}
    attacks = [attack(gateway, mode, log) for mode, log in logs.items()]
    most = eventually(lambda: _open(gateway) >= 2 * CONNECTIONS and _open(gateway))

    eventually(lambda: _open(gateway) == 0, TEST_SECONDS)
    still_at_it = [each.poll() is None for each in attacks]
    for each in attacks:
        each.wait(TEST_SECONDS)

    said = {mode: COLORS.sub("", (tmp_path / mode).read_text(errors="replace")) for mode in MODES}
    assert most >= 2 * CONNECTIONS
    assert any(still_at_it), "the gateway let go first"
    assert {mode: set(re.findall(r"service available:\s+(\w+)", text)) for mode, text in said.items()} == {
        mode: {"YES"} for mode in MODES
    }


def _open(gateway):
    return gateway.metric("ct_http_connections")
