"""`python -m tests.lanes [pytest's options]`: every suite, in two runs side by side; see `make test`.

Tests of parts wait for a broker and a database most of their time, tests of the whole for processes; together
they fill two cores. Each lane is one run of pytest with servers of its own. What the tests of parts say is
shown as it comes, what those of the whole say afterwards: the output ends in pytest's own closing line.
"""

import subprocess
import sys
from pathlib import Path

from deploy.local.places import HOME, PROJECT

PARTS = ("unit", "contract", "integration", "security")
WHOLE = ("chaos", "permissions", "end_to_end")
PASSED, NOTHING_TO_DO = 0, 5


def main(options: list[str]) -> int:
    HOME.mkdir(exist_ok=True)
    said = HOME / "whole.txt"
    with said.open("w") as file:
        whole = _begin("whole", WHOLE, options, stdout=file, stderr=subprocess.STDOUT)
        try:
            parts = _begin("parts", PARTS, options)
            outcomes = [parts.wait(), whole.wait()]
        finally:
            if whole.poll() is None:
                whole.terminate()
                whole.wait()
    if outcomes[1] != NOTHING_TO_DO:
        print("\nThe tests of the whole:\n")
        print(said.read_text(), end="", flush=True)
    bad = [each for each in outcomes if each not in (PASSED, NOTHING_TO_DO)]
    return max(bad, default=PASSED)


def _begin(lane: str, suites: tuple[str, ...], options: list[str], **streams: object) -> subprocess.Popen:
    cache = f"cache_dir={HOME / f'cache-{lane}'}"
    there = [str(path) for path in (Path("tests") / suite for suite in suites) if (PROJECT / path).exists()]
    command = [sys.executable, "-m", "pytest", "-q", "-o", cache, *options, *there]
    return subprocess.Popen(command, cwd=PROJECT, **streams)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
