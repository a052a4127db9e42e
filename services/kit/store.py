"""Aggregates in MongoDB: one document is the unit of atomicity.

It holds the state, its pending announcements (`outbox`), the requests it answered (`requests`, `answers`),
the events it heard (`heard`) and what is due (`due`), under one `revision`. A save is one write that either
finds the document as it was read, or does nothing (MECHANISMS P3, P4, P5, P7, P8). What the write must record
beside the state, the store learns from the present work (context.py), so use cases stay "get, decide, save".
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any, cast

from pymongo.errors import DuplicateKeyError

from services.contracts.events import Fact
from services.kit import answers, leases, outbox
from services.kit.context import Work, work
from services.kit.crash import crash_point
from services.kit.documents import A, Page
from services.kit.due_entry import Due
from services.kit.envelope import announce
from services.kit.errors import Stale
from services.kit.mongo import Document, reaching
from services.kit.noting import written_note
from services.kit.outcomes import Overtaken
from services.kit.unwritten import OUTBOX_LIMIT, OutboxStuckError, Unwritten

__all__ = ["OUTBOX_LIMIT", "Aggregates", "OutboxStuckError", "Page"]

HEARD_LIMIT = 500
RESERVED = {"_id", "network", "revision", "written_at", "outbox", "told", "requests", "answers", "heard"} | {
    *("due", "next_due_at", "lease_until", "fence", "due_failures")
}


class Aggregates(Unwritten[A]):
    """The aggregates a service owns, in one collection. See `Documents` for what a subclass says."""

    def add(self, aggregate: A, announcing: Iterable[Fact] = (), answering: Any = None) -> A:
        """Insert `aggregate` with its announcements and this request's answer; return it at revision 1.

        Hearing an event or doing due work, an aggregate whose id is already there is returned as it stands:
            the id is the record that this was done (P5 b).

        Raises:
            Answered, Invalid: as `get`, when this request has made an aggregate here before.
            Conflict: a unique index refuses it: that index's own refusal, else code "already-exists".
            SecondWriteError: this ask has written into this collection before; a write is one document.
        """
        after = _at(aggregate, 1)
        record = self._record(after, answering)
        document = {"_id": after.id, "network": after.network, "revision": 1, **self._state(after)}
        document["outbox"], document["told"] = self._telling(after, announcing)
        document["requests"], document["answers"] = answers.kept(record)
        document["heard"], document["written_at"] = [], self.floor.clock.now()
        crash_point("store.before_write")
        try:
            with reaching():
                self.documents.insert_one(document)
        except DuplicateKeyError as error:
            return self._already_there(after, error)
        return self._written(after, record)

    def save(
        self,
        aggregate: A,
        announcing: Iterable[Fact] = (),
        answering: Any = None,
        *,
        repeatable: bool = False,
    ) -> A:
        """Replace the state in one write, guarded by the revision it was read at; return it as saved.

        Hearing an event, an aggregate that this event already changed is returned as it stands.

        Args:
            announcing: facts, oldest first; they are in the same write and go out with the new revision.
            answering: what the use case answers, when that is not the aggregate itself.
            repeatable: the change is itself by version or set, so the event heard needs no record (P5 c).

        Raises:
            Overtaken: somebody saved it since; the door runs the use case again.
            Stale: the caller's If-Match names another state.
            Answered, Invalid: as `get`.
            Conflict: as `add`.
            OutboxStuckError: too many announcements of it are unsent.
            SecondWriteError: as `add`.
        """
        self._compare(aggregate, answering)
        now = work()
        after = _at(aggregate, aggregate.revision + 1)
        facts = list(announcing)
        guard = self._guard(aggregate, now, len(facts), repeatable)
        record = self._record(after, answering)
        update = self._update(after, facts, record, now, repeatable)
        crash_point("store.before_write")
        try:
            with reaching():
                result = self.documents.update_one(guard, update)
        except DuplicateKeyError as error:
            raise self._refusal_of(error) from None
        if not result.matched_count:
            return self._why_not(aggregate, len(facts), repeatable)
        return self._written(after, record)

    def forget_answers(self, network: str, where: Mapping[str, Any]) -> int:
        """Have the recorded answers of documents made anew when asked for again; return how many documents.

        For what was forgotten in them: a repeated request gets the answer as it is now. No revision rises.
        """
        recorded = self._in(network, {**where, "answers.0": {"$exists": True}})
        with reaching():
            return self.documents.update_many(recorded, {"$set": {"answers": []}}).modified_count

    def _written(self, after: A, record: answers.Record | None) -> A:
        crash_point("store.after_write")
        if record is not None:
            answers.note_recorded(self.collection)
        outbox.poke(self.collection)
        soon = self.floor.clock.now() + timedelta(seconds=1)
        if any(each.at <= soon for each in getattr(after, "due", ())):
            leases.wake(self.documents)
        return after

    def _state(self, aggregate: A) -> Document:
        state = self.to_document(aggregate)
        if taken := RESERVED & state.keys():
            raise ValueError(f"{self.collection}: the store itself keeps {sorted(taken)}")
        due: Sequence[Due] = getattr(aggregate, "due", ())
        if due:
            state["due"] = [vars(each) for each in due]
            state["next_due_at"] = min(each.at for each in due)
        return state

    def _guard(self, aggregate: A, now: Work, announced: int, repeatable: bool) -> Document:
        guard: Document = {
            "_id": aggregate.id,
            "network": aggregate.network,
            "revision": aggregate.revision,
            f"outbox.{OUTBOX_LIMIT - announced}": {"$exists": False},
        }
        if now.request is not None:
            guard["requests.key"] = {"$ne": now.request.key}
        if now.event is not None and not repeatable:
            guard["heard.id"] = {"$ne": now.event.event_id}
        if _is_the_due_one(aggregate, now):
            guard["fence"] = now.fence
        return guard

    def _update(
        self, after: A, facts: list[Fact], record: Document | None, now: Work, repeatable: bool
    ) -> Document:
        announcements, told = self._telling(after, facts)
        written = {"revision": after.revision, "written_at": self.floor.clock.now()}
        state = {**written, **self._state(after)}
        state |= {f"told.{kind}": revision for kind, revision in told.items()}
        gone = {} if "next_due_at" in state else {"due": "", "next_due_at": ""}
        if _is_the_due_one(after, now):
            state |= {"lease_until": leases.NEVER, "due_failures": 0}
        push: Document = {"outbox": {"$each": announcements}} if announcements else {}
        requests, answered = answers.kept(record)
        if requests:
            push["requests"] = {"$each": requests, "$slice": -answers.KEPT}
            push["answers"] = {"$each": answered, "$slice": -answers.KEPT_WHOLE}
        if now.event is not None and not repeatable:
            heard = {"id": now.event.event_id, "at": self.floor.clock.now()}
            push["heard"] = {"$each": [heard], "$slice": -HEARD_LIMIT}
        parts = {"$set": state, "$unset": gone, "$push": push}
        return {operator: fields for operator, fields in parts.items() if fields}

    def _telling(self, after: A, facts: Iterable[Fact]) -> tuple[list[Document], dict[str, int]]:
        """Return the outbox entries, and at which revision each kind of fact is told (restating.py)."""
        at, traceparent, facts = self.floor.clock.now(), work().traceparent, list(facts)
        entries = [{"at": at, **vars(announce(fact, after.revision, at, traceparent))} for fact in facts]
        note = written_note(self.kind, after, self.floor.service, at)
        if note is not None:
            entries.append(note)
        return entries, {fact.aggregate: after.revision for fact in facts}

    def _record(self, after: A, answering: Any) -> answers.Record | None:
        now = work()
        if now.request is None or now.present is None:
            return None
        answers.refuse_second(self.collection)
        answer = now.present(after if answering is None else answering)
        key = now.request.key
        author = (now.caller.person_id if now.caller else None) or "shared"
        cohort = getattr(after, "cohort_id", None) or after.id

        def seal(value: Any) -> Any:
            return self.seal(after, f"requests.{key}", value, cohort=cohort, author=author)

        return answers.make_record(now.request, answer, self.floor.clock.now(), seal if self.sealed else None)

    def _compare(self, aggregate: A, answering: Any) -> None:
        now = work()
        if now.if_match in (None, "*") or now.present is None or now.etag is None:
            return
        if answering is not None:
            raise Stale("what is changed here has no state of its own to name")
        with reaching():
            document = self.documents.find_one({"_id": aggregate.id, "revision": aggregate.revision})
        if document is None:
            raise Overtaken
        if now.etag(now.present(self.whole(document))) != now.if_match:
            raise Stale("this has changed since you read it")


def _at(aggregate: A, revision: int) -> A:
    return cast(A, replace(cast(Any, aggregate), revision=revision))


def _is_the_due_one(aggregate: Any, now: Work) -> bool:
    return now.kind == "due" and now.fence is not None and now.document_id == aggregate.id
