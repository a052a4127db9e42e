from datetime import timedelta

import pytest

from services.contracts.events.access import SignInLinkRequested
from services.membership.domain.accounts import Belonging
from services.membership.domain.identity_refusals import LinkNotValid, SignInEnded
from services.membership.domain.sign_in_links import ask_for_link, finish
from services.membership.domain.sign_ins import end, is_fresh_link, refresh
from tests.builders.identity import ADA, MORNING, NET, a_waiting_link, an_account, an_open_sign_in

MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)


def test_asking_for_a_link_announces_the_token_and_keeps_its_hash_alone():
    sign_in, facts = ask_for_link(
        "tok_1", an_account(), Belonging(NET, ADA), "the token", "its hash", MORNING
    )

    assert facts == (
        SignInLinkRequested(NET, "tok_1", ADA, "ada@example.org", "the token", MORNING + 10 * MINUTE),
    )
    assert sign_in.token_hash == "its hash"
    assert "the token" not in repr(sign_in)


def test_a_link_opens_a_sign_in_and_is_spent_by_it():
    opened = finish(a_waiting_link(), MORNING + 9 * MINUTE)

    assert opened.standing == "open"
    with pytest.raises(LinkNotValid):
        finish(opened, MORNING + 9 * MINUTE)


def test_the_request_that_opened_a_sign_in_is_answered_the_same_for_a_minute():
    opened = finish(a_waiting_link(), MORNING, request="mine")

    assert finish(opened, MORNING + MINUTE, request="mine") == opened
    for other, later in ((None, 0), ("another", 0), ("mine", 61)):
        with pytest.raises(LinkNotValid):
            finish(opened, MORNING + later * SECOND, request=other)


def test_a_link_whose_tokens_were_refreshed_is_not_answered_again():
    opened = finish(a_waiting_link(), MORNING, request="mine")

    with pytest.raises(LinkNotValid):
        finish(refresh(opened, 1, MORNING, "next"), MORNING, request="mine")


def test_a_link_is_good_for_ten_minutes():
    with pytest.raises(LinkNotValid):
        finish(a_waiting_link(), MORNING + 10 * MINUTE)


def test_the_newest_refresh_token_moves_the_sign_in_on():
    after = refresh(an_open_sign_in(), 1, MORNING + 9 * MINUTE)

    assert (after.standing, after.generation) == ("open", 2)


def test_two_tabs_that_refresh_at_once_get_the_same_successor():
    first = refresh(an_open_sign_in(), 1, MORNING)

    second = refresh(first, 1, MORNING + 10 * SECOND)

    assert second == first


def test_a_refresh_token_that_comes_again_later_ends_the_whole_sign_in():
    first = refresh(an_open_sign_in(), 1, MORNING)

    second = refresh(first, 1, MORNING + 11 * SECOND)

    assert (second.standing, second.ended_because) == ("ended", "refresh-token-reused")


def test_a_refresh_whose_answer_was_lost_is_repeated_under_its_own_key_for_a_minute():
    first = refresh(an_open_sign_in(), 1, MORNING, "mine")

    assert refresh(first, 1, MORNING + MINUTE, "mine") == first
    assert refresh(first, 1, MORNING + 61 * SECOND, "mine").standing == "ended"
    assert refresh(first, 1, MORNING + 11 * SECOND, "another").standing == "ended"


def test_an_older_refresh_token_ends_the_sign_in_even_at_once():
    twice = refresh(refresh(an_open_sign_in(), 1, MORNING), 2, MORNING)

    assert refresh(twice, 1, MORNING).standing == "ended"


def test_what_has_ended_is_not_refreshed():
    ended = end(an_open_sign_in(), "signed-out", MORNING)

    with pytest.raises(SignInEnded):
        refresh(ended, 1, MORNING)


def test_a_sign_in_lasts_thirty_days_at_most():
    with pytest.raises(SignInEnded):
        refresh(an_open_sign_in(), 1, MORNING + timedelta(days=30))


def test_ending_twice_keeps_the_first_reason():
    ended = end(an_open_sign_in(), "refresh-token-reused", MORNING)

    assert end(ended, "signed-out", MORNING + MINUTE) == ended


@pytest.mark.parametrize(
    ("way", "minutes", "is_fresh"), [("link", 15, True), ("link", 16, False), ("password", 0, False)]
)
def test_only_a_link_just_used_counts_as_proof_of_the_mailbox(way, minutes, is_fresh):
    sign_in = an_open_sign_in(way=way)

    assert is_fresh_link(sign_in, MORNING + minutes * MINUTE) is is_fresh
