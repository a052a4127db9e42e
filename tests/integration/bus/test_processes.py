"""One process from start to end: ready when it can work, done with what it began, dying where told to."""

from pathlib import Path

import pytest

from tests.builders import brokers
from tests.builders.askers import Asker
from tests.builders.brokers import an_ask, raw_ask
from tests.builders.events import an_envelope, as_bytes
from tests.builders.houses import eventually
from tests.builders.proxies import Proxy

QUEUE = "evt-membership-cohort_formed--sessions.on_cohort"


@pytest.fixture(scope="module")
def proxy():
    with Proxy((brokers.HOST, brokers.PORT)) as proxy:
        yield proxy


@pytest.fixture
def listening(begin, proxy):
    house = begin("Listening", broker_port=proxy.port)
    yield house
    if house.is_alive:
        house.stop()


@pytest.fixture
def asked(begin):
    house = begin("Asked")
    yield house
    if house.is_alive:
        house.stop()


def announce(name, display_name="Harbor"):
    body = as_bytes(an_envelope(id=name, data={"display_name": display_name}))
    brokers.publish("membership", "membership.events", "cohort_formed", body, message_id=name)


def test_what_was_begun_is_answered_before_the_process_ends(asked):
    with Asker() as asker:
        number = asker.begin("sessions", "dawdle", {"word": "last", "times": 1000}, timeout=20)
        eventually(lambda: asked.metric("ct_asks_under_way") == 1)
        assert asked.stop() == 0
        assert asker.end(number)["answer"]["said"] == "last"


def test_after_the_end_asks_are_known_to_have_no_home(asked):
    asked.stop()

    with Asker() as asker:
        assert asker.ask("sessions", "say", {"word": "x"})["reason"] == "sessions is not running"


def test_two_processes_share_the_asks_of_one_service(begin, asked):
    other = begin("Asked")
    for _ in range(10):
        raw_ask("sessions", an_ask("say", {"word": "x"}))

    said = 'ct_asks_total{ask="say",outcome="answered"}'
    assert asked.metric(said) == 5
    assert other.metric(said) == 5
    other.stop()


def test_a_process_without_its_broker_is_alive_but_not_ready(listening, proxy):
    proxy.silent = True
    proxy.cut()
    try:
        eventually(lambda: listening.get("/readyz")[0] == 503)
        assert '"broker":false' in listening.get("/readyz")[1]
        assert listening.get("/livez")[0] == 200
    finally:
        proxy.silent = False
        proxy.cut()
    eventually(lambda: listening.get("/readyz")[0] == 200, 30)


def test_events_in_hand_when_the_connection_is_cut_are_heard_again(listening, proxy):
    listening.database["orders"].delete_one({"_id": "the store is back"})
    announce("evt_cut", "store away")
    eventually(lambda: listening.database["orders"].find_one({"_id": "evt_cut"}))
    proxy.cut()
    listening.database["orders"].insert_one({"_id": "the store is back"})

    eventually(lambda: listening.database["heard"].count_documents({"event": "evt_cut"}) == 2)
    eventually(lambda: brokers.depth(QUEUE) == 0)


def test_killed_processes_lose_no_event(listening):
    announce("evt_kill", "store away")
    eventually(lambda: listening.database["orders"].find_one({"_id": "evt_kill"}))
    listening.kill()
    listening.database["orders"].insert_one({"_id": "the store is back"})
    listening.begin_again()

    assert eventually(lambda: listening.database["heard"].find_one({"event": "evt_kill"}))


@pytest.mark.parametrize("boundary", [1, 2])
def test_a_process_killed_at_a_boundary_of_hearing_hears_again(listening, boundary):
    listening.stop()
    listening.begin_again(CT_CRASH_AT=boundary)
    announce(f"evt_crash_{boundary}")
    eventually(lambda: not listening.is_alive)
    listening.begin_again(CT_CRASH_AT="")

    assert eventually(lambda: listening.database["heard"].find_one({"event": f"evt_crash_{boundary}"}))
    eventually(lambda: brokers.depth(QUEUE) == 0)


def test_boundaries_are_counted_where_no_crash_is_wanted(listening, tmp_path):
    listening.stop()
    listening.begin_again(CT_CRASH_AT=f"count:{tmp_path}/passed")
    announce("evt_counted")

    passed = tmp_path / "passed"
    eventually(lambda: passed.exists() and "listen.after_ack" in passed.read_text())


def test_a_setting_that_is_missing_is_named_and_ends_the_start(asked):
    asked.stop()
    asked._environment["CT_BROKER"] = ""
    asked._run()

    assert asked.process.wait(20) == 1
    assert "CT_BROKER is not set" in asked.log.read_text()


def test_a_secret_others_may_read_is_named_and_ends_the_start(asked):
    asked.stop()
    (asked.log.parent / "secrets" / "broker_password").chmod(0o644)
    asked._run()

    assert asked.process.wait(20) == 1
    assert "broker_password in CT_SECRETS may be read" in asked.log.read_text()


def test_log_lines_carry_the_request_and_no_values(asked):
    ask = an_ask("fail", {"word": "canary-10"}) | {"request_id": "req_log"}
    raw_ask("sessions", ask)

    (entry,) = asked.logged("ask_failed")
    assert (entry["request_id"], entry["exception"]) == ("req_log", "RuntimeError")
    assert "canary-10" not in asked.log.read_text()


@pytest.mark.parametrize("text", ["changeme-changeme-123", ""])
def test_a_secret_anybody_could_guess_is_named_and_ends_the_start(asked, text):
    asked.stop()
    (asked.log.parent / "secrets" / "etag_key").write_text(text)
    asked._run()

    assert asked.process.wait(20) == 1
    assert "etag_key in CT_SECRETS" in asked.log.read_text()
    assert not text or text not in asked.log.read_text()


def test_a_lost_key_file_is_said_until_it_is_back(asked):
    kek = asked.log.parent / "secrets" / "kek"
    aside = kek.rename(kek.with_name(".kek"))

    eventually(lambda: asked.get("/readyz")[0] == 503)
    assert '"keys":false' in asked.get("/readyz")[1]
    aside.rename(kek)
    eventually(lambda: asked.get("/readyz")[0] == 200)


def test_what_a_process_was_told_in_secret_stands_in_no_command_line(asked):
    texts = [path.read_text() for path in (asked.log.parent / "secrets").iterdir()]
    told = Path(f"/proc/{asked.process.pid}")
    said = (told / "cmdline").read_text() + (told / "environ").read_text() + asked.log.read_text()

    assert len(texts) >= 3
    assert not any(text in said for text in texts)
