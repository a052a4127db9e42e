"""The relay: every announcement reaches every queue that hears it, or stays where it is and alarms."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.builders import brokers
from tests.builders.events import an_envelope
from tests.builders.houses import eventually
from tests.builders.proxies import Proxy

FEEDBACK = "evt-sessions-rsvp_recorded--feedback.on_session"
NOTIFICATIONS = "evt-sessions-rsvp_recorded--notifications.on_session"
FEED = "evt-sessions-any--notifications.on_sessions_announced"


@pytest.fixture(scope="module")
def proxy():
    with Proxy((brokers.HOST, brokers.PORT)) as proxy:
        yield proxy


@pytest.fixture(scope="module")
def house(begin, proxy):
    return begin("Asked", broker_port=proxy.port)


@pytest.fixture
def things(house):
    """The collection with announcements, empty, and empty queues."""
    house.database["things"].delete_many({})
    brokers.empty(FEEDBACK, NOTIFICATIONS, FEED)
    return house.database["things"]


def a_thing(id, *announcements, age=timedelta(seconds=5)):
    at = datetime.now(UTC) - age
    return {"_id": id, "revision": 4, "outbox": [{"at": at, **each} for each in announcements]}


def an_announcement(id, routing_key="rsvp_recorded"):
    return {"id": id, "routing_key": routing_key, "body": an_envelope("rsvp_recorded", id=id)}


def is_sent(things, id):
    return things.find_one({"_id": id})["outbox"] == []


def test_an_announcement_reaches_every_queue_that_hears_it(things):
    things.insert_one(a_thing("t1", an_announcement("evt_1")))

    for queue in (FEEDBACK, NOTIFICATIONS, FEED):
        message = brokers.take(queue)
        assert message.properties["message_id"] == "evt_1"
        assert message.properties["user_id"] == "sessions"
        assert message.properties["delivery_mode"] == 2


def test_what_is_confirmed_leaves_its_document_and_the_revision_stays(things):
    things.insert_one(a_thing("t2", an_announcement("evt_1"), an_announcement("evt_2")))

    eventually(lambda: is_sent(things, "t2"))
    assert things.find_one({"_id": "t2"})["revision"] == 4


def test_what_no_queue_takes_stays_is_alarmed_and_keeps_nobody_back(house, things):
    before = house.metric('ct_not_relayed_total{reason="returned"}')
    stuck = [
        a_thing(f"stuck_{number}", an_announcement(f"evt_s{number}", "unheard_of")) for number in range(150)
    ]
    brokers_unbind(FEED)
    try:
        things.insert_many([*stuck, a_thing("young", an_announcement("evt_y"), age=timedelta(seconds=3))])
        eventually(lambda: is_sent(things, "young"))
        eventually(lambda: house.metric('ct_not_relayed_total{reason="returned"}') >= before + 150)
        assert things.count_documents({"_id": {"$regex": "^stuck_"}, "outbox.0": {"$exists": True}}) == 150
        assert house.logged("announcements_returned")
    finally:
        brokers_bind(FEED)
    eventually(lambda: things.count_documents({"outbox.0": {"$exists": True}}) == 0)


def test_a_backlog_of_a_thousand_goes_out_whole(things):
    things.insert_many(
        [a_thing(f"many_{number}", an_announcement(f"evt_m{number}")) for number in range(1000)]
    )

    eventually(lambda: things.count_documents({"outbox.0": {"$exists": True}}) == 0, 30)
    assert brokers.depth(FEEDBACK) == 1000


def test_a_queue_that_was_lost_is_declared_again_with_the_next_connection(house, proxy, things):
    with brokers.signed_in("migrate") as channel:
        channel.queue_delete(FEEDBACK)
    proxy.cut()
    eventually(lambda: brokers.is_there(FEEDBACK))

    things.insert_one(a_thing("t3", an_announcement("evt_3")))
    assert brokers.take(FEEDBACK).properties["message_id"] == "evt_3"


def test_a_broker_that_falls_silent_cuts_the_connection_and_nothing_is_lost(house, proxy, things):
    proxy.silent = True
    things.insert_one(a_thing("t4", an_announcement("evt_4")))
    eventually(lambda: [entry for entry in house.logged("bus_lost") if entry["name"] == "sessions.relay"], 20)
    proxy.silent = False
    proxy.cut()

    eventually(lambda: is_sent(things, "t4"), 30)
    assert brokers.take(NOTIFICATIONS).properties["message_id"] == "evt_4"


def test_the_age_of_what_waits_is_measured(house, things):
    brokers_unbind(FEED)
    try:
        things.insert_one(a_thing("old", an_announcement("evt_o", "unheard_of"), age=timedelta(minutes=5)))
        eventually(lambda: house.metric('ct_outbox_age_seconds{collection="things"}') >= 300)
        assert house.metric('ct_outbox_waiting{collection="things"}') == 1
    finally:
        brokers_bind(FEED)


def brokers_unbind(queue):
    with brokers.signed_in("migrate") as channel:
        channel.queue_unbind(queue, "sessions.events", "#")


def brokers_bind(queue):
    with brokers.signed_in("migrate") as channel:
        channel.queue_bind(queue, "sessions.events", "#")
