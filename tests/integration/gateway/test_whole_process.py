"""The gateway as it runs: one process, a broker, a service behind it."""

import json
import signal
import threading

from tests.builders.gateway import a_token
from tests.builders.gateway_house import GatewayHouse
from tests.builders.houses import eventually


def test_a_member_is_recognised_by_a_token_and_answered_by_the_service(gateway, token):
    status, fields, body = gateway.request("GET", "/v1/me", token=token)

    assert (status, body["person_id"]) == (200, "per_1")
    assert fields["Request-Id"].startswith("req_")


def test_a_token_of_another_installation_is_not_accepted(gateway):
    status, _, body = gateway.request("GET", "/v1/me", token=a_token(iss="https://elsewhere"))

    assert (status, body["code"]) == (401, "token-refused")


def test_a_service_that_does_not_run_is_a_503_at_once(gateway, token):
    status, fields, body = gateway.request("GET", "/v1/me/sessions/next", token=token)

    assert (status, body["code"]) == (503, "unavailable")
    assert fields["Retry-After"] == "2"


def test_a_hundred_slow_requests_do_not_hold_up_the_question_whether_it_lives(gateway, token):
    slow = [
        threading.Thread(target=gateway.request, args=("GET", "/v1/network"), kwargs={"token": token})
        for _ in range(40)
    ]
    for each in slow:
        each.start()
    eventually(lambda: gateway.metric("ct_http_connections") >= 40)

    status, _, _ = gateway.request("GET", "/livez")

    assert status == 200
    assert any(each.is_alive() for each in slow)
    for each in slow:
        each.join()


def test_what_describes_the_api_is_served(gateway):
    _, _, api = gateway.request("GET", "/openapi.json")
    _, _, events = gateway.request("GET", "/asyncapi.json")
    status, fields, page = gateway.request("GET", "/docs")

    assert api["openapi"] == "3.1.0"
    assert "/v1/sessions/{session_id}/rsvp" in api["paths"]
    assert events["asyncapi"] == "3.0.0"
    assert (status, fields["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert b"<script" not in page


def test_a_style_sheet_may_be_kept_for_ever_and_pages_name_it(gateway):
    page = gateway.request("GET", "/docs")[2].decode()
    address = page.split("rel='stylesheet' href='")[1].split("'")[0]

    status, fields, _ = gateway.request("GET", address)

    assert (status, fields["Content-Type"]) == (200, "text/css; charset=utf-8")
    assert "immutable" in fields["Cache-Control"]


def test_a_request_under_way_is_finished_before_the_process_ends(membership, tmp_path):
    with GatewayHouse(tmp_path) as house:
        token = a_token(iss=house.public_url)
        answered = []
        asking = threading.Thread(
            target=lambda: answered.append(house.request("GET", "/v1/network", token=token)[0])
        )
        asking.start()
        eventually(lambda: house.metric("ct_http_connections") == 1)

        house.process.send_signal(signal.SIGTERM)
        asking.join()

        assert answered == [200]
        assert house.process.wait(20) == 0


def test_keys_are_learned_when_membership_starts_after_the_gateway(begin_membership, membership, tmp_path):
    membership.stop()
    house = GatewayHouse(tmp_path)
    eventually(lambda: house.get("/livez")[0] == 200)
    without_keys = {"broker": True, "signing_keys": False}
    eventually(lambda: json.loads(house.get("/readyz")[1])["dependencies"] == without_keys)

    begin_membership()

    eventually(lambda: house.get("/readyz")[0] == 200)
    assert house.request("GET", "/v1/me", token=a_token(iss=house.public_url))[0] == 200
    house.stop()
