import pytest

from gateway.answers import Answer
from gateway.forwarded import Proxies
from gateway.limits import Buckets
from gateway.settings import GatewaySettings, Rate
from services.kit.settings import SettingError, Settings
from tests.builders.gateway import a_gateway, a_route


def test_a_bucket_fills_up_again_with_time():
    clock = [0.0]
    buckets = Buckets("caller", rate=2, burst=2, now=lambda: clock[0])
    taken = [buckets.take("ada").wait for _ in range(3)]
    clock[0] = 0.5

    assert taken == [0, 0, 1]
    assert buckets.take("ada").wait == 0


def test_one_client_takes_nothing_from_another():
    buckets = Buckets("caller", rate=1, burst=1, now=lambda: 0.0)
    buckets.take("ada")

    assert buckets.take("bo").wait == 0


def test_the_client_is_the_nearest_that_is_no_proxy_of_ours():
    proxies = Proxies(["10.0.0.0/8", "fd00::/8"])

    assert proxies.client("10.1.1.1", {"x-forwarded-for": "6.6.6.6, 9.9.9.9, 10.2.2.2"}) == "9.9.9.9"
    assert proxies.client("10.1.1.1", {"x-forwarded-for": "unknown"}) == "10.1.1.1"
    assert proxies.client("10.1.1.1", {}) == "10.1.1.1"
    assert proxies.client("9.9.9.9", {"x-forwarded-for": "6.6.6.6"}) == "9.9.9.9"


SETTINGS = Settings("gateway", public_url="https://ct.example", http_port=8080)


@pytest.mark.parametrize(
    ("variable", "text"),
    [
        ("CT_PROXIES", "nonsense"),
        ("CT_RATE_CALLERS", "many"),
        ("CT_RATE_CALLERS", "0/5"),
        ("CT_RATE_STRANGERS", "5/0"),
    ],
)
def test_a_setting_that_cannot_be_read_stops_the_start_with_its_name(variable, text):
    with pytest.raises(SettingError, match=variable):
        GatewaySettings.load(SETTINGS, {variable: text})


def test_a_gateway_of_this_machine_listens_on_this_machine_only():
    local = Settings("gateway", public_url="http://127.0.0.1:8080")

    assert GatewaySettings.load(local, {}).host == "127.0.0.1"
    assert GatewaySettings.load(SETTINGS, {"CT_RATE_CALLERS": "5/50"}).callers == Rate(5, 50)


def test_a_field_that_would_split_an_answer_is_never_sent():
    def split(call):
        return Answer(200, headers=[("Location", "/x\r\nSet-Cookie: stolen=1")])

    answer = a_gateway([a_route(handler=split)]).request("GET", "/v1/things")

    assert (answer.status, "set-cookie" in answer.fields) == (500, False)
