"""A private RabbitMQ node: own home, own name, own ports, own data.

Debian's wrapper changes to another user and fails on a 0700 directory, so the server script below it is
started directly. epmd, by which nodes find one another, runs as a part of its own and dies with the stack.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import amqp

from deploy.local.parts import Part, PartMissingError
from deploy.local.places import PROJECT, Places
from deploy.local.ports import Ports, answers
from deploy.local.secret_files import read_secret

_SCRIPTS = "lib/rabbitmq/lib/rabbitmq_server-*/sbin"
_NODE = "commonthread@localhost"
VHOST = "commonthread"


class Broker:
    """The broker of one stack; `epmd` and `node` are its two parts."""

    def __init__(self, places: Places, ports: Ports, vhost: str = VHOST) -> None:
        self._places, self._ports, self.vhost = places, ports, vhost

    @property
    def address(self) -> str:
        """Where it listens, as host:port."""
        return f"127.0.0.1:{self._ports.of('broker')}"

    def prepare(self) -> None:
        """Write its configuration, and the users and rights that it loads at each start."""
        folder = self._places.broker
        words = (self._places.secrets, folder / "definitions.json", self.vhost)
        command = (sys.executable, "-m", "deploy.tools.broker_file", *words)
        subprocess.run(command, check=True, cwd=PROJECT)  # noqa: S603 - our own command
        (folder / "enabled_plugins").write_text("[].\n")
        (folder / "rabbitmq.conf").write_text(
            f"listeners.tcp.local = {self.address}\n"
            f"load_definitions = {folder / 'definitions.json'}\n"
            "log.file = false\nlog.console = true\nlog.console.level = warning\n"
            "disk_free_limit.absolute = 200MB\n"
        )

    def epmd(self) -> Part:
        """The name server of Erlang nodes."""
        port = self._ports.of("epmd")
        command = (str(_epmd()), "-port", str(port), "-address", "127.0.0.1")
        return Part("epmd", command, {"PATH": os.environ["PATH"]}, lambda: answers(port), stop_seconds=2)

    def node(self) -> Part:
        """The broker itself; the process is Erlang's own, so that a signal reaches it."""
        command = (str(scripts() / "rabbitmq-server"),)
        return Part("broker", command, self._environment(), self.is_ready, 30, self._places.broker)

    def url(self, login: str) -> str:
        """Return the AMQP address for `login`, its password included."""
        return f"amqp://{login}:{self._password(login)}@{self.address}/{self.vhost}"

    def is_ready(self) -> bool:
        """True when the migrate step could sign in: users and virtual host are loaded."""
        if not answers(self._ports.of("broker")):
            return False
        try:
            with amqp.Connection(
                self.address, "migrate", self._password("migrate"), virtual_host=self.vhost, connect_timeout=2
            ):
                return True
        except (OSError, amqp.AMQPError):
            return False

    def control(self, *arguments: str) -> tuple[tuple[str, ...], dict[str, str]]:
        """Return command and environment with which rabbitmqctl reaches this node."""
        return (str(scripts() / "rabbitmqctl"), "-n", _NODE, *arguments), self._environment()

    def _password(self, login: str) -> str:
        return read_secret(self._places.secrets, login, "broker_password")

    def _environment(self) -> dict[str, str]:
        folder = self._places.broker
        return {
            "HOME": str(folder),
            "PATH": os.environ["PATH"],
            "LANG": "C.UTF-8",
            "ERL_EPMD_PORT": str(self._ports.of("epmd")),
            "ERL_EPMD_ADDRESS": "127.0.0.1",
            "RABBITMQ_NODENAME": _NODE,
            "RABBITMQ_DIST_PORT": str(self._ports.of("broker_distribution")),
            "RABBITMQ_CONFIG_FILE": str(folder / "rabbitmq.conf"),
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(folder / "enabled_plugins"),
            "RABBITMQ_MNESIA_BASE": str(folder / "mnesia"),
            "RABBITMQ_LOG_BASE": str(folder / "log"),
            "RABBITMQ_PID_FILE": str(folder / "pid"),
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": "-kernel inet_dist_use_interface {127,0,0,1} +sbwt none",
            "RUNNING_UNDER_SYSTEMD": "true",  # the script becomes the Erlang process instead of its parent
        }


def scripts() -> Path:
    """Return the folder of RabbitMQ's own scripts.

    Raises:
        PartMissingError: RabbitMQ is not installed.
    """
    found = sorted(Path("/usr").glob(_SCRIPTS)) + sorted(Path("/opt").glob("rabbitmq*/sbin"))
    if not found:
        raise PartMissingError(
            "RabbitMQ is missing: install the Debian package rabbitmq-server (make venv does it as root)"
        )
    return found[-1]


def _epmd() -> Path:
    places = [shutil.which("epmd"), *Path("/usr/lib/erlang").glob("erts-*/bin/epmd")]
    for place in places:
        if place:
            return Path(place)
    raise PartMissingError("epmd is missing: install the Debian package erlang-base")
