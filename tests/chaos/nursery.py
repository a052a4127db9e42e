"""The platform's processes in a fraction of a second: imported once, each is a fork of that.

A crash sweep restarts a process hundreds of times, and nearly all of a start is importing. The nursery itself
never connects to anything; what it forks runs the same `__main__` as always, in a process group of its own.

Orders come as JSON lines: `{"start": module, "environment": {…}, "log": path, "folder": path}` is answered
with `{"pid": n}`, `{"poll": pid}` with `{"status": null or n}`.
"""

import contextlib
import ctypes
import json
import os
import runpy
import signal
import subprocess
import sys
import threading
import time
import warnings
from importlib import import_module, reload
from pathlib import Path

from deploy.local.places import PROJECT

MODULES = (
    "services.membership.service",
    "services.membership.service.worker",
    "services.scheduling.service",
    "services.sessions.service",
    "services.feedback.service",
    "services.notifications.service",
    "gateway.service",
)
_PR_SET_PDEATHSIG = 1


class Child:
    """One forked process, with those of `subprocess.Popen`'s methods that a stack uses."""

    def __init__(self, nursery, pid):
        self._nursery, self.pid, self._status = nursery, pid, None

    def poll(self):
        if self._status is None:
            self._status = self._nursery.ask(poll=self.pid)["status"]
        return self._status

    def wait(self, timeout=None):
        deadline = time.monotonic() + (timeout or 3600)
        while self.poll() is None:
            if time.monotonic() > deadline:
                raise subprocess.TimeoutExpired(str(self.pid), timeout)
            time.sleep(0.01)
        return self._status


class Nursery:
    """The forking process as its owner sees it; safe to use from several threads."""

    def __init__(self):
        command = [sys.executable, "-m", "tests.chaos.nursery"]
        environment = {
            **os.environ,
            "PYTHONPATH": str(PROJECT),
            "NUMBA_CACHE_DIR": str(PROJECT / ".commonthread/numba"),
        }
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        self._process = subprocess.Popen(command, cwd=PROJECT, env=environment, **pipes)
        self._lock = threading.Lock()

    def start(self, module, environment, log, folder):
        """Fork a process that runs `module` as `python -m` would, and return it."""
        order = {"start": module, "environment": dict(environment), "log": str(log), "folder": str(folder)}
        return Child(self, self.ask(**order)["pid"])

    def ask(self, **order):
        with self._lock:
            self._process.stdin.write(json.dumps(order).encode() + b"\n")
            self._process.stdin.flush()
            return json.loads(self._process.stdout.readline())

    def close(self):
        """End the nursery; what it forked dies with it."""
        self._process.stdin.close()
        self._process.wait(10)


def serve():
    """Take orders until there are no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    from eventlet import patcher

    unpatched = patcher.original("os")
    left = b""
    while piece := unpatched.read(0, 65536):
        *lines, left = (left + piece).split(b"\n")
        for line in lines:
            answer = _obey(json.loads(line), unpatched)
            unpatched.write(1, json.dumps(answer).encode() + b"\n")


def _obey(order, unpatched):
    if "poll" in order:
        return {"status": _status_of(order["poll"], unpatched)}
    pid = unpatched.fork()
    if pid == 0:
        _become(order)
    with contextlib.suppress(OSError):  # it did so itself, or is gone
        os.setpgid(pid, pid)
    return {"pid": pid}


def _status_of(pid, unpatched):
    try:
        ended, status = unpatched.waitpid(pid, os.WNOHANG)
    except ChildProcessError:
        return -9
    return os.waitstatus_to_exitcode(status) if ended else None


def _become(order):
    """Be the ordered process from here to the end."""
    status = 1
    try:
        _settle(order)
        runpy.run_module(order["start"], run_name="__main__", alter_sys=True)
        status = 0
    except SystemExit as end:
        print(end, file=sys.stderr, flush=True)
        status = end.code if isinstance(end.code, int) else 1
    finally:
        os._exit(status)


def _settle(order):
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    os.setpgid(0, 0)
    os.environ.clear()
    os.environ.update(order["environment"])
    log = os.open(order["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    for number, target in ((0, os.open(os.devnull, os.O_RDONLY)), (1, log), (2, log)):
        os.dup2(target, number)
    os.chdir(order["folder"])
    sys.argv = [order["start"]]
    _forget_the_nursery()


def _forget_the_nursery():
    """What a fresh process would have of its own: chance, an event loop, crash points by its environment."""
    import random

    from eventlet import hubs

    from services.kit import crash

    random.seed()
    hubs.use_hub()
    reload(crash)
    signal.signal(signal.SIGINT, signal.default_int_handler)


if __name__ == "__main__":
    warnings.filterwarnings("ignore")
    import eventlet

    eventlet.monkey_patch()
    Path(os.environ["NUMBA_CACHE_DIR"]).mkdir(parents=True, exist_ok=True)
    for module in MODULES:
        import_module(module)
    import_module("gateway.wiring").import_routes()
    serve()
