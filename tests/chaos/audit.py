"""What must hold once everything has settled, read from the databases, the mail catcher and the witness.

`Audit.look()` returns findings: "pending" ones may still settle, "broken" ones are final.
"""

import json
import time
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime

from deploy.tools.story.mails import Mails
from services.contracts.catalogue import SOURCES
from services.contracts.schemas import fact_type
from services.kit.copies import singular
from services.kit.leases import NEVER

PREFIX = "ct_"
PLANTED = "poison-"  # how the message ids of planted poison begin
UNTOLD = frozenset({"sign_in_link", "audit_note"})  # gone once used; kept in the trail


@dataclass(frozen=True)
class Finding:
    """`is_final`: waiting does not mend it."""

    what: str
    is_final: bool = False


class Audit:
    """Looks at one stack.

    Args:
        recorder: the witness, bound before the first network was made.
    """

    def __init__(self, stack, recorder):
        self._stack, self.recorder = stack, recorder
        self._mongo = stack.database.client("migrate")
        self._names = {}  # service -> its collections, which are all there once it was migrated
        self.mails = Mails(stack.mail_url)
        self.mails._before = 0

    def close(self):
        self._mongo.close()
        self.recorder.close()

    def database(self, service):
        return self._mongo[f"{PREFIX}{service}"]

    def settle(self, more=lambda: [], seconds=300.0, whole=True):
        """Wait until nothing is pending; return what stays wrong.

        Args:
            more: further findings of the caller's.
            whole: look at everything; False: only at what one crash can touch, for a sweep's many rounds.
        """
        deadline = time.monotonic() + seconds
        while True:
            self.recorder.read()
            found = more() or (self.look() if whole else self.look_quickly())
            if not found or any(each.is_final for each in found) or time.monotonic() > deadline:
                return found
            time.sleep(0.1)

    def look_quickly(self):
        return [*self._announced_twice(), *self._outboxes()] or list(self._copies())

    def look(self):
        parts = (
            self._outboxes,
            self._due,
            self._announced_twice,
            self._told,
            self._copies,
            self._notices,
            self._mails,
            self._noted,
        )
        return [finding for part in parts for finding in part()] + self._dead()

    def let_time_pass(self, service):
        """Let a dead process's leases run out, and what it was sending come round. Only while it is dead."""
        now = datetime.now(UTC)
        database = self.database("membership" if service == "formation_worker" else service)
        for name in self._own(database.name.removeprefix(PREFIX)):
            database[name].update_many({"lease_until": {"$gt": now}}, {"$set": {"lease_until": NEVER}})
        if service == "notifications":
            database["notices"].update_many({"state": "sending"}, {"$set": {"next_due_at": now}})

    def _collections(self, service):
        if service not in self._names:
            self._names[service] = self.database(service).list_collection_names()
        return self._names[service]

    def _own(self, service):
        foreign = ("copied_", "dead_letters", "system.")
        return [name for name in self._collections(service) if not name.startswith(foreign)]

    def doubled_mails(self):
        """Return how many mails came more than once under their Message-ID."""
        counts = Counter(mail["message_id"] for mail in self.mails.since())
        return sum(count - 1 for count in counts.values())

    def dead_letters(self):
        """Yield (service, letter) of all."""
        for service in SOURCES:
            for letter in self.database(service)["dead_letters"].find():
                yield service, letter

    def _outboxes(self):
        for service in SOURCES:
            for name in self._own(service):
                if self.database(service)[name].find_one({"outbox.at": {"$exists": True}}, {"_id": 1}):
                    yield Finding(f"unsent announcements in {service}.{name}")

    def _due(self):
        for service in SOURCES:
            for name in self._own(service):
                late = {"next_due_at": {"$lte": datetime.now(UTC)}}
                if self.database(service)[name].find_one(late, {"_id": 1}):
                    yield Finding(f"due work left in {service}.{name}")
        if self.database("notifications")["notices"].find_one({"state": "sending"}):
            yield Finding("notices still being sent")

    def _announced_twice(self):
        for said, count in self.recorder.twice.items():
            yield Finding(f"announced {count} times: {said}", is_final=True)

    def _told(self):
        """The witness heard the last word of every document, and none of a write that is not there."""
        for service in SOURCES:
            held = {}
            for name in self._own(service):
                for document in self.database(service)[name].find(
                    {"told": {"$exists": True}}, {"told": 1, "revision": 1}
                ):
                    held[document["_id"]] = document
            yield from self._untold(service, held)
            yield from self._made_up(service, held)

    def _untold(self, service, held):
        for name, document in held.items():
            heard = {
                (fact_type(e.type).aggregate, e.sequence) for e in self.recorder.histories[service, name]
            }
            for kind, version in document["told"].items():
                if (kind, version) not in heard and kind not in UNTOLD:
                    yield Finding(f"never heard of {service} {kind} {name} at {version}")

    def _made_up(self, service, held):
        for (source, subject), events in self.recorder.histories.items():
            document = held.get(subject)
            if source != service or not events or fact_type(events[0].type).aggregate in UNTOLD:
                continue
            if document is None or document["revision"] < max(event.sequence for event in events):
                yield Finding(f"announced but not there: {source} {events[0].type} {subject}", is_final=True)

    def _copies(self):
        owned = defaultdict(dict)
        for service in SOURCES:
            for name in self._own(service):
                for document in self.database(service)[name].find({"told": {"$exists": True}}, {"told": 1}):
                    for kind, version in document["told"].items():
                        owned[kind][document["_id"]] = version
        for service in SOURCES:
            database = self.database(service)
            for name in self._collections(service):
                if name.startswith("copied_"):
                    held = {each["_id"]: each["version"] for each in database[name].find({}, {"version": 1})}
                    if held != owned[singular(name.removeprefix("copied_"))]:
                        yield Finding(f"{service}.{name} is not as its owner says")

    def _notices(self):
        keys, causes = set(), Counter()
        for notice in self.database("notifications")["notices"].find(
            {}, {"key": 1, "person_id": 1, "kind": 1, "about": 1}
        ):
            keys.add(notice["key"])
            if notice["about"]:
                causes[notice["person_id"], notice["kind"], json.dumps(notice["about"], sort_keys=True)] += 1
        for cause, count in causes.items():
            if count > 1:
                yield Finding(f"{count} notices of {cause}", is_final=True)
        for key in self._wanted_notices():
            if key not in keys:
                yield Finding(f"no notice {key}")

    def _wanted_notices(self):
        people = {
            each["_id"]: [one["person_id"] for one in [*each["roster"], *each["facilitators"]]]
            for each in self.database("membership")["cohorts"].find({}, {"roster": 1, "facilitators": 1})
        }
        for slot in self.database("scheduling")["slots"].find({"starts_at": {"$gt": datetime.now(UTC)}}):
            for person in people.get(slot["cohort_id"], ()):
                yield f"slot:{slot['_id']}:{slot['sequence']}:{person}"
        for event in self.recorder.of_type("capsule_published"):
            for person in event.data["invited"]:
                yield f"capsule:{event.subject}:{person}"

    def _mails(self):
        sent = self._notice_states()  # before the mails: what is sent meanwhile has a mail that came
        came = {mail["message_id"].strip("<>").partition("@")[0] for mail in self.mails.since()}
        for name in came - self._notice_states().keys():
            yield Finding(f"a mail without a notice: {name}", is_final=True)
        for name, state in sent.items():
            if state == "sent" and name not in came:
                yield Finding(f"notice {name} is sent and no mail came", is_final=True)
            if state == "failed":
                yield Finding(f"notice {name} failed", is_final=True)

    def _notice_states(self):
        notices = self.database("notifications")["notices"]
        return {each["_id"]: each["state"] for each in notices.find({}, {"state": 1})}

    def _noted(self):
        """Every note that was announced has its place in the audit trail."""
        entries = self.database("membership")["audit_entries"].find({}, {"is_waiting": 1})
        waits = {each["_id"]: each.get("is_waiting", False) for each in entries}
        for event in self.recorder.of_type("audit_noted"):
            if waits.get(event.subject, True):
                yield Finding(f"a note without its place in the trail: {event.subject}")

    def _dead(self):
        return [
            Finding(
                f"dead letter in {service}: {letter['reason']} {letter['error']} {letter['queue']}",
                is_final=True,
            )
            for service, letter in self.dead_letters()
            if not letter["message_id"].startswith(PLANTED)
        ]
