"""Copies end in the owner's state, whatever the order, the gaps and the repeats."""

import itertools
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from pymongo import WriteConcern
from pymongo.read_concern import ReadConcern

from services.kit.copies import Copies, Told
from tests.builders.shelves import NET, NOON


@pytest.fixture
def copies(either_floor):
    copies = Copies(either_floor, "copied_cohorts")
    copies.prepare()
    return copies


@pytest.mark.parametrize("order", list(itertools.permutations([1, 2, 3, 3])))
def test_any_order_and_any_repeat_ends_in_the_newest_state(copies, order):
    for version in order:
        copies.put(NET, "coh_1", version, {"roster": [f"member of {version}"]})

    assert copies.get(NET, "coh_1") == {
        "id": "coh_1",
        "network": NET,
        "version": 3,
        "roster": ["member of 3"],
    }


def test_it_says_whether_the_state_was_taken_over(copies):
    assert copies.put(NET, "coh_1", 2, {}) is True
    assert copies.put(NET, "coh_1", 2, {}) is False
    assert copies.put(NET, "coh_1", 1, {}) is False


def test_what_is_gone_stays_gone_though_an_older_event_comes_late(copies):
    copies.put(NET, "coh_1", 1, {"name": "Blue"})
    copies.bury(NET, "coh_1", 3, NOON)

    copies.put(NET, "coh_1", 2, {"name": "Blue again"})

    assert copies.get(NET, "coh_1") is None
    assert copies.find(NET, {}) == []
    assert copies.version(NET, "coh_1") == 3


def test_a_field_the_newer_state_lacks_does_not_linger(copies):
    copies.put(NET, "coh_1", 1, {"name": "Blue", "place": "Oslo"})
    copies.put(NET, "coh_1", 2, {"name": "Blue"})

    assert "place" not in copies.get(NET, "coh_1")


def test_a_copy_is_seen_in_its_own_network_only(copies):
    copies.put(NET, "coh_1", 1, {})

    assert copies.get("net_2", "coh_1") is None


def test_a_batch_keeps_the_newest_of_each(copies):
    copies.put(NET, "coh_1", 5, {"name": "five"})

    taken = copies.put_many(
        [
            Told(NET, "coh_1", 4, {"name": "four"}),
            Told(NET, "coh_2", 2, {"name": "two"}),
            Told(NET, "coh_2", 1, {"name": "one"}),
            Told(NET, "coh_3", 1, {"name": "one"}),
        ]
    )

    assert taken == 2
    assert [each["name"] for each in copies.find(NET, {})] == ["five", "two", "one"]


def a_replicas_copies(floor):
    """One process's copies; without waiting for the journal, so that many races fit into a test."""
    copies = Copies(floor, "copied_cohorts")
    copies.documents = copies.documents.with_options(
        write_concern=WriteConcern(1, j=False), read_concern=ReadConcern("local")
    )
    return copies


def test_of_1500_first_copies_raced_none_is_stuck_on_the_older_version(floor):
    together = threading.Barrier(2, timeout=60)

    def put_all(copies, version):
        for number in range(1500):
            together.wait()
            copies.put(NET, f"coh_{number}", version, {})

    with ThreadPoolExecutor(2) as racing:
        replicas = [(a_replicas_copies(floor), version) for version in (1, 2)]
        for ended in [racing.submit(put_all, *replica) for replica in replicas]:
            ended.result()

    assert a_replicas_copies(floor).documents.count_documents({"version": 2}) == 1500
