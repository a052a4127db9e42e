"""The queue of a service's asks: who may ask, what waits, what is begun, and that each gets its reply."""

import time
from collections import deque
from dataclasses import dataclass
from functools import partial
from typing import Any

from eventlet.event import Event
from nameko.extensions import ProviderCollector, SharedExtension

from services.kit.askwire import CONTENT_TYPE as MSGPACK
from services.kit.askwire import BadRequest, Request, failure_reply, pack, read_request, refusal_reply
from services.kit.bus import LOST, BusDown
from services.kit.crash import crash_point
from services.kit.doors import ServiceBus, begin, service_of, settings_of
from services.kit.errors import Forbidden, Invalid, NotFound
from services.kit.lanes import Lanes
from services.kit.logs import get_logger
from services.kit.metrics import ASK_SECONDS, ASKS, ASKS_UNDER_WAY, FORGED
from services.kit.wire import Delivery, Wire

log = get_logger()
GATEWAY, OPERATOR = "gateway", "operator"
MOST_WAITING = 128
_CLOSING_SECONDS = 2.0
_TAG = "asks"


@dataclass(slots=True)
class Task:
    """One ask on its way through the door."""

    door: Any  # the entrypoint (ask.Ask)
    request: Request
    reply_to: str
    number: str
    begun: float
    lane: str | None

    @property
    def deadline(self) -> float:
        return self.begun + self.request.milliseconds / 1000


class AskQueue(SharedExtension, ProviderCollector):
    """The one queue of a service's asks: takes, sorts into lanes, begins workers, replies.

    Messages are taken without acks: an ask that kills the process must not be handed to the next one.
    """

    carrier = ServiceBus()

    def setup(self) -> None:
        settings = settings_of(self)
        self._service = settings.service
        self._workers = settings.workers
        self._channel: Any = None
        self._doors: dict[str, Any] = {}
        self._lanes = Lanes()
        self._backlog: deque[Task] = deque()
        self._busy = 0
        self._closed: Event | None = None
        ASKS_UNDER_WAY.set_function(lambda: self._busy + len(self._backlog) + len(self._lanes))
        self.carrier.bus.on_up(self._open)

    def start(self) -> None:
        self._doors = {door.method_name: door for door in self._providers}

    def close(self) -> None:
        """Take no more asks and wait until those already sent to us have begun."""
        if self._closed is None:
            self._closed = Event()
            try:
                self._closed = self.carrier.bus.wire().cancel(self._channel, _TAG)
            except (*LOST, BusDown):
                self._closed.send(None)
        self._closed.wait(_CLOSING_SECONDS)

    def _open(self, wire: Wire) -> None:
        """Needs: the exchange `asks.<service>` (topology.py)."""
        channel, queue = wire.channel(), f"ask-{self._service}"
        channel.queue_declare(queue, durable=True, auto_delete=True, arguments={"x-queue-type": "classic"})
        channel.queue_bind(queue, f"asks.{self._service}", self._service)
        self._channel = channel
        if self._closed is None:
            wire.consume(channel, queue, _TAG, self._on_ask, no_ack=True)

    def _on_ask(self, delivery: Delivery) -> None:
        reply_to = str(delivery.properties.get("reply_to", ""))
        number = str(delivery.properties.get("correlation_id", ""))
        try:
            request = read_request(delivery.body)
            task = self._task(request, reply_to, number, str(delivery.properties.get("user_id", "")))
        except BadRequest as fault:
            log.warning("ask_unreadable", reason=str(fault))
            return self._reply(reply_to, number, refusal_reply(Invalid("this is no ask")))
        except (Forbidden, NotFound) as refusal:
            return self._reply(reply_to, number, refusal_reply(refusal))
        if not self._lanes.enter(task.lane, partial(self._begin, task)):
            self._finish(task, failure_reply("overloaded"))
        return None

    def _task(self, request: Request, reply_to: str, number: str, user: str) -> Task:
        door = self._doors.get(request.name)
        if user != (OPERATOR if door is not None and door.operator else GATEWAY):
            FORGED.labels("ask").inc()
            log.warning("ask_forged", user=user, ask=door.method_name if door else "unknown")
            raise Forbidden("you may not ask here", code="not-the-gateway")
        if door is None:
            raise NotFound("there is no such ask", code="no-such-ask")
        lane = request.payload.get(door.lane) if door.lane else None
        lane = lane if isinstance(lane, str) else None
        return Task(door, request, reply_to, number, time.monotonic(), lane)

    def _begin(self, task: Task) -> None:
        if self._busy < self._workers:
            self._spawn(task)
        elif len(self._backlog) < MOST_WAITING:
            self._backlog.append(task)
        else:
            self._finish(task, failure_reply("overloaded"))
            self._lanes.leave(task.lane)

    def _spawn(self, task: Task) -> None:
        self._busy += 1
        begin(self.container, partial(self._work, task))

    def _work(self, task: Task) -> None:
        reply: dict[str, Any] = failure_reply("fault")
        try:
            reply = getattr(service_of(self.container), task.door.method_name)(task)
        except Exception as fault:  # our own machinery failed, not the use case
            log.error("asking_failed", ask=task.door.method_name, exc_info=fault)
        finally:
            self._done(task, reply)

    def _done(self, task: Task, reply: dict[str, Any]) -> None:
        self._busy -= 1
        self._finish(task, reply)
        self._lanes.leave(task.lane)
        while self._backlog and self._busy < self._workers:
            waiting = self._backlog.popleft()
            if time.monotonic() < waiting.deadline:
                self._spawn(waiting)
            else:
                self._finish(waiting, failure_reply("late"))
                self._lanes.leave(waiting.lane)

    def _finish(self, task: Task, reply: dict[str, Any]) -> None:
        name = task.door.method_name
        ASKS.labels(name, _outcome(reply)).inc()
        ASK_SECONDS.labels(name).observe(time.monotonic() - task.begun)
        crash_point("ask.before_answer")
        self._reply(task.reply_to, task.number, reply)

    def _reply(self, reply_to: str, number: str, reply: dict[str, Any]) -> None:
        if not reply_to.startswith("amq.rabbitmq.reply-to."):
            return
        try:
            body = pack(reply)
        except (TypeError, ValueError, OverflowError) as fault:
            log.error("answer_does_not_travel", exc_info=fault)
            body = pack(failure_reply("fault"))
        try:
            wire = self.carrier.bus.wire()
            wire.publish(
                self._channel,
                "",
                reply_to,
                body,
                correlation_id=number,
                content_type=MSGPACK,
                delivery_mode=1,
            )
        except (*LOST, BusDown):
            return  # the asker learned of the fall, too


def _outcome(reply: dict[str, Any]) -> str:
    if "refused" in reply:
        return str(reply["refused"]["code"])
    return str(reply.get("failed", "answered"))
