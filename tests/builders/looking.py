"""Looking where a word must not be: what processes count, and what waits in queues."""

import http.client
from contextlib import contextmanager

import amqp

from deploy.local.secret_files import read_secret
from services.contracts.catalogue import HEARINGS, SOURCES


def metrics(stack):
    """Return what every process says about itself: part -> text."""
    names = [name for name in stack.names if name != "mail"]
    return {name: _read(stack.ports.of(f"health.{name}"), "/metrics") for name in names}


def _read(port, path):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", path)
    answer = connection.getresponse()
    assert answer.status == 200
    content = answer.read()
    connection.close()
    return content


@contextmanager
def channel_of(stack):
    """A channel of the operator's migrate step, which alone may read every exchange."""
    password = read_secret(stack.places.secrets, "migrate", "broker_password")
    with amqp.Connection(
        stack.broker.address, "migrate", password, virtual_host=stack.broker.vhost
    ) as connection:
        yield connection.channel()


def waiting(channel):
    """Return how many messages wait in each queue that listeners or dead letters have."""
    names = [*(each.queue for each in HEARINGS), *(f"dead-{service}" for service in SOURCES)]
    return {name: channel.queue_declare(name, passive=True).message_count for name in names}
