"""Interleaved rounds: A B C … A B C …, so that what else the machine does falls on everybody alike."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from statistics import median
from typing import Any


@dataclass
class Row:
    """What one contestant did: a rate in each round, and how much failed."""

    name: str
    rates: list[float] = field(default_factory=list)
    failed: int = 0
    p50: list[float] = field(default_factory=list)
    p99: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)  # ms of processor time each

    @property
    def rate(self) -> float:
        return median(self.rates) if self.rates else 0.0


def interleaved(
    contestants: Iterable[tuple[str, Callable[[], Any]]], rounds: int, say: Callable[[str], None]
) -> dict[str, Row]:
    """Let each contestant run once a round; return name -> Row. Each returns a rate or a `Measured`."""
    each = list(contestants)
    rows = {name: Row(name) for name, _ in each}
    for number in range(1, rounds + 1):
        for name, run in each:
            _note(rows[name], run())
        said = ", ".join(f"{name} {rows[name].rates[-1]:,.0f}" for name, _ in each)
        say(f"  round {number} of {rounds}: {said}")
    return rows


def ratio(rows: dict[str, Row], ours: str, theirs: str) -> float | None:
    """Return the median over the rounds of ours divided by theirs, both of the same round."""
    if ours not in rows or theirs not in rows:
        return None
    pairs = zip(rows[ours].rates, rows[theirs].rates, strict=True)
    found = [mine / other for mine, other in pairs if other > 0]
    return median(found) if found else None


def _note(row: Row, outcome: Any) -> None:
    if isinstance(outcome, float):
        row.rates.append(outcome)
        return
    row.rates.append(outcome.rate)
    row.failed += outcome.failed
    row.p50.append(outcome.p50)
    row.p99.append(outcome.p99)
    row.cpu.append(outcome.cpu)
