"""Listening over the real broker: each event heard, nothing dropped silently, no neighbour stopped."""

import pytest
from amqp import Message

from tests.builders import brokers
from tests.builders.events import an_envelope, as_bytes
from tests.builders.houses import eventually

QUEUE = "evt-membership-cohort_formed--sessions.on_cohort"
EVENTS = "membership.events"


@pytest.fixture(scope="module")
def house(begin):
    return begin("Listening")


@pytest.fixture
def letters(house):
    house.database["dead_letters"].delete_many({})
    return house.database["dead_letters"]


def announce(envelope, name="cohort_formed", **properties):
    brokers.publish("membership", EVENTS, name, as_bytes(envelope), message_id=envelope["id"], **properties)


def named(id, display_name="Harbor"):
    return an_envelope(id=id, data={"display_name": display_name})


def heard(house, id):
    return house.database["heard"].find_one({"event": id})


def tries(house, id):
    order = house.database["orders"].find_one({"_id": id})
    return order["tried"] if order else 0


def test_every_type_of_an_aggregate_and_its_restatement_is_heard(house):
    for name in ("cohort_formed", "member_left"):
        announce(an_envelope(name, id=f"evt_{name}"), name)
    restated = an_envelope(id="evt_again", sequence=7) | {"type": "commonthread.membership.cohort_restated"}
    announce(restated, "cohort_restated")

    found = eventually(lambda: heard(house, "evt_again"))
    assert (found["type"], found["version"]) == ("cohort_restated", 7)
    assert eventually(lambda: heard(house, "evt_member_left"))["type"] == "member_left"
    assert eventually(lambda: heard(house, "evt_cohort_formed"))["version"] == 1


def test_a_use_case_that_fails_is_tried_again_after_a_while_and_then_done(house, letters):
    announce(named("evt_twice", "fail twice"))

    eventually(lambda: heard(house, "evt_twice"))
    assert tries(house, "evt_twice") == 3
    assert letters.count_documents({}) == 0


def test_a_bare_timeout_in_a_use_case_is_tried_again(house):
    announce(named("evt_timeout", "time out"))

    eventually(lambda: heard(house, "evt_timeout"))
    assert tries(house, "evt_timeout") == 2


def test_a_refusal_while_hearing_is_a_failure_that_is_tried_again(house):
    announce(named("evt_refused", "refuse"))

    eventually(lambda: heard(house, "evt_refused"))
    assert tries(house, "evt_refused") == 2


def test_what_failed_too_often_is_a_dead_letter_with_its_reason(house, letters):
    envelope = named("evt_hopeless", "fail always")
    headers = {"ct-attempt": 5}
    brokers.publish(
        "sessions", "", QUEUE, as_bytes(envelope), message_id="evt_hopeless", application_headers=headers
    )

    letter = eventually(lambda: letters.find_one({"event_id": "evt_hopeless"}))
    assert (letter["reason"], letter["error"], letter["attempts"]) == ("failed", "RuntimeError", 6)
    assert letter["queue"] == QUEUE
    assert tries(house, "evt_hopeless") == 1


def test_only_our_own_word_counts_for_attempts(house, letters):
    announce(named("evt_liar", "fail twice"), application_headers={"ct-attempt": 5})

    eventually(lambda: heard(house, "evt_liar"))
    assert letters.count_documents({}) == 0


def test_an_event_heard_before_is_done(house, letters):
    announce(named("evt_before", "already heard"))

    eventually(lambda: tries(house, "evt_before") == 1)
    eventually(lambda: brokers.depth(QUEUE) == 0)
    assert letters.count_documents({}) == 0


def without(envelope, *attributes):
    return {name: value for name, value in envelope.items() if name not in attributes}


def lacking(field):
    envelope = an_envelope()
    del envelope["data"][field]
    return envelope


POISON = {
    "bad json": (b"{not json", {}, "bad-envelope"),
    "no object": (b"[1,2,3]", {}, "bad-envelope"),
    "empty": (b"", {}, "bad-envelope"),
    "depth": (b"[" * 5000, {}, "bad-envelope"),
    "pickle": (b"\x80\x04K\x01.", {"content_type": "application/x-python-serialize"}, "bad-envelope"),
    "foreign encoding": (b"\xff\xfe", {"content_encoding": "rot13"}, "bad-envelope"),
    "no subject": (as_bytes(without(an_envelope(), "subject")), {}, "bad-envelope:subject"),
    "sequence of another type": (as_bytes(an_envelope(sequence="1")), {}, "bad-envelope:sequence"),
    "a naive time": (as_bytes(an_envelope(time="2027-01-05T09:00:00")), {}, "bad-envelope:time"),
    "another specversion": (as_bytes(an_envelope(specversion="2.0")), {}, "bad-envelope:specversion"),
    "another network inside": (as_bytes(an_envelope(network="net_other")), {}, "bad-envelope:network"),
    "an unknown type": (
        as_bytes(an_envelope(type="commonthread.membership.cohort_melted")),
        {},
        "unknown-type",
    ),
    "a type of another aggregate": (as_bytes(an_envelope("person_added")), {}, "unknown-type"),
    "a type of another source": (
        as_bytes(an_envelope(type="commonthread.feedback.cohort_formed")),
        {},
        "bad-envelope:type",
    ),
    "another source": (as_bytes(an_envelope("rsvp_recorded")), {}, "forged"),
    "a missing field": (as_bytes(lacking("roster")), {}, "bad-data:roster"),
    "a field of another type": (as_bytes(an_envelope(data={"roster": "nobody"})), {}, "bad-data:roster"),
}
HEADERS = {
    "a malformed call id stack": {"nameko.call_id_stack": 7},
    "headers of all kinds": {
        "a": [1, {"b": None}],
        "nameko.locale": -1,
        "x-death": "no",
        "ct-attempt": "many",
    },
}


