"""Who is measured over HTTP: the gateway and its peers, each started and awaited the same way."""

import ctypes
import os
import signal
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from deploy.local.ports import answers
from tests.benchmarks.tools import SOURCES, Missing, node_folder, python_of

_libc = ctypes.CDLL(None)
_PR_SET_PDEATHSIG = 1
OURS = "commonthread"
PATIENCE = 30.0


@dataclass(frozen=True)
class Peer:
    """One peer: `file` in `peers/`, run by `environment`'s Python or by node, once for each of `parts`."""

    name: str
    file: str
    environment: str
    parts: tuple[str, ...] = ("",)
    extra: dict[str, str] = field(default_factory=dict)
    gunicorn: bool = False

    def command(self, port: int) -> list[str]:
        if self.environment == "node":
            return ["node", str(node_folder() / self.file)]
        python = python_of(self.environment)
        if self.gunicorn:
            options = ["-k", "gevent", "-w", "1", "--chdir", str(SOURCES), "--log-level", "warning"]
            program = f"{Path(self.file).stem}:application"
            return [str(python), "-m", "gunicorn", *options, "-b", f"127.0.0.1:{port}", program]
        return [str(python), str(SOURCES / self.file)]


TWO = ("back", "front")
PEERS = (
    Peer("FastAPI monolith", "fastapi_monolith.py", "fastapi"),
    Peer("Django monolith", "django_monolith.py", "django", gunicorn=True),
    Peer("node http (floor)", "node_http.mjs", "node"),
    Peer("FastAPI + aio-pika", "fastapi_aio_pika.py", "fastapi", TWO),
    Peer("FastAPI + FastStream", "fastapi_faststream.py", "fastapi", TWO),
    Peer("nameko stock", "nameko_stock.py", "own", TWO),
    Peer("Moleculer", "moleculer.mjs", "node", TWO),
    Peer("Moleculer, TCP_NODELAY", "moleculer.mjs", "node", TWO, {"PEER_NODELAY": "1"}),
)


class Running:
    """A started peer; `url` answers."""

    def __init__(self, peer: Peer, port: int, told: dict[str, str], logs: Path) -> None:
        self.name, self.url = peer.name, f"http://127.0.0.1:{port}"
        self._processes = []
        for part in peer.parts:
            extra = {"PEER_PORT": str(port), "PEER_PART": part, "PYTHONPATH": str(SOURCES)} | peer.extra
            log = logs / f"{peer.name}.{part or 'one'}.log"
            self._processes.append(_start(peer.command(port), told | extra, log))
            if part == "back":
                time.sleep(
                    1.0
                )  # a front that finds no back gives up at once; what it then waits for is below
        self._await(port)

    def _await(self, port: int) -> None:
        until = time.monotonic() + PATIENCE
        while not answers(port):
            if time.monotonic() > until or any(process.poll() is not None for process in self._processes):
                self.stop()
                raise Missing(f"{self.name} did not start (see its log)")
            time.sleep(0.1)

    @property
    def pids(self) -> list[int]:
        return [process.pid for process in self._processes]

    def stop(self) -> None:
        for process in self._processes:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait(10)


def start_peers(ground, public_key: Path, only: tuple[str, ...] = ()) -> tuple[list[Running], list[str]]:
    """Start the peers; return those that run, and one line about each that does not."""
    told = {
        "PATH": os.environ["PATH"],
        "HOME": str(ground.stack.places.directory),
        "PEER_MONGO": ground.mongo,
        "PEER_AMQP": ground.amqp,
        "PEER_PUBLIC_KEY": str(public_key),
    }
    running, absent = [], []
    for peer in PEERS:
        if only and not any(word in peer.name for word in only):
            continue
        try:
            port = ground.stack.ports.of(f"peer.{peer.name}")
            running.append(Running(peer, port, told, ground.stack.places.logs))
        except Missing as reason:
            absent.append(str(reason))
    return running, absent


def _start(command: list[str], environment: dict[str, str], log: Path) -> subprocess.Popen:
    with log.open("ab") as file:
        return subprocess.Popen(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=_die_with_parent,  # noqa: PLW1509 - it makes one system call
        )


def _die_with_parent() -> None:
    _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
