"""Notifications in the wrong hands: with all it knows of broker and database, the rest stays closed (A17).

Against the whole stack and its real users. Most is refused by broker and database. What the broker must let
through, because who answers asks writes to the default exchange, is refused at the door or a dead letter.
"""

import contextlib
import json
import secrets
from pathlib import Path

import amqp
import msgpack
import pytest
from pymongo import MongoClient
from pymongo.errors import OperationFailure

from deploy.local.secret_files import read_secret
from deploy.tools.api import await_that
from services.contracts.catalogue import HEARINGS

TURNED = "notifications"
ASKS = "ask-sessions"
FOREIGN = "evt-membership-cohort_formed--sessions.on_cohort"
TO_FEEDBACK = "evt-sessions-rsvp_recorded--feedback.on_session"
OWN = next(hearing.queue for hearing in HEARINGS if hearing.service == TURNED)
EXAMPLES = Path(__file__).parents[2] / "services" / "contracts" / "examples"
NOT_AUTHORIZED = 13


@pytest.fixture
def channel(stack):
    """A channel signed in with the broker password from the service's own secret directory."""
    password = read_secret(stack.places.secrets, TURNED, "broker_password")
    connection = amqp.Connection(
        stack.broker.address, TURNED, password, virtual_host=stack.broker.vhost, read_timeout=20
    )
    connection.connect()
    yield connection.channel()
    with contextlib.suppress(Exception):
        connection.close()


@pytest.fixture
def database(stack):
    """A client signed in with the database password from the service's own secret directory."""
    with MongoClient(stack.database.url(TURNED), serverSelectionTimeoutMS=10_000) as client:
        yield client


@pytest.fixture
def letters(stack):
    """The dead letters of sessions and feedback that come now; gone again afterwards."""
    with stack.database.client() as client:
        kept = [client[f"ct_{name}"]["dead_letters"] for name in ("sessions", "feedback")]
        before = {letter["_id"] for each in kept for letter in each.find({}, {"_id": 1})}

        def come():
            return [one for each in kept for one in each.find({"_id": {"$nin": list(before)}})]

        yield come
        for each in kept:
            each.delete_many({"_id": {"$nin": list(before)}})


def publish(channel, exchange, routing_key, body=b"x", user_id=TURNED, **headers):
    message = amqp.Message(
        body, user_id=user_id, content_type="application/json", delivery_mode=2, application_headers=headers
    )
    channel.basic_publish_confirm(message, exchange, routing_key, mandatory=True)


def an_event(name, source=None):
    """The published example of an event under an id of its own, as bytes."""
    body = json.loads((EXAMPLES / f"{name}.json").read_text()) | {"id": f"evt_{secrets.token_hex(13)}"}
    return body["id"], json.dumps(body | ({"source": source} if source else {})).encode()


REFUSED_BY_THE_BROKER = {
    "ask sessions": lambda it: publish(it, "asks.sessions", "sessions"),
    "ask in the name of the gateway": lambda it: publish(it, "", ASKS, user_id="gateway"),
    "ask in the name of the operator": lambda it: publish(it, "", ASKS, user_id="operator"),
    "announce an answer for sessions": lambda it: publish(it, "sessions.events", "rsvp_recorded"),
    "announce a role for membership": lambda it: publish(it, "membership.events", "role_granted"),
    "announce in the name of membership": lambda it: publish(it, "", FOREIGN, user_id="membership"),
    "take the asks of sessions": lambda it: it.basic_get(ASKS),
    "take what sessions hears": lambda it: it.basic_get(FOREIGN),
    "read the dead letters of sessions": lambda it: it.basic_get("dead-sessions"),
    "listen in on membership": lambda it: it.queue_bind(OWN, "membership.events", "#"),
    "have the asks of sessions copied": lambda it: it.queue_bind(OWN, "asks.sessions", "sessions"),
    "declare a queue of sessions": lambda it: it.queue_declare("evt-membership-x--sessions.on_x"),
    "declare a queue of nobody": lambda it: it.queue_declare("mine"),
    "delete the queue of sessions": lambda it: it.queue_delete(FOREIGN),
    "empty the queue of sessions": lambda it: it.queue_purge(FOREIGN),
    "delete an exchange": lambda it: it.exchange_delete("membership.events"),
}


