"""Dead letters of one service: taken from `dead-<service>` into its database, shown and replayed from there.

Nothing is dropped silently: what could not be heard lies here with its reason, its body sealed (even the
unreadable may hold what a person wrote). Replaying publishes to the listening queue with the same event id;
versions and keys make that harmless when the world has moved on. A forged message is kept as evidence and
never replayed.
"""

import hashlib
import random
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import eventlet
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from nameko.extensions import DependencyProvider
from pymongo import DESCENDING
from pymongo.errors import DuplicateKeyError

from services.contracts.catalogue import HEARINGS
from services.kit import envelope
from services.kit.away import store_is_away
from services.kit.bus import BusDown
from services.kit.confirms import Confirms, Outgoing
from services.kit.crash import crash_point
from services.kit.derive import key_for
from services.kit.doors import ServiceBus, settings_of
from services.kit.errors import Conflict, NotFound
from services.kit.floor import floor_of
from services.kit.hear import OPERATOR
from services.kit.logs import get_logger
from services.kit.mongo import Index, create_indexes
from services.kit.outcomes import Unavailable
from services.kit.putoff import ATTEMPT, ERROR, QUEUE, REASON, SENDER
from services.kit.topology import Queue, declare_queue
from services.kit.wire import Delivery, Wire

log = get_logger()
PREFETCH = 16
OLD = timedelta(days=6)  # what listeners remember of events they heard is trimmed after seven
_INDEXES = (Index("dead_letters_by_time", [("at", -1)]),)
_LONGEST_PAUSE = 5.0
_QUEUE_NAME = re.compile(r"evt-([a-z]+)-[a-z0-9_]+--([a-z]+)\..+")


class DeadLetters:
    """The collection `dead_letters`.

    Args:
        collection: pymongo's.
        secret: of this service; bodies are sealed with a key made from it.
    """

    def __init__(self, collection: Any, secret: str) -> None:
        self._collection = collection
        self._key = AESGCM(key_for(secret, "dead-letters"))

    def prepare(self) -> None:
        """Create the index; repeating changes nothing."""
        create_indexes(self._collection, _INDEXES)

    def keep(self, delivery: Delivery, service: str) -> None:
        """Keep one message; keeping the same one again changes nothing."""
        letter = _letter(delivery, service)
        letter["body"] = self._seal(letter["_id"], delivery.body)
        try:
            self._collection.insert_one(letter)
        except DuplicateKeyError:
            return

    def listing(self, limit: int = 50, after: str | None = None, queue: str | None = None) -> dict[str, Any]:
        """Return `{"data": […], "next": id or None}`, newest first, without bodies."""
        where: dict[str, Any] = {"queue": queue} if queue else {}
        if after is not None:
            edge = self._one(after)
            where["$or"] = [{"at": {"$lt": edge["at"]}}, {"at": edge["at"], "_id": {"$gt": after}}]
        found = (
            self._collection.find(where, {"body": 0}).sort([("at", DESCENDING), ("_id", 1)]).limit(limit + 1)
        )
        letters = [_shown(letter) for letter in found]
        return {"data": letters[:limit], "next": letters[limit - 1]["id"] if len(letters) > limit else None}

    def show(self, id: str, *, reveal: bool = False) -> dict[str, Any]:
        """Return one letter; with its body as text when `reveal`. NotFound when there is none."""
        letter = self._one(id)
        shown = _shown(letter)
        if reveal:
            shown["body"] = self._open(letter).decode("utf-8", "replace")
        return shown

    def outgoing(self, id: str, service: str, *, force: bool = False) -> Outgoing:
        """Return the message that replays a letter.

        Raises:
            NotFound: no such letter.
            Conflict: it came from somebody who may not send it (code "forged"), or it is older than what
                listeners remember and not `force` (code "too-old").
        """
        letter = self._one(id)
        if not _genuine(letter, service):
            raise Conflict("this message came from somebody who may not send it", code="forged")
        if not force and _is_old(letter):
            raise Conflict("listeners no longer remember whether they heard this; force it", code="too-old")
        headers = {ATTEMPT: 0}
        return Outgoing(letter["message_id"], "", letter["queue"], self._open(letter), headers=headers)

    def replayed(self, id: str, at: datetime) -> None:
        """Note that a letter was given to its listener again."""
        self._collection.update_one({"_id": id}, {"$set": {"replayed_at": at}, "$inc": {"replays": 1}})

    def drop(self, id: str) -> None:
        """Forget a letter for good."""
        self._collection.delete_one({"_id": id})

    def count(self) -> int:
        """Return how many wait for somebody's decision."""
        return int(self._collection.count_documents({"replayed_at": None}))

    def _one(self, id: str) -> dict[str, Any]:
        letter: dict[str, Any] | None = self._collection.find_one({"_id": id})
        if letter is None:
            raise NotFound("there is no such dead letter")
        return letter

    def _seal(self, id: str, body: bytes) -> bytes:
        nonce = random.SystemRandom().randbytes(12)
        return nonce + self._key.encrypt(nonce, body, id.encode())

    def _open(self, letter: dict[str, Any]) -> bytes:
        sealed = bytes(letter["body"])
        return self._key.decrypt(sealed[:12], sealed[12:], letter["_id"].encode())


