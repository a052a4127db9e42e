"""Feedback forgets who answered what; what was published stays, and so do the answers of all others."""

import pytest

from services.kit.outcomes import RemoteRefusal
from tests.builders.feedback import ANSWERS, COHORTS, NETWORK, a_cohort, a_session_closed
from tests.builders.hearing import hear, run_due
from tests.builders.remains import confirmations, forget_in, with_new_keys
from tests.builders.sessions import a_person

A0, A1 = a_person("per_a0"), a_person("per_a1")
STAFF = a_person("per_sam", "program_staff")


@pytest.fixture
def answered(house):
    """Two members answered the questionnaire after a session of cohort A; its id."""
    with_new_keys(house)
    hear(house, "on_session", a_session_closed("ses_a", "coh_a", COHORTS["coh_a"]))
    name = house.ask("list_questionnaires", A0)["data"][0]["id"]
    for member in (A0, A1):
        house.ask("give_feedback", member, questionnaire_id=name, answers=ANSWERS)
    return name


def answers_in(house):
    return house.service.answers.documents.count_documents({})


def forget_a0(house, version=1):
    return forget_in(house, "per_a0", NETWORK, version)


def test_the_answers_of_one_are_gone_and_those_of_others_stay(house, answered):
    assert forget_a0(house) == ["done"]

    assert answers_in(house) == 1
    shown = house.ask("show_questionnaire", A1, questionnaire_id=answered)
    assert shown["standing"] == "given"
    assert confirmations(house) == ["person_erased_by_feedback"]


def test_nobody_learns_whether_the_forgotten_had_answered(house, answered):
    forget_a0(house)
    forget_in(house, "per_a2", NETWORK, version=2)

    parts = {part.person_id: part for part in house.service.participations.find(NETWORK, {})}
    assert parts["per_a0"].was_told
    assert parts["per_a2"].was_told


def test_a_questionnaire_still_closes_and_a_report_counts_who_is_left(house, answered):
    forget_a0(house)

    house.ask("close_questionnaire", STAFF, questionnaire_id=answered)

    assert run_due(house, "questionnaires", "on_questionnaire_due") == ["done"]
    assert answers_in(house) == 1


def test_a_name_told_late_does_not_come_back(house, answered):
    hear(house, "on_cohort", a_cohort("coh_a", COHORTS["coh_a"]), version=3)
    name = house.service.cohorts.get(NETWORK, "coh_a")["roster"][0]["display_name"]
    forget_a0(house)

    hear(house, "on_cohort", a_cohort("coh_a", COHORTS["coh_a"]), version=9)

    assert house.service.cohorts.get(NETWORK, "coh_a")["roster"][0]["display_name"] == ""
    assert name


def test_the_forgotten_are_asked_nothing_more(house, answered):
    forget_a0(house)

    hear(house, "on_session", a_session_closed("ses_b", "coh_a", COHORTS["coh_a"]))

    asked = house.service.participations.find(NETWORK, {"session_id": "ses_b"})
    assert "per_a0" not in {part.person_id for part in asked}


def test_an_answer_that_comes_late_is_refused_and_not_kept(house, answered):
    forget_a0(house)

    with pytest.raises(RemoteRefusal):
        house.ask("give_feedback", A0, questionnaire_id=answered, answers=ANSWERS)

    assert answers_in(house) == 1


def test_forgetting_again_after_a_crash_before_the_end_ends_the_same(house, answered):
    forget_a0(house)

    assert forget_a0(house, version=2) == ["done"]
    assert answers_in(house) == 1


def test_a_person_takes_their_own_answers_along(house, answered):
    told = house.ask("export_mine", A0)

    assert [row["answers"] for row in told["data"]] == [ANSWERS]
    assert told["next"] is None
    assert "per_a1" not in str(told)
