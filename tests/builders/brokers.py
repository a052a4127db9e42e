"""The tests' broker, spoken to plainly: no code of ours between the test and the wire but the topology.

CT_TEST_BROKER (host:port) and CT_TEST_VHOST say where; every user's password there is `password_of`.
"""

import contextlib
import itertools
import os
import time

import amqp
import msgpack

from tests.builders.ground import password_of

HOST, _, _PORT = os.environ.get("CT_TEST_BROKER", "127.0.0.1:5790").partition(":")
PORT = int(_PORT)
VHOST = os.environ.get("CT_TEST_VHOST", "ct-test")
_numbers = itertools.count(1)


@contextlib.contextmanager
def signed_in(user, port=PORT):
    """A channel on a connection of `user`, closed afterwards whatever became of it."""
    connection = amqp.Connection(
        f"{HOST}:{port}", user, password_of(user), virtual_host=VHOST, connect_timeout=5, read_timeout=20
    )
    connection.connect()
    try:
        yield connection.channel()
    finally:
        with contextlib.suppress(Exception):
            connection.close()


def publish(user, exchange, routing_key, body, *, mandatory=True, **properties):
    """Publish one message as `user`, with the broker's word for it; raises what the broker refuses."""
    properties.setdefault("user_id", user)
    with signed_in(user) as channel:
        channel.confirm_select()
        message = amqp.Message(body, delivery_mode=2, **properties)
        channel.basic_publish_confirm(message, exchange, routing_key, mandatory=mandatory)


def take(queue, user="migrate", seconds=10):
    """Take one message of `queue` away; AssertionError when none comes."""
    with signed_in(user) as channel:
        ends = time.monotonic() + seconds
        while time.monotonic() < ends:
            message = channel.basic_get(queue, no_ack=True)
            if message is not None:
                return message
    raise AssertionError(f"nothing came to {queue}")


def depth(queue):
    """How many messages wait in `queue`."""
    with signed_in("migrate") as channel:
        return channel.queue_declare(queue, passive=True).message_count


def is_there(queue):
    """Whether the broker knows `queue`."""
    try:
        depth(queue)
    except amqp.NotFound:
        return False
    return True


def empty(*queues):
    with signed_in("migrate") as channel:
        for queue in queues:
            channel.queue_purge(queue)


def raw_ask(service, body, user="gateway", exchange=None, routing_key=None, seconds=10, **properties):
    """Send `body` (bytes, or a map to pack) as an ask and return the reply, unpacked."""
    sent = body if isinstance(body, bytes) else msgpack.packb(body)
    number, replies = str(next(_numbers)), []
    with signed_in(user) as channel:
        channel.basic_consume("amq.rabbitmq.reply-to", no_ack=True, callback=replies.append)
        message = amqp.Message(
            sent,
            **{"user_id": user, "reply_to": "amq.rabbitmq.reply-to", "correlation_id": number, **properties},
        )
        where = (f"asks.{service}" if exchange is None else exchange, routing_key or service)
        channel.basic_publish(message, *where, mandatory=True)
        ends = time.monotonic() + seconds
        while not replies and time.monotonic() < ends:
            channel.connection.drain_events(timeout=max(0.01, ends - time.monotonic()))
    return msgpack.unpackb(replies[0].body) if replies else None


def an_ask(name, payload=None, *, milliseconds=5000, key=None, if_match=None, caller=None):
    """The map of an ask as the gateway sends it."""
    return {
        "ask": name,
        "payload": payload or {},
        "caller": {"kind": "person", "network": "net_1", "person_id": "per_1", "roles": [], "scopes": []}
        | (caller or {}),
        "key": key,
        "if_match": if_match,
        "ms": milliseconds,
        "traceparent": None,
        "request_id": "req_1",
    }
