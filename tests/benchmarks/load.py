"""Load over HTTP by wrk: one thread, 16 connections kept open, the same requests for everybody."""

import json
import subprocess
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.cpu import cpu_seconds
from tests.benchmarks.tools import wrk

CLIENTS = 16
SCRIPT = Path(__file__).parent / "load.lua"


@dataclass(frozen=True)
class Measured:
    """One burst of load: requests a second answered well, processor time of one and how long it took (ms)."""

    rate: float
    failed: int
    p50: float
    p99: float
    cpu: float


@dataclass(frozen=True)
class Asked:
    """One request as everybody is sent it."""

    method: str
    path: str
    token: str
    body: str = ""


def press(url: str, requests: list[Asked], seconds: int, pids: Iterable[int]) -> Measured:
    """Send `requests` round and round for `seconds`; `pids` are all that work for the answer.

    Raises:
        RuntimeError: wrk itself failed.
    """
    pids = list(pids)
    before = cpu_seconds(pids)
    with tempfile.NamedTemporaryFile("w", suffix=".tsv") as file:
        file.writelines(f"{one.method}\t{one.path}\t{one.token}\t{one.body}\n" for one in requests)
        file.flush()
        words = ["-t1", f"-c{CLIENTS}", f"-d{seconds}s", "--timeout", "10s", "-s", str(SCRIPT)]
        command = [wrk(), *words, url, "--", file.name]
        done = subprocess.run(command, capture_output=True, text=True, timeout=seconds + 60, check=False)
    line = next((line for line in done.stdout.splitlines() if line.startswith('{"requests"')), None)
    if line is None:
        raise RuntimeError(f"wrk: {done.stdout[-500:]}{done.stderr[-500:]}")
    found = json.loads(line)
    well = found["requests"] - found["failed"]
    cpu = 1000 * (cpu_seconds(pids) - before) / max(1, found["requests"])
    return Measured(
        well / (found["us"] / 1e6), found["failed"], found["p50"] / 1000, found["p99"] / 1000, cpu
    )
