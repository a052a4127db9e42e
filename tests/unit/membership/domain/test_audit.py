"""The chain of the audit trail: whatever is done to it afterwards is found."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from services.membership.domain.audit import (
    IDLE,
    Checked,
    Entry,
    begin_chain,
    check,
    check_end,
    first_hash,
    hash_of,
    hurry,
    lengthen,
)

NET = "net_1"
NOON = datetime(2027, 1, 5, 12, 0, tzinfo=UTC)
BEGINNING = Checked(0, first_hash(NET))


def a_note(number, **fields):
    given = {"kind": "role_granted", "source": "membership", "actor_kind": "person", "actor_id": "per_eve"}
    given |= {"about": ("per_ada",), "word": "sponsor", "request_id": "req_1"} | fields
    return Entry(id=f"aud_{number}", network=NET, at=NOON + timedelta(seconds=number), **given)


def a_trail(length=5):
    """(chain, its entries as they are kept)"""
    notes = [a_note(number) for number in range(1, length + 1)]
    chain = lengthen(begin_chain(NET, NOON), notes, NOON)
    entries = [
        replace(note, sequence=link.sequence, hash=link.hash)
        for note, link in zip(notes, chain.pending, strict=True)
    ]
    return lengthen(chain, [], NOON), entries


def verify(chain, entries):
    return check_end(chain, check(NET, entries, BEGINNING)).fault


def test_a_trail_as_it_was_written_holds():
    chain, entries = a_trail()

    assert verify(chain, entries) is None


def test_a_trail_is_verified_in_stretches():
    chain, entries = a_trail()

    first = check(NET, entries[:2], BEGINNING)

    assert check_end(chain, check(NET, entries[2:], first)) == Checked(5, chain.hash)


@pytest.mark.parametrize(
    "change",
    [
        {"actor_id": "per_mallory"},
        {"kind": "role_revoked"},
        {"at": NOON},
        {"about": ()},
        {"word": "facilitator"},
        {"network": "net_2"},
        {"source": "sessions"},
        {"request_id": None},
        {"id": "aud_9"},
    ],
)
def test_an_altered_entry_is_found(change):
    chain, entries = a_trail()
    entries[2] = replace(entries[2], **change)

    assert "entry 3" in verify(chain, entries)


def test_a_removed_entry_is_found_wherever_it_stood():
    for place in range(5):
        chain, entries = a_trail()
        del entries[place]

        assert "missing" in verify(chain, entries)


def test_two_entries_that_changed_places_are_found():
    chain, entries = a_trail()
    second, third = entries[1], entries[2]
    entries[1] = replace(third, sequence=2)
    entries[2] = replace(second, sequence=3)

    assert "entry 2" in verify(chain, entries)


def test_an_entry_put_in_by_hand_is_found_at_the_end_and_in_the_middle():
    chain, entries = a_trail()
    forged = a_note(6)
    at_the_end = replace(forged, sequence=6, hash=hash_of(forged, 6, chain.hash))

    assert "more than" in verify(chain, [*entries, at_the_end])
    in_the_middle = replace(forged, sequence=4, hash="0" * 64)
    assert "entry 4" in verify(chain, [*entries[:3], in_the_middle, *entries[3:]])


def test_a_rewritten_trail_no_longer_fits_where_the_chain_ends():
    chain, entries = a_trail()
    last = replace(entries[-1], word="none")

    rewritten = replace(last, hash=hash_of(last, 5, entries[3].hash))

    assert "another hash" in verify(chain, [*entries[:4], rewritten])


def test_links_that_are_being_written_are_not_missing_yet():
    notes = [a_note(1), a_note(2)]
    chain = lengthen(begin_chain(NET, NOON), notes, NOON)

    assert verify(chain, []) is None


def test_a_chain_is_due_at_once_while_links_wait_and_looks_again_later_when_none_do():
    chain = begin_chain(NET, NOON)

    busy, idle = lengthen(chain, [a_note(1)], NOON), lengthen(chain, [], NOON)

    assert [each.at for each in busy.due] == [NOON]
    assert [each.at for each in idle.due] == [NOON + IDLE]
    assert hurry(busy, NOON) is busy
    assert [each.at for each in hurry(idle, NOON).due] == [NOON]
