from dataclasses import replace
from datetime import timedelta

import pytest

from services.contracts.events.feedback import FeedbackGiven, FeedbackRequested
from services.contracts.events.sessions import Attended
from services.feedback.domain.questionnaire import (
    ask_person,
    close_early,
    plan_questionnaire,
    take_answer,
    take_back,
)
from services.feedback.domain.refusals import QuestionnaireClosed
from services.kit.due_entry import Due
from tests.builders.feedback import NOON, a_part, a_questionnaire, a_session_closed, people

MEMBERS = people("ada", "bo", "cy")


def test_those_who_were_there_are_asked_for_five_days():
    marks = (Attended("per_ada", "present"), Attended("per_bo", "late"), Attended("per_cy", "no_show"))

    questionnaire = plan_questionnaire(
        "qst_1", a_session_closed("ses_1", "coh_1", MEMBERS, attendance=marks), NOON
    )

    assert questionnaire.asked == people("ada", "bo")
    assert questionnaire.due == (Due("close", NOON + timedelta(days=5)),)


def test_everyone_invited_is_asked_where_no_attendance_was_taken():
    session = a_session_closed("ses_1", "coh_1", MEMBERS, attendance=())

    assert plan_questionnaire("qst_1", session, NOON).asked == MEMBERS


def test_being_asked_is_told():
    _, facts = ask_person("par_1", a_questionnaire(), "per_ada")

    assert [(type(fact), fact.person_id, fact.standing) for fact in facts] == [
        (FeedbackRequested, "per_ada", "asked")
    ]


def test_taking_part_is_told_once_and_later_changes_are_silent():
    once, facts = take_answer(a_part(), NOON)
    twice, silence = take_answer(once, NOON)

    assert [type(fact) for fact in facts] == [FeedbackGiven]
    assert (twice, silence) == (once, ())


def test_taking_back_and_giving_again_tells_nobody():
    given, _ = take_answer(a_part(), NOON)

    again, facts = take_answer(take_back(given, NOON), NOON)

    assert (again.standing, facts) == ("given", ())


@pytest.mark.parametrize("act", [take_answer, take_back])
def test_a_settled_part_changes_no_more(act):
    with pytest.raises(QuestionnaireClosed):
        act(replace(a_part(), is_closed=True), NOON)


@pytest.mark.parametrize("act", [take_answer, take_back])
def test_the_time_is_over_when_it_is_over(act):
    with pytest.raises(QuestionnaireClosed):
        act(a_part(), NOON + timedelta(days=5))


def test_closing_early_makes_settling_due_at_once():
    closing = close_early(a_questionnaire(), NOON)

    assert (closing.standing, closing.closed_on, closing.due) == (
        "closing",
        "2027-01-12",
        (Due("settle", NOON),),
    )


def test_closing_what_is_closed_changes_nothing():
    closing = close_early(a_questionnaire(), NOON)

    assert close_early(closing, NOON + timedelta(days=1)) is closing
