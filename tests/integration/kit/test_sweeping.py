"""What only mattered for a while is forgotten, also in documents nobody touches."""

from datetime import timedelta

import pytest

from services.kit.sweeping import sweep
from tests.builders.shelves import NET, NOON, Shelves, a_shelf, asking, hearing


@pytest.fixture
def shelves(either_floor):
    store = Shelves(either_floor)
    store.prepare()
    with asking():
        shelf = store.add(a_shelf())
    with hearing():
        store.save(shelf)
    return store


def remembered(shelves):
    document = shelves.documents.find_one({"_id": "shf_1"})
    return len(document["requests"]), len(document["answers"]), len(document["heard"])


@pytest.mark.parametrize(
    ("later", "left"),
    [
        (timedelta(hours=47), (1, 1, 1)),
        (timedelta(hours=49), (0, 0, 1)),
        (timedelta(days=6), (0, 0, 1)),
        (timedelta(days=8), (0, 0, 0)),
    ],
)
def test_answers_live_two_days_and_events_heard_a_week(shelves, later, left):
    now = shelves.floor.clock.now()

    sweep(shelves.documents, now + later)

    assert remembered(shelves) == left
    assert shelves.get(NET, "shf_1").revision == 2


def test_what_is_young_stays(shelves):
    assert sweep(shelves.documents, NOON) == 0
