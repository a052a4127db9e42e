"""The collection of dead letters of one service: kept once, sealed, listed, and made fit to be replayed."""

import hashlib
import re
import secrets
from datetime import UTC, datetime, timedelta
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from pymongo import DESCENDING
from pymongo.errors import DuplicateKeyError

from services.contracts.catalogue import HEARINGS
from services.kit import envelope
from services.kit.confirms import Outgoing
from services.kit.derive import key_for
from services.kit.errors import Conflict, NotFound
from services.kit.hear import OPERATOR
from services.kit.logs import get_logger
from services.kit.mongo import Index, create_indexes
from services.kit.putoff import ATTEMPT, ERROR, QUEUE, REASON, SENDER
from services.kit.wire import Delivery

log = get_logger()
OLD = timedelta(days=6)  # what listeners remember of events they heard is trimmed after seven
_INDEXES = (Index("dead_letters_by_time", [("at", -1)]),)
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
        """Keep one message; keeping the same one again changes nothing.

        What names somebody forgotten is not kept: their state was told again since, without them.
        """
        letter = _letter(delivery, service)
        if self._is_of_the_forgotten(letter["network"], delivery.body):
            log.warning("letter_of_the_forgotten", queue=letter["queue"], type=letter["type"])
            return
        letter["body"] = self._seal(letter["_id"], delivery.body)
        try:
            self._collection.insert_one(letter)
        except DuplicateKeyError:
            return

    def drop_about(self, network: str, name: str) -> int:
        """Forget every letter of `network`, or of nobody knows which, that holds `name`; return how many."""
        wanted, dropped = name.encode(), 0
        for letter in self._collection.find({"network": {"$in": [network, None]}}):
            if wanted in self._open(letter):
                self.drop(letter["_id"])
                dropped += 1
        return dropped

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

    def _is_of_the_forgotten(self, network: str | None, body: bytes) -> bool:
        within = {} if network is None else {"network": network}
        found = self._collection.database["forgotten"].find(within, {"author": 1})
        return any(each["author"].encode() in body for each in found)

    def _one(self, id: str) -> dict[str, Any]:
        letter: dict[str, Any] | None = self._collection.find_one({"_id": id})
        if letter is None:
            raise NotFound("there is no such dead letter")
        return letter

    def _seal(self, id: str, body: bytes) -> bytes:
        nonce = secrets.token_bytes(12)
        return nonce + self._key.encrypt(nonce, body, id.encode())

    def _open(self, letter: dict[str, Any]) -> bytes:
        sealed = bytes(letter["body"])
        return self._key.decrypt(sealed[:12], sealed[12:], letter["_id"].encode())


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
