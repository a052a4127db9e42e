"""Is it alive, is it ready, what has it counted: answered before everything else, behind no queue.

Details are for this machine only (SECURITY 46); the health port of the process shows them to the operators.
"""

from collections.abc import Callable
from ipaddress import ip_address

import orjson
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from gateway.answers import Answer
from gateway.connection import Request
from services.kit.health import Readiness
from services.kit.metrics import REGISTRY


class Live:
    """`/livez`, `/readyz`, `/metrics` on the public port."""

    def __init__(self, readiness: Readiness) -> None:
        self._readiness = readiness

    def paths(self) -> dict[str, Callable[[Request], Answer | None]]:
        return {"/livez": self.livez, "/readyz": self.readyz, "/metrics": self.metrics}

    def livez(self, request: Request) -> Answer:
        return Answer(200, b"alive\n", "text/plain; charset=utf-8")

    def readyz(self, request: Request) -> Answer:
        found = self._readiness.look()
        ready = all(found.values())
        document: dict[str, object] = {"ready": ready}
        if _is_local(request):
            document["dependencies"] = found
        return Answer(200 if ready else 503, orjson.dumps(document), "application/json")

    def metrics(self, request: Request) -> Answer | None:
        if not _is_local(request):
            return None
        return Answer(200, generate_latest(REGISTRY), CONTENT_TYPE_LATEST)


def _is_local(request: Request) -> bool:
    """A client on this machine that no proxy speaks for."""
    if "x-forwarded-for" in request.fields or "forwarded" in request.fields or "via" in request.fields:
        return False
    return ip_address(request.client).is_loopback
