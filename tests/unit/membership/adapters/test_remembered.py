"""What is remembered of providers: for an hour, renewed in bounds, and those that fail left alone."""

import pytest

from services.membership.adapters.providers import Remembered
from services.membership.domain.providers import ProviderFault


class Shelf:
    """Something to read that changes, fails, and counts how often it was read."""

    def __init__(self):
        self.now, self.read_times, self.fails = 0.0, 0, False

    def read(self, name):
        self.read_times += 1
        if self.fails:
            raise ProviderFault("could-not-be-read")
        return f"{name} {self.read_times}"

    def remembered(self):
        return Remembered(self.read, lambda: self.now)


def test_what_was_read_is_remembered_for_an_hour():
    shelf = Shelf()
    remembered = shelf.remembered()
    first = remembered.get("keys")
    shelf.now = 3599
    assert remembered.get("keys") == first

    shelf.now = 3601
    assert remembered.get("keys") != first


def test_it_is_renewed_at_most_once_in_half_a_minute_however_often_that_is_asked_for():
    shelf = Shelf()
    remembered = shelf.remembered()
    remembered.get("keys")
    for shelf.now in range(29):
        remembered.renewed("keys")
    assert shelf.read_times == 2

    shelf.now = 30
    remembered.renewed("keys")
    assert shelf.read_times == 3


def test_who_fails_is_left_alone_for_ten_seconds():
    shelf = Shelf()
    remembered, shelf.fails = shelf.remembered(), True
    for shelf.now in range(10):
        with pytest.raises(ProviderFault, match="could-not-be-read"):
            remembered.get("keys")
    assert shelf.read_times == 1

    shelf.now, shelf.fails = 10, False
    assert remembered.get("keys") == "keys 2"