@pytest.mark.parametrize("act", REFUSED_BY_THE_BROKER.values(), ids=REFUSED_BY_THE_BROKER.keys())
def test_the_broker_refuses_to(channel, act):
    with pytest.raises(amqp.AMQPError) as refused:
        channel.confirm_select()
        act(channel)
        channel.connection.drain_events(timeout=2)

    assert refused.value.code in (403, 406)


@pytest.mark.parametrize("ask", ["record_rsvp", "list_sessions", "_restate", "_dead_letters"])
def test_sessions_refuses_an_ask_put_straight_into_its_queue(channel, ask):
    replies = []
    channel.basic_consume("amq.rabbitmq.reply-to", no_ack=True, callback=replies.append)
    caller = {"kind": "operator", "network": "net_1", "roles": ["network_admin"], "scopes": []}
    asked = {"ask": ask, "payload": {}, "caller": caller, "key": None, "if_match": None, "ms": 5000}
    message = amqp.Message(
        msgpack.packb(asked | {"traceparent": None, "request_id": "req_1"}),
        user_id=TURNED,
        reply_to="amq.rabbitmq.reply-to",
        correlation_id="1",
    )
    channel.basic_publish(message, "", ASKS, mandatory=True)
    while not replies:
        channel.connection.drain_events(timeout=15)

    reply = msgpack.unpackb(replies[0].body)
    assert reply["refused"]["code"] == "not-the-gateway"


FORGED = {
    "a cohort for sessions": ("", FOREIGN, "cohort_formed"),
    "a role for sessions": ("", FOREIGN, "role_granted"),
    "an answer for feedback": ("", TO_FEEDBACK, "rsvp_recorded"),
    "a cohort by way of the retries": ("retry.200", FOREIGN, "cohort_formed"),
}


@pytest.mark.parametrize("way", FORGED.values(), ids=FORGED.keys())
def test_a_forged_event_put_straight_into_a_queue_is_a_dead_letter_that_says_so(channel, letters, way):
    exchange, queue, name = way
    _, body = an_event(name)
    channel.confirm_select()

    publish(channel, exchange, queue, body)

    (letter,) = await_that(letters, "the dead letter", 30)
    assert (letter["reason"], letter["sender"], letter["queue"]) == ("forged", TURNED, queue)


def test_a_forged_event_changes_nothing(stack, channel, letters):
    _, body = an_event("cohort_formed")
    cohort = json.loads(body)["subject"]
    channel.confirm_select()

    publish(channel, "", FOREIGN, body)
    await_that(letters, "the dead letter", 30)

    with stack.database.client() as client:
        assert client["ct_sessions"]["copied_cohorts"].find_one({"_id": cohort}) is None


REFUSED_BY_THE_DATABASE = {
    "read sessions": lambda it: it["ct_sessions"]["sessions"].find_one({}),
    "change sessions": lambda it: it["ct_sessions"]["sessions"].update_many({}, {"$set": {"network": "x"}}),
    "make itself an admin": lambda it: it["ct_membership"]["roles"].insert_one({"role": "network_admin"}),
    "read the keys of sessions": lambda it: it["ct_sessions_keys"]["keys"].find_one({}),
    "read the keys of feedback": lambda it: it["ct_feedback_keys"]["keys"].find_one({}),
    "forget the keys of sessions": lambda it: it["ct_sessions_keys"]["keys"].delete_many({}),
    "read who may sign in": lambda it: it["admin"]["system.users"].find_one({}),
    "list the users": lambda it: it["admin"].command("usersInfo"),
    "make a user": lambda it: it["admin"].command("createUser", "mine", pwd="x", roles=["root"]),
    "give itself a role": lambda it: it["admin"].command("grantRolesToUser", TURNED, roles=["root"]),
    "read the oplog": lambda it: it["local"]["oplog.rs"].find_one({}),
    "drop a database": lambda it: it.drop_database("ct_membership"),
    "read the server's log": lambda it: it["admin"].command("getLog", "global"),
    "shut the server down": lambda it: it["admin"].command("shutdown", force=True),
}


@pytest.mark.parametrize("act", REFUSED_BY_THE_DATABASE.values(), ids=REFUSED_BY_THE_DATABASE.keys())
def test_the_database_refuses_to(database, act):
    with pytest.raises(OperationFailure) as refused:
        act(database)

    assert refused.value.code == NOT_AUTHORIZED


def test_it_sees_its_own_databases_only(database):
    assert set(database.list_database_names()) <= {"ct_notifications", "ct_notifications_keys"}
    assert "notices" in database["ct_notifications"].list_collection_names()
