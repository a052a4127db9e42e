"""What reaches every gateway the moment it happens (catalogue.LIVE): each has a queue of its own.

A gateway that starts, or lost the broker for a while, asks membership for what it missed. Until that is
answered it serves on: a revocation it did not hear counts when the token runs out, after ten minutes at most.
"""

import random
from collections.abc import Callable, Mapping
from typing import Any

import eventlet
import structlog
from marshmallow import ValidationError

from gateway.withdrawn import Withdrawn
from services.contracts.caller import Caller
from services.contracts.catalogue import LIVE as HEARD
from services.contracts.schemas import load
from services.kit.bus import Bus
from services.kit.envelope import BadEnvelope, decode, fact_in
from services.kit.ids import new_id
from services.kit.outcomes import Overloaded, RemoteFault, RemoteRefusal, Unavailable
from services.kit.topology import LIVE
from services.kit.wire import Delivery, Wire

log = structlog.get_logger()
SOURCE = "membership"
QUEUE = {"x-queue-type": "classic", "x-max-length": 100_000, "x-overflow": "drop-head"}
AGAIN_SECONDS = 3.0  # a second question, for what was being written during the first
LONGEST_PAUSE = 5.0
Ask = Callable[[str, str, dict[str, Any], Caller], Any]


class Hearing:
    """Listens on `bus` and tells `withdrawn`.

    Args:
        ask: the kit's client, for what was missed.
    """

    def __init__(self, bus: Bus, withdrawn: Withdrawn, ask: Ask) -> None:
        self._bus, self._withdrawn, self._ask = bus, withdrawn, ask
        self._queue = f"live-gateway.{new_id('gw')}"
        self._catching_up: Any = None
        bus.on_up(self._open)

    def _open(self, wire: Wire) -> None:
        channel = wire.channel()
        channel.queue_declare(
            self._queue, durable=False, exclusive=True, auto_delete=True, arguments=dict(QUEUE)
        )
        for name in HEARD[SOURCE]:
            channel.queue_bind(self._queue, LIVE, name)
        wire.consume(channel, self._queue, self._queue, self.on_message, no_ack=True)
        if self._catching_up is not None:
            self._catching_up.kill()
        self._catching_up = eventlet.spawn(self._catch_up)

    def on_message(self, delivery: Delivery) -> None:
        """Take over one event; what membership did not say is counted as nothing."""
        try:
            body = decode(delivery.body)
            if delivery.properties.get("user_id") != SOURCE or body["source"] != SOURCE:
                raise BadEnvelope("source")
            self._withdrawn.hear(body["sequence"], fact_in(body))
        except (BadEnvelope, ValidationError) as fault:
            log.error("live_message_refused", exception=type(fault).__name__, reason=str(fault)[:60])

    def _catch_up(self) -> None:
        for wait in (0.0, AGAIN_SECONDS):
            eventlet.sleep(wait)
            self._ask_until_answered()

    def _ask_until_answered(self) -> None:
        pause = 0.2
        while not self._asked():
            eventlet.sleep(pause * random.uniform(0.5, 1.5))  # noqa: S311 - replicas apart, no secret
            pause = min(pause * 2, LONGEST_PAUSE)

    def _asked(self) -> bool:
        try:
            found: Mapping[str, Any] = self._ask(SOURCE, "list_recent_access", {}, Caller()).answer
        except (Unavailable, Overloaded, RemoteFault, RemoteRefusal) as reason:
            log.info("recent_access_awaited", exception=type(reason).__name__)
            return False
        for each in found["data"]:
            self._withdrawn.hear(each["sequence"], load(each["type"], each["data"]))
        return True
