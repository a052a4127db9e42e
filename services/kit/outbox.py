"""Which collections of this process keep announcements: stores register, the relay reads.

An aggregate's document carries `outbox: [{"id", "at", "routing_key", "body"}]`, where `body` is the whole
CloudEvents envelope (envelope.py) and `at` the time of the write. The relay publishes each entry to
`<source>.events` and `$pull`s it by id; it never touches the document's revision.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Outbox:
    """One collection with announcements; `collection` is pymongo's, `source` the announcing service."""

    database: str
    name: str
    source: str
    collection: Any


OUTBOXES: dict[tuple[str, str], Outbox] = {}
_pokes: list[Callable[[str | None], None]] = []


def register(outbox: Outbox) -> None:
    """Have the relay of this process look after `outbox`; registering it again replaces it."""
    OUTBOXES[outbox.database, outbox.name] = outbox


def poke(name: str | None = None) -> None:
    """Tell the relay that something was just saved in the collection `name` (None: somewhere)."""
    for poked in _pokes:
        poked(name)


def on_poke(poked: Callable[[str | None], None]) -> Callable[[], None]:
    """Have `poked` called at each save, with the collection's name; returns the function that ends it."""
    _pokes.append(poked)
    return lambda: _pokes.remove(poked)
