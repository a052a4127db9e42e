"""The stores over memory: the same adapter classes, the same rules, no MongoDB.

sessions = faked(MongoSessions)
sessions.add(a_session())
"""

from tests.builders.floors import a_floor
from tests.fakes.collection import FakeClient


def fake_floor(service="sessions", clock=None, secrets=None):
    """Return a floor whose database lives in memory; give `secrets` (a directory) where text is sealed."""
    return a_floor(service, client=FakeClient(), clock=clock, secrets=secrets)


def faked(adapter, floor=None):
    """Return `adapter` (an `Aggregates` or `Copies` class) over memory, its indexes made."""
    store = adapter(floor or fake_floor())
    store.prepare()
    return store