class DeadLettering(DependencyProvider):
    """Takes dead letters from the service's queue and replays them on demand."""

    carrier = ServiceBus()

    def setup(self) -> None:
        settings = settings_of(self)
        self.service = settings.service
        self.floor = floor_of(settings)
        self.letters = DeadLetters(self.floor.database["dead_letters"], settings.secret("etag_key"))
        self.letters.prepare()
        self._confirms = Confirms(self.carrier.bus)
        self.carrier.bus.on_up(self._open)

    def get_dependency(self, worker_ctx: Any) -> "DeadLettering":
        return self

    def replay(self, id: str, *, force: bool = False) -> None:
        """Give one letter to its listener again.

        Raises:
            NotFound, Conflict: as DeadLetters.outgoing.
            Unavailable: the broker did not take it.
        """
        outgoing = self.letters.outgoing(id, self.service, force=force)
        try:
            published = self._confirms.publish([outgoing])
        except BusDown:
            raise Unavailable("no connection to the broker") from None
        if not published.confirmed:
            raise Unavailable("the listening queue did not take it")
        self.letters.replayed(id, datetime.now(UTC))

    def _open(self, wire: Wire) -> None:
        queue = f"dead-{self.service}"
        channel = wire.channel()
        declare_queue(channel, Queue(queue))
        channel.basic_qos(0, PREFETCH, False)
        wire.consume(channel, queue, queue, lambda each: eventlet.spawn(self._keep, each), no_ack=False)

    def _keep(self, delivery: Delivery) -> None:
        pause = 0.2
        while True:
            try:
                crash_point("deadletters.before_write")
                self.letters.keep(delivery, self.service)
                crash_point("deadletters.after_write")
                return delivery.ack()
            except Exception as fault:  # a dead letter that cannot be kept waits at the broker
                name = "store_away" if store_is_away(fault) else "dead_letter_not_kept"
                log.error(name, exc_info=fault)
            eventlet.sleep(pause * random.uniform(0.5, 1.5))  # noqa: S311 - jitter, no secret
            pause = min(pause * 2, _LONGEST_PAUSE)


def _letter(delivery: Delivery, service: str) -> dict[str, Any]:
    headers, user = delivery.headers, str(delivery.properties.get("user_id", ""))
    ours = user == service and QUEUE in headers
    death = {} if ours else _death(headers)
    queue = str(headers.get(QUEUE) if ours else death.get("queue", ""))
    message_id = str(delivery.properties.get("message_id", ""))
    letter: dict[str, Any] = {
        "queue": queue,
        "reason": str(headers.get(REASON, "") if ours else death.get("reason", "unknown")),
        "error": str(headers.get(ERROR, "")) if ours else "",
        "attempts": headers.get(ATTEMPT) if ours and isinstance(headers.get(ATTEMPT), int) else 0,
        "sender": str(headers.get(SENDER, "")) if ours else user,
        "message_id": message_id,
        "at": datetime.now(UTC),
        "replayed_at": None,
        "replays": 0,
        **_about(delivery.body),
    }
    told = [queue, message_id, str(letter["attempts"]), str(death.get("time", "")), letter["reason"]]
    letter["_id"] = "ddl_" + hashlib.sha256("|".join(told).encode() + delivery.body).hexdigest()[:32]
    return letter


def _death(headers: dict[str, Any]) -> dict[str, Any]:
    deaths = headers.get("x-death")
    first = deaths[0] if isinstance(deaths, list) and deaths else {}
    return first if isinstance(first, dict) else {}


def _about(raw: bytes) -> dict[str, Any]:
    """What can be said of the event without its data; nothing when it cannot be read."""
    try:
        heard = envelope.heard(envelope.decode(raw))
    except envelope.BadEnvelope:
        return {"event_id": None, "type": None, "subject": None, "network": None, "time": None}
    return {
        "event_id": heard.event_id,
        "type": heard.type,
        "subject": heard.subject,
        "network": heard.network,
        "time": heard.time,
    }


def _shown(letter: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": letter["_id"],
        **{name: value for name, value in letter.items() if name not in ("_id", "body")},
    }


def _genuine(letter: dict[str, Any], service: str) -> bool:
    """Only what its queue's source, we ourselves or the operator sent may be given to a listener again."""
    named = _QUEUE_NAME.fullmatch(letter["queue"])
    if named is None or named[2] != service:
        return False
    return letter["sender"] in (named[1], service, OPERATOR)


def _is_old(letter: dict[str, Any]) -> bool:
    copies = {hearing.queue for hearing in HEARINGS if hearing.bulk}
    at = letter["time"] or letter["at"]
    return letter["queue"] not in copies and datetime.now(UTC) - at > OLD
