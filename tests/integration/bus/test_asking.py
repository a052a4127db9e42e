"""Asking with our own client: every ask ends, and says whether something may have been done."""

import signal

import msgpack
import pytest

from tests.builders import brokers
from tests.builders.askers import Asker
from tests.builders.brokers import an_ask, raw_ask
from tests.builders.houses import eventually
from tests.builders.proxies import Proxy


@pytest.fixture(scope="module")
def house(begin):
    return begin("Asked", CT_WORKERS=8)


@pytest.fixture(scope="module")
def proxy():
    with Proxy((brokers.HOST, brokers.PORT)) as proxy:
        yield proxy


@pytest.fixture(scope="module")
def asker(proxy, house):
    with Asker(port=proxy.port) as asker:
        yield asker


def test_an_answer_comes_back_with_its_etag(asker):
    found = asker.ask("sessions", "say", {"word": "hello"})

    assert found["answer"] == {"said": "hello", "by": "per_1"}
    assert len(found["etag"]) == 24


def test_a_refusal_is_raised_with_kind_code_message_and_errors(asker):
    found = asker.ask("sessions", "refuse", {"word": "no"})

    assert found == {
        "raised": "RemoteRefusal",
        "kind": "conflict",
        "code": "not-now",
        "message": "not now",
        "errors": [{"pointer": "/word", "detail": "no"}],
    }


def test_a_fault_is_raised_without_its_text(asker):
    assert asker.ask("sessions", "fail", {"word": "x"}) == {"raised": "RemoteFault"}


def test_a_service_that_does_not_run_is_known_at_once(asker):
    found = asker.ask("feedback", "list_questionnaires", key="k1", timeout=30)

    assert found == {"raised": "Unavailable", "reason": "feedback is not running", "maybe_done": False}


def test_an_ask_ends_with_its_deadline_and_a_write_may_have_been_done(asker):
    write = asker.begin("sessions", "dawdle", {"word": "w", "times": 3000}, key="k2", timeout=0.3)
    read = asker.begin("sessions", "dawdle", {"word": "r", "times": 3000}, timeout=0.3)

    assert (asker.end(write)["raised"], asker.end(read)["maybe_done"]) == ("Unavailable", False)


def test_a_process_stopped_for_a_while_keeps_nobody_waiting_beyond_the_deadline(house, asker):
    house.process.send_signal(signal.SIGSTOP)
    try:
        found = asker.ask("sessions", "say", {"word": "x"}, key="k3", timeout=0.5)
    finally:
        house.process.send_signal(signal.SIGCONT)

    assert found["raised"] == "Unavailable"
    assert found["maybe_done"] is True
    assert "answer" in asker.ask("sessions", "say", {"word": "awake"})


def test_a_cut_connection_ends_waiting_asks_at_once_and_the_next_is_answered(asker, proxy):
    waiting = [
        asker.begin("sessions", "dawdle", {"word": "w", "times": 5000}, key=f"c{n}", timeout=60)
        for n in range(5)
    ]
    eventually(lambda: raw_ask("sessions", an_ask("say", {"word": "x"})))
    proxy.cut()

    found = [asker.end(each) for each in waiting]
    assert {(each["raised"], each["maybe_done"]) for each in found} == {("Unavailable", True)}
    assert eventually(lambda: asker.ask("sessions", "say", {"word": "again"}).get("answer"))


def test_answers_from_anybody_but_the_asked_service_do_not_count(asker):
    """Whoever learned where replies go cannot answer in another's name; the broker vouches for the user."""
    with brokers.signed_in("migrate") as channel:
        channel.queue_declare("ask-feedback", durable=False, exclusive=True)
        channel.queue_bind("ask-feedback", "asks.feedback", "feedback")
        number = asker.begin("feedback", "say")
        asked = eventually(lambda: channel.basic_get("ask-feedback", no_ack=True))
    for user in ("notifications", "feedback"):
        reply = msgpack.packb({"answer": {"by": user}, "etag": "", "replayed": False})
        reply_to, correlation = asked.properties["reply_to"], asked.properties["correlation_id"]
        brokers.publish(user, "", reply_to, reply, mandatory=False, correlation_id=correlation)

    assert asker.end(number)["answer"] == {"by": "feedback"}


def test_many_at_once_are_all_answered(asker):
    numbers = [asker.begin("sessions", "say", {"word": str(each)}) for each in range(120)]

    said = [asker.end(number)["answer"]["said"] for number in numbers]
    assert said == [str(each) for each in range(120)]