@pytest.mark.parametrize("kind", POISON)
def test_poison_is_a_dead_letter_at_once_and_its_neighbours_are_heard(house, letters, kind):
    body, properties, reason = POISON[kind]
    before, after = f"evt_before_{kind}", f"evt_after_{kind}"

    announce(named(before))
    brokers.publish("membership", EVENTS, "cohort_formed", body, **properties)
    announce(named(after))

    letter = eventually(lambda: letters.find_one({}), explain=lambda: house.log.read_text()[-2000:])
    assert letter["reason"].startswith(reason)
    assert letter["sender"] == "membership"
    assert eventually(lambda: heard(house, before))
    assert eventually(lambda: heard(house, after))
    assert house.is_alive


@pytest.mark.parametrize("headers", HEADERS.values(), ids=HEADERS.keys())
def test_odd_headers_do_not_keep_an_event_from_being_heard(house, letters, headers):
    name = f"evt_{len(str(headers))}"
    announce(named(name), application_headers=headers)

    assert eventually(lambda: heard(house, name))
    assert letters.count_documents({}) == 0


def test_headers_that_cannot_be_decoded_make_a_dead_letter_not_a_dead_process(house, letters):
    with brokers.signed_in("membership") as channel:
        message = Message(as_bytes(named("evt_header")), user_id="membership")
        serialized = Message.__mro__[1]._serialize_properties
        raw = serialized(Message(b"", user_id="membership", correlation_id="CANARY"))
        message._serialize_properties = lambda: raw.replace(b"CANARY", b"\xff\xfe\xfd\xfc\xfb\xfa")
        channel.basic_publish(message, EVENTS, "cohort_formed")
        eventually(lambda: letters.find_one({"reason": "undecodable"}), explain=house.log.read_text)
    announce(named("evt_after_header"))

    assert eventually(lambda: heard(house, "evt_after_header"))


@pytest.mark.parametrize("user", ["notifications", "feedback", "scheduling"])
def test_an_event_from_another_user_than_its_source_is_a_dead_letter(house, letters, user):
    brokers.publish(user, "", QUEUE, as_bytes(named(f"evt_by_{user}")))

    letter = eventually(lambda: letters.find_one({}))
    assert (letter["reason"], letter["sender"]) == ("forged", user)
    assert heard(house, f"evt_by_{user}") is None


def test_an_event_without_a_user_is_a_dead_letter(house, letters):
    brokers.publish("feedback", "", QUEUE, as_bytes(named("evt_by_nobody")), user_id=None)

    assert eventually(lambda: letters.find_one({}))["reason"] == "forged"


def test_while_our_store_is_away_nothing_is_lost_counted_or_taken(house, letters):
    house.database["orders"].delete_one({"_id": "the store is back"})
    announce(named("evt_waits", "store away"))
    eventually(lambda: tries(house, "evt_waits") >= 3)
    announce(named("evt_behind"))

    assert house.logged("listening_paused")
    eventually(lambda: brokers.depth(QUEUE) == 1)
    assert heard(house, "evt_behind") is None

    house.database["orders"].insert_one({"_id": "the store is back"})
    assert eventually(lambda: heard(house, "evt_waits"))
    assert eventually(lambda: heard(house, "evt_behind"))
    assert letters.count_documents({}) == 0


def test_at_most_sixteen_events_are_in_hand_at_once(house):
    house.database["orders"].delete_one({"_id": "the store is back"})
    for number in range(20):
        announce(named(f"evt_many_{number}", "store away"))

    waiting = {"_id": {"$regex": "^evt_many_"}}
    eventually(lambda: house.database["orders"].count_documents(waiting) >= 1)
    taken = 20 - brokers.depth(QUEUE)
    house.database["orders"].insert_one({"_id": "the store is back"})

    assert 1 <= taken <= 16
    eventually(lambda: house.database["heard"].count_documents({"event": {"$regex": "^evt_many_"}}) >= 20)
