from datetime import timedelta

import pytest

from services.contracts.events.scheduling import SessionCancelled, SessionRescheduled
from services.scheduling.domain.refusals import SlotCancelled, SlotPast, TooSoon
from services.scheduling.domain.slot import cancel_slot, move_slot, place_slot
from tests.builders.scheduling import NEW_YEAR, a_slot


def test_moving_a_session_raises_its_sequence_and_announces_the_whole_state():
    slot = a_slot(sequence=3, zone="Europe/Stockholm", minutes=120)

    moved, facts = move_slot(slot, "2027-06-01T15:00", NEW_YEAR)

    assert (moved.sequence, moved.starts_at.hour, moved.ends_at.hour) == (4, 13, 15)
    assert [type(fact) for fact in facts] == [SessionRescheduled]
    assert (facts[0].wall_start, facts[0].sequence) == ("2027-06-01T15:00", 4)


def test_moving_a_session_to_where_it_is_tells_nobody():
    slot = a_slot(wall_start="2027-01-12T15:00")

    assert move_slot(slot, "2027-01-12T15:00", NEW_YEAR) == (slot, [])


def test_a_session_does_not_move_into_the_past():
    with pytest.raises(TooSoon):
        move_slot(a_slot(), "2026-12-31T15:00", NEW_YEAR)


def test_a_session_that_began_stays_where_it_was():
    slot = a_slot()

    for change in (
        lambda: move_slot(slot, "2028-01-01T15:00", slot.starts_at),
        lambda: cancel_slot(slot, slot.starts_at),
    ):
        with pytest.raises(SlotPast):
            change()


def test_cancelling_twice_announces_once():
    cancelled, facts = cancel_slot(a_slot(), NEW_YEAR)

    assert [type(fact) for fact in facts] == [SessionCancelled]
    assert facts[0].standing == "cancelled"
    assert cancel_slot(cancelled, NEW_YEAR) == (cancelled, [])


def test_a_cancelled_session_neither_moves_nor_gets_a_place():
    cancelled = a_slot(standing="cancelled")

    with pytest.raises(SlotCancelled):
        move_slot(cancelled, "2027-06-01T15:00", NEW_YEAR)
    with pytest.raises(SlotCancelled):
        place_slot(cancelled, "Room 4", NEW_YEAR)


def test_a_new_place_is_announced_and_the_same_place_is_not():
    placed, facts = place_slot(a_slot(), "Room 4", NEW_YEAR)

    assert (facts[0].place, facts[0].sequence) == ("Room 4", 1)
    assert place_slot(placed, "Room 4", NEW_YEAR) == (placed, [])


def test_sessions_that_touch_do_not_overlap():
    slot = a_slot()

    assert not slot.overlaps(slot.ends_at, slot.ends_at + timedelta(hours=1))
    assert slot.overlaps(slot.ends_at - timedelta(minutes=1), slot.ends_at + timedelta(hours=1))
