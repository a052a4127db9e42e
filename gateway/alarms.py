"""Callers who are refused again and again: the audit trail of their network tells who tries doors."""

from collections.abc import Callable

import eventlet
import structlog

from gateway import counts
from gateway.idempotency import caller_name
from gateway.limits import Buckets
from services.contracts.caller import Caller
from services.kit.outcomes import Overloaded, RemoteFault, RemoteRefusal, Unavailable

log = structlog.get_logger()
REFUSED = (403, 404)
MANY, WITHIN = 30, 60.0  # refusals, seconds
QUIET = 600.0  # seconds between two alarms about one caller


class Alarms:
    """Counts what each caller is refused, in this process.

    Args:
        tell: leaves the note in the trail; what it raises of an ask that failed is logged, no more.
    """

    def __init__(self, tell: Callable[[Caller], object]) -> None:
        self._tell = tell
        self._refusals = Buckets("refusals", MANY / WITHIN, MANY)
        self._alarms = Buckets("alarms", 1 / QUIET, 1)

    def count(self, caller: Caller, status: int) -> None:
        """Take note of one answer; strangers and holders of links have no name in any trail."""
        if status not in REFUSED or caller.kind not in ("person", "client"):
            return
        name = caller_name(caller)
        if self._refusals.take(name).wait and not self._alarms.take(name).wait:
            counts.ALARMS.labels(caller.kind).inc()
            log.warning("refused_again_and_again", caller_kind=caller.kind)
            eventlet.spawn_n(self._raise, caller)

    def _raise(self, caller: Caller) -> None:
        try:
            self._tell(caller)
        except (Unavailable, Overloaded, RemoteFault, RemoteRefusal) as reason:
            log.warning("alarm_not_noted", exception=type(reason).__name__)
