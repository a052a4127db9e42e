from datetime import UTC, datetime, timedelta

import pytest

from services.notifications.domain.telling_accounts import tell_invitation, tell_move

NOW = datetime(2027, 1, 5, 9, 0, tzinfo=UTC)
IN_72_HOURS = NOW + timedelta(hours=72)


def invitation(round=1, standing="sent", expires_at=NOW + timedelta(days=14), now=NOW):
    told = ("ada@example.org", round, expires_at, standing, now)
    return tell_invitation("net_1", "inv_1", "per_ada", *told)


def move(by="person", standing="waiting", former="old@example.org", now=NOW):
    told = (by, former, "new@example.org", IN_72_HOURS, standing, now)
    return tell_move("net_1", "mov_1", "per_ada", *told)


def test_an_invitation_is_mailed_once_a_round_to_where_staff_sent_it():
    (first,), (again,), (second,) = invitation(), invitation(), invitation(round=2)

    assert (first.kind, first.address, first.about) == (
        "person_invited",
        "ada@example.org",
        {"invitation": "inv_1/1"},
    )
    assert first.id == again.id != second.id


@pytest.mark.parametrize("fields", [{"standing": "withdrawn"}, {"expires_at": NOW}])
def test_an_invitation_that_is_over_is_mailed_to_nobody(fields):
    assert invitation(**fields) == []


def test_a_persons_move_asks_the_new_address_and_tells_the_old_one_while_it_can_stop_it():
    told = {(each.kind, each.address): each.useless_after for each in move()}

    assert told == {
        ("address_move_asked", "old@example.org"): IN_72_HOURS,
        ("address_move_confirm", "new@example.org"): None,
    }


def test_what_a_network_wants_is_told_to_the_old_address_alone():
    assert [(each.kind, each.address) for each in move(by="network")] == [
        ("address_left_asked", "old@example.org")
    ]


def test_a_done_move_is_told_to_the_address_that_was_left():
    assert [(each.kind, each.address) for each in move(standing="done")] == [
        ("address_moved", "old@example.org")
    ]


@pytest.mark.parametrize(
    "fields",
    [{"standing": "stopped"}, {"standing": "done", "now": IN_72_HOURS + timedelta(days=7)}],
    ids=["stopped", "long ago"],
)
def test_a_stopped_move_and_one_of_long_ago_are_told_to_nobody(fields):
    assert move(**fields) == []


def test_who_had_no_address_before_is_asked_at_the_new_one_alone():
    assert [each.kind for each in move(former="")] == ["address_move_confirm"]
