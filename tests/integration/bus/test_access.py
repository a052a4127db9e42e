"""What the broker itself refuses: each service's own credentials open its own doors and no others."""

import amqp
import pytest

from services.contracts.catalogue import HEARINGS, SOURCES
from tests.builders.brokers import signed_in

ASKS = "ask-sessions"
FOREIGN = "evt-membership-cohort_formed--scheduling.on_cohort"


@pytest.fixture(autouse=True)
def declared(topology):
    with signed_in("migrate") as channel:
        channel.queue_declare(ASKS, durable=True, auto_delete=True, arguments={"x-queue-type": "classic"})
        yield
        channel.queue_delete(ASKS)


FORBIDDEN = {
    "ask sessions by its exchange": lambda it: _publish(it, "asks.sessions", "sessions"),
    "announce in the name of sessions": lambda it: _publish(it, "sessions.events", "rsvp_recorded"),
    "announce in the name of membership": lambda it: _publish(it, "membership.events", "role_granted"),
    "speak as the gateway": lambda it: _publish(it, "", ASKS, user_id="gateway"),
    "speak as membership": lambda it: _publish(it, "", FOREIGN, user_id="membership"),
    "speak as the operator": lambda it: _publish(it, "", ASKS, user_id="operator"),
    "write dead letters as the broker does": lambda it: _publish(it, "commonthread.dead", "dead-sessions"),
    "take the asks of sessions": lambda it: it.basic_get(ASKS),
    "take what scheduling listens to": lambda it: it.basic_get(FOREIGN),
    "read the dead letters of sessions": lambda it: it.basic_get("dead-sessions"),
    "have the asks of sessions copied": lambda it: _bind(it, "asks.sessions", "sessions"),
    "listen in on contact addresses": lambda it: _bind(it, "membership.events", "contact_changed"),
    "declare a queue of somebody else": lambda it: it.queue_declare("evt-membership-x--sessions.on_x"),
    "declare any queue": lambda it: it.queue_declare("mine"),
    "delete an exchange": lambda it: it.exchange_delete("sessions.events"),
    "delete the queue of somebody else": lambda it: it.queue_delete(FOREIGN),
    "empty the queue of somebody else": lambda it: it.queue_purge(FOREIGN),
    "unbind the queue of somebody else": lambda it: it.queue_unbind(FOREIGN, "membership.events", "#"),
    "take what is put off": lambda it: it.basic_get("retry.200"),
}


@pytest.mark.parametrize("act", FORBIDDEN.values(), ids=FORBIDDEN.keys())
def test_notifications_credentials_do_not_allow_to(act):
    with signed_in("notifications") as channel, pytest.raises(amqp.AMQPError) as refused:
        channel.confirm_select()
        act(channel)
        channel.connection.drain_events(timeout=2)

    assert refused.value.code in (403, 406)


def test_the_gateway_may_ask_and_nothing_else():
    with signed_in("gateway") as channel, pytest.raises(amqp.AMQPError) as refused:
        channel.confirm_select()
        _publish(channel, "", ASKS, user_id="gateway")
        channel.connection.drain_events(timeout=2)

    assert refused.value.code == 403


@pytest.mark.parametrize("queue", ["dead-sessions", ASKS, FOREIGN, "anything"])
def test_the_operator_may_ask_and_reads_no_queue(queue):
    with signed_in("operator") as channel, pytest.raises(amqp.AMQPError) as refused:
        channel.basic_get(queue)

    assert refused.value.code == 403


@pytest.mark.parametrize("service", SOURCES)
def test_each_service_may_declare_and_take_all_that_it_listens_to(service):
    with signed_in(service) as channel:
        for hearing in HEARINGS:
            if hearing.service == service:
                arguments = {"x-queue-type": "quorum"}
                channel.queue_declare(hearing.queue, durable=True, auto_delete=False, arguments=arguments)
                channel.basic_get(hearing.queue)


@pytest.mark.parametrize("service", SOURCES)
def test_each_service_may_bind_all_that_listens_to_it(service):
    with signed_in(service) as channel:
        for hearing in HEARINGS:
            if hearing.source == service:
                channel.queue_bind(hearing.queue, f"{service}.events", hearing.types[0])


def _publish(channel, exchange, routing_key, user_id="notifications"):
    message = amqp.Message(b"x", user_id=user_id)
    channel.basic_publish_confirm(message, exchange, routing_key)


def _bind(channel, exchange, routing_key):
    own = _own_queue()
    channel.queue_bind(own, exchange, routing_key)


def _own_queue():
    return next(hearing.queue for hearing in HEARINGS if hearing.service == "notifications")
