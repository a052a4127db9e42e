"""The stores over memory: the same adapter classes, the same rules, no MongoDB.

sessions = faked(MongoSessions)
sessions.add(a_session())
"""

from itertools import count

from tests.builders.floors import a_floor
from tests.fakes.collection import FakeClient

_numbers = count(1)


def fake_floor(service="sessions", clock=None, secrets=None):
    """Return a floor whose database lives in memory; give `secrets` (a directory) where text is sealed.

    Each has a name of its own: stores are known to their process by it.
    """
    prefix = f"fake{next(_numbers)}_"
    return a_floor(service, client=FakeClient(), clock=clock, secrets=secrets, prefix=prefix)


def faked(adapter, floor=None):
    """Return `adapter` (an `Aggregates` or `Copies` class) over memory, its indexes made."""
    store = adapter(floor or fake_floor())
    store.prepare()
    return store
