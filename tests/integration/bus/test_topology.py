"""The migrate step at the broker: repeatable, and nothing that still holds messages is thrown away."""

from services.kit import topology as kit
from tests.builders import brokers
from tests.builders.houses import eventually

OLD = "evt-membership-cohort_formed--sessions.on_something_older"


def test_applying_it_again_changes_nothing(topology):
    assert kit.apply_topology(topology) == []


def test_a_retired_queue_is_unbound_first_and_deleted_when_it_is_empty(topology, monkeypatch):
    monkeypatch.setattr(kit, "RETIRED", (OLD,))
    with brokers.signed_in("migrate") as channel:
        channel.queue_delete(OLD)
        kit.declare_queue(channel, kit.Queue(OLD))
        channel.queue_bind(OLD, "membership.events", "cohort_formed")
    brokers.publish("membership", "membership.events", "cohort_formed", b"the last one")

    assert kit.apply_topology(topology) == [OLD]
    brokers.publish("membership", "membership.events", "cohort_formed", b"no longer heard")
    assert brokers.take(OLD).body == b"the last one"
    eventually(lambda: kit.apply_topology(topology) == [])
    assert not _exists(OLD)


def _exists(queue):
    try:
        brokers.depth(queue)
    except brokers.amqp.exceptions.NotFound:
        return False
    return True
