"""Doing at once what many green threads ask for while the one before is under way: one round trip for all."""

from collections.abc import Callable
from typing import Generic, TypeVar

import eventlet
from eventlet.event import Event
from eventlet.patcher import is_monkey_patched

from services.kit.outcomes import StoreAway

One = TypeVar("One")
Outcome = TypeVar("Outcome")


class Together(Generic[One, Outcome]):
    """Calls `act` with what came together; each caller gets its own outcome, or its own failure.

    Args:
        act: takes some, in the order of coming, and returns as many outcomes. When it fails for several, it
            is called again for each alone, so that a bad one spoils nobody else's.
        most: how many at once.

    In a process without green threads every call is carried out alone.
    """

    def __init__(self, act: Callable[[list[One]], list[Outcome]], most: int = 250) -> None:
        self._act = act
        self._most = most
        self._waiting: list[tuple[One, Event]] = []
        self._under_way = False

    def __call__(self, one: One) -> Outcome:
        """Return the outcome of `one`; raises what `act` raises for it."""
        if not is_monkey_patched("thread"):
            return self._act([one])[0]
        done = Event()
        self._waiting.append((one, done))
        if not self._under_way:
            self._under_way = True
            eventlet.spawn(self._work_off)
        outcome: Outcome = done.wait()
        return outcome

    def _work_off(self) -> None:
        try:
            while self._waiting:
                some, self._waiting = self._waiting[: self._most], self._waiting[self._most :]
                self._settle(some)
        finally:
            self._under_way = False

    def _settle(self, some: list[tuple[One, Event]]) -> None:
        try:
            outcomes = self._act([one for one, _ in some])
        except BaseException as fault:
            if len(some) == 1 or isinstance(fault, StoreAway):
                for _, done in some:
                    done.send_exception(fault)
                return
            for each in some:
                self._settle([each])
            return
        for (_, done), outcome in zip(some, outcomes, strict=True):
            done.send(outcome)
