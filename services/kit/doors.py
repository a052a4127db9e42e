"""What all doors of one process share: its settings and its connection to the broker."""

from collections.abc import Callable
from functools import cached_property
from typing import Any

from nameko.extensions import SharedExtension

from services.kit.bus import Bus
from services.kit.settings import Settings
from services.kit.wire import Broker

SETTINGS = "commonthread_settings"  # where the container's config holds them


def container_config(settings: Settings) -> dict[str, Any]:
    """Return the config for a nameko container of this process.

    The doors bound their own work (asks by CT_WORKERS, each listener by its prefetch), so that nameko's own
    limit, at which spawning waits, is never reached.
    """
    return {SETTINGS: settings, "max_workers": 10_000}


def settings_of(extension: Any) -> Settings:
    """Return the settings of the process that an extension lives in."""
    settings: Settings = extension.container.config[SETTINGS]
    return settings


def begin(container: Any, work: Callable[[], None]) -> None:
    """Run `work` in a green thread of its own; stopping the container waits for it.

    What nameko's own workers have besides - a context, log lines, each dependency set up - nothing here uses,
    and it costs half as much as reading a document.
    """
    container._worker_pool.spawn_n(work)


def service_of(container: Any) -> Any:
    """Return an instance of the container's service with its dependencies, as a worker gets it."""
    service = container.service_cls()
    for provider in container.dependencies:
        setattr(service, provider.attr_name, provider.get_dependency(None))
    return service


def broker_of(settings: Settings, user: str | None = None) -> Broker:
    """Return the broker's address with our own user (`user` None: the service's name) and its secret."""
    if settings.broker is None:
        raise ValueError(f"{settings.service} was given no broker")
    host, port = settings.broker
    return Broker(host, port, settings.vhost, user or settings.service, settings.secret("broker_password"))


class ServiceBus(SharedExtension):
    """The connection on which a process is asked, hears and answers. The relay has its own (relay.py)."""

    @cached_property
    def bus(self) -> Bus:
        """The connection; it begins when the container starts, after every door prepared."""
        settings = settings_of(self)
        return Bus(broker_of(settings), f"{settings.service}.doors")

    def start(self) -> None:
        self.bus.start()

    def stop(self) -> None:
        self.bus.stop()
