"""Seats, offers and the line: who has one, who is next, and what becomes of what was not answered."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from services.membership.domain.enrollments import Enrollment, NothingOffered, answer_offer, follow, settle
from services.membership.domain.intakes import (
    LAPSE,
    LATE,
    ClosesInThePast,
    NotOpenForApplications,
    Offer,
    check_open,
    configure,
    lapse,
    leave,
    not_configured,
    seat,
    told,
)
from services.membership.domain.questions import Question, QuestionsNotAskable, check_questions

NOW = datetime(2027, 1, 4, 12, tzinfo=UTC)
TWO_DAYS = timedelta(hours=48)


def an_intake(seats=1, **fields):
    return replace(not_configured("net_1", "prg_1"), mode="open", seats=seats, **fields)


def an_offer(name="bo", until=NOW + TWO_DAYS):
    return Offer(name, until)


def an_enrollment(standing, name="bo", **fields):
    return Enrollment("enr_1", "net_1", "prg_1", name, standing=standing, revision=1, **fields)


def test_who_comes_first_has_the_seat_and_the_next_waits_in_order():
    intake, standings = an_intake(), []
    for name in ("ada", "bo", "cy"):
        intake, standing = seat(intake, name, NOW)
        standings.append(standing)

    assert standings == ["enrolled", "waitlisted", "waitlisted"]
    assert (intake.seated, intake.waiting) == (("ada",), ("bo", "cy"))
    assert intake.place_of("cy") == 2


def test_nobody_passes_those_who_wait_while_a_seat_is_offered():
    intake = an_intake(seats=2, seated=("ada",), offers=(an_offer("bo"),), waiting=("cy",))

    assert seat(intake, "dan", NOW)[1] == "waitlisted"


def test_a_seat_is_found_once_however_often_it_is_looked_for():
    once, _ = seat(an_intake(), "ada", NOW)
    twice, standing = seat(once, "ada", NOW)

    assert twice is once
    assert standing == "enrolled"


def test_a_farewell_offers_the_seat_to_who_waits_longest():
    intake = leave(an_intake(seated=("ada",), waiting=("bo", "cy")), "ada", NOW)

    assert intake.offers == (an_offer("bo"),)
    assert (intake.waiting, intake.untold) == (("cy",), ("bo",))
    assert Offer("bo", min(due.at for due in intake.due if due.kind == LAPSE)) == an_offer("bo")


def test_an_offer_that_is_not_answered_goes_to_the_next():
    intake = an_intake(offers=(an_offer("bo", NOW),), waiting=("cy",))
    after = lapse(intake, [], NOW)

    assert after.offers == (an_offer("cy"),)
    assert after.untold == ("bo", "cy")


def test_an_offer_taken_in_time_does_not_lapse_though_the_seat_is_noted_later():
    intake = an_intake(offers=(an_offer("bo", NOW),), waiting=("cy",))
    kept = lapse(intake, ["bo"], NOW)
    seated, standing = seat(kept, "bo", NOW)

    assert kept.offers == (an_offer("bo", NOW),)
    assert (seated.seated, standing) == (("bo",), "enrolled")


def test_a_promised_seat_is_kept_even_where_the_offer_lapsed_at_the_same_moment():
    intake = lapse(an_intake(offers=(an_offer("bo", NOW),), waiting=("cy",)), [], NOW)
    seated, standing = seat(intake, "bo", NOW, promised=True)

    assert standing == "enrolled"
    assert seated.seated == ("bo",)
    assert seated.offers == (an_offer("cy"),)


def test_an_offer_that_nobody_could_answer_while_all_was_down_is_made_longer_by_as_much():
    down = LATE + timedelta(hours=3)
    intake = an_intake(offers=(an_offer("bo", NOW),), waiting=("cy",))
    after = lapse(intake, [], NOW + down)

    assert after.offers == (an_offer("bo", NOW + 2 * down),)
    assert after.waiting == ("cy",)
    assert after.untold == ("bo",)


def test_more_seats_are_offered_at_once_and_fewer_take_nobodys():
    intake = an_intake(seats=1, seated=("ada",), waiting=("bo", "cy"))
    more, _ = configure(intake, {"seats": 3}, [], NOW)
    fewer, _ = configure(more, {"seats": 1}, [], NOW)

    assert [one.person_id for one in more.offers] == ["bo", "cy"]
    assert (fewer.seated, fewer.offers) == (more.seated, more.offers)


def test_counting_begins_with_who_has_a_seat_already():
    intake, _ = configure(an_intake(seats=None), {"seats": 2}, ["ada", "bo"], NOW)

    assert seat(intake, "cy", NOW)[1] == "waitlisted"


def test_the_same_settings_again_change_and_announce_nothing():
    intake = an_intake(seats=1, seated=("ada",))

    assert configure(intake, {"seats": 1, "mode": "open"}, [], NOW) == (intake, ())


def test_what_was_told_is_not_told_again():
    intake = leave(an_intake(seated=("ada",), waiting=("bo",)), "ada", NOW)
    after = told(intake, ["bo"], NOW)

    assert after.untold == ()
    assert [due.kind for due in after.due] == [LAPSE]


def test_the_last_day_to_apply_is_open_and_the_next_is_not():
    intake = an_intake(closes_on=date(2027, 1, 4))

    assert check_open(intake, date(2027, 1, 4)) is None
    with pytest.raises(NotOpenForApplications):
        check_open(intake, date(2027, 1, 5))


def test_a_last_day_that_is_over_cannot_be_set():
    with pytest.raises(ClosesInThePast):
        configure(an_intake(), {"closes_on": date(2027, 1, 3)}, [], NOW)


def test_an_offer_is_followed_and_its_end_too():
    offered = leave(an_intake(seated=("ada",), waiting=("bo",)), "ada", NOW)
    standing, _ = follow(an_enrollment("waitlisted"), offered, NOW)
    over, _ = follow(standing, lapse(offered, [], NOW + TWO_DAYS), NOW + TWO_DAYS)

    assert (standing.standing, standing.offer_until) == ("offered", NOW + TWO_DAYS)
    assert (over.standing, over.offer_until) == ("lapsed", None)


def test_an_offer_made_before_the_place_in_the_line_was_noted_is_not_lost():
    offered = an_intake(offers=(an_offer(),))
    standing, _ = follow(an_enrollment("accepted"), offered, NOW)
    settled, facts = settle(standing, "waitlisted")

    assert standing.standing == "offered"
    assert (settled.standing, facts) == ("offered", ())


@pytest.mark.parametrize("standing", ["withdrawn", "enrolled", "placed", "declined"])
def test_who_waits_no_more_does_not_follow(standing):
    enrollment = an_enrollment(standing)

    assert follow(enrollment, an_intake(offers=(an_offer(),)), NOW) == (enrollment, ())


def test_an_offer_is_over_at_its_instant_whoever_notes_it_later():
    offered = an_enrollment("offered", offer_until=NOW)

    assert answer_offer(offered, take=True, now=NOW - timedelta(seconds=1))[0].standing == "accepted"
    with pytest.raises(NothingOffered):
        answer_offer(offered, take=True, now=NOW)


@pytest.mark.parametrize(
    "questions",
    [
        [Question("a", "A?"), Question("a", "B?")],
        [Question("a", "A?", "choice", ("one",))],
        [Question("a", "A?", "choice", ("one", "one"))],
        [Question("a", "A?", "text", ("one", "two"))],
    ],
)
def test_questions_that_contradict_themselves_are_refused(questions):
    with pytest.raises(QuestionsNotAskable):
        check_questions(questions)
