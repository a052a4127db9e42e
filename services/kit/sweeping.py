"""Forgetting what only mattered for a while: recorded answers after 48 hours, events heard after 7 days.

Saves trim what they touch; this is for documents that nobody wrote since. Every replica sweeps about once an
hour; sweeping twice changes nothing, and no revision rises.
"""

import random
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import eventlet

from services.kit.logs import get_logger
from services.kit.mongo import reaching
from services.kit.outcomes import StoreAway

log = get_logger()
KEPT = {("requests", "answers"): timedelta(hours=48), ("heard",): timedelta(days=7)}
HOUR_SECONDS = 3600


def sweep(documents: Any, now: datetime) -> int:
    """Clear one collection of what is old at `now`; return how many documents changed."""
    changed = 0
    for fields, kept in KEPT.items():
        idle = {"written_at": {"$lt": now - kept}, f"{fields[0]}.0": {"$exists": True}}
        with reaching():
            result = documents.update_many(idle, {"$set": {field: [] for field in fields}})
        changed += result.modified_count
    return changed


def sweep_for_ever(documents: Any, now: Callable[[], datetime]) -> None:
    """Sweep one collection each hour; ends when its green thread is killed."""
    while True:
        eventlet.sleep(HOUR_SECONDS * (0.5 + random.random()))  # noqa: S311 - replicas take turns
        try:
            log.info("swept", collection=documents.name, count=sweep(documents, now()))
        except StoreAway:
            log.warning("store_away", collection=documents.name)
        except Exception:
            log.exception("sweep_failed", collection=documents.name)
