"""A connection to the broker that is kept open: opened again when it falls, watched by heartbeats.

One green thread connects, lets every user of the bus prepare its channels (they may wait for the broker
then, nobody else reads yet), and reads until the connection ends. Afterwards everybody only writes, which
never waits.
"""

import random
from collections.abc import Callable
from typing import Any

import amqp
import eventlet
from eventlet.event import Event

from services.kit.logs import get_logger
from services.kit.metrics import BUS_BLOCKED, BUS_UP
from services.kit.wire import HEARTBEAT_SECONDS, Broker, Wire

log = get_logger()
PREPARE_SECONDS = 15.0
MAX_UNSENT_BYTES = 32_000_000
_FIRST_PAUSE, _LONGEST_PAUSE = 0.1, 5.0
LOST = (OSError, amqp.AMQPError, AttributeError, TypeError)  # what writing on a closed channel raises


class BusDown(ConnectionError):
    """There is no connection to the broker, or it takes nothing just now."""


class Bus:
    """One connection and those who use it.

    Args:
        broker: where, and as whom.
        name: what the broker's own tools show for this connection.
    """

    def __init__(self, broker: Broker, name: str) -> None:
        self.broker = broker
        self.name = name
        self._wire: Wire | None = None
        self._prepare: list[Callable[[Wire], None]] = []
        self._gone: list[Callable[[], None]] = []
        self._up = Event()
        self._thread: Any = None
        self._stopping = False

    def on_up(self, prepare: Callable[[Wire], None]) -> None:
        """Have `prepare` open channels and declare what it needs on each new connection."""
        self._prepare.append(prepare)

    def on_down(self, gone: Callable[[], None]) -> None:
        """Have `gone` called when the connection fell; it must not wait."""
        self._gone.append(gone)

    def start(self) -> None:
        """Begin to connect; returns at once. Starting twice is starting once."""
        if self._thread is None:
            self._stopping = False
            self._thread = eventlet.spawn(self._live)

    def stop(self) -> None:
        """Send what is still unsent, close, and stop reading."""
        if self._thread is None:
            return
        self._stopping = True
        wire, thread, self._thread = self._wire, self._thread, None
        if wire is not None:
            _say_goodbye(wire)
        with eventlet.Timeout(2, False):
            thread.wait()
        thread.kill()

    @property
    def is_up(self) -> bool:
        """Whether the connection stands and everybody prepared."""
        return self._wire is not None

    def wait_up(self, seconds: float) -> bool:
        """Wait until the connection stands; False when it does not within `seconds`."""
        if self._wire is None:
            with eventlet.Timeout(seconds, False):
                self._up.wait()
        return self._wire is not None

    def wire(self) -> Wire:
        """Return the connection to write on.

        Raises:
            BusDown: there is none, or too much waits for its socket already.
        """
        wire = self._wire
        if wire is None:
            raise BusDown("no connection to the broker")
        if wire.unsent_bytes > MAX_UNSENT_BYTES:
            raise BusDown("the broker takes nothing just now")
        return wire

    def drop(self) -> None:
        """Cut the connection, because it keeps us waiting; a new one is opened at once."""
        if self._wire is not None:
            self._wire.drop()

    def _live(self) -> None:
        pause = _FIRST_PAUSE
        while not self._stopping:
            wire = Wire(self.broker, self.name)
            try:
                self._connect(wire)
                pause = _FIRST_PAUSE
                _read(wire)
            except (OSError, amqp.AMQPError) as fault:
                log.warning("bus_lost", name=self.name, exception=type(fault).__name__, reason=_reason(fault))
            except Exception as fault:  # the reading thread must outlive everything a message can do
                log.error("bus_fault", name=self.name, exc_info=fault)
            finally:
                self._fall(wire)
            if not self._stopping:
                eventlet.sleep(pause * random.uniform(0.5, 1.5))  # noqa: S311 - jitter, no secret
                pause = min(pause * 2, _LONGEST_PAUSE)

    def _connect(self, wire: Wire) -> None:
        with eventlet.Timeout(PREPARE_SECONDS, TimeoutError("the broker is silent")):
            wire.open()
            wire.on_blocked = lambda _reason: BUS_BLOCKED.labels(self.name).set(1)
            wire.on_unblocked = lambda: BUS_BLOCKED.labels(self.name).set(0)
            for prepare in self._prepare:
                prepare(wire)
        self._wire = wire
        BUS_UP.labels(self.name).set(1)
        BUS_BLOCKED.labels(self.name).set(0)
        log.info("bus_up", name=self.name)
        self._up.send(True)

    def _fall(self, wire: Wire) -> None:
        if self._wire is wire:
            self._wire, self._up = None, Event()
            BUS_UP.labels(self.name).set(0)
        _close(wire)
        for gone in self._gone:
            gone()


def _read(wire: Wire) -> None:
    beat = eventlet.spawn(_beat, wire)
    try:
        while wire.connected:
            wire.blocking_read()
    finally:
        beat.kill()


def _beat(wire: Wire) -> None:
    try:
        while wire.connected:
            eventlet.sleep(HEARTBEAT_SECONDS / 4)
            wire.heartbeat_tick(rate=3)
    except (OSError, amqp.AMQPError):
        wire.drop()


def _say_goodbye(wire: Wire) -> None:
    try:
        wire.send_method(amqp.spec.Connection.Close, "BsBB", (0, "", 0, 0))
    except LOST:
        return


def _close(wire: Wire) -> None:
    try:
        wire.drop()
        wire.collect()
    except LOST:
        return  # what had to be closed is closed


def _reason(fault: BaseException) -> str:
    text = getattr(fault, "reply_text", None) or type(fault).__name__
    return str(text)
