"""What was told lately of some kinds of facts, asked of their owner: for who must know it and missed it.

Gateways keep no store, so one that starts, or lost the broker for a while, asks what it would have heard. The
question crosses networks, because a gateway serves them all.
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from services.contracts.events import Fact
from services.kit.documents import Documents
from services.kit.mongo import Index, reaching

MOST = 2_000  # facts of one kind; older ones are left out


def recalled(kind: str) -> Index:
    """Return the index by which a store finds what it told lately of `kind`, for its `indexes`."""
    return Index(f"{kind}_told_lately", [("written_at", -1)], where={f"told.{kind}": {"$exists": True}})


def told_lately(
    store: Documents[Any], kind: str, since: datetime, tell: Callable[[Any], Fact | None]
) -> Iterator[tuple[int, Fact | None]]:
    """Yield (version, fact) for each aggregate that ever told of `kind` and was written since, newest first.

    Args:
        tell: says how an aggregate is now. A write that told of something else counts too: a fact too many
            costs nothing, one too few would.
    """
    where = {f"told.{kind}": {"$exists": True}, "written_at": {"$gt": since}}
    with reaching():
        found = list(store.documents.find(where).sort("written_at", -1).limit(MOST))
    for document in found:
        yield document["told"][kind], tell(store.whole(document))
