"""The audit trail: notes in the order of a chain, in which each hash holds the one before it.

Whoever alters, removes, adds or reorders an entry afterwards breaks every hash from there on. Entries hold
ids and words of ours alone, so that forgetting a person changes none: what goes is the name behind an id.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from services.kit.due_entry import Due
from services.kit.errors import Conflict

LENGTHEN = "lengthen"
IDLE = timedelta(minutes=10)  # looks again without being told, should a note have come at the wrong moment
AT_ONCE = 500


class AuditTooLong(Conflict):
    """More entries than one export holds."""

    code = "audit-too-long"


@dataclass(frozen=True)
class Entry:
    """One note. `sequence` and `hash` are given by the chain; None while it waits."""

    id: str
    network: str
    kind: str
    at: datetime
    source: str
    actor_kind: str
    actor_id: str | None
    about: tuple[str, ...]
    word: str
    request_id: str | None
    sequence: int | None = None
    hash: str | None = None


@dataclass(frozen=True)
class Link:
    """The place of one entry in the chain."""

    entry_id: str
    sequence: int
    hash: str


@dataclass(frozen=True)
class Chain:
    """How far a network's chain has come. `id` equals `network`.

    Args:
        sequence, hash: of the last link, the pending ones included.
        pending: links decided here and perhaps not yet written into their entries.
    """

    id: str
    network: str
    sequence: int
    hash: str
    pending: tuple[Link, ...] = ()
    revision: int = 0
    due: tuple[Due, ...] = ()


@dataclass(frozen=True)
class Checked:
    """What checking a stretch of a chain found. `fault`: a sentence, None when it holds."""

    sequence: int
    hash: str
    fault: str | None = None


@dataclass(frozen=True)
class Stretch:
    """Some of a trail: `items`, and where the next ones begin (None: no more)."""

    items: list[Entry]
    next: str | None


def begin_chain(network: str, now: datetime) -> Chain:
    """Return the chain of a network without any link."""
    return Chain(network, network, 0, first_hash(network), due=(Due(LENGTHEN, now),))


def first_hash(network: str) -> str:
    """Return what the first link holds in place of one before it."""
    return hashlib.sha256(f"commonthread audit {network}".encode()).hexdigest()


def hash_of(entry: Entry, sequence: int, former: str) -> str:
    """Return the hash of a link: over its place, the link before it and all that the entry says."""
    said = [
        former,
        sequence,
        entry.network,
        entry.id,
        entry.kind,
        entry.at.isoformat(timespec="milliseconds"),
        entry.source,
        entry.actor_kind,
        entry.actor_id,
        list(entry.about),
        entry.word,
        entry.request_id,
    ]
    return hashlib.sha256(json.dumps(said, separators=(",", ":")).encode()).hexdigest()


def lengthen(chain: Chain, waiting: Sequence[Entry], now: datetime) -> Chain:
    """Return the chain with a link for each of `waiting`, in their order.

    The links before must have been written into their entries. While links wait it is due at once.
    """
    links, sequence, former = [], chain.sequence, chain.hash
    for entry in waiting:
        sequence, former = sequence + 1, hash_of(entry, sequence + 1, former)
        links.append(Link(entry.id, sequence, former))
    due = Due(LENGTHEN, now if links else now + IDLE)
    return replace(chain, sequence=sequence, hash=former, pending=tuple(links), due=(due,))


def hurry(chain: Chain, now: datetime) -> Chain:
    """Return the chain due at once; the same when it is already."""
    if any(each.at <= now for each in chain.due):
        return chain
    return replace(chain, due=(Due(LENGTHEN, now),))


def check(network: str, entries: Iterable[Entry], before: Checked) -> Checked:
    """Go along a chain from `before` and return how far it holds; entries in the order of their sequence."""
    sequence, former = before.sequence, before.hash
    for entry in entries:
        if entry.sequence != sequence + 1:
            return Checked(sequence, former, f"entry {sequence + 1} is missing, or another stands twice")
        if entry.network != network or entry.hash != hash_of(entry, sequence + 1, former):
            return Checked(sequence, former, f"entry {sequence + 1} ({entry.id}) is not as it was written")
        sequence, former = sequence + 1, entry.hash
    return Checked(sequence, former)


def check_end(chain: Chain, reached: Checked) -> Checked:
    """Compare where the entries end with where the chain says it ends."""
    written = chain.pending[0].sequence - 1 if chain.pending else chain.sequence
    if reached.fault or written <= reached.sequence <= chain.sequence:
        is_head = reached.sequence == chain.sequence
        if not reached.fault and is_head and reached.hash != chain.hash:
            return replace(reached, fault="the chain ends with another hash than its last entry")
        return reached
    word = "missing" if reached.sequence < written else "more than the chain knows"
    return replace(reached, fault=f"entries after {min(reached.sequence, chain.sequence)} are {word}")
