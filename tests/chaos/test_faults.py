"""The short form of the faults around the processes; `make chaos` does all of them, under more load."""

import pytest

from tests.chaos import faults

SHORT = ("RabbitMQ killed and restarted", "MongoDB stepped down", "every event again, shuffled")


@pytest.mark.parametrize(
    "fault", [each for each in faults.faults() if each.name in SHORT], ids=lambda each: each.name
)
def test_under_a_fault_nothing_acknowledged_is_lost_and_nothing_happens_twice(ground, fault):
    tally = faults.suffer(ground, fault, size=1)

    assert tally.violations == []
    assert tally.acknowledged == tally.attempted


def test_poison_becomes_dead_letters_and_stops_no_neighbour(ground):
    tally = faults.suffer(ground, faults.Fault("poison", faults.quick_poison), size=1)

    assert tally.violations == []
