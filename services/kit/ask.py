"""Being asked: `@ask` makes a method of a service answer one kind of request (the client is asks.py).

    @ask(RecordRsvpSchema, answer=StandingSchema, lane="session_id")
    def record_rsvp(self, command):
        return rsvps.record_rsvp(command, self.sessions, self.clock)

Only the gateway may ask; asks marked `operator` only the operator (both by the user id the broker checks).
"""

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial, wraps
from typing import Any

from eventlet.event import Event
from nameko.extensions import Entrypoint, ProviderCollector, SharedExtension

from services.kit.asks import Asks, Reply
from services.kit.askwire import CONTENT_TYPE as MSGPACK
from services.kit.askwire import BadRequest, Request, failure_reply, pack, read_request, refusal_reply
from services.kit.bus import LOST, BusDown
from services.kit.carry import Terms, carry_out, loader, presenter
from services.kit.context import Answer
from services.kit.crash import crash_point
from services.kit.derive import etag
from services.kit.doors import ServiceBus, settings_of
from services.kit.errors import Forbidden, Invalid, NotFound
from services.kit.lanes import Lanes
from services.kit.logs import get_logger
from services.kit.metrics import ASK_SECONDS, ASKS, ASKS_UNDER_WAY, FORGED
from services.kit.wire import Delivery, Wire

__all__ = ["Ask", "Asks", "Reply", "ask"]

log = get_logger()
GATEWAY, OPERATOR = "gateway", "operator"
MOST_WAITING = 128
_CLOSING_SECONDS = 2.0
_TAG = "asks"


@dataclass(slots=True)
class _Task:
    """One ask on its way through the door."""

    door: "Ask"
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

    Messages are taken without acks: an ask that kills the process must not be handed to the next one, and
    what is lost is a timeout at the asker's.
    """

    carrier = ServiceBus()

    def setup(self) -> None:
        settings = settings_of(self)
        self._service = settings.service
        self._workers = settings.workers
        self._channel: Any = None
        self._doors: dict[str, Ask] = {}
        self._lanes = Lanes()
        self._backlog: deque[_Task] = deque()
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

    def _task(self, request: Request, reply_to: str, number: str, user: str) -> _Task:
        door = self._doors.get(request.name)
        if user != (OPERATOR if door is not None and door.operator else GATEWAY):
            FORGED.labels("ask").inc()
            log.warning("ask_forged", user=user, ask=door.method_name if door else "unknown")
            raise Forbidden("you may not ask here", code="not-the-gateway")
        if door is None:
            raise NotFound("there is no such ask", code="no-such-ask")
        lane = request.payload.get(door.lane) if door.lane else None
        return _Task(
            door, request, reply_to, number, time.monotonic(), lane if isinstance(lane, str) else None
        )

    def _begin(self, task: _Task) -> None:
        if self._busy < self._workers:
            self._spawn(task)
        elif len(self._backlog) < MOST_WAITING:
            self._backlog.append(task)
        else:
            self._finish(task, failure_reply("overloaded"))
            self._lanes.leave(task.lane)

    def _spawn(self, task: _Task) -> None:
        self._busy += 1
        self.container.spawn_worker(task.door, (task,), {}, handle_result=partial(self._done, task))

    def _done(self, task: _Task, _context: Any, reply: Any, exc_info: Any) -> tuple[Any, Any]:
        self._busy -= 1
        self._finish(task, failure_reply("fault") if exc_info else reply)
        self._lanes.leave(task.lane)
        while self._backlog and self._busy < self._workers:
            waiting = self._backlog.popleft()
            if time.monotonic() < waiting.deadline:
                self._spawn(waiting)
            else:
                self._finish(waiting, failure_reply("late"))
                self._lanes.leave(waiting.lane)
        return None, None

    def _finish(self, task: _Task, reply: dict[str, Any]) -> None:
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


class Ask(Entrypoint):
    """One ask of a service; see `ask` for the arguments."""

    queue = AskQueue()

    def __init__(
        self, *, schema: Any, answer: Any, lane: str | None, write: bool, operator: bool, **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.schema, self.answer = schema, answer
        self.lane, self.write, self.operator = lane, write, operator

    def setup(self) -> None:
        self.queue.register_provider(self)
        secret = settings_of(self).secret("etag_key")

        def tag(answer: Answer) -> str:
            return etag(secret, answer)

        self.terms = Terms(self.method_name, loader(self.schema), presenter(self.answer), tag, self.write)

    def stop(self) -> None:
        self.queue.close()
        self.queue.unregister_provider(self)


def ask(
    schema: Any = None,
    *,
    answer: Any = None,
    lane: str | None = None,
    write: bool = True,
    operator: bool = False,
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Make a method `(self, command) -> result` answer asks of its name.

    Args:
        schema: marshmallow schema (class or instance) that loads the payload to the command; what it refuses
            is answered `invalid` with pointers. A command with a field `caller` gets the caller filled in.
            None: the payload must be empty.
        answer: schema that dumps the result, or a function (result, caller) -> dict, or None: the result when
            it is a dict, else `{}`.
        lane: the payload's field whose value names the aggregate; asks for the same one wait for each other.
        write: False for reads; a read keeps no record of its request.
        operator: only the operator may ask it.

    The method may raise refusals (errors.py); Overtaken from a store begins it again, up to 8 times.
    """

    def decorate(method: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(method)
        def carried_out(service: Any, task: _Task) -> dict[str, Any]:
            return carry_out(partial(method, service), task.request, task.door.terms, task.deadline)

        door = Ask.decorator(schema=schema, answer=answer, lane=lane, write=write, operator=operator)
        decorated: Callable[..., Any] = door(carried_out)
        return decorated

    return decorate
