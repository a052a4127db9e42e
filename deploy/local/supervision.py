"""supervisord around the parts of a stack: it restarts what dies, and keeps their logs short."""

import os
import secrets
import select
import shlex
import signal
import subprocess
import sys
import time
import xmlrpc.client
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any

from deploy.local.local_stack import LocalStack

_SECTION = """
[program:{name}]
command={command}
environment={environment}
directory={directory}
autostart=false
autorestart=true
startsecs=1
startretries=1000000
stopsignal=TERM
stopwaitsecs={stop_seconds}
killasgroup=true
redirect_stderr=true
stdout_logfile={logs}/{name}.log
stdout_logfile_maxbytes=10MB
stdout_logfile_backups=2
"""

_HEAD = """[supervisord]
nodaemon=true
silent=true
logfile={logs}/supervisor.log
pidfile={directory}/supervisor.pid
identifier=commonthread
[inet_http_server]
port=127.0.0.1:{port}
username=operator
password={password}
[rpcinterface:supervisor]
supervisor.rpcinterface_factory = supervisor.rpcinterface:make_main_rpcinterface
"""


_DYING_SECONDS = 5  # how long the kernel may take to end a killed process


class Supervision:
    """The supervisor of one stack, reached over the loopback address with a password of its own."""

    def __init__(self, stack: LocalStack) -> None:
        self._stack = stack
        self._port = stack.ports.of("supervisor")
        self._config = stack.places.directory / "supervisor.conf"

    def is_running(self) -> bool:
        """True when a supervisor of this stack answers."""
        try:
            return self._config.exists() and bool(self._calls().getState())
        except (OSError, xmlrpc.client.Error):
            return False

    def launch(self, names: Iterable[str]) -> "subprocess.Popen[bytes]":
        """Start the supervisor with a program for each of `names`; nothing runs yet."""
        self._write(names)
        command = (sys.executable, "-m", "supervisor.supervisord", "-n", "-c", str(self._config))
        process = subprocess.Popen(  # noqa: S603 - our own command
            command, env={"PATH": os.environ["PATH"]}, stdout=subprocess.DEVNULL, start_new_session=True
        )
        try:
            while not self.is_running() and process.poll() is None:
                time.sleep(0.05)
        except BaseException:
            process.kill()
            raise
        return process

    def start(self, name: str) -> None:
        """Start one part and return at once."""
        if self.state(name) not in ("RUNNING", "STARTING"):
            self._calls().startProcess(name, False)

    def stop(self, names: Iterable[str], heed: Callable[[], None]) -> None:
        """Ask all of `names` to end, at the same time, and return when they have.

        Args:
            heed: called while waiting; what it raises ends the wait.
        """
        names = list(names)
        for name in names:
            if self.state(name) in ("RUNNING", "STARTING", "BACKOFF"):
                self._calls().stopProcess(name, False)
        while any(self.state(name) in ("STOPPING", "RUNNING") for name in names):
            heed()
            time.sleep(0.05)

    def state(self, name: str) -> str:
        """Return supervisord's word for the part: "RUNNING", "BACKOFF", "STOPPED", …"""
        return str(self._calls().getProcessInfo(name)["statename"])

    def names(self) -> list[str]:
        """Return the parts it looks after."""
        return [str(entry["name"]) for entry in self._calls().getAllProcessInfo()]

    def kill_all(self) -> None:
        """End everything at once, without asking: first the supervisor, so that it restarts nothing."""
        if not self.is_running():
            return
        calls = self._calls()
        supervisor = int(calls.getPID())
        parts = [int(each["pid"]) for each in calls.getAllProcessInfo() if each["pid"]]
        endings = _endings((supervisor, *parts))
        os.kill(supervisor, signal.SIGKILL)
        for part in parts:
            with suppress(ProcessLookupError):
                os.killpg(part, signal.SIGKILL)
        for ending in endings:
            select.select([ending], [], [], _DYING_SECONDS)
            os.close(ending)

    def shut_down(self) -> None:
        """Stop what still runs and the supervisor itself."""
        self._calls().shutdown()

    def _calls(self) -> Any:
        address = f"http://operator:{self._password()}@127.0.0.1:{self._port}/RPC2"
        return xmlrpc.client.ServerProxy(address).supervisor

    def _password(self) -> str:
        path = self._stack.places.secrets / "supervisor_password"
        if not path.exists():
            path.touch(0o600)
            path.write_text(secrets.token_urlsafe(24))
        return path.read_text()

    def _write(self, names: Iterable[str]) -> None:
        places = self._stack.places
        head = _HEAD.format(
            logs=places.logs, directory=places.directory, port=self._port, password=self._password()
        )
        sections = [self._section(name) for name in names]
        self._config.touch(0o600)
        self._config.write_text(head + "".join(sections))

    def _section(self, name: str) -> str:
        part = self._stack.part(name)
        told = ",".join(f'{variable}="{value}"' for variable, value in part.environment.items())
        return _SECTION.format(
            name=name,
            command=shlex.join(part.command).replace("%", "%%"),
            environment=told.replace("%", "%%"),
            directory=part.directory or self._stack.places.directory,
            stop_seconds=part.stop_seconds,
            logs=self._stack.places.logs,
        )


def _endings(processes: Iterable[int]) -> list[int]:
    """Return for each process that lives what becomes readable when it has ended."""
    found = []
    for process in processes:
        with suppress(ProcessLookupError):
            found.append(os.pidfd_open(process))
    return found
