"""Many small deeds side by side: each knows for whom it works, and one that fails leaves no stragglers."""

import eventlet
import pytest

from services.kit.context import Work, work, working
from services.membership.adapters.side_by_side import AT_ONCE, side_by_side


def test_each_call_sees_the_present_work():
    with working(Work(kind="due", document_id="enb_1", fence=3)):
        seen = side_by_side(lambda _: (work().kind, work().document_id, work().fence), range(AT_ONCE * 2))

    assert set(seen) == {("due", "enb_1", 3)}


def test_answers_come_in_the_order_of_the_items():
    def late_ones_first(number):
        eventlet.sleep((40 - number) / 10_000)
        return number

    assert side_by_side(late_ones_first, range(40)) == list(range(40))


def test_what_a_call_raises_is_raised_once_all_have_ended():
    ended = []

    def fail_first(number):
        if number == 0:
            raise LookupError("the first")
        eventlet.sleep(0)
        ended.append(number)

    with pytest.raises(LookupError, match="the first"):
        side_by_side(fail_first, range(40))

    assert sorted(ended) == list(range(1, 40))


def test_items_that_cannot_be_read_are_raised_and_not_waited_for():
    def broken():
        yield 1
        raise LookupError("no more")

    with pytest.raises(LookupError, match="no more"):
        side_by_side(str, broken())
