"""Listening: `@listen` makes a method of a service hear events of one source, each at least once.

    @listen("membership", "cohort_formed", "member_joined", copy=True)
    def on_cohort(self, fact, heard):  # the method's name is part of the queue's
        hearing.copy_cohort(fact, heard, self.cohorts)

A bad message is a dead letter at once. One whose use case fails comes back after 0.2, 1, 5, 30 and 120
seconds and is then a dead letter. While our own store is away we hold what we have and take nothing more.
"""

import random
from collections.abc import Callable
from functools import partial, wraps
from typing import Any

import eventlet
from eventlet.event import Event
from nameko.extensions import Entrypoint

from services.contracts.catalogue import Hearing
from services.kit.bus import LOST, BusDown
from services.kit.crash import crash_point
from services.kit.doors import ServiceBus, begin, service_of, settings_of
from services.kit.hear import Heeding, Verdict, carry_out, understand
from services.kit.logs import get_logger
from services.kit.metrics import FORGED, HEARD
from services.kit.putoff import PutOff
from services.kit.topology import Queue, declare_queue
from services.kit.wire import Delivery, Wire

log = get_logger()
PREFETCH, PREFETCH_COPIES = 16, 500
_CLOSING_SECONDS = 2.0
_FIRST_PAUSE, _LONGEST_PAUSE = 0.2, 5.0


class Listen(Entrypoint):
    """One queue and the method that hears it; see `listen` for the arguments."""

    carrier = ServiceBus()
    put_off = PutOff()

    def __init__(self, *, source: str, types: tuple[str, ...], copy: bool, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.source, self.types, self.copy = source, types, copy

    def setup(self) -> None:
        service = settings_of(self).service
        queue = Hearing(self.source, self.types, service, self.method_name).queue
        self.heeding = Heeding(queue, self.source, self.types, service)
        self._channel: Any = None
        self._holding = 0  # messages that wait for our store
        self._stopping: Event | None = None
        self.carrier.bus.on_up(self._open)

    def stop(self) -> None:
        """Take no more; what was taken is finished by its workers."""
        self._stopping = Event()
        try:
            cancelled = self.carrier.bus.wire().cancel(self._channel, self.heeding.queue)
        except (*LOST, BusDown):
            return
        with eventlet.Timeout(_CLOSING_SECONDS, False):
            cancelled.wait()

    def _open(self, wire: Wire) -> None:
        channel = wire.channel()
        declare_queue(channel, Queue(self.heeding.queue))
        channel.basic_qos(0, PREFETCH_COPIES if self.copy else PREFETCH, False)
        self._channel = channel
        if not self._holding and self._stopping is None:
            self._consume(wire)

    def _consume(self, wire: Wire) -> None:
        wire.consume(self._channel, self.heeding.queue, self.heeding.queue, self._on_message, no_ack=False)

    def _on_message(self, delivery: Delivery) -> None:
        begin(self.container, partial(self._work, delivery))

    def _work(self, delivery: Delivery) -> None:
        try:
            getattr(service_of(self.container), self.method_name)(self, delivery)
        except Exception as fault:  # our own machinery failed; the broker's limit bounds this
            log.error("listening_failed", queue=self.heeding.queue, exc_info=fault)

    def hear(self, use_case: Callable[..., Any], delivery: Delivery) -> None:
        """Judge one message, act on it, and settle with the broker."""
        spoken = understand(delivery, self.heeding)
        verdict = spoken if isinstance(spoken, Verdict) else carry_out(use_case, spoken)
        if verdict.kind == "away" and not isinstance(spoken, Verdict):
            verdict = self._hold(partial(carry_out, use_case, spoken))
        if verdict.kind == "away":
            return  # stopping: the broker gives the message to somebody else
        HEARD.labels(self.heeding.queue, verdict.kind).inc()
        if verdict.reason == "forged":
            FORGED.labels("listen").inc()
        if verdict.kind == "done" or self.put_off.settle(delivery, self.heeding.queue, verdict):
            crash_point("listen.before_ack")
            delivery.ack()
            crash_point("listen.after_ack")

    def _hold(self, again: Callable[[], Verdict]) -> Verdict:
        """Keep one message in hand until our store is back; meanwhile this process takes no others."""
        self._holding += 1
        if self._holding == 1:
            log.warning("listening_paused", queue=self.heeding.queue)
            self._quietly(lambda wire: wire.cancel(self._channel, self.heeding.queue))
        verdict, pause = Verdict("away"), _FIRST_PAUSE
        while verdict.kind == "away" and self._stopping is None:
            eventlet.sleep(pause * random.uniform(0.5, 1.5))  # noqa: S311 - jitter, no secret
            pause = min(pause * 2, _LONGEST_PAUSE)
            verdict = again()
        self._holding -= 1
        if self._holding == 0 and self._stopping is None:
            log.info("listening_resumed", queue=self.heeding.queue)
            self._quietly(self._consume)
        return verdict

    def _quietly(self, act: Callable[[Wire], Any]) -> None:
        try:
            act(self.carrier.bus.wire())
        except (*LOST, BusDown):
            return  # a new connection begins as we are then


def listen(
    source: str, *types: str, copy: bool = False
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Make a method `(self, fact, heard)` hear `types` of what `source` announces; "#" hears everything.

    Args:
        source: the announcing service.
        types: short names ("cohort_formed"); the first is part of the queue's name, so its place is frozen.
        copy: the method only moves copies forward; more of them are taken at once.

    `fact` is the contract's dataclass, `heard` its id, version and subject (context.Heard). AlreadyHeard
    means done; Overtaken begins the use case again; anything else raised is tried again later.
    """

    def decorate(method: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(method)
        def heard(service: Any, door: Listen, delivery: Delivery) -> None:
            door.hear(partial(method, service), delivery)

        entrypoint = Listen.decorator(source=source, types=types, copy=copy)
        decorated: Callable[..., Any] = entrypoint(heard)
        return decorated

    return decorate
