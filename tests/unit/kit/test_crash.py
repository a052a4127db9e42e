import signal
import subprocess
import sys

CODE = """
from services.kit.crash import crash_point
for n in range(3):
    crash_point(f"p{n}")
    print(n, flush=True)
"""


def run(setting):
    environment = {"CT_CRASH_AT": setting} if setting else {}
    return subprocess.run(
        [sys.executable, "-c", CODE], env=environment, capture_output=True, text=True, check=False
    )


def test_a_process_dies_at_the_boundary_it_is_told():
    died = run("2")

    assert (died.returncode, died.stdout) == (-signal.SIGKILL, "0\n")


def test_boundaries_are_counted(tmp_path):
    run(f"count:{tmp_path}/passed")

    assert (tmp_path / "passed").read_text() == "1 p0\n2 p1\n3 p2\n"


def test_unset_nothing_happens():
    assert run("").returncode == 0
