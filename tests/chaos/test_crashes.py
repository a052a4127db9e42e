"""The short crash sweep: a handful of boundaries of each kind; `make chaos` passes all of them."""

import pytest

from tests.chaos.counting import Tally
from tests.chaos.sweep import sweep

POINTS = {
    "membership": (
        "store.before_write:1",
        "store.after_write:1",
        "relay.after_publish:1",
        "due.after_lease:1",
    ),
    "scheduling": ("listen.before_ack:1", "due.after_work:1"),
    "sessions": (
        "store.after_write:2",
        "relay.before_publish:1",
        "copies.after_write:1",
        "listen.before_ack:1",
    ),
    "feedback": ("store.after_write:3", "answers.after_write:1"),
    "notifications": ("notices.after_write:1", "due.after_lease:2", "store.before_write:2"),
    "gateway": ("asks.before_send:3", "asks.after_answer:2"),
    "formation_worker": ("store.after_write:2",),
}


@pytest.mark.parametrize("name", POINTS)
def test_a_process_that_dies_at_a_boundary_loses_and_doubles_nothing(ground, name):
    tally = Tally(name)

    died = sweep(ground, name, POINTS[name], tally)
    tally.close(ground.recorder)

    assert tally.violations == []
    assert set(died) == {point.partition(":")[0] for point in POINTS[name]}
    assert tally.acknowledged == tally.attempted


def test_after_all_crashes_everything_is_where_it_belongs(ground):
    assert ground.audit.settle() == []
