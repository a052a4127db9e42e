"""How much processor time processes took: the figure that other load on the machine changes least."""

import os
from collections.abc import Iterable
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")


def cpu_seconds(pids: Iterable[int]) -> float:
    """Return user and system seconds of all threads of `pids` and of those processes' children, so far."""
    return sum(_own(pid) for pid in _with_children(pids))


def _with_children(pids: Iterable[int]) -> set[int]:
    parents: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and (fields := _fields(int(entry.name))):
            parents.setdefault(int(fields[1]), []).append(int(entry.name))
    found, waiting = set(), list(pids)
    while waiting:
        pid = waiting.pop()
        found.add(pid)
        waiting.extend(child for child in parents.get(pid, ()) if child not in found)
    return found


def _own(pid: int) -> float:
    fields = _fields(pid)
    return (int(fields[11]) + int(fields[12])) / TICK if fields else 0.0


def _fields(pid: int) -> list[str]:
    """Return the fields of /proc/<pid>/stat behind the name: state, parent, …; nothing for who is gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []
