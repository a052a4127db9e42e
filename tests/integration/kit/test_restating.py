"""Restating brings copies to the owner's state; comparing sees every difference."""

from dataclasses import replace
from datetime import timedelta

import pytest

from services.kit.copies import Copies
from services.kit.restating import copied, owned, restate
from tests.builders.hearing import StandingClock
from tests.builders.shelves import NET, NOON, ShelfMoved, Shelves, a_shelf

KIND = ShelfMoved.aggregate


class ToldShelves(Shelves):
    def restated(self, shelf):
        return ShelfMoved(network=shelf.network, shelf_id=shelf.id)


@pytest.fixture
def shelves(either_floor):
    either_floor.clock = StandingClock(NOON)
    store = ToldShelves(either_floor)
    store.prepare()
    for number in range(5):
        shelf = a_shelf(f"shf_{number}", f"label {number}")
        store.add(shelf, announcing=[store.restated(shelf)])
    store.documents.update_many({}, {"$set": {"outbox": []}})
    return store


@pytest.fixture
def copies(either_floor):
    return Copies(either_floor, f"copied_{KIND}s")


def deliver(shelves, copies):
    """What relay and listener do, the short way."""
    for document in shelves.documents.find():
        for entry in document["outbox"]:
            body = entry["body"]
            copies.put(body["network"], body["subject"], body["sequence"], {})


def restate_all(floor, batch, since=None):
    counts, after = {}, None
    while True:
        some, after = restate(floor, batch=batch, after=after, since=since)
        counts = {kind: counts.get(kind, 0) + count for kind, count in some.items()} or counts
        if after is None:
            return counts


@pytest.mark.parametrize("batch", [1, 2, 5, 500])
def test_every_aggregate_is_restated_once_whatever_the_batch(shelves, batch):
    assert restate_all(shelves.floor, batch) == {KIND: 5}

    entries = [each["outbox"] for each in shelves.documents.find()]
    assert [[entry["routing_key"] for entry in each] for each in entries] == [[f"{KIND}_restated"]] * 5


def test_a_lost_copy_is_equal_again_after_restating(shelves, copies):
    assert owned(shelves.floor)[KIND] != copied(shelves.floor)[copies.kind]

    restate(shelves.floor)
    deliver(shelves, copies)

    assert owned(shelves.floor)[KIND] == copied(shelves.floor)[copies.kind]


def test_a_copy_that_is_one_version_behind_is_seen(shelves, copies):
    restate(shelves.floor)
    deliver(shelves, copies)
    shelf = shelves.get(NET, "shf_3")

    shelves.save(replace(shelf, books=("emma",)), announcing=[shelves.restated(shelf)])

    assert owned(shelves.floor)[KIND] != copied(shelves.floor)[copies.kind]


def test_a_change_that_nobody_was_told_of_makes_no_difference(shelves, copies):
    restate(shelves.floor)
    deliver(shelves, copies)

    shelves.save(shelves.get(NET, "shf_3"))

    assert owned(shelves.floor)[KIND] == copied(shelves.floor)[copies.kind]


@pytest.mark.parametrize("batch", [1, 2, 500])
def test_only_what_was_written_since_is_restated(shelves, batch):
    shelves.floor.clock.moment = NOON + timedelta(hours=1)
    shelves.save(replace(shelves.get(NET, "shf_1"), books=("emma",)))
    shelves.add(a_shelf("shf_9", "new"))

    assert restate_all(shelves.floor, batch, since=NOON + timedelta(minutes=30)) == {KIND: 2}
    told = shelves.documents.find({"outbox.0": {"$exists": True}}, {"_id": 1})
    assert {each["_id"] for each in told} == {"shf_1", "shf_9"}


def test_writers_whose_clocks_differ_a_little_are_not_missed(shelves):
    assert restate_all(shelves.floor, 500, since=NOON + timedelta(seconds=9)) == {KIND: 5}
    assert restate_all(shelves.floor, 500, since=NOON + timedelta(seconds=11)) == {}


def test_what_does_not_know_when_it_was_written_is_restated(shelves):
    shelves.documents.update_one({"_id": "shf_2"}, {"$unset": {"written_at": ""}})

    assert restate_all(shelves.floor, 500, since=NOON + timedelta(days=1)) == {KIND: 1}


def test_restating_is_no_write_of_its_own(shelves):
    restate_all(shelves.floor, 500)

    assert restate_all(shelves.floor, 500, since=NOON + timedelta(days=1)) == {}


def test_restating_another_kind_restates_nothing_of_this_one(shelves):
    assert restate(shelves.floor, kind="cohort") == ({}, None)


def test_tombstones_count_as_copies(shelves, copies):
    restate(shelves.floor)
    deliver(shelves, copies)
    copies.bury(NET, "shf_0", 9, NOON)

    assert copied(shelves.floor)[copies.kind]["count"] == 5
