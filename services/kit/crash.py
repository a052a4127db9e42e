"""Dying on purpose, for the crash sweep (DESIGN 4): the process kills itself at its n-th boundary.

`CT_CRASH_AT=7` sends SIGKILL to itself at the seventh `crash_point`, after saying on stderr which that was,
`CT_CRASH_AT=relay.after_publish:2` at the second of that name;
`CT_CRASH_AT=count:/path` writes to that file which were passed instead. Unset, it costs one comparison.
"""

import os
import signal
from pathlib import Path

_setting = os.environ.get("CT_CRASH_AT", "")
_passed = 0


def crash_point(name: str) -> None:
    """Mark a boundary between two durable effects, such as "before-write" or "after-publish"."""
    if _setting:
        _pass(name)


def _pass(name: str) -> None:
    global _passed  # noqa: PLW0603 - the count belongs to the process
    if _setting.startswith("count"):
        _passed += 1
        return _write_count(name)
    wanted, _, number = _setting.rpartition(":")
    _passed += wanted in ("", name)
    if _passed == int(number) and wanted in ("", name):
        os.write(2, f"crash_point {_passed} {name}\n".encode())
        os.kill(os.getpid(), signal.SIGKILL)
    return None


def _write_count(name: str) -> None:
    path = _setting.partition(":")[2] or f"crash-points-{os.getpid()}"
    with Path(path).open("a") as count:
        count.write(f"{_passed} {name}\n")
