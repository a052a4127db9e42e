"""Being asked: `@ask` makes a method of a service answer one kind of request (the client is asks.py).

    @ask(RecordRsvpSchema, answer=StandingSchema, lane="session_id")
    def record_rsvp(self, command):
        return rsvps.record_rsvp(command, self.sessions, self.clock)

Only the gateway may ask; asks marked `operator` only the operator (both by the user id the broker checks).
"""

from collections.abc import Callable
from functools import partial, wraps
from typing import Any

from nameko.extensions import Entrypoint

from services.kit.askqueue import AskQueue, Task
from services.kit.asks import Asks, Reply
from services.kit.carry import Terms, carry_out, loader, presenter
from services.kit.context import Answer
from services.kit.derive import etag
from services.kit.doors import settings_of
from services.kit.floor import floor_of, prepare, with_patience
from services.kit.noting import Notes, Noting

__all__ = ["Ask", "Asks", "Reply", "ask"]


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

        noting = Noting.of(settings_of(self).service, self.method_name)
        self.terms = Terms(
            self.method_name,
            loader(self.schema),
            presenter(self.answer),
            tag,
            self.write,
            noting,
            self._notes() if noting.needs_store else None,
        )

    def _notes(self) -> Notes:
        notes = Notes(floor_of(settings_of(self)))
        with_patience(lambda: prepare(notes))
        return notes

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
        def carried_out(service: Any, task: Task) -> dict[str, Any]:
            return carry_out(partial(method, service), task.request, task.door.terms, task.deadline)

        door = Ask.decorator(schema=schema, answer=answer, lane=lane, write=write, operator=operator)
        decorated: Callable[..., Any] = door(carried_out)
        return decorated

    return decorate
