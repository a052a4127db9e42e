"""What every service has beside its own doors: relay, health port, dead letters and the operator's asks.

`operated(Service)` is the service with all that. The asks begin with an underscore and only the operator may
ask them; `commonthread` on the command line is what does.
"""

from datetime import UTC, datetime
from typing import Any

from marshmallow import Schema, fields, validate

from services.kit import restating
from services.kit.ask import ask
from services.kit.deadletters import DeadLettering
from services.kit.doors import settings_of
from services.kit.floor import floor_of
from services.kit.health import Health
from services.kit.keychecks import KeyOperations, keys_open
from services.kit.outbox import OUTBOXES
from services.kit.relay import Relaying

MOST = 100


class _Page(Schema):
    limit = fields.Integer(load_default=50, validate=validate.Range(1, MOST))
    after = fields.String(load_default=None, allow_none=True)


class ListDeadLetters(_Page):
    """`queue`: only of this listener."""

    queue = fields.String(load_default=None, allow_none=True)


class ShowDeadLetter(Schema):
    """`reveal`: the body, too; it may hold what a person wrote."""

    id = fields.String(required=True)
    reveal = fields.Boolean(load_default=False)


class ReplayDeadLetter(Schema):
    """`force`: although it is older than what listeners remember."""

    id = fields.String(required=True)
    force = fields.Boolean(load_default=False)


class Restate(Schema):
    """One part of restating: `after` is the `next` of the part before; `kind` "cohort", None for all.

    `since`: aware time; only what was written since, None for all.
    """

    kind = fields.String(load_default=None, allow_none=True)
    after = fields.String(load_default=None, allow_none=True)
    batch = fields.Integer(load_default=200, validate=validate.Range(1, 500))
    since = fields.AwareDateTime(load_default=None, allow_none=True, format="iso")


class ServiceHealth(Health):
    """Ready when the broker and the store are there, and every line of the key file opens what it wrapped."""

    def setup(self) -> None:
        super().setup()
        floor = floor_of(settings_of(self))
        self.readiness.depends_on("store", lambda: bool(floor.client.admin.command("ping")))
        self.readiness.depends_on("keys", lambda: keys_open(floor))


class Operations(KeyOperations):
    """Mixed into a service by `operated`."""

    relaying = Relaying()
    health = ServiceHealth()
    dead_lettering = DeadLettering()

    @ask(operator=True, write=False)
    def _status(self, _nothing: Any) -> dict[str, Any]:
        letters = self.dead_lettering
        return {
            "service": letters.service,
            "now": datetime.now(UTC),
            "dependencies": self.health.look(),
            "relay_up": self.relaying.bus.is_up,
            "waiting": {box.name: _waiting(box.collection) for box in OUTBOXES.values()},
            "dead_letters": letters.letters.count(),
        }

    @ask(_Page, operator=True, write=False)
    def _outbox(self, page: dict[str, Any]) -> dict[str, Any]:
        waiting = [entry for box in OUTBOXES.values() for entry in _entries(box, page["limit"])]
        return {"data": sorted(waiting, key=lambda entry: entry["at"])[: page["limit"]]}

    @ask(ListDeadLetters, operator=True, write=False)
    def _dead_letters(self, page: dict[str, Any]) -> dict[str, Any]:
        return self.dead_lettering.letters.listing(**page)

    @ask(ShowDeadLetter, operator=True, write=False)
    def _dead_letter_show(self, which: dict[str, Any]) -> dict[str, Any]:
        return self.dead_lettering.letters.show(which["id"], reveal=which["reveal"])

    @ask(ReplayDeadLetter, operator=True)
    def _dead_letter_replay(self, which: dict[str, Any]) -> dict[str, Any]:
        self.dead_lettering.replay(which["id"], force=which["force"])
        return {"id": which["id"]}

    @ask(Restate, operator=True)
    def _restate(self, part: dict[str, Any]) -> dict[str, Any]:
        counts, following = restating.restate(self.dead_lettering.floor, **part)
        return {"counts": counts, "next": following}

    @ask(operator=True, write=False)
    def _hashes(self, _nothing: Any) -> dict[str, Any]:
        floor = self.dead_lettering.floor
        return {"owned": restating.owned(floor), "copied": restating.copied(floor)}


def operated(service: Any) -> type:
    """Return `service` with relay, health port, dead letters and the operator's asks."""
    return type(service.__name__, (service, Operations), {"__doc__": service.__doc__, "name": service.name})


def _waiting(collection: Any) -> int:
    return int(collection.count_documents({"outbox.at": {"$exists": True}}, limit=10_000))


def _entries(box: Any, limit: int) -> list[dict[str, Any]]:
    found = box.collection.find({"outbox.at": {"$exists": True}}, {"outbox": 1}).limit(limit)
    return [
        {"collection": box.name, "id": entry["id"], "type": entry["routing_key"], "at": entry["at"]}
        for document in found
        for entry in document["outbox"]
    ]
