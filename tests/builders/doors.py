"""One service's doors answered in the test's own process, over a database of its own: all but the broker.

house = House(MembershipService, floor)
house.ask("show_me", caller=signed_in())
"""

import time
from types import SimpleNamespace
from weakref import WeakKeyDictionary

from services.contracts.caller import Caller
from services.kit.ask import Ask
from services.kit.asks import Reply
from services.kit.askwire import Request, pack, pack_request, read_request, unpack
from services.kit.carry import Terms, loader, presenter
from services.kit.context import RequestKey
from services.kit.derive import etag
from services.kit.floor import Provided, prepare
from services.kit.noting import Notes, Noting
from services.kit.outcomes import RemoteRefusal

ETAG_SECRET = "e" * 32


_PREPARED = WeakKeyDictionary()  # client -> {(database, store)} whose indexes were made in this run


class Failed(Exception):
    """The door answered neither yes nor no: "fault", "late", "away" or "overloaded"."""


class House:
    """A service whose stores stand on `floor`; `stores` replaces some of them."""

    def __init__(self, service, floor, **stores):
        self.service = service()
        self._notes = Notes(floor)
        self._prepare_once(floor, "notes", self._notes)
        for name in dir(service):
            provider = getattr(service, name)
            if isinstance(provider, Provided) and name not in stores:
                value = provider.make(floor)
                self._prepare_once(floor, name, value)
                setattr(self.service, name, value)
        for name, store in stores.items():
            setattr(self.service, name, store)

    def _prepare_once(self, floor, name, store):
        done = _PREPARED.setdefault(floor.client, set())
        if (floor.database.name, name) not in done:
            prepare(store)
            done.add((floor.database.name, name))

    def ask(self, name, caller=None, key=None, body="", if_match=None, **payload):
        """Return the answer, after the same trip over the wire. Raises: RemoteRefusal, Failed."""
        return self.reply(name, caller, key, body, if_match, **payload)["answer"]

    def reply(self, name, caller=None, key=None, body="", if_match=None, **payload):
        """Like `ask`, with `etag` and `replayed` beside the answer."""
        asked = Request(name, payload, caller or Caller(), key and RequestKey(key, body), if_match)
        method = getattr(self.service, name)
        (door,) = (each for each in method.__func__.nameko_entrypoints if isinstance(each, Ask))
        noting = Noting.of(self.service.name, name)
        terms = Terms(
            name, loader(door.schema), presenter(door.answer), _tag, door.write, noting, self._notes
        )
        task = SimpleNamespace(
            request=read_request(pack_request(asked)),
            door=SimpleNamespace(terms=terms),
            deadline=time.monotonic() + 10,
        )
        found = unpack(pack(method(task)))
        if "refused" in found:
            raise RemoteRefusal(**found["refused"])
        if "failed" in found:
            raise Failed(found["failed"])
        return found


def _tag(answer):
    return etag(ETAG_SECRET, answer)


class HouseAsks:
    """The client of the kit for a gateway before one house; `asks` of other services are unknown here."""

    def __init__(self, house):
        self._house = house

    def ask(self, service, name, payload, caller, *, key=None, if_match=None, **_):
        reply = self._house.reply(name, caller, key and key.key, key and key.body_hash, if_match, **payload)
        return Reply(reply["answer"], reply["etag"], reply["replayed"])
