"""The gateway as a nameko service: HTTP in, one ask out."""

from typing import Any

from nameko.extensions import DependencyProvider

from gateway.counts import CONNECTIONS
from gateway.hearing import Hearing
from gateway.server import StrictWebServer
from gateway.settings import GatewaySettings
from gateway.wiring import Gateway
from services.kit.asks import Asks
from services.kit.bus import Bus
from services.kit.doors import broker_of, settings_of
from services.kit.health import Readiness, serve_health


class Web(DependencyProvider):
    """Listens for HTTP and answers it by the table of routes."""

    server = StrictWebServer()

    def setup(self) -> None:
        settings = settings_of(self)
        own = GatewaySettings.load(settings)
        self._bus = Bus(broker_of(settings), "gateway.asks")
        self._readiness = Readiness()
        self._readiness.depends_on("broker", lambda: self._bus.is_up)
        asks = Asks(self._bus)
        self._gateway = Gateway(settings, own, asks, self._readiness)
        Hearing(self._bus, self._gateway.withdrawn, asks.ask)
        dispatcher = self._gateway.dispatcher
        self.server.configure(
            (own.host, own.port), dispatcher.answer, dispatcher.refuse, trusted=own.proxies.trusts
        )
        CONNECTIONS.set_function(lambda: self.server.open_connections)

    def start(self) -> None:
        settings = settings_of(self)
        self._bus.start()
        if settings.health_port:
            serve_health(self._readiness, settings.health_host, settings.health_port)
        self.container.spawn_managed_thread(self._gateway.learn_keys)

    def stop(self) -> None:
        """Let running requests finish before the connection they ask on goes."""
        self.server.stop()
        self._bus.stop()

    def get_dependency(self, worker_ctx: Any) -> Gateway:
        return self._gateway


class GatewayService:
    """Owns no data and decides nothing: it says who calls, and asks."""

    name = "gateway"
    web = Web()
