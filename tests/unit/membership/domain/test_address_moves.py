from dataclasses import replace
from datetime import timedelta

import pytest

from services.membership.domain.address_moves import (
    AddressMove,
    agree,
    ask_for_move,
    confirm,
    stop,
    when_due,
)
from services.membership.domain.identity_refusals import MoveNotOpen
from tests.builders.identity import ADA, MORNING, NET

HOUR = timedelta(hours=1)


def a_move(by="person", **fields):
    given = {"former": "old@example.org", "wanted": "new@example.org", "asked_at": MORNING, "asked_by": ADA}
    return ask_for_move(AddressMove("mov_1", NET, ADA, "acc_ada", by, **given | fields))[0]


def test_a_move_is_looked_at_when_its_72_hours_are_over():
    assert [each.at for each in a_move().due] == [MORNING + 72 * HOUR]


def test_it_is_ready_at_once_when_both_addresses_have_said_yes():
    both = agree(confirm(a_move(), MORNING + HOUR), MORNING + 2 * HOUR)

    assert both.is_ready(MORNING + 2 * HOUR)
    assert [each.at for each in both.due] == [MORNING + 2 * HOUR]


@pytest.mark.parametrize(("hours", "is_ready"), [(71, False), (72, True)])
def test_a_confirmed_one_waits_72_hours_for_the_old_address(hours, is_ready):
    assert confirm(a_move(), MORNING).is_ready(MORNING + hours * HOUR) is is_ready


def test_one_that_was_never_confirmed_is_never_ready_and_is_given_up_after_a_week():
    move = agree(a_move(), MORNING)

    assert not move.is_ready(MORNING + 100 * HOUR)
    assert when_due(move, MORNING + 100 * HOUR).due[0].at == MORNING + timedelta(days=7)
    assert when_due(move, MORNING + timedelta(days=7)) is None


def test_a_networks_wish_is_nobodys_to_agree_to():
    with pytest.raises(MoveNotOpen):
        agree(a_move(by="network"), MORNING)


@pytest.mark.parametrize("act", [lambda m: stop(m, "former"), lambda m: confirm(m, MORNING)])
def test_what_is_over_stays_so(act):
    over, _ = stop(a_move(), "person")

    with pytest.raises(MoveNotOpen):
        act(replace(over))
