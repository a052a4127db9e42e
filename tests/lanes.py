"""`python -m tests.lanes [pytest's options]`: every suite, in two runs side by side; see `make test`.

Tests of parts wait for a broker and a database most of their time, tests of the whole for processes;
together they fill two cores (a third lane made the whole platform wait for a core and gained nothing).
Each lane is one run of pytest with servers of its own. What the tests of parts say is shown as it comes,
what those of the whole say afterwards: the output ends in pytest's own closing line.
"""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from pathlib import Path

from deploy.local.places import HOME, PROJECT

LANES = {
    "whole": ("chaos", "permissions", "end_to_end"),
    "parts": ("unit", "contract", "integration", "security"),
}
SHOWN = "parts"
PASSED, NOTHING_TO_DO = 0, 5


def main(options: list[str]) -> int:
    HOME.mkdir(exist_ok=True)
    with ExitStack() as ends:
        begun = {lane: ends.enter_context(_begun(lane, options)) for lane in LANES}
        outcomes = {lane: run.wait() for lane, run in reversed(begun.items())}
    for lane, outcome in outcomes.items():
        if lane != SHOWN and outcome != NOTHING_TO_DO:
            print(f"\nThe tests of the {lane}:\n")
            print(_said(lane).read_text(), end="", flush=True)
    return max((each for each in outcomes.values() if each != NOTHING_TO_DO), default=PASSED)


@contextmanager
def _begun(lane: str, options: list[str]) -> Iterator[subprocess.Popen]:
    """One lane at work; ended when left early."""
    paths = [Path("tests") / suite for suite in LANES[lane]]
    there = [str(path) for path in paths if (PROJECT / path).exists()]
    cache = f"cache_dir={HOME / f'cache-{lane}'}"
    command = [sys.executable, "-m", "pytest", "-q", "-o", cache, *options, *there]
    with nullcontext() if lane == SHOWN else _said(lane).open("w") as file:
        run = subprocess.Popen(command, cwd=PROJECT, stdout=file, stderr=subprocess.STDOUT if file else None)
        try:
            yield run
        finally:
            if run.poll() is None:
                run.terminate()
                run.wait()


def _said(lane: str) -> Path:
    return HOME / f"{lane}.txt"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
