"""What must hold under eventlet, each in a process of its own that is patched from its first line."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.builders.floors import MONGO

HERE = Path(__file__).parent / "green"
ROOT = Path(__file__).parents[3]


def run(script, *arguments):
    command = [sys.executable, "-W", "ignore", str(HERE / script), *arguments]
    return subprocess.run(  # noqa: PLW1510 - the caller looks at how it ended
        command, cwd=ROOT, env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, timeout=60
    )


@pytest.mark.parametrize("script", ["overlap.py", "guard.py"])
def test_in_green_threads(script):
    ended = run(script, MONGO)

    assert ended.returncode == 0, ended.stderr[-2000:]


def test_a_due_door_does_what_a_save_made_due_once_and_stops(floor):
    ended = run("due_door.py", MONGO, floor.settings.db_prefix)

    assert ended.stdout.endswith("done once\n"), ended.stdout[-1000:] + ended.stderr[-2000:]
