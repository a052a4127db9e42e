"""What the platform knows, as one hash a document: equal before and after means that nothing was changed."""

import hashlib
import json
from typing import Any

from bson import json_util

from deploy.tools.api import await_that

# Bookkeeping of the machinery, which moves by itself: who works off what, and what is on its way.
RESTLESS = ("lease_until", "fence", "outbox", "requests", "answers", "heard", "next_due_at", "due")


def state_of(stack: Any) -> dict[tuple[str, str, str], str]:
    """Return (database, collection, id) -> hash, for every document of every service."""
    found = {}
    with stack.database.client() as client:
        for database in sorted(name for name in client.list_database_names() if name.startswith("ct_")):
            for collection in sorted(client[database].list_collection_names()):
                if collection in TOLD_OF_TRIES:
                    continue
                for document in client[database][collection].find():
                    found[(database, collection, str(document["_id"]))] = _hash(document)
    return found


# Counts of guesses and the audit trail: what a refused try, or a read by staff, is there to change.
TOLD_OF_TRIES = ("tries", "notes", "audit_entries", "audit_chains")


def changes(before: dict[Any, str], after: dict[Any, str]) -> list[tuple[str, str, str]]:
    """Return what is in one and not the same in the other."""
    return sorted(key for key in before.keys() | after.keys() if before.get(key) != after.get(key))


def _hash(document: dict[str, Any]) -> str:
    kept = {name: value for name, value in document.items() if name not in RESTLESS}
    return hashlib.sha256(json.dumps(kept, default=json_util.default, sort_keys=True).encode()).hexdigest()


def settle(stack: Any) -> None:
    """Return when nothing waits to be told or is just being done."""
    await_that(lambda: _is_quiet(stack), "quiet after the world was built", 60)


def _is_quiet(stack: Any) -> bool:
    """Nothing is unsent, and two looks a moment apart are the same."""
    before = state_of(stack)
    with stack.database.client() as client:
        ours = [name for name in client.list_database_names() if name.startswith("ct_")]
        places = [(name, each) for name in ours for each in client[name].list_collection_names()]
        unsent = any(client[name][each].find_one({"outbox.0": {"$exists": True}}) for name, each in places)
    return not unsent and changes(before, state_of(stack)) == []
