"""Notes for the audit trail: which ask leaves one is a table (contracts/noted_asks.py), how is settled here.

A write's note is an announcement in the same document, so neither is there without the other. A read's note
is a document of its own, saved before the answer goes out; without it there is no answer.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from services.contracts import noted_asks
from services.contracts.audit import INSTALLATION, PRESENT, STAFF_ROLES, Noted
from services.contracts.caller import Caller
from services.contracts.events.audit import AuditNoted
from services.kit import outbox
from services.kit.context import work
from services.kit.envelope import announce
from services.kit.floor import Floor
from services.kit.ids import derived_id, new_id
from services.kit.mongo import Document, Index, create_indexes, reaching

MOST_IDS = 1_000
KEPT = timedelta(days=30)


@dataclass(frozen=True)
class Noting:
    """The notes one ask leaves; each None where it leaves none of that kind."""

    write: Noted | None = None
    read: Noted | None = None
    refused: Noted | None = None

    @classmethod
    def of(cls, service: str, ask: str) -> "Noting":
        """Return what the table says of an ask."""
        tables = (noted_asks.WRITES, noted_asks.READS, noted_asks.REFUSED)
        return cls(*(table.get(service, {}).get(ask) for table in tables))

    @property
    def needs_store(self) -> bool:
        """True where notes are saved apart from what the ask writes."""
        return self.read is not None or self.refused is not None


NO_NOTES = Noting()


class Notes:
    """Notes that no other document carries: one document each, forgotten a month after they were told."""

    collection = "notes"

    def __init__(self, floor: Floor) -> None:
        self.floor = floor
        self.documents = floor.database[self.collection]
        outbox.register(outbox.Outbox(floor.database.name, self.collection, floor.service, self.documents))

    def prepare(self) -> None:
        """Create the indexes; repeating changes nothing."""
        indexes = (
            Index("unsent_outbox", [("outbox.at", 1)], sparse=True),
            Index("forgotten_notes", [("forget_at", 1)], expire_seconds=0),
        )
        create_indexes(self.documents, indexes)

    def put(self, noted: Noted, caller: Caller, shown: Any, *, network: str = "") -> None:
        """Save a note about what is to be shown, or was refused; nothing where none is due."""
        at = self.floor.clock.now()
        network = network or caller.network or _network_of(shown) or INSTALLATION
        fact = _note(noted, caller, shown, network, new_id("aud"), at)
        if fact is None:
            return
        entry = {"at": at, **vars(announce(fact, 1, at, work().traceparent, source=self.floor.service))}
        document = {"network": network, "revision": 1, "outbox": [entry], "forget_at": at + KEPT}
        with reaching():
            self.documents.insert_one({"_id": fact.note_id, **document})
        outbox.poke(self.collection)


def written_note(store_kind: str, aggregate: Any, service: str, at: datetime) -> Document | None:
    """Return the outbox entry of the note that the present ask owes for writing `aggregate`, if any."""
    now = work()
    noted = now.noted
    if noted is None or noted.of not in ("", store_kind):
        return None
    caller = now.caller or Caller()
    network = aggregate.network
    if network in (None, "", INSTALLATION):
        network = caller.network or INSTALLATION
    key = now.request.key if now.request else ""
    note_id = derived_id("aud", key, noted.kind, aggregate.id) if key else new_id("aud")
    fact = _note(noted, caller, aggregate, network, note_id, at)
    if fact is None:
        return None
    return {"at": at, **vars(announce(fact, aggregate.revision, at, now.traceparent, source=service))}


def _note(
    noted: Noted, caller: Caller, about: Any, network: str, note_id: str, at: datetime
) -> AuditNoted | None:
    if not _is_due(noted, caller, about):
        return None
    own_id = [] if isinstance(about, Mapping) else [getattr(about, "id", None)]
    named = [found for path in noted.about for found in _at(about, path)]
    ids = [each for each in (*own_id, *named) if isinstance(each, str) and each]
    actor_kind, actor = _actor(noted, caller, about)
    return AuditNoted(
        network=network,
        note_id=note_id,
        kind=noted.kind,
        at=at,
        actor_kind=actor_kind,
        actor_id=actor,
        about=tuple(dict.fromkeys(ids))[:MOST_IDS],
        word=str(next(_at(about, noted.word), "") or "") if noted.word else "",
        request_id=work().request_id,
    )


def _is_due(noted: Noted, caller: Caller, about: Any) -> bool:
    if noted.who == "staff" and caller.kind == "person" and caller.roles.isdisjoint(STAFF_ROLES):
        return False
    if noted.only is not None and not _holds(about, *noted.only):
        return False
    among = {person for path in noted.unless_among for person in _at(about, path)}
    return caller.person_id is None or caller.person_id not in among


def _holds(about: Any, path: str, value: object) -> bool:
    found = next(_at(about, path), None)
    return found is not None if value == PRESENT else found == value


def _actor(noted: Noted, caller: Caller, about: Any) -> tuple[str, str | None]:
    if noted.actor and caller.kind == "anonymous":
        found = next(_at(about, noted.actor), None)
        return ("person", str(found)) if found else ("anonymous", None)
    return caller.kind, caller.person_id or caller.client_id


def _network_of(shown: Any) -> str:
    """Return the network that what the operator reads belongs to."""
    found = next(_at(shown, "network"), None)
    return found if isinstance(found, str) else ""


def _at(thing: Any, path: str) -> Iterator[Any]:
    """Yield what stands at `path` ("roster[].person_id") of an aggregate or an answer."""
    name, _, rest = path.partition(".")
    plain = name.removesuffix("[]")
    found = thing.get(plain) if isinstance(thing, Mapping) else getattr(thing, plain, None)
    if found is None:
        return
    for each in found if name.endswith("[]") else (found,):
        if rest:
            yield from _at(each, rest)
        else:
            yield each
