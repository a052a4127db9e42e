"""Asks over the real broker, seen from the wire: what a service answers, and what cannot stop it."""

import threading

import msgpack
import pytest

from services.kit.derive import etag
from tests.builders.brokers import an_ask, raw_ask, signed_in
from tests.builders.houses import ETAG_KEY, eventually


@pytest.fixture(scope="module")
def house(begin):
    return begin("Asked", CT_WORKERS=4)


def test_an_ask_is_answered_with_the_etag_of_its_answer(house):
    reply = raw_ask("sessions", an_ask("say", {"word": "hello"}))

    answer = {"said": "hello", "by": "per_1"}
    assert reply == {"answer": answer, "etag": etag(ETAG_KEY, answer), "replayed": False}


def test_a_refusal_crosses_the_wire_with_its_kind_code_and_errors(house):
    reply = raw_ask("sessions", an_ask("refuse", {"word": "no"}))

    assert reply["refused"] == {
        "kind": "conflict",
        "code": "not-now",
        "message": "not now",
        "errors": [{"pointer": "/word", "detail": "no"}],
    }


def test_a_payload_with_faults_is_refused_with_pointers(house):
    reply = raw_ask("sessions", an_ask("say", {"stray": 1}))

    assert reply["refused"]["kind"] == "invalid"
    assert [each["pointer"] for each in reply["refused"]["errors"]] == ["/word", "/stray"]


def test_a_failing_use_case_is_a_fault_whose_text_stays_here(house):
    reply = raw_ask("sessions", an_ask("fail", {"word": "canary-7"}))

    assert reply == {"failed": "fault"}
    assert "canary-7" not in house.log.read_text()


def test_bare_timeouts_in_every_worker_leave_the_service_answering(house):
    replies = [raw_ask("sessions", an_ask("time_out", {"word": "x"})) for _ in range(6)]

    assert replies == [{"failed": "fault"}] * 6
    assert raw_ask("sessions", an_ask("say", {"word": "still here"}))["answer"]["said"] == "still here"


def test_an_answer_that_cannot_travel_is_a_fault_not_a_silence(house):
    assert raw_ask("sessions", an_ask("answer_oddly", {"word": "x"})) == {"failed": "fault"}


def test_a_use_case_is_stopped_when_nobody_waits_any_more(house):
    reply = raw_ask("sessions", an_ask("dawdle", {"word": "too long", "times": 5000}, milliseconds=200))

    assert reply == {"failed": "late"}
    assert house.database["heard"].find_one({"dawdled": "too long"}) is None


def test_a_store_that_is_away_is_told_apart_from_a_fault(house):
    assert raw_ask("sessions", an_ask("store_away", {"word": "x"})) == {"failed": "away"}


def test_an_overtaken_use_case_decides_again_up_to_eight_times(house):
    seventh = raw_ask("sessions", an_ask("be_overtaken", {"word": "seven", "times": 7}))
    eighth = raw_ask("sessions", an_ask("be_overtaken", {"word": "eight", "times": 8}))

    assert seventh["answer"]["said"] == 8
    assert eighth == {"failed": "overloaded"}


def test_the_work_of_an_ask_knows_who_asks_and_under_which_key(house):
    reply = raw_ask("sessions", an_ask("who_asks", {"word": "x"}, key=["k1", "h1"], if_match="tag"))

    assert reply["answer"]["said"] == ["ask", "person", "k1", "tag"]


def test_asks_for_the_same_aggregate_never_overlap_in_one_process(house):
    replies = _at_once(12, lambda: raw_ask("sessions", an_ask("one_by_one", {"word": "ses_1"})))

    assert [reply["answer"]["said"] for reply in replies] == [0] * 12


def test_more_asks_than_can_wait_are_answered_overloaded_at_once(house):
    replies = []
    with signed_in("gateway") as channel:
        channel.basic_consume("amq.rabbitmq.reply-to", no_ack=True, callback=replies.append)
        body = msgpack.packb(an_ask("dawdle", {"word": "crowd", "times": 300}, milliseconds=3000))
        for number in range(200):
            _send(channel, body, number)
        while len(replies) < 200 - 4 - 128:
            channel.connection.drain_events(timeout=10)
    found = [msgpack.unpackb(each.body) for each in replies]

    assert found == [{"failed": "overloaded"}] * (200 - 4 - 128)
    eventually(lambda: house.metric("ct_asks_under_way") == 0)


