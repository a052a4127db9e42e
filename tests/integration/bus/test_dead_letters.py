"""Dead letters in the hands of the operator: listed, shown, replayed, never lost and never forged."""

import pytest

from tests.builders import brokers
from tests.builders.brokers import an_ask, raw_ask
from tests.builders.events import an_envelope, as_bytes
from tests.builders.houses import eventually

QUEUE = "evt-membership-cohort_formed--sessions.on_cohort"
EVENTS = "membership.events"
OLD = "2020-01-05T09:00:00.000Z"


@pytest.fixture(scope="module")
def house(begin):
    return begin("Listening")


@pytest.fixture
def letters(house):
    house.database["dead_letters"].delete_many({})
    return house.database["dead_letters"]


def operate(name, **payload):
    return raw_ask("sessions", an_ask(name, payload), "operator")


def a_dead_letter(letters, body, user="membership"):
    where = (EVENTS, "cohort_formed") if user == "membership" else ("", QUEUE)
    brokers.publish(user, *where, body, message_id="evt_dead")
    return eventually(lambda: letters.find_one({}))["_id"]


def a_hopeless_one(letters, name, **attributes):
    """A letter that failed too often, though nothing is wrong with it any more."""
    body = as_bytes(an_envelope(id=name, data={"display_name": "fail twice"}, **attributes))
    headers = {"ct-attempt": 5}
    brokers.publish("sessions", "", QUEUE, body, message_id=name, application_headers=headers)
    return eventually(lambda: letters.find_one({"event_id": name}))["_id"]


def test_dead_letters_are_listed_without_their_bodies(letters):
    letter = a_dead_letter(letters, b"{canary-9")

    (shown,) = operate("_dead_letters")["answer"]["data"]
    assert (shown["id"], shown["queue"], shown["reason"]) == (letter, QUEUE, "bad-envelope:not JSON")
    assert "canary-9" not in str(shown)


def test_a_body_is_shown_when_the_operator_asks_for_it(letters):
    letter = a_dead_letter(letters, b"{canary-9")

    assert "body" not in operate("_dead_letter_show", id=letter)["answer"]
    assert operate("_dead_letter_show", id=letter, reveal=True)["answer"]["body"] == "{canary-9"


def test_a_body_lies_sealed_in_the_database(letters):
    a_dead_letter(letters, b"{canary-9")

    assert b"canary-9" not in bytes(letters.find_one({})["body"])


def test_a_replayed_letter_is_heard_with_its_own_event_id(house, letters):
    letter = a_hopeless_one(letters, "evt_replayed")

    assert operate("_dead_letter_replay", id=letter)["answer"] == {"id": letter}
    assert eventually(lambda: house.database["heard"].find_one({"event": "evt_replayed"}))
    assert letters.find_one({"_id": letter})["replays"] == 1


def test_a_replayed_letter_that_fails_again_begins_anew(house, letters):
    letter = a_hopeless_one(letters, "evt_anew")
    operate("_dead_letter_replay", id=letter)

    eventually(lambda: house.database["heard"].find_one({"event": "evt_anew"}))
    assert house.database["orders"].find_one({"_id": "evt_anew"})["tried"] == 3


def test_a_forged_letter_is_never_replayed(house, letters):
    body = as_bytes(an_envelope(id="evt_forged"))
    letter = a_dead_letter(letters, body, user="feedback")

    assert operate("_dead_letter_replay", id=letter, force=True)["refused"]["code"] == "forged"


def test_a_letter_slipped_in_with_our_own_headers_is_not_replayed_either(letters):
    headers = {"ct-queue": QUEUE, "ct-reason": "failed", "ct-from": "membership", "ct-attempt": 6}
    body = as_bytes(an_envelope(id="evt_slipped"))
    brokers.publish("feedback", "", "dead-sessions", body, application_headers=headers)

    letter = eventually(lambda: letters.find_one({}))
    assert letter["sender"] == "feedback"
    assert operate("_dead_letter_replay", id=letter["_id"])["refused"]["code"] == "forged"


def test_a_letter_older_than_what_listeners_remember_needs_force(house, letters):
    letter = a_hopeless_one(letters, "evt_old", time=OLD)

    assert operate("_dead_letter_replay", id=letter)["refused"]["code"] == "too-old"
    assert operate("_dead_letter_replay", id=letter, force=True)["answer"] == {"id": letter}
    assert eventually(lambda: house.database["heard"].find_one({"event": "evt_old"}))


def test_what_a_process_died_over_too_often_is_a_dead_letter_with_the_brokers_reason(house, letters):
    """The delivery limit counts deliveries that were never settled; fifty of them are enough."""
    house.stop()
    try:
        brokers.publish("membership", EVENTS, "cohort_formed", as_bytes(an_envelope(id="evt_deadly")))
        with brokers.signed_in("sessions") as channel:
            for _ in range(51):
                message = eventually(lambda: channel.basic_get(QUEUE))
                channel.basic_reject(message.delivery_tag, requeue=True)
    finally:
        house.begin_again()

    letter = eventually(lambda: letters.find_one({"event_id": "evt_deadly"}))
    assert (letter["reason"], letter["queue"], letter["sender"]) == ("delivery_limit", QUEUE, "membership")


def test_an_unknown_letter_is_not_found(house):
    assert operate("_dead_letter_show", id="ddl_none")["refused"]["kind"] == "not-found"


def test_letters_come_page_by_page_newest_first(letters):
    ids = [a_hopeless_one(letters, f"evt_page_{number}") for number in range(3)]
    first = operate("_dead_letters", limit=2)["answer"]
    second = operate("_dead_letters", limit=2, after=first["next"])["answer"]

    assert [each["id"] for each in first["data"] + second["data"]] == ids[::-1]
    assert second["next"] is None


def test_the_status_counts_letters_and_what_waits(letters):
    a_dead_letter(letters, b"{")

    status = operate("_status")["answer"]
    assert status["dead_letters"] == 1
    assert status["dependencies"] == {"broker": True, "store": True, "keys": True}
    assert status["waiting"] == {"things": 0, "notes": 0}
