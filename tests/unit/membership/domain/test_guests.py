"""Guests come by every member's yes; nobody can be told from anybody else, before the deadline or after."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from services.contracts.events.guests import GuestChanged, GuestDecided
from services.contracts.schemas import to_data
from services.membership.domain.guests import (
    AnswersClosed,
    Invitation,
    NoSuchGuest,
    TooLateForGuest,
    answer,
    decide,
    follow_slot,
    forget,
    invite,
    pledge,
    withdraw,
)

START = datetime(2027, 1, 12, 14, tzinfo=UTC)
DAY = timedelta(days=1)
EARLY, DEADLINE = START - 5 * DAY, START - DAY
MEMBERS = ("per_ada", "per_bo", "per_cy")


def asked(now=EARLY):
    invitation = Invitation(
        id="gst_1",
        network="net_1",
        cohort_id="coh_1",
        session_id="ses_1",
        guest_id="per_gus",
        name="Gus",
        introduced_as="Head of ports",
        purpose="To hear how it goes",
        asked_by="per_guide",
        asked_at=EARLY,
        starts_at=START,
        ends_at=START + timedelta(hours=2),
    )
    return invite(invitation, now)[0]


def answered(*answers):
    invitation = asked()
    for person_id, is_yes in zip(MEMBERS, answers, strict=False):
        if is_yes is not None:
            invitation = answer(invitation, person_id, EARLY, is_yes=is_yes)
    return invitation


def decided(invitation, members=MEMBERS, *, is_possible=True):
    return decide(invitation, members, DEADLINE, is_possible=is_possible)


def test_a_guest_comes_when_every_member_has_said_yes():
    after, (fact,) = decided(answered(True, True, True))

    assert (after.standing, after.said, type(fact)) == ("approved", (), GuestDecided)
    assert (fact.admits_from, fact.admits_until) == (START - timedelta(minutes=15), after.ends_at)


@pytest.mark.parametrize(
    "answers", [one for one in product((True, False, None), repeat=3) if one != (True, True, True)]
)
def test_however_many_refused_or_were_silent_the_same_is_left_and_told(answers):
    after, (fact,) = decided(answered(*answers))
    silent, (told,) = decided(asked())

    assert after == silent
    assert to_data(fact) == to_data(told)
    assert after.standing == "not-approved"


def test_nothing_is_decided_a_moment_before_the_deadline_not_even_by_all():
    invitation = answered(True, True, True)

    assert decide(invitation, MEMBERS, DEADLINE - timedelta(seconds=1), is_possible=True) == (invitation, ())


def test_the_last_answer_counts_and_none_is_taken_from_the_deadline_on():
    invitation = answer(answered(False, True, True), "per_ada", EARLY, is_yes=True)

    assert decided(invitation)[0].standing == "approved"
    with pytest.raises(AnswersClosed):
        answer(invitation, "per_ada", DEADLINE, is_yes=False)
    with pytest.raises(AnswersClosed):
        answer(withdraw(invitation)[0], "per_ada", EARLY, is_yes=True)


def test_who_joins_meanwhile_has_to_say_yes_too_and_who_left_no_more():
    invitation = answered(True, True)

    assert decided(invitation)[0].standing == "not-approved"
    assert decided(invitation, MEMBERS[:2])[0].standing == "approved"
    assert decided(asked(), ())[0].standing == "not-approved"


def test_a_line_that_came_up_meanwhile_keeps_the_guest_out():
    assert decided(answered(True, True, True), is_possible=False)[0].standing == "not-approved"


def test_nobody_is_asked_within_the_last_day():
    with pytest.raises(TooLateForGuest):
        asked(now=DEADLINE)


def test_a_pass_is_good_from_the_pledge_on_which_only_who_is_let_in_can_sign():
    let_in, _ = decided(answered(True, True, True))

    pledged, (fact,) = pledge(let_in, DEADLINE)

    assert fact.has_pledged
    assert pledge(pledged, START) == (pledged, ())
    with pytest.raises(NoSuchGuest):
        pledge(asked(), EARLY)


def test_a_session_moved_moves_the_deadline_and_one_called_off_has_no_guests():
    sooner = START - 3 * DAY
    moved, (fact,) = follow_slot(asked(), sooner, sooner + timedelta(hours=2), is_cancelled=False)
    gone, _ = follow_slot(moved, sooner, sooner, is_cancelled=True)

    assert (moved.due[0].at, type(fact)) == (sooner - DAY, GuestChanged)
    assert follow_slot(moved, moved.starts_at, moved.ends_at, is_cancelled=False) == (moved, ())
    assert (gone.standing, gone.due) == ("withdrawn", ())


def test_a_forgotten_member_leaves_no_answer_and_a_forgotten_guest_no_word():
    invitation = answered(True, False)

    without, nothing = forget(invitation, "per_bo")
    nobody, (fact,) = forget(invitation, "per_gus")

    assert ([one.person_id for one in without.said], nothing) == (["per_ada"], ())
    assert (nobody.name, nobody.introduced_as, nobody.purpose, nobody.said) == ("", "", "", ())
    assert fact.standing == "withdrawn"
    assert forget(nobody, "per_gus") == (nobody, ())
