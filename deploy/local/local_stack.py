"""The stack as an object: what tests and the chaos run start, kill, pause and ask for addresses.

    with LocalStack(tmp_path, services=("sessions", "gateway"), replicas={"sessions": 2}) as stack:
        stack.kill("sessions.2"); stack.start_part("sessions.2"); stack.await_ready("sessions.2")

Every part is a child that dies with this process. `make run` puts the same parts under a supervisor.
"""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from deploy.local.broker import VHOST, Broker
from deploy.local.database import Database
from deploy.local.parts import Part
from deploy.local.places import PROJECT, Places
from deploy.local.ports import Ports
from deploy.local.processes import EVERYTHING, Processes
from deploy.local.secret_files import write_secrets

GROUND = ("epmd", "broker", "database")
_libc = ctypes.CDLL(None)
_PR_SET_PDEATHSIG = 1


class PartFailedError(Exception):
    """A part ended or was not ready in time; the message holds the end of its log."""


class LocalStack:
    """A broker, a database and any of the platform's processes, all private to `directory`.

    Args:
        directory: where data, secrets, ports and logs lie; starting again on the same one continues.
        services: which processes to run: any of `EVERYTHING`; () for broker and database alone.
        replicas: how many of each; those of "sessions" are the parts "sessions", "sessions.2", "sessions.3".
        environment: variables for every process; `start_part(name, CT_CRASH_AT="3")` gives one its own.
        auth: whether the database asks who one is; False only for tests of parts that bring no secrets.
        vhost: the broker's virtual host.
    """

    def __init__(
        self,
        directory: Path,
        services: Iterable[str] = EVERYTHING,
        replicas: Mapping[str, int] | None = None,
        environment: Mapping[str, str] | None = None,
        *,
        auth: bool = True,
        vhost: str = VHOST,
    ) -> None:
        self.places = Places(Path(directory).resolve()).make()
        write_secrets(self.places.secrets)
        self.ports = Ports(self.places.ports)
        self.broker = Broker(self.places, self.ports, vhost)
        self.database = Database(self.places, self.ports, auth)
        self.processes = Processes(self.places, self.ports, self.broker, self.database, environment or {})
        self.names = tuple(_replicas(services, replicas or {}))
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    @property
    def url(self) -> str:
        """Address of the gateway."""
        return f"http://127.0.0.1:{self.processes.gateway_port}"

    @property
    def mail_url(self) -> str:
        """Address of the mail catcher's page and JSON."""
        return f"http://127.0.0.1:{self.processes.mail_port}"

    def start(self, timeout: float = 90.0) -> Self:
        """Start broker and database, migrate, start every process and await them all.

        Raises:
            PartFailedError: a part ended, or was not ready within `timeout` seconds.
        """
        self.start_ground(timeout)
        if self.names:
            self.migrate()
            for name in self.names:
                self.start_part(name)
            self.await_ready(*self.names, timeout=timeout)
        return self

    def start_ground(self, timeout: float = 60.0) -> None:
        """Start broker and database side by side and await both."""
        self.prepare()
        for name in GROUND:
            self.start_part(name)
        self.await_ready(*GROUND, timeout=timeout)

    def prepare(self) -> None:
        """Settle ports and write configurations. Only while nothing of this stack runs."""
        if not any(self.is_running(name) for name in self._running):
            self.ports.renew_taken()
        self.broker.prepare()
        self.database.prepare()
        self.places.operator_settings.write_text(
            "".join(f"{name}={value}\n" for name, value in self.processes.operator_environment().items())
        )

    def migrate(self) -> None:
        """Run the migrate step as the operator: users, topology, indexes."""
        self.operate("migrate")

    def operate(self, *arguments: str, timeout: float = 120.0) -> str:
        """Run `commonthread ARGUMENTS…` as the operator of this stack and return what it printed.

        Raises:
            PartFailedError: the command failed.
        """
        command = (sys.executable, "-m", "deploy.tools.cli", *arguments)
        environment = self.processes.operator_environment()
        done = subprocess.run(  # noqa: S603 - our own command
            command,
            env=environment,
            cwd=PROJECT,
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
        )
        if done.returncode:
            raise PartFailedError(f"commonthread {' '.join(arguments)} failed:\n{done.stdout}{done.stderr}")
        return done.stdout

    def part(self, name: str, **environment: str) -> Part:
        """Return the part `name`, ready to be started."""
        ground = {"epmd": self.broker.epmd, "broker": self.broker.node, "database": self.database.server}
        return ground[name]() if name in ground else self.processes.part(name, environment)

    def start_part(self, name: str, **environment: str) -> None:
        """Start one part and return at once; a part that runs is left alone."""
        if self.is_running(name):
            return
        part = self.part(name, **environment)
        with (self.places.logs / f"{name}.log").open("ab") as log:
            self._running[name] = subprocess.Popen(  # noqa: S603 - our own commands
                part.command,
                env=dict(part.environment),
                cwd=part.directory,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=_die_with_parent,  # noqa: PLW1509 - it makes one system call
            )

    def await_ready(self, *names: str, timeout: float = 60.0) -> None:
        """Return once all of `names` are ready (see `start`)."""
        deadline = time.monotonic() + timeout
        for name in names:
            is_ready = self.part(name).is_ready
            while not is_ready():
                if not self.is_running(name):
                    raise PartFailedError(f"{name} ended while starting\n{self.log(name)}")
                if time.monotonic() > deadline:
                    raise PartFailedError(f"{name} was not ready within {timeout:.0f} s\n{self.log(name)}")
                time.sleep(0.05)

    def is_running(self, name: str) -> bool:
        """True while the part's process lives (a paused one too)."""
        return name in self._running and self._running[name].poll() is None

    def await_end(self, name: str, timeout: float = 60.0) -> int:
        """Wait until the part ended by itself and return its exit status; -9 after SIGKILL."""
        return self._running[name].wait(timeout)

    def pid(self, name: str) -> int:
        return self._running[name].pid

    def kill(self, name: str) -> None:
        """End one part by SIGKILL, as a power cut would."""
        self._signal(name, signal.SIGKILL)
        self._running[name].wait(10)

    def pause(self, name: str) -> None:
        """Stop one part's clockwork (SIGSTOP): it keeps its connections and answers nothing."""
        self._signal(name, signal.SIGSTOP)

    def resume(self, name: str) -> None:
        self._signal(name, signal.SIGCONT)

    def stop_part(self, name: str) -> None:
        """Ask one part to end; kill it when it takes longer than it may."""
        self._stop((name,))

    def stop(self) -> None:
        """End everything: first our processes, then broker and database, then epmd."""
        self._stop([name for name in self._running if name not in GROUND])
        self._stop(("broker", "database"))
        self._stop(("epmd",))

    def log(self, name: str, size: int = 4000) -> str:
        """Return the end of the part's log."""
        path = self.places.logs / f"{name}.log"
        return path.read_text(errors="replace")[-size:] if path.exists() else ""

    def __enter__(self) -> Self:
        try:
            return self.start()
        except BaseException:
            self.stop()
            raise

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _stop(self, names: Iterable[str]) -> None:
        alive = [name for name in names if self.is_running(name)]
        for name in alive:
            self._signal(name, signal.SIGCONT)
            self._signal(name, signal.SIGTERM, group=False)
        for name in alive:
            with suppress(subprocess.TimeoutExpired):
                self._running[name].wait(self.part(name).stop_seconds)
            self._signal(name, signal.SIGKILL)
            self._running[name].wait(10)

    def _signal(self, name: str, number: int, group: bool = True) -> None:
        with suppress(ProcessLookupError):
            (os.killpg if group else os.kill)(self._running[name].pid, number)


def _replicas(services: Iterable[str], replicas: Mapping[str, int]) -> Iterable[str]:
    for service in services:
        yield service
        yield from (f"{service}.{number}" for number in range(2, replicas.get(service, 1) + 1))


def _die_with_parent() -> None:
    _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
