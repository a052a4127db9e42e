"""The relay when the store fails while outboxes are being read."""

import eventlet
import pytest
from pymongo.errors import AutoReconnect

from services.kit.outbox import Outbox
from services.kit.relay import Relay
from services.kit.wire import Broker


class FailingReads:
    """A collection that gives one document and then loses its connection."""

    def find(self, *_):
        return self

    def sort(self, *_):
        return self

    def batch_size(self, _):
        return self

    def __iter__(self):
        yield {"_id": "ses_1", "outbox": []}
        raise AutoReconnect("the connection fell")


@pytest.mark.parametrize("part", ["relay_fresh", "relay_left"])
def test_a_store_that_fails_while_being_read_ends_the_pass_instead_of_the_relay(part):
    relay = Relay(Broker("127.0.0.1", 1, "nowhere", "sessions", "none"), "sessions")
    outbox = Outbox("test_sessions", "sessions", "sessions", FailingReads())

    with eventlet.Timeout(5, AssertionError("the relay waits for ever")), pytest.raises(AutoReconnect):
        getattr(relay, part)(outbox)