def test_an_unknown_ask_is_refused(house):
    assert raw_ask("sessions", an_ask("nothing"))["refused"]["code"] in ("not-the-gateway", "no-such-ask")


BAD_BODIES = {
    "no msgpack": b"\xc1\xff\x00",
    "a list": msgpack.packb([1, 2]),
    "an extension type": msgpack.packb({"ask": msgpack.ExtType(4, b"x")}),
    "depth": b"\x81\xa1a" * 2000 + b"\x01",
    "keys that are no text": msgpack.packb({1: 2}),
    "no caller": msgpack.packb({"ask": "say", "payload": {}, "ms": 10}),
    "roles of another type": msgpack.packb(an_ask("say", caller={"roles": "network_admin"})),
    "roles that are no texts": msgpack.packb(an_ask("say", caller={"roles": [1]})),
    "a deadline of another type": msgpack.packb(an_ask("say") | {"ms": "soon"}),
    "a deadline without end": msgpack.packb(an_ask("say") | {"ms": 10**12}),
    "a key of another type": msgpack.packb(an_ask("say") | {"key": "k"}),
    "empty": b"",
}


@pytest.mark.parametrize("body", BAD_BODIES.values(), ids=BAD_BODIES.keys())
def test_a_body_that_is_no_ask_is_refused_and_the_next_ask_answered(house, body):
    reply = raw_ask("sessions", body)

    assert reply["refused"]["kind"] == "invalid"
    assert raw_ask("sessions", an_ask("say", {"word": "next"}))["answer"]["said"] == "next"


def test_malformed_headers_of_an_ask_do_not_matter(house):
    headers = {"nameko.call_id_stack": 7, "nameko.user_id": [1, {"a": None}]}
    reply = raw_ask("sessions", an_ask("say", {"word": "x"}), application_headers=headers)

    assert reply["answer"]["said"] == "x"


@pytest.mark.parametrize("user", ["notifications", "sessions", "membership"])
def test_nobody_but_the_gateway_may_ask_even_by_the_default_exchange(house, user):
    reply = raw_ask("sessions", an_ask("say", {"word": "x"}), user, exchange="", routing_key="ask-sessions")

    assert reply["refused"]["code"] == "not-the-gateway"


def test_an_ask_without_a_user_is_refused(house):
    reply = raw_ask("sessions", an_ask("say", {"word": "x"}), user_id=None)

    assert reply["refused"]["code"] == "not-the-gateway"


def test_the_operators_asks_are_the_operators(house):
    by_gateway = raw_ask("sessions", an_ask("operate", {"word": "x"}))
    by_operator = raw_ask("sessions", an_ask("operate", {"word": "x"}), "operator")
    other_by_operator = raw_ask("sessions", an_ask("say", {"word": "x"}), "operator")

    assert by_gateway["refused"]["code"] == "not-the-gateway"
    assert by_operator["answer"]["said"] == "x"
    assert other_by_operator["refused"]["code"] == "not-the-gateway"


def test_forged_asks_are_counted(house):
    before = house.metric('ct_forged_total{door="ask"}')

    raw_ask("sessions", an_ask("say", {"word": "x"}), "feedback", exchange="", routing_key="ask-sessions")

    assert house.metric('ct_forged_total{door="ask"}') == before + 1


def test_metrics_name_asks_and_outcomes_and_nothing_else(house):
    raw_ask("sessions", an_ask("say", {"word": "canary-8"}))

    assert house.metric('ct_asks_total{ask="say",outcome="answered"}') >= 1
    assert "canary-8" not in house.get("/metrics")[1]


def _send(channel, body, number):
    from amqp import Message

    properties = {"user_id": "gateway", "reply_to": "amq.rabbitmq.reply-to", "correlation_id": str(number)}
    channel.basic_publish(Message(body, **properties), "asks.sessions", "sessions", mandatory=True)


def _at_once(times, act):
    replies = []
    threads = [threading.Thread(target=lambda: replies.append(act())) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return replies
