"""All that was ever announced, as a witness heard it: a durable queue bound to every service's exchange.

One history an aggregate: its facts by revision. An event heard again under its id is a repetition, which is
allowed; another id for the same type at the same revision is an announcement made twice, which is not.
"""

import contextlib
import json
import threading
from collections import defaultdict
from dataclasses import dataclass, field

import amqp

from services.contracts.catalogue import SOURCES

QUEUE = "chaos-witness"
RESTATED = "_restated"


@dataclass(frozen=True)
class Event:
    """One event; `raw` is its body as it travelled."""

    id: str
    source: str
    type: str
    subject: str
    sequence: int
    network: str
    data: dict = field(hash=False, repr=False)
    raw: bytes = field(repr=False)


class Recorder:
    """Reads the witness queue when asked to; survives the broker's restarts.

    Args:
        broker: of a stack; read as its `migrate` login.
    """

    def __init__(self, broker):
        self._broker, self._connection, self._channel = broker, None, None
        self._lock = threading.Lock()
        self.events, self.repeated = {}, 0
        self.histories = defaultdict(list)  # (source, subject) -> events by arrival
        self.order = []  # (source, subject) of each event, by arrival
        self.twice = {}  # what was announced under a second id -> how many ids
        self._said = {}

    def begin(self):
        """Declare and bind the queue."""
        channel = self._open()
        channel.queue_declare(QUEUE, durable=True, auto_delete=False, arguments={"x-queue-type": "quorum"})
        for source in SOURCES:
            channel.queue_bind(QUEUE, f"{source}.events", "#")

    def read(self):
        """Take over what has been announced since; returns how many events are known."""
        with self._lock, contextlib.suppress(OSError, amqp.AMQPError, AttributeError):
            channel = self._open()
            while (message := channel.basic_get(QUEUE)) is not None:
                body = message.body.encode() if isinstance(message.body, str) else bytes(message.body)
                self._keep(body)
                channel.basic_ack(message.delivery_tag)
            return len(self.events)
        self.close()
        return len(self.events)

    def close(self):
        connection, self._connection = self._connection, None
        if connection is not None:
            with contextlib.suppress(OSError, amqp.AMQPError, AttributeError):
                connection.close()

    def history(self, source, subject):
        """Return an aggregate's events, by revision."""
        return sorted(self.histories[source, subject], key=lambda event: event.sequence)

    def of_type(self, *types):
        return [event for event in self.events.values() if event.type in types]

    def _open(self):
        if self._connection is None or not self._connection.connected:
            broker = self._broker
            address, password = broker.address, broker._password("migrate")
            self._connection = amqp.Connection(
                address, "migrate", password, virtual_host=broker.vhost, connect_timeout=5
            )
            self._connection.connect()
            self._channel = self._connection.channel()
        return self._channel

    def _keep(self, body):
        told = json.loads(body)
        if told["id"] in self.events:
            self.repeated += 1
            return
        kind = told["type"].rpartition(".")[2]
        names = (told["id"], told["source"], kind, told["subject"], told["sequence"], told["network"])
        event = Event(*names, told["data"], body)
        self.events[event.id] = event
        if not kind.endswith(RESTATED):
            self._remember(event)

    def _remember(self, event):
        about = (event.source, event.subject)
        self.histories[about].append(event)
        self.order.append(about)
        said = (*about, event.type, event.sequence)
        self._said[said] = self._said.get(said, 0) + 1
        if self._said[said] > 1:
            self.twice[said] = self._said[said]
