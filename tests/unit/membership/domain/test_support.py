"""A supervisor's pledge: asked, answered, waived; and the tip that goes with it each month."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from services.contracts.events.enrollments import PledgeTipDue
from services.membership.domain.enrollments import Enrollment, decide
from services.membership.domain.pledges import (
    MOST_ROUNDS,
    NOT_ASKED,
    Asked,
    AskedTooOften,
    NoLongerAsked,
    PledgeSettled,
    PledgeWaived,
    answer_pledge,
    ask_pledge,
    draft_for,
    last_day,
    waive,
    wish_waiver,
    words_of,
)
from services.membership.domain.support import MONTH, TIP, tip, with_pledge

NOW = datetime(2027, 1, 4, 12, tzinfo=UTC)
ASKED = ask_pledge(NOT_ASKED, "per_cleo", NOW)
SIGNED = answer_pledge(ASKED, 1, "support", NOW)
LENA = Asked("Lena", "Monthly training", 2, 90, date(2027, 1, 11), date(2027, 2, 8), 4)


def an_enrollment(pledge=NOT_ASKED):
    return Enrollment("enr_1", "net_1", "prg_1", "per_ada", standing="applied", pledge=pledge, revision=1)


def supported():
    return with_pledge(an_enrollment(ASKED), SIGNED, NOW)[0]


def test_the_words_are_those_of_the_pledge_and_name_the_neutral_title_alone():
    told = words_of(LENA)

    assert told["request"] == (
        "Lena asks for your support to take part in Monthly training: 2 meetings of 90 minutes between"
        " 2027-01-11 and 2027-02-08, and about 4 hours of practice in their own work."
    )
    assert "protect Lena from catching up at night" in told["will"]
    assert "neither attendance nor topics" in told["knows"]
    assert "4 hours" in draft_for(LENA)["text"]


def test_only_the_newest_request_is_answered():
    again = ask_pledge(ASKED, "per_cleo", NOW)

    assert again.round == 2
    with pytest.raises(NoLongerAsked):
        answer_pledge(again, 1, "support", NOW)


def test_support_once_given_can_be_withdrawn_and_given_again():
    withdrawn = answer_pledge(SIGNED, 1, "withdraw", NOW)

    assert withdrawn.standing == "withdrawn"
    assert answer_pledge(withdrawn, 1, "support", NOW).standing == "signed"


@pytest.mark.parametrize("pledge", [ASKED, answer_pledge(ASKED, 1, "talk", NOW)])
def test_what_was_not_given_cannot_be_withdrawn(pledge):
    with pytest.raises(NoLongerAsked):
        answer_pledge(pledge, 1, "withdraw", NOW)


def test_a_waived_pledge_is_neither_asked_nor_answered():
    waived = waive(ASKED)

    with pytest.raises(PledgeWaived):
        ask_pledge(waived, "per_cleo", NOW)
    with pytest.raises(NoLongerAsked):
        answer_pledge(waived, 1, "support", NOW)


def test_who_was_asked_already_knows_of_it_so_that_no_waiver_is_wished():
    with pytest.raises(PledgeSettled):
        wish_waiver(ASKED)


def test_nobody_is_asked_for_ever():
    with pytest.raises(AskedTooOften):
        ask_pledge(replace(ASKED, round=MOST_ROUNDS), "per_cleo", NOW)


def test_a_tip_is_due_a_month_after_the_pledge_and_each_month_from_then():
    first = supported()
    tipped, (fact,) = tip(first, NOW + MONTH, is_over=False)

    assert [(due.kind, due.at) for due in first.due] == [(TIP, NOW + MONTH)]
    assert [(due.kind, due.at) for due in tipped.due] == [(TIP, NOW + 2 * MONTH)]
    assert type(fact) is PledgeTipDue


def test_of_months_that_all_was_down_one_tip_is_told():
    tipped, facts = tip(supported(), NOW + 5 * MONTH, is_over=False)

    assert len(facts) == 1
    assert [due.at for due in tipped.due] == [NOW + 6 * MONTH]


def test_no_tip_follows_support_withdrawn_or_a_program_that_is_over():
    withdrawn, _ = with_pledge(supported(), answer_pledge(SIGNED, 1, "withdraw", NOW), NOW)

    assert withdrawn.due == ()
    assert tip(supported(), NOW + MONTH, is_over=True)[1] == ()


def test_being_accepted_keeps_the_tip_due():
    accepted, _ = decide(supported(), accept=True, now=NOW)

    assert {due.kind for due in accepted.due} == {TIP, "seat"}


def test_the_last_meeting_ends_what_is_asked_for():
    assert last_day(date(2027, 1, 11), 3, 2) == date(2027, 1, 11) + timedelta(weeks=4)
