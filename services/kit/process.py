"""What spans documents (MECHANISMS P2): a document that says how far it has come, worked off step by step.

The document is due while steps remain. Each call of `work_off` does some of them and saves once; a killed
process continues from the last save, and steps done twice change nothing, because what they make has the id
`step_id` gives.
"""

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Protocol

from services.contracts.events import Fact
from services.kit.clock import Clock
from services.kit.due_entry import Due
from services.kit.errors import Refusal

STEP = "step"  # the kind of the due entry while steps remain
MOST_PROBLEMS = 1000


@dataclass(frozen=True)
class Process:
    """One piece of work that spans documents.

    Args:
        kind: what it does ("import", "enrollment", …).
        state: "running", "done" (perhaps with problems) or "failed".
        total, done: steps; `done` are behind us, whatever came of them.
        tally: how often each outcome came ("added": 40, "unchanged": 2, "refused": 1).
        problems: {"step", "code", "detail"} for each refused step, the first thousand.
        payload: what the steps need; plain values.
        reason: public slug of why it failed.
    """

    id: str
    network: str
    kind: str
    total: int
    started_at: datetime
    state: str = "running"
    done: int = 0
    tally: Mapping[str, int] = field(default_factory=dict)
    problems: tuple[Mapping[str, Any], ...] = ()
    payload: Mapping[str, Any] = field(default_factory=dict)
    finished_at: datetime | None = None
    reason: str | None = None
    revision: int = 0
    due: tuple[Due, ...] = ()


class ProcessStore(Protocol):
    """Where processes live; `processes.Processes` over MongoDB."""

    def get(self, network: str | None, id: str) -> Process: ...
    def save(self, aggregate: Process, announcing: Iterable[Fact] = ()) -> Process: ...


def begin(
    id: str, network: str, kind: str, total: int, now: datetime, payload: Mapping[str, Any] | None = None
) -> Process:
    """Return a process whose first step is due at once; add it to its store to have it run."""
    process = Process(id, network, kind, total, started_at=now, payload=payload or {})
    return replace(process, due=(Due(STEP, now),)) if total else _finished(process, now)


def step_id(process_id: str, number: int) -> str:
    """Return the name of one step: `{process}:{number}`; `ids.derived_id` makes an id of a kind from it."""
    return f"{process_id}:{number}"


def work_off(
    id: str,
    network: str,
    processes: ProcessStore,
    step: Callable[[Process, int], str | None],
    clock: Clock,
    at_most: int = 50,
    seconds: float = 5.0,
    ending: Callable[[Process], Iterable[Fact]] | None = None,
) -> Process:
    """Do the next steps of a process and save how far it has come; call it from a `@due` method.

    Args:
        step: (process, number from 0) -> outcome to count, None for "done". Runs again after a crash, so
            all it
            makes has a derived id. A Refusal is noted as a problem and the next step follows; any other
            exception leaves the process where it was last saved, to be tried again later.
        at_most, seconds: how much to do before saving, whichever comes first.
        ending: facts to announce with the save that ends it.
    """
    process = processes.get(network, id)
    if process.state != "running":
        return process
    ends, started_from = time.monotonic() + seconds, process.done
    while process.done < min(process.total, started_from + at_most):
        process = _after_step(process, step)
        if time.monotonic() > ends:
            break
    if process.done < process.total:
        return processes.save(replace(process, due=(Due(STEP, clock.now()),)))
    process = _finished(process, clock.now())
    return processes.save(process, announcing=ending(process) if ending else ())


def failed(process: Process, reason: str, now: datetime) -> Process:
    """Return the process given up for `reason` (a public slug)."""
    return replace(process, state="failed", reason=reason, finished_at=now, due=())


def _finished(process: Process, now: datetime) -> Process:
    return replace(process, state="done", finished_at=now, due=())


def _after_step(process: Process, step: Callable[[Process, int], str | None]) -> Process:
    number = process.done
    problems = process.problems
    try:
        outcome = step(process, number) or "done"
    except Refusal as refusal:
        outcome = "refused"
        problem = {"step": number, "code": refusal.code, "detail": refusal.message}
        problems = (*problems, problem) if len(problems) < MOST_PROBLEMS else problems
    tally = {**process.tally, outcome: process.tally.get(outcome, 0) + 1}
    return replace(process, done=number + 1, tally=tally, problems=problems)
