"""What sessions and feedback answer is what the gateway says they answer: no field more, none less."""

from datetime import date, timedelta

import pytest

from gateway.schemas import feedback as told_of_feedback
from gateway.schemas import sessions as told_of_sessions
from services.feedback.domain.periods import read_period
from services.feedback.domain.questionnaire import take_answer
from services.feedback.domain.reports import publish_report
from services.feedback.messages import answers as feedback_answers
from services.sessions.domain.capsule import publish
from services.sessions.messages import answers as session_answers
from services.sessions.messages.answers import Held, Listed
from tests.builders.feedback import ANSWERS, NOON, a_leaf, a_ledger, a_part, a_questionnaire
from tests.builders.sessions import (
    CAPSULE,
    START,
    a_closed_session,
    a_commitment,
    a_link,
    a_person,
    a_session,
    an_open_session,
)

FACES = {
    "member": a_person("per_ada"),
    "facilitator": a_person("per_fay"),
    "staff": a_person("per_sam", "program_staff"),
    "link": a_link("per_ada"),
}


def keeps(schema, answer):
    return schema().validate(answer) == {}


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize(
    "session", [a_session(), an_open_session(), a_closed_session()], ids=lambda s: s.standing
)
def test_a_session_through_each_face(face, session):
    answer = session_answers.session_answer(session, FACES[face])

    assert keeps(told_of_sessions.SessionAnswer, answer)
    assert answer["face"] == face


@pytest.mark.parametrize("face", ["member", "facilitator", "staff"])
def test_a_session_in_a_list(face):
    (listed,) = session_answers.sessions_answer(Listed([a_session()]), FACES[face])["data"]

    assert keeps(told_of_sessions.SessionSummaryAnswer, listed)


@pytest.mark.parametrize("session", [None, a_session()], ids=["none", "one"])
def test_the_next_session(session):
    assert keeps(told_of_sessions.NextSessionAnswer, session_answers.next_answer(session, FACES["member"]))


def test_commitments():
    held = Held(a_commitment(), a_closed_session())
    made = session_answers.made_answer(held, FACES["member"])
    (listed,) = session_answers.commitments_answer(Listed([held]), FACES["member"])["data"]

    assert keeps(told_of_sessions.CommitmentMadeAnswer, made)
    assert keeps(told_of_sessions.CommitmentAnswer, listed)


def test_capsules():
    session, _ = publish(a_closed_session(), CAPSULE, START)

    assert keeps(told_of_sessions.CapsulePublishedAnswer, session_answers.published_answer(session, None))
    assert keeps(told_of_sessions.CapsuleAnswer, session_answers.capsule_answer(session, None))


def test_questionnaires():
    part, _ = take_answer(a_part(), NOON)
    seen = feedback_answers.Seen(part, ANSWERS, True)
    (mine,) = feedback_answers.questionnaires_answer(Listed([seen]), FACES["member"])["data"]
    (kept,) = feedback_answers.questionnaires_answer(Listed([a_questionnaire()]), FACES["staff"])["data"]

    assert keeps(told_of_feedback.QuestionnaireAnswer, feedback_answers.seen_answer(seen, FACES["member"]))
    assert keeps(told_of_feedback.GivenAnswer, feedback_answers.given_answer(part, None))
    assert keeps(told_of_feedback.QuestionnaireSummaryAnswer, mine)
    assert keeps(told_of_feedback.QuestionnaireSummaryAnswer, kept)


@pytest.mark.parametrize(
    "caller", [FACES["staff"], a_person("per_boss", "sponsor")], ids=["staff", "sponsor"]
)
def test_reports(caller):
    leaves = [a_leaf("coh_a", 5, 4, 2, 3, 5, 1), a_leaf("coh_b", 1, 2)]
    today = date(2027, 1, 31) + timedelta(days=1)
    ledger, _ = publish_report(a_ledger(), "rep_1", read_period("2027-01"), ("qst_1",), leaves, today)
    filed = feedback_answers.Filed(ledger.reports[0], ledger, "Supervisors who coach")

    assert keeps(told_of_feedback.ReportAnswer, feedback_answers.report_answer(filed, caller))
    (listed,) = feedback_answers.reports_answer(Listed([filed]), caller)["data"]
    assert keeps(told_of_feedback.ReportSummaryAnswer, listed)
