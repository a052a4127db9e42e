import base64
import hashlib
import re

import pytest

from services.contracts.catalogue import HEARINGS, SOURCES, Hearing
from services.kit import access, topology


def test_every_hearing_has_its_queue_and_a_binding_for_each_of_its_types():
    bound = {(binding.queue, binding.routing_key) for binding in topology.bindings()}

    for hearing in HEARINGS:
        assert {(hearing.queue, name) for name in hearing.types} <= bound


def test_restatements_reach_whoever_hears_their_aggregate():
    keys = {
        binding.routing_key
        for binding in topology.bindings_of(Hearing("membership", ("member_left",), "x", "y"))
    }

    assert keys == {"member_left", "cohort_restated"}


def test_every_queue_and_exchange_is_declared_once_and_every_binding_has_both():
    queues = [queue.name for queue in topology.queues()]
    exchanges = [exchange.name for exchange in topology.exchanges()]

    assert len(set(queues)) == len(queues)
    assert len(set(exchanges)) == len(exchanges)
    assert {binding.queue for binding in topology.bindings() if not binding.onward} <= set(queues)
    assert {binding.queue for binding in topology.bindings() if binding.onward} <= set(exchanges)
    assert {binding.exchange for binding in topology.bindings()} <= set(exchanges)


def test_nothing_swallows_what_no_queue_takes():
    """An alternate exchange would silence `mandatory` (FACTS 21)."""
    definitions = access.definitions("v", dict.fromkeys(access.USERS, "p"))

    assert "alternate-exchange" not in str(definitions)


@pytest.mark.parametrize("hearing", HEARINGS, ids=lambda hearing: hearing.queue)
def test_exactly_one_policy_gives_each_event_queue_its_limit_and_dead_letters(hearing):
    definitions = access.definitions("v", dict.fromkeys(access.USERS, "p"))
    fitting = [
        each["definition"] for each in definitions["policies"] if re.search(each["pattern"], hearing.queue)
    ]

    (policy,) = fitting
    assert policy["delivery-limit"] == 50
    assert policy["dead-letter-exchange"] == "commonthread.dead"
    assert policy["dead-letter-routing-key"] == f"dead-{hearing.service}"


def may(user, right, name):
    return re.search(access.permissions_of(user)[right], name) is not None


@pytest.mark.parametrize("service", SOURCES)
def test_no_service_may_read_what_another_hears_is_asked_or_could_not_hear(service):
    for hearing in HEARINGS:
        assert may(service, "read", hearing.queue) == (hearing.service == service)
    for other in SOURCES:
        assert may(service, "read", f"ask-{other}") == (other == service)
        assert may(service, "read", f"asks.{other}") == (other == service)
        assert may(service, "read", f"{other}.events") == (other == service)
        assert may(service, "read", f"dead-{other}") == (other == service)


@pytest.mark.parametrize("service", SOURCES)
def test_no_service_may_announce_in_anothers_name_or_ask(service):
    for other in SOURCES:
        assert may(service, "write", f"{other}.events") == (other == service)
        assert not may(service, "write", f"asks.{other}")


def test_names_that_only_begin_alike_are_not_alike():
    assert not may("sessions", "read", "ask-sessions2")
    assert not may("sessions", "write", "xsessions.events")
    assert not may("sessions", "write", "sessionsXevents")


def test_the_gateway_asks_and_reads_pokes_and_nothing_else():
    assert may("gateway", "write", "asks.sessions")
    assert not may("gateway", "write", "amq.default")
    assert not may("gateway", "read", "ask-sessions")
    assert not may("gateway", "configure", "anything")


def test_a_password_is_kept_salted_and_hashed_as_the_broker_reads_it():
    raw = base64.b64decode(access.password_hash("secret"))

    assert raw[4:] == hashlib.sha256(raw[:4] + b"secret").digest()
    assert access.password_hash("secret") != access.password_hash("secret")
    assert "secret" not in str(access.definitions("v", dict.fromkeys(access.USERS, "secret")))
