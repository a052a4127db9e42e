"""Asking: one request to the service that owns the answer, over one channel and direct reply-to.

Every ask has a deadline. A service without a running process is known at once (the ask comes back
unroutable); a fallen connection ends all waiting at once. A lost ask is a timeout, never a lost write: repeat
with the same key.
"""

import itertools
from dataclasses import dataclass
from typing import Any

import eventlet
from eventlet.event import Event

from services.contracts.caller import Caller
from services.contracts.catalogue import SOURCES
from services.kit.askwire import CONTENT_TYPE, BadRequest, Request, pack_request, unpack
from services.kit.bus import LOST, Bus, BusDown
from services.kit.context import RequestKey
from services.kit.crash import crash_point
from services.kit.outcomes import Overloaded, RemoteFault, RemoteRefusal, Unavailable
from services.kit.wire import Broker, Delivery, Wire

REPLY_TO = "amq.rabbitmq.reply-to"
MOST_WAITING = 2000
_RECONNECT_SECONDS = 1.0


@dataclass(frozen=True)
class Reply:
    """What an ask was answered. `replayed`: the answer of an earlier ask with the same key."""

    answer: dict[str, Any]
    etag: str
    replayed: bool = False


class Asks:
    """Asks over `bus`. Green threads share one; it needs no others."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus
        self._channel: Any = None
        self._numbers = itertools.count(1)
        self._waiting: dict[str, tuple[str, Event]] = {}
        bus.on_up(self._open)
        bus.on_down(self._fail_all)

    def ask(
        self,
        service: str,
        name: str,
        payload: dict[str, Any],
        caller: Caller,
        *,
        key: RequestKey | None = None,
        if_match: str | None = None,
        timeout: float = 10.0,
        traceparent: str | None = None,
        request_id: str | None = None,
    ) -> Reply:
        """Ask `service` to carry out `name`.

        Args:
            payload: plain values (JSON's, times and dates).
            key: of a write; None for reads.
            if_match: the ETag the client believes in, without quotes.
            timeout: seconds to wait at most; the service stops working on it then, too.

        Raises:
            RemoteRefusal: the service said no.
            Unavailable: no answer; `maybe_done` when a write may have been carried out.
            Overloaded: too much is asked just now; nothing was done.
            RemoteFault: the service failed.
        """
        if service not in SOURCES:
            raise ValueError(f"no service is named {service}")
        milliseconds = max(1, int(timeout * 1000))
        request = Request(name, payload, caller, key, if_match, milliseconds, traceparent, request_id)
        crash_point("asks.before_send")
        found = self._exchange(service, pack_request(request), timeout, maybe_done=key is not None)
        crash_point("asks.after_answer")
        return _reply(found, service, maybe_done=key is not None)

    def _exchange(self, service: str, body: bytes, timeout: float, *, maybe_done: bool) -> bytes:
        if len(self._waiting) >= MOST_WAITING:
            raise Overloaded("too many asks wait in this process")
        number, answered = str(next(self._numbers)), Event()
        try:
            with eventlet.Timeout(timeout, _Late()):
                self._send(service, number, body, timeout, answered)
                found: bytes = answered.wait()
                return found
        except _Late:
            raise Unavailable(f"{service} did not answer in time", maybe_done=maybe_done) from None
        except _Fallen:
            raise Unavailable("the connection to the broker fell", maybe_done=maybe_done) from None
        finally:
            self._waiting.pop(number, None)

    def _send(self, service: str, number: str, body: bytes, timeout: float, answered: Event) -> None:
        self._bus.wait_up(min(_RECONNECT_SECONDS, timeout))
        try:
            wire = self._bus.wire()
            self._waiting[number] = (service, answered)
            wire.publish(
                self._channel,
                f"asks.{service}",
                service,
                body,
                mandatory=True,
                correlation_id=number,
                reply_to=REPLY_TO,
                content_type=CONTENT_TYPE,
                delivery_mode=1,
                expiration=str(max(1, int(timeout * 1000))),
            )
        except (*LOST, BusDown):
            raise Unavailable("no connection to the broker") from None

    def _open(self, wire: Wire) -> None:
        self._channel = wire.channel()
        self._channel.events["basic_return"].add(self._came_back)
        wire.consume(self._channel, REPLY_TO, "replies", self._on_reply, no_ack=True)

    def _on_reply(self, delivery: Delivery) -> None:
        number = str(delivery.properties.get("correlation_id"))
        service, answered = self._waiting.get(number, ("", None))
        if answered is None or delivery.properties.get("user_id") != service:
            return  # nobody waits any more, or somebody else answers
        del self._waiting[number]
        answered.send(delivery.body)

    def _came_back(self, _fault: Any, _exchange: str, _key: str, message: Any) -> None:
        found = self._waiting.pop(str(message.properties.get("correlation_id")), None)
        if found:
            found[1].send_exception(Unavailable(f"{found[0]} is not running"))

    def _fail_all(self) -> None:
        waiting, self._waiting = self._waiting, {}
        for _, answered in waiting.values():
            answered.send_exception(_Fallen())


def open_asks(broker: Broker, name: str = "asks") -> Asks:
    """Return Asks on a connection of its own, started; for a command line that ends with its process."""
    bus = Bus(broker, name)
    asks = Asks(bus)
    bus.start()
    return asks


class _Late(Exception):
    """The asker's time is over."""


class _Fallen(Exception):
    """The connection fell while an ask waited."""


def _refusal(told: Any) -> RemoteRefusal:
    """What a newer service says besides is ignored."""
    said = told if isinstance(told, dict) else {}
    kind, code = str(said.get("kind", "conflict")), str(said.get("code", "refused"))
    return RemoteRefusal(kind, code, str(said.get("message", "")), said.get("errors") or ())


def _reply(body: bytes, service: str, *, maybe_done: bool) -> Reply:
    try:
        found = unpack(body)
    except BadRequest:
        raise RemoteFault(f"{service} answered nonsense") from None
    if "answer" in found:
        return Reply(found["answer"], str(found.get("etag", "")), bool(found.get("replayed")))
    if "refused" in found:
        raise _refusal(found["refused"])
    failed = found.get("failed")
    if failed == "overloaded":
        raise Overloaded(f"{service} has too much to do")
    if failed in ("away", "late"):
        raise Unavailable(f"{service} cannot answer just now", maybe_done=maybe_done)
    raise RemoteFault(f"{service} failed")
