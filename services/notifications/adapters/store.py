"""Notices and preferences as MongoDB documents."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from pymongo.errors import BulkWriteError

from services.contracts.events import Fact
from services.kit import leases
from services.kit.copies import DUPLICATE_KEY
from services.kit.crash import crash_point
from services.kit.mongo import Document, Index, reaching
from services.kit.store import Aggregates, Page
from services.notifications.domain.notice import FINAL, Notice, tell_failed
from services.notifications.domain.preferences import (
    Preferences,
    no_preferences,
    preferences_id,
)

NEWEST_FIRST = (("not_before", -1),)
BATCH = 5_000


class MongoNotices(Aggregates[Notice]):
    """The notices; `secret` (a one-time token) is sealed while it waits, and gone once it is sent."""

    collection = "notices"
    kind = "notice"
    sealed = ("secret", "address")
    indexes = (
        Index("one_notice_per_cause", [("network", 1), ("key", 1)], unique=True),
        Index("notices_of_person", [("network", 1), ("person_id", 1), ("not_before", -1), ("_id", 1)]),
        Index("notices_by_state", [("network", 1), ("kind", 1), ("not_before", -1), ("_id", 1)]),
        Index("notices_of_session", [("network", 1), ("about.session_id", 1)], sparse=True),
    )

    def queue_all(self, notices: Sequence[Notice]) -> int:
        """Insert those whose key is new, in batches; return how many. Repeating inserts nothing (P5 b)."""
        inserted = 0
        for start in range(0, len(notices), BATCH):
            inserted += self._insert([self._fresh(each) for each in notices[start : start + BATCH]])
        if inserted:
            leases.wake(self.documents)
        return inserted

    def page_of_person(
        self, network: str, person_id: str, now: datetime, limit: int, after: str | None
    ) -> Page[Notice]:
        """Return a page of what one person was told by `now`, newest first."""
        where = {"person_id": person_id, "not_before": {"$lte": now}}
        return self.page(network, where, NEWEST_FIRST, limit, after)

    def pending_of(self, network: str, person_id: str) -> list[Notice]:
        """Return what one person is still to be told."""
        return self.find(network, {"person_id": person_id, "state": {"$in": ["queued", "sending"]}})

    def forget_of(self, network: str, person_id: str) -> int:
        """Forget everything one person was told, once it is announced; return how much."""
        where = {"network": network, "person_id": person_id, "state": {"$in": sorted(FINAL)}, "outbox": []}
        with reaching():
            return self.documents.delete_many(where).deleted_count

    def page_of_kinds(
        self, network: str, kinds: Iterable[str], state: str | None, limit: int, after: str | None
    ) -> Page[Notice]:
        """Return a page of the delivery log, newest first; `state` narrows it."""
        where: Document = {"kind": {"$in": list(kinds)}}
        if state is not None:
            where["state"] = state
        return self.page(network, where, NEWEST_FIRST, limit, after)

    def told_of_session(self, network: str, session_id: str) -> set[str]:
        """Return who has a notice of a session."""
        query = {"network": network, "about.session_id": session_id}
        with reaching():
            return set(self.documents.distinct("person_id", query))

    def keys_of_session(self, network: str, session_id: str) -> set[str]:
        """Return the keys of all notices of a session."""
        query = {"network": network, "about.session_id": session_id}
        with reaching():
            return {each["key"] for each in self.documents.find(query, {"key": 1})}

    def restated(self, aggregate: Notice) -> Fact | None:
        return tell_failed(aggregate) if aggregate.state == "failed" else None

    def to_document(self, aggregate: Notice) -> Document:
        return {
            "key": aggregate.key,
            "person_id": aggregate.person_id,
            "kind": aggregate.kind,
            "channel": aggregate.channel,
            "not_before": aggregate.not_before,
            "useless_after": aggregate.useless_after,
            "about": dict(aggregate.about),
            "state": aggregate.state,
            "attempts": aggregate.attempts,
            "finished_at": aggregate.finished_at,
            "reason": aggregate.reason,
            "address": self._sealed(aggregate, "address", aggregate.address),
            "secret": self._sealed(aggregate, "secret", aggregate.secret),
            "shape": 1,
        }

    def to_aggregate(self, document: Document) -> Notice:
        return Notice(
            **self.identity(document),
            key=document["key"],
            person_id=document["person_id"],
            kind=document["kind"],
            channel=document["channel"],
            not_before=document["not_before"],
            useless_after=document["useless_after"],
            about=document["about"],
            state=document["state"],
            attempts=document["attempts"],
            finished_at=document["finished_at"],
            reason=document["reason"],
            address=self.unseal(document, "address", document["address"]) or "",
            secret=self.unseal(document, "secret", document["secret"]) or "",
        )

    def _sealed(self, notice: Notice, field: str, value: str) -> object:
        return self.seal(notice, field, value or None, cohort=notice.person_id, author=notice.person_id)

    def _fresh(self, notice: Notice) -> Document:
        own = {"_id": notice.id, "network": notice.network, "revision": 1}
        return {**own, **self._state(replace(notice, revision=1)), "outbox": [], "requests": [], "heard": []}

    def _insert(self, documents: list[Document]) -> int:
        crash_point("notices.before_write")
        try:
            with reaching():
                self.documents.insert_many(documents, ordered=False)
        except BulkWriteError as error:
            failed = error.details["writeErrors"]
            if any(each["code"] != DUPLICATE_KEY for each in failed):
                raise
            return len(documents) - len(failed)
        finally:
            crash_point("notices.after_write")
        return len(documents)


class MongoPreferences(Aggregates[Preferences]):
    """What people stopped."""

    collection = "preferences"
    kind = "preferences"

    def of_person(self, network: str, person_id: str) -> Preferences:
        """Return a person's preferences, those of everybody while they said nothing."""
        known = self.find_one(network, {"_id": preferences_id(network, person_id)})
        return known or no_preferences(network, person_id)

    def keep(self, preferences: Preferences) -> Preferences:
        """Save them, whether they are the person's first or not."""
        return self.save(preferences) if preferences.revision else self.add(preferences)

    def forget(self, network: str, person_id: str) -> int:
        """Forget what one person stopped; return whether there was something."""
        with reaching():
            return self.documents.delete_many({"network": network, "person_id": person_id}).deleted_count

    def to_document(self, aggregate: Preferences) -> Document:
        return {"person_id": aggregate.person_id, "stopped": list(aggregate.stopped), "shape": 1}

    def to_aggregate(self, document: Document) -> Preferences:
        return Preferences(
            **self.identity(document),
            person_id=document["person_id"],
            stopped=tuple(document["stopped"]),
        )
