"""What the gateway counts: requests by route and status, never by caller or path."""

import time

from prometheus_client import Counter, Gauge, Histogram

from services.kit.metrics import REGISTRY

REQUESTS = Counter("ct_http_requests", "Requests answered", ["method", "route", "status"], registry=REGISTRY)
SECONDS = Histogram(
    "ct_http_seconds",
    "From the end of a request's head to its answer",
    ["route"],
    buckets=(0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
    registry=REGISTRY,
)
ALARMS = Counter(
    "ct_http_alarms", "Callers who were refused (403, 404) again and again", ["caller"], registry=REGISTRY
)
CONNECTIONS = Gauge("ct_http_connections", "Connections open now", registry=REGISTRY)
_children: dict[tuple[str, str, int], tuple[Counter, Histogram]] = {}


def count(method: str, route: str, status: int, started: float) -> None:
    """Count one answered request; `route` is the template or "none", `started` by `time.monotonic()`."""
    key = (method, route, status)
    if key not in _children:
        _children[key] = (REQUESTS.labels(method, route, str(status)), SECONDS.labels(route))
    answered, took = _children[key]
    answered.inc()
    took.observe(time.monotonic() - started)
