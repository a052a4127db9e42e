"""Starting one process: monkey-patched before anything else, logging, the container, a graceful end.

A `__main__.py` is two lines:

    from services.kit.runner import run
    run("services.sessions.service:SessionsService")
"""

import warnings

warnings.filterwarnings("ignore", message="(?s).*Eventlet is deprecated")

import eventlet  # noqa: E402
import eventlet.debug  # noqa: E402

eventlet.monkey_patch()
eventlet.debug.hub_exceptions(False)  # their traces quote values; what matters we log ourselves

import gc  # noqa: E402
import os  # noqa: E402
import signal  # noqa: E402
import sys  # noqa: E402
from collections.abc import Callable  # noqa: E402
from importlib import import_module  # noqa: E402
from typing import Any  # noqa: E402

from eventlet.hubs import trampoline  # noqa: E402
from nameko.runners import ServiceRunner  # noqa: E402

from services.kit.doors import container_config  # noqa: E402
from services.kit.logs import configure_logging, get_logger  # noqa: E402
from services.kit.operate import operated  # noqa: E402
from services.kit.settings import SettingError, Settings  # noqa: E402

log = get_logger()
STOP_SECONDS = 25


def run(
    path: str, *, with_operations: bool = True, needs: tuple[str, ...] = ("CT_BROKER", "CT_MONGO")
) -> None:
    """Serve one nameko service until SIGTERM or SIGINT; what was begun is finished, at most 25 seconds.

    Args:
        path: "package.module:ServiceClass".
        with_operations: give it the relay, the health port and the operator's asks (operate.py).
        needs: the settings without which it makes no sense.
    """
    module, _, name = path.partition(":")
    service = getattr(import_module(module), name)
    try:
        settings = Settings.load(service.name, needs)
    except SettingError as fault:
        sys.exit(f"{service.name}: {fault}")
    configure_logging(service.name, settings.log_level)
    runner = ServiceRunner(container_config(settings))
    runner.add_service(operated(service) if with_operations else service)
    on_signals(lambda: _stop(runner))
    _serve(runner, service.name)


def on_signals(act: Callable[[], None], signals: tuple[int, ...] = (signal.SIGTERM, signal.SIGINT)) -> None:
    """Have `act` run in a green thread at the first of `signals`; at the second the process ends at once."""
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    signal.set_wakeup_fd(writing)
    for number in signals:
        signal.signal(number, lambda *_: None)

    def wait() -> None:
        trampoline(reading, read=True)
        os.read(reading, 1)
        eventlet.spawn(act)
        trampoline(reading, read=True)
        os._exit(130)

    eventlet.spawn(wait)


def leave_alone_what_stays() -> None:
    """Have the garbage collector pass over what was made at the start, and look at the rest less often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def _serve(runner: Any, name: str) -> None:
    try:
        runner.start()
        leave_alone_what_stays()
        log.info("started", name=name)
        runner.wait()
    except SettingError as fault:
        sys.exit(f"{name}: {fault}")
    except Exception as fault:
        log.error("stopped_by_fault", name=name, exc_info=fault)
        sys.exit(f"{name}: {type(fault).__name__}")
    log.info("stopped", name=name)


def _stop(runner: Any) -> None:
    with eventlet.Timeout(STOP_SECONDS, False):
        runner.stop()
        return
    os._exit(1)
