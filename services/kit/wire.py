"""One AMQP connection as fast and as forgiving as we need it, on py-amqp's protocol code.

What differs from `amqp.Connection`: bytes are read in big pieces, everything written in one turn of the loop
leaves in one `send`, and no message - however malformed its headers or routing key - can break the reading.
One green thread reads; any may write, because writing only appends and never yields.
"""

import socket
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from struct import unpack_from
from typing import Any

import amqp
import eventlet
from amqp import spec
from eventlet.event import Event

from services.kit.acks import Acks
from services.kit.frames import Content, Frame, join, short_text, split

_BIG = 131072
CONNECT_SECONDS = 5.0
HEARTBEAT_SECONDS = 10


@dataclass(frozen=True)
class Broker:
    """Where the broker is and as whom we speak to it."""

    host: str
    port: int
    vhost: str
    user: str
    password: str = field(repr=False)
    tls: bool = False


@dataclass(slots=True)
class Delivery:
    """One message that came. `unreadable` says why its properties could not be decoded, else None."""

    channel: Any
    tag: int
    redelivered: bool
    exchange: str
    routing_key: str
    properties: dict[str, Any]
    body: bytes
    unreadable: str | None
    acks: Acks | None = None  # where its consumer acknowledges

    @property
    def headers(self) -> dict[str, Any]:
        """The application's headers, empty when there are none."""
        headers = self.properties.get("application_headers")
        return headers if isinstance(headers, dict) else {}

    def ack(self) -> None:
        """Tell the broker that this message is dealt with; without a connection it will come again."""
        if self.acks is not None:
            self.acks.ack(self.tag)

    def reject(self, *, requeue: bool) -> None:
        """Give the message back, or to the dead letters when not `requeue`."""
        if self.acks is not None:
            self.acks.given_back(self.tag)
        _quietly(self.channel.basic_reject, self.tag, requeue)


def _quietly(send: Callable[[int, bool], Any], tag: int, flag: bool) -> None:
    try:
        send(tag, flag)
    except (OSError, amqp.AMQPError, AttributeError):
        return  # the connection is gone: the broker gives the message out again


class Wire(amqp.Connection):
    """An open connection; `consume` before the reading starts or without waiting afterwards."""

    def __init__(self, broker: Broker, name: str) -> None:
        super().__init__(
            host=f"{broker.host}:{broker.port}",
            userid=broker.user,
            password=broker.password,
            virtual_host=broker.vhost,
            login_method="PLAIN",
            heartbeat=HEARTBEAT_SECONDS,
            connect_timeout=CONNECT_SECONDS,
            ssl=broker.tls,
            frame_handler=join,
            client_properties={"connection_name": name},
        )
        self.user = broker.user
        self.consumers: dict[tuple[int, str], Callable[[Delivery], None]] = {}
        self._acks: dict[int, Acks] = {}  # by channel
        self._buffer, self._start = b"", 0
        self._unsent: list[bytes] = []
        self._wake: Event | None = None
        self._writer: Any = None

    def open(self) -> None:
        """Connect and start writing in batches; raises OSError or AMQPError."""
        self.connect()
        self.transport.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.transport._write = self._append
        self._writer = eventlet.spawn(self._write_batches, self.transport.sock)

    def collect(self) -> None:
        """Close for good; called by the reading thread alone."""
        super().collect()
        if self._writer is not None:
            self._writer.kill()

    def publish(
        self,
        channel: Any,
        exchange: str,
        key: str,
        body: bytes,
        *,
        mandatory: bool = False,
        **properties: Any,
    ) -> None:
        """Put a message on its way, under our user's name; never waits.

        Not `basic_publish`: that polls the socket, a second reader under the feet of the reading thread.
        """
        message = amqp.Message(body, user_id=self.user, **properties)
        channel.send_method(spec.Basic.Publish, "Bssbb", (0, exchange, key, mandatory, False), message)

    def consume(
        self, channel: Any, queue: str, tag: str, heard: Callable[[Delivery], None], *, no_ack: bool
    ) -> None:
        """Have `heard` called with each message of `queue`; it must not wait."""
        self.consumers[channel.channel_id, tag] = heard
        if not no_ack and channel.channel_id not in self._acks:
            self._acks[channel.channel_id] = Acks(partial(_quietly, channel.basic_ack))
        arguments: tuple[Any, ...] = (0, queue, tag, False, no_ack, False, True, {})
        channel.send_method(spec.Basic.Consume, "BssbbbbF", arguments)

    def cancel(self, channel: Any, tag: str) -> Event:
        """Take no more under `tag`; returns what is sent when everything on its way has arrived."""
        arrived = Event()
        channel._callbacks[spec.Basic.CancelOk] = lambda _tag: arrived.ready() or arrived.send(None)
        channel.send_method(spec.Basic.Cancel, "sb", (tag, False))
        return arrived

    def drop(self) -> None:
        """Cut the connection at once; the reading thread notices."""
        transport = self._transport
        if transport is not None and transport.sock is not None:
            _shut(transport.sock)

    @property
    def unsent_bytes(self) -> int:
        """How much waits for the socket."""
        return sum(map(len, self._unsent))

    def blocking_read(self, timeout: float | None = None) -> Any:
        """Read one frame and act on it."""
        if timeout is None:
            return self.on_inbound_frame(self._next_frame())
        with self._transport.having_timeout(timeout):
            frame = self._next_frame()
        return self.on_inbound_frame(frame)

    def _next_frame(self) -> Frame:
        while True:
            frame, self._start = split(self._buffer, self._start)
            if frame is not None:
                return frame
            piece = self._transport.sock.recv(_BIG)
            if not piece:
                raise ConnectionResetError("the broker closed the connection")
            self._buffer, self._start = self._buffer[self._start :] + piece, 0

    def _append(self, data: bytes | memoryview) -> None:
        self._unsent.append(bytes(data))
        if self._wake is not None:
            wake, self._wake = self._wake, None
            wake.send()

    def _write_batches(self, sock: Any) -> None:
        try:
            while True:
                if not self._unsent:
                    self._wake = Event()
                    self._wake.wait()
                batch, self._unsent = self._unsent, []
                sock.sendall(batch[0] if len(batch) == 1 else b"".join(batch))
        except OSError:
            _shut(sock)

    def deliver(self, channel_id: int, arguments: bytes, message: Content) -> bool:
        """Hand a message to its consumer; False when nobody is registered."""
        consumer_tag, offset = short_text(arguments, 4)
        tag, redelivered = unpack_from(">QB", arguments, offset)
        exchange, offset = short_text(arguments, offset + 9)
        routing_key, _ = short_text(arguments, offset)
        acks = self._acks.get(channel_id)
        if acks is not None:
            # Even if nobody listens: then it stays out, and nothing is told "up to here" past it.
            acks.taken(tag)
        heard = self.consumers.get((channel_id, consumer_tag))
        if heard is None:
            return False
        body = message.body if isinstance(message.body, bytes) else b""
        channel = self.channels[channel_id]
        flags = (tag, bool(redelivered), exchange, routing_key)
        heard(Delivery(channel, *flags, message.properties, body, message.unreadable, acks))
        return True


def _shut(sock: Any) -> None:
    try:
        sock.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # it was gone already
