"""`make run`: the whole platform under a supervisor, in the foreground, until Ctrl-C.

python -m deploy.local.stack run|stop|status|reset [--yes]
"""

import os
import shutil
import signal
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from types import FrameType

from deploy.local.local_stack import GROUND, LocalStack, PartFailedError
from deploy.local.parts import PartMissingError
from deploy.local.places import HOME
from deploy.local.ports import Ports, PortTakenError
from deploy.local.processes import EVERYTHING, GATEWAY, MAIL
from deploy.local.seeding import seed_once
from deploy.local.supervision import Supervision

_KEPT = ("venv", "venv-3.11", "venv-3.12", "venv-3.13", "setup.log", "bench")
_READY_SECONDS = 120
_DOORS = ((GATEWAY, "PORT", 8080), (MAIL, "MAIL_PORT", 8025))  # part, what names its port, the usual one


class Runner:
    """Brings one stack up step by step, keeps it up, takes it down."""

    def __init__(self, directory: Path = HOME, names: Iterable[str] = EVERYTHING) -> None:
        self._stack = LocalStack(directory, names)
        self._supervision = Supervision(self._stack)
        self._began = time.monotonic()
        self._asked_to_stop = 0

    def run(self) -> int:
        """Start everything, print how to use it, and wait for Ctrl-C. Returns the exit status."""
        if self._supervision.is_running():
            self._say("already running")
            self._greet()
            return 0
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._on_stop)
        try:
            self._bring_up()
            self._greet()
            while not self._asked_to_stop and self._supervision.is_running():
                time.sleep(1)
        except KeyboardInterrupt:
            pass
        except (PartFailedError, PartMissingError, PortTakenError) as failed:
            print(f"\n{failed}", file=sys.stderr)
            self.stop()
            return 1
        self.stop()
        return 0

    def stop(self) -> None:
        """Stop what runs: our processes first, then what they stand on; asked again, all at once."""
        try:
            self._stop_in_order()
        except KeyboardInterrupt:
            for number in (signal.SIGINT, signal.SIGTERM):
                signal.signal(number, signal.SIG_IGN)
            self._say("ending all at once")
            self._supervision.kill_all()

    def _stop_in_order(self) -> None:
        if not self._supervision.is_running():
            return
        asked = self._asked_to_stop

        def heed() -> None:
            # what a handler raises while an object is finalised, the interpreter drops
            if self._asked_to_stop > asked:
                raise KeyboardInterrupt

        self._say("stopping")
        self._supervision.stop([name for name in self._supervision.names() if name not in GROUND], heed)
        self._supervision.stop(GROUND, heed)
        self._supervision.shut_down()
        self._say("stopped")

    def status(self) -> int:
        """Print each part's state; 0 when all run."""
        if not self._supervision.is_running():
            print("not running; start it with: make run")
            return 1
        states = {name: self._supervision.state(name) for name in self._supervision.names()}
        for name, state in states.items():
            print(f"{name:20} {state.lower()}")
        return 0 if set(states.values()) == {"RUNNING"} else 1

    def _bring_up(self) -> None:
        self._settle_doors()
        self._stack.prepare()
        self._supervision.launch((*GROUND, *self._stack.names))
        self._say("starting RabbitMQ and MongoDB")
        self._start(GROUND)
        self._say("migrating: users, queues, indexes")
        self._stack.migrate()
        self._say("starting the services and the gateway")
        self._start(self._stack.names)
        if GATEWAY in self._stack.names and seed_once(self._stack, self._say):
            self._say("the sample network is there (synthetic: nobody in it exists)")

    def _settle_doors(self) -> None:
        ports = self._stack.ports
        ports.renew_taken()
        for part, name, usual in _DOORS:
            asked = os.environ.get(f"CT_{name}")
            if not asked:
                ports.of(part, wanted=usual)
            elif asked.isdigit() and 0 < int(asked) < 65_536:
                _demand(ports, part, name, int(asked))
            else:
                raise PortTakenError(f"{name}={asked} is no port; say a number from 1 to 65535")

    def _start(self, names: Iterable[str]) -> None:
        for name in names:
            self._supervision.start(name)
        for name in names:
            self._await(name)

    def _await(self, name: str) -> None:
        is_ready = self._stack.part(name).is_ready
        while not is_ready():
            if time.monotonic() - self._began > _READY_SECONDS:
                raise PartFailedError(
                    f"{name} does not get ready; the end of its log:\n{self._stack.log(name)}"
                )
            time.sleep(0.1)
        self._say(f"{name} is ready")

    def _greet(self) -> None:
        print(
            f"\n  Commonthread is up, after {time.monotonic() - self._began:.0f} s."
            f"\n\n    portal and API   {self._stack.url}"
            f"\n    documentation    {self._stack.url}/docs"
            f"\n    mails            {self._stack.mail_url}"
            f"\n{_how_to_sign_in(self._stack)}"
            "\n    make demo plays the whole story  ·  make logs  ·  Ctrl-C stops, twice at once\n",
            flush=True,
        )

    def _say(self, what: str) -> None:
        print(f"  {time.monotonic() - self._began:5.1f} s  {what}", flush=True)

    def _on_stop(self, _number: int, _frame: FrameType | None) -> None:
        self._asked_to_stop += 1
        raise KeyboardInterrupt


def _demand(ports: Ports, part: str, name: str, port: int) -> None:
    try:
        ports.demand(part, port)
    except PortTakenError:
        raise PortTakenError(
            f"port {port} is taken; choose another ({name}=…), or none: then any free one is used"
        ) from None


def _how_to_sign_in(stack: LocalStack) -> str:
    note = stack.places.directory / "sign-in.txt"
    return (
        note.read_text()
        if note.exists()
        else "    sign in          commonthread network create NAME --admin MAIL prints a link\n"
    )


def reset(directory: Path, sure: bool) -> int:
    """Remove all data below `directory`, keeping what was installed."""
    if Supervision(LocalStack(directory)).is_running():
        print("it is running; make stop first")
        return 1
    if not sure and input(f"Forget all data in {directory}? [y/N] ").strip().lower() != "y":
        return 1
    for path in directory.iterdir():
        if path.name not in _KEPT:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    print("forgotten")
    return 0


def main(words: list[str]) -> int:
    """Do what the first word says; CT_HOME names another directory than .commonthread."""
    directory = Path(os.environ.get("CT_HOME") or HOME)
    verb = words[0] if words else "run"
    if verb == "reset":
        return reset(directory, "--yes" in words)
    runner = Runner(directory)
    if verb == "stop":
        runner.stop()
        return 0
    return runner.status() if verb == "status" else runner.run()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
