"""Forgetting an author for good, in one service (MECHANISMS P14): asked by id, due work, confirmed.

The record stays for ever as the tombstone that late and repeated events meet: it holds ids and nothing else.
Every step of forgetting may run again; a killed process begins them anew, and so does each repeated request.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol

from services.contracts.events import Fact
from services.kit.clock import Clock
from services.kit.crash import crash_point
from services.kit.due_entry import Due
from services.kit.errors import NotFound

FORGET = "forget"
FORGETTING, FORGOTTEN = "forgetting", "forgotten"


@dataclass(frozen=True)
class Forgetting:
    """That `author` is to be forgotten here, or has been. `id` is what the request for it is called."""

    id: str
    network: str
    author: str
    asked_at: datetime
    standing: str = FORGETTING
    forgotten_at: datetime | None = None
    due: tuple[Due, ...] = ()
    revision: int = 0


class Forgetful(Protocol):
    """Where forgettings live; `forgettings.Forgettings` over MongoDB."""

    def get(self, network: str | None, id: str, admitting: Any = None) -> Forgetting: ...
    def add(self, aggregate: Forgetting, announcing: Iterable[Fact] = ()) -> Forgetting: ...
    def save(self, aggregate: Forgetting, announcing: Iterable[Fact] = ()) -> Forgetting: ...
    def among(self, network: str, authors: Iterable[str]) -> frozenset[str]: ...
    def drop_letters(self, network: str, author: str) -> int: ...


def ask_to_forget(id: str, network: str, author: str, forgettings: Forgetful, clock: Clock) -> Forgetting:
    """Note that `author` is to be forgotten, due at once; asked again, everything is done and told again."""
    now = clock.now()
    due = (Due(FORGET, now),)
    try:
        known = forgettings.get(network, id)
    except NotFound:
        return forgettings.add(Forgetting(id, network, author, now, due=due))
    return forgettings.save(replace(known, standing=FORGETTING, due=due))


def forget(
    id: str,
    network: str,
    forgettings: Forgetful,
    steps: Iterable[Callable[[str, str], object]],
    telling: Callable[[Forgetting], Fact],
    clock: Clock,
) -> None:
    """Carry out `steps` in their order, drop what dead letters say, and announce that it is done.

    Args:
        steps: (network, author) -> anything; each may run again after a crash.
        telling: what to announce in the write that ends it.
    """
    known = forgettings.get(network, id)
    if known.standing == FORGOTTEN:
        return
    for step in (*steps, forgettings.drop_letters):
        crash_point("forgetting.before_step")
        step(network, known.author)
    done = replace(known, standing=FORGOTTEN, forgotten_at=clock.now(), due=())
    forgettings.save(done, announcing=(telling(done),))
