"""What becomes of a message that cannot be settled now: again later, or a dead letter with its reason.

Both are published with the broker's word for it before the original is acked, so a crash between repeats a
message and never loses one. The attempt is counted in our own header, in words of our own user.
"""

from typing import Any

import eventlet
from nameko.extensions import SharedExtension

from services.kit.bus import BusDown
from services.kit.confirms import Confirms, Outgoing
from services.kit.crash import crash_point
from services.kit.doors import ServiceBus, settings_of
from services.kit.hear import Verdict
from services.kit.logs import get_logger
from services.kit.metrics import DEAD
from services.kit.topology import RETRY_MILLISECONDS
from services.kit.wire import Delivery

log = get_logger()
ATTEMPT, REASON, ERROR, QUEUE, SENDER = "ct-attempt", "ct-reason", "ct-error", "ct-queue", "ct-from"
PUBLISH_SECONDS = 20.0  # longer than the relay's: giving up here would cut running asks, too
_GIVE_BACK_SECONDS = 1.0


class PutOff(SharedExtension):
    """One confirmed channel of a process for retries and dead letters."""

    carrier = ServiceBus()

    def setup(self) -> None:
        self._service = settings_of(self).service
        self._confirms = Confirms(self.carrier.bus)

    def settle(self, delivery: Delivery, queue: str, verdict: Verdict) -> bool:
        """Put a message off or away; True when that is certain and the original may be acked."""
        attempt = attempt_of(delivery, self._service) + 1
        headers: dict[str, Any] = {
            ATTEMPT: attempt,
            REASON: verdict.reason[:200],
            ERROR: verdict.error[:100],
            QUEUE: queue,
            SENDER: str(delivery.properties.get("user_id", ""))[:100],
        }
        if verdict.kind == "failed" and attempt <= len(RETRY_MILLISECONDS):
            exchange, key = f"retry.{RETRY_MILLISECONDS[attempt - 1]}", queue
        else:
            exchange, key = "", f"dead-{self._service}"
            DEAD.labels(queue, verdict.reason.partition(":")[0]).inc()
            log.error("dead_letter", queue=queue, reason=verdict.reason, attempt=attempt)
        return self._publish(delivery, Outgoing(_id(delivery), exchange, key, delivery.body, headers=headers))

    def _publish(self, delivery: Delivery, outgoing: Outgoing) -> bool:
        crash_point("putoff.before_publish")
        try:
            published = self._confirms.publish([outgoing], within=PUBLISH_SECONDS)
        except BusDown:
            return False  # unacked: it comes again with the next connection
        crash_point("putoff.after_publish")
        if published.confirmed:
            return True
        log.error("put_off_failed", exchange=outgoing.exchange, queue=outgoing.routing_key)
        eventlet.sleep(_GIVE_BACK_SECONDS)
        delivery.reject(requeue=True)
        return False


def attempt_of(delivery: Delivery, service: str) -> int:
    """Return how often this message failed before; only our own word counts."""
    attempt = delivery.headers.get(ATTEMPT)
    ours = delivery.properties.get("user_id") == service
    return attempt if ours and isinstance(attempt, int) and 0 <= attempt <= len(RETRY_MILLISECONDS) else 0


def _id(delivery: Delivery) -> str:
    return str(delivery.properties.get("message_id") or "unnamed")[:200]
