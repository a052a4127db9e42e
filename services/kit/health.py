"""`/livez`, `/readyz` and `/metrics` of one process, answered beside its work and never queued behind it."""

import time
from collections.abc import Callable, Iterable
from typing import Any

import eventlet
import orjson
from eventlet import wsgi
from nameko.extensions import DependencyProvider
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from services.kit.doors import ServiceBus, settings_of
from services.kit.logs import get_logger
from services.kit.metrics import REGISTRY

log = get_logger()
CHECK_SECONDS = 2.0
_REMEMBERED_SECONDS = 1.0
Check = Callable[[], bool]


class Readiness:
    """What this process depends on, by name. A check answers within two seconds or counts as failed."""

    def __init__(self) -> None:
        self._checks: dict[str, Check] = {}
        self._found: tuple[float, dict[str, bool]] = (0.0, {})

    def depends_on(self, name: str, check: Check) -> None:
        """Have `check` say whether `name` is there."""
        self._checks[name] = check

    def look(self) -> dict[str, bool]:
        """Return each dependency and whether it is there, as seen at most a second ago."""
        seen, found = self._found
        if time.monotonic() - seen > _REMEMBERED_SECONDS:
            found = {name: _holds(check) for name, check in self._checks.items()}
            self._found = (time.monotonic(), found)
        return found


def health_app(readiness: Readiness) -> Callable[..., Iterable[bytes]]:
    """Return the WSGI application."""

    def respond(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        status, kind, body = _page(environ.get("PATH_INFO", ""), readiness)
        start_response(
            status,
            [("Content-Type", kind), ("Content-Length", str(len(body))), ("Cache-Control", "no-store")],
        )
        return [body]

    return respond


class Health(DependencyProvider):
    """The health port of a service's process (CT_HEALTH_HOST, CT_HEALTH_PORT; port 0: none)."""

    carrier = ServiceBus()

    def setup(self) -> None:
        self.readiness = Readiness()
        self.readiness.depends_on("broker", lambda: self.carrier.bus.is_up)
        self._threads: list[Any] = []

    def start(self) -> None:
        settings = settings_of(self)
        if settings.health_port:
            self._threads = [serve_health(self.readiness, settings.health_host, settings.health_port)]

    def stop(self) -> None:
        for thread in self._threads:
            thread.kill()

    def get_dependency(self, worker_ctx: Any) -> Readiness:
        return self.readiness


def serve_health(readiness: Readiness, host: str, port: int) -> Any:
    """Answer on `host:port` from now on; returns the green thread that does."""
    listener = eventlet.listen((host, port))
    options = {"log_output": False, "socket_timeout": 5, "max_size": 64, "keepalive": False}
    return eventlet.spawn(wsgi.server, listener, health_app(readiness), **options)


def _page(path: str, readiness: Readiness) -> tuple[str, str, bytes]:
    if path == "/livez":
        return "200 OK", "application/json", b'{"alive":true}'
    if path == "/readyz":
        found = readiness.look()
        ready = all(found.values())
        body = orjson.dumps({"ready": ready, "dependencies": found})
        return "200 OK" if ready else "503 Service Unavailable", "application/json", body
    if path == "/metrics":
        return "200 OK", CONTENT_TYPE_LATEST, generate_latest(REGISTRY)
    return "404 Not Found", "application/json", b"{}"


def _holds(check: Check) -> bool:
    try:
        with eventlet.Timeout(CHECK_SECONDS, TimeoutError()):
            return bool(check())
    except Exception:  # whatever a check stumbles over, the dependency is not there
        return False
