"""Restating brings copies to the owner's state; comparing sees every difference."""

from dataclasses import replace

import pytest

from services.kit.copies import Copies
from services.kit.restating import copied, owned, restate
from tests.builders.shelves import NET, NOON, ShelfMoved, Shelves, a_shelf

KIND = ShelfMoved.aggregate


class ToldShelves(Shelves):
    def restated(self, shelf):
        return ShelfMoved(network=shelf.network, shelf_id=shelf.id)


@pytest.fixture
def shelves(either_floor):
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


def restate_all(floor, batch):
    counts, after = {}, None
    while True:
        some, after = restate(floor, batch=batch, after=after)
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


def test_restating_another_kind_restates_nothing_of_this_one(shelves):
    assert restate(shelves.floor, kind="cohort") == ({}, None)


def test_tombstones_count_as_copies(shelves, copies):
    restate(shelves.floor)
    deliver(shelves, copies)
    copies.bury(NET, "shf_0", 9, NOON)

    assert copied(shelves.floor)[copies.kind]["count"] == 5
