"""Dead letters of one service: taken from `dead-<service>` into its database, shown and replayed from there.

Nothing is dropped silently: what could not be heard lies here with its reason, its body sealed (even the
unreadable may hold what a person wrote). Replaying publishes to the listening queue with the same event id;
versions and keys make that harmless when the world has moved on. A forged message is kept as evidence and
never replayed.
"""

import random
from datetime import UTC, datetime
from typing import Any

import eventlet
from nameko.extensions import DependencyProvider

from services.kit.away import store_is_away
from services.kit.bus import BusDown
from services.kit.confirms import Confirms
from services.kit.crash import crash_point
from services.kit.doors import ServiceBus, settings_of
from services.kit.floor import floor_of
from services.kit.letters import DeadLetters
from services.kit.logs import get_logger
from services.kit.outcomes import Unavailable
from services.kit.topology import Queue, declare_queue
from services.kit.wire import Delivery, Wire

log = get_logger()
PREFETCH = 16
_LONGEST_PAUSE = 5.0


class DeadLettering(DependencyProvider):
    """Takes dead letters from the service's queue and replays them on demand."""

    carrier = ServiceBus()

    def setup(self) -> None:
        settings = settings_of(self)
        self.service = settings.service
        self.floor = floor_of(settings)
        self.letters = DeadLetters(self.floor.database["dead_letters"], settings.secret("etag_key"))
        self.letters.prepare()
        self._confirms = Confirms(self.carrier.bus)
        self.carrier.bus.on_up(self._open)

    def get_dependency(self, worker_ctx: Any) -> "DeadLettering":
        return self

    def replay(self, id: str, *, force: bool = False) -> None:
        """Give one letter to its listener again.

        Raises:
            NotFound, Conflict: as DeadLetters.outgoing.
            Unavailable: the broker did not take it.
        """
        outgoing = self.letters.outgoing(id, self.service, force=force)
        try:
            published = self._confirms.publish([outgoing])
        except BusDown:
            raise Unavailable("no connection to the broker") from None
        if not published.confirmed:
            raise Unavailable("the listening queue did not take it")
        self.letters.replayed(id, datetime.now(UTC))

    def _open(self, wire: Wire) -> None:
        queue = f"dead-{self.service}"
        channel = wire.channel()
        declare_queue(channel, Queue(queue))
        channel.basic_qos(0, PREFETCH, False)
        wire.consume(channel, queue, queue, lambda each: eventlet.spawn(self._keep, each), no_ack=False)

    def _keep(self, delivery: Delivery) -> None:
        pause = 0.2
        while True:
            try:
                crash_point("deadletters.before_write")
                self.letters.keep(delivery, self.service)
                crash_point("deadletters.after_write")
                return delivery.ack()
            except Exception as fault:  # a dead letter that cannot be kept waits at the broker
                name = "store_away" if store_is_away(fault) else "dead_letter_not_kept"
                log.error(name, exc_info=fault)
            eventlet.sleep(pause * random.uniform(0.5, 1.5))  # noqa: S311 - jitter, no secret
            pause = min(pause * 2, _LONGEST_PAUSE)
