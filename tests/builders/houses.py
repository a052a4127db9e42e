"""Real processes of test services: started, waited for, killed, and asked how they are."""

import base64
import contextlib
import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from tests.builders import brokers
from tests.builders.floors import MONGO
from tests.builders.ports import a_free_port

PROJECT = Path(__file__).parents[2]
ETAG_KEY = "an etag key of the tests, long enough"


class House:
    """One process serving `path` ("module:Class") as the broker user `service`."""

    def __init__(self, path, service, directory, *, broker_port=brokers.PORT, prefix="house_", **settings):
        self.service, self.prefix = service, prefix
        self.port = a_free_port()
        self.log = Path(directory) / f"{service}-{self.port}.log"
        self._start(path, directory, broker_port, settings)

    def _start(self, path, directory, broker_port, settings):
        secrets = Path(directory) / "secrets"
        secrets.mkdir(exist_ok=True)
        for name, text in {
            "broker_password": brokers.password_of(self.service),
            "etag_key": ETAG_KEY,
            "kek": f"k1:{base64.b64encode(b'k' * 32).decode()}",
        }.items():
            (secrets / name).touch(mode=0o600)
            (secrets / name).write_text(text)
        environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(PROJECT),
            "CT_BROKER": f"{brokers.HOST}:{broker_port}",
            "CT_VHOST": brokers.VHOST,
            "CT_MONGO": MONGO,
            "CT_DB_PREFIX": self.prefix,
            "CT_SECRETS": str(secrets),
            "CT_HEALTH_PORT": str(self.port),
            **{name: str(value) for name, value in settings.items()},
        }
        code = f"from services.kit.runner import run; run({path!r})"
        self._command, self._environment = [sys.executable, "-c", code], environment
        self._run()

    def _run(self):
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self._command, env=self._environment, cwd=PROJECT, stdout=log, stderr=log
            )

    def __enter__(self):
        self.wait_ready()
        return self

    def __exit__(self, *_):
        self.stop()

    def wait_ready(self, seconds=30):
        """Wait until the process says it is ready."""
        eventually(lambda: self.get("/readyz")[0] == 200, seconds, lambda: self.log.read_text()[-3000:])

    def get(self, path):
        """(status, text) of a page of its health port; (0, "") when nobody answers."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=5) as page:
                return page.status, page.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()
        except OSError:
            return 0, ""

    def metric(self, line):
        """The value of the metric line that begins with `line`; 0.0 when there is none."""
        for each in self.get("/metrics")[1].splitlines():
            if each.startswith(line):
                return float(each.rsplit(" ", 1)[1])
        return 0.0

    def logged(self, event):
        """The log entries named `event`."""
        lines = [line for line in self.log.read_text().splitlines() if line.startswith("{")]
        return [entry for entry in map(json.loads, lines) if entry.get("event") == event]

    @property
    def is_alive(self):
        return self.process.poll() is None

    def stop(self, seconds=30):
        """End it as a supervisor does; returns its exit code."""
        with contextlib.suppress(ProcessLookupError):
            self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(10)
            raise

    def begin_again(self, **settings):
        """Start the same process once more after it ended, with other settings where some are given."""
        self._environment |= {name: str(value) for name, value in settings.items()}
        self._run()
        self.wait_ready()

    def kill(self):
        """End it as a power cut does."""
        self.process.kill()
        self.process.wait(10)


def eventually(holds, seconds=15, explain=lambda: ""):
    """Return what `holds()` returns as soon as it is true; AssertionError when it never is."""
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        found = holds()
        if found:
            return found
        time.sleep(0.05)
    raise AssertionError(f"it did not come to be: {explain()}")
