from dataclasses import replace
from datetime import timedelta

import pytest

from services.contracts.events.sessions import CapsulePublished
from services.feedback.handlers.names import participation_id
from services.kit.outcomes import RemoteRefusal
from tests.builders.feedback import ANSWERS, COHORTS, NETWORK, a_session_closed
from tests.builders.hearing import hear, run_due
from tests.builders.sessions import a_person

A0, A1 = a_person("per_a0"), a_person("per_a1")
FAY, STAFF = a_person("per_fay"), a_person("per_sam", "program_staff")
BOSS = a_person("per_boss", "sponsor")


@pytest.fixture
def asked(house):
    """The id of the questionnaire after a session of cohort A."""
    hear(house, "on_session", a_session_closed("ses_a", "coh_a", COHORTS["coh_a"]))
    return mine(house)[0]["id"]


def mine(house, caller=A0):
    return house.ask("list_questionnaires", caller)["data"]


def give(house, name, caller=A0, key=None, **changed):
    return house.ask("give_feedback", caller, key=key, questionnaire_id=name, answers=ANSWERS | changed)


def close(house, name):
    house.ask("close_questionnaire", STAFF, questionnaire_id=name)
    run_due(house, "questionnaires", "on_questionnaire_due")


def stored(house, collection):
    return list(getattr(house.service, collection).documents.find({}))


def refusal(house, name, caller, **payload):
    with pytest.raises(RemoteRefusal) as refused:
        house.ask(name, caller, **payload)
    return refused.value


def test_everyone_who_was_there_is_asked_once_however_often_it_is_heard(house):
    closed = a_session_closed("ses_a", "coh_a", COHORTS["coh_a"])
    hear(house, "on_session", closed, version=5)
    hear(house, "on_session", closed, version=5)
    summarised = a_session_closed("ses_a", "coh_a", COHORTS["coh_a"], CapsulePublished, standing="summarised")
    hear(house, "on_session", summarised, version=6)

    told = [
        entry["body"]["data"]["person_id"]
        for part in stored(house, "participations")
        for entry in part["outbox"]
    ]
    assert sorted(told) == COHORTS["coh_a"]


def test_a_session_not_over_asks_nobody(house):
    hear(house, "on_session", a_session_closed("ses_a", "coh_a", COHORTS["coh_a"], standing="open"))

    assert mine(house) == []


def test_the_asked_person_sees_questions_who_reads_them_and_their_own_answer(house, asked):
    give(house, asked)

    shown = house.ask("show_questionnaire", A0, questionnaire_id=asked)

    assert shown["answers"] == ANSWERS
    assert (shown["standing"], shown["is_open"]) == ("given", True)
    assert {question["read_by"] for question in shown["questions"]} == {
        "you alone",
        "nobody; counted in figures over enough people",
    }


def test_an_answer_may_be_changed_and_taken_back_until_the_end(house, asked):
    give(house, asked)
    give(house, asked, p_1=1)
    changed = house.ask("show_questionnaire", A0, questionnaire_id=asked)["answers"]["p_1"]

    house.ask("withdraw_feedback", A0, questionnaire_id=asked)

    assert changed == 1
    assert stored(house, "answers") == []
    assert mine(house)[0]["standing"] == "withdrawn"


def test_the_same_request_twice_gives_one_answer(house, asked):
    first, again = (give(house, asked, key="k1") for _ in range(2))

    assert first == again == {"id": asked, "standing": "given"}
    assert len(stored(house, "answers")) == 1


def test_a_mailbox_alone_sees_what_is_asked_and_not_what_was_answered(house, asked):
    by_mailbox = replace(A0, text_open=False)
    before = house.ask("show_questionnaire", by_mailbox, questionnaire_id=asked)
    give(house, asked)

    told = house.ask("show_questionnaire", by_mailbox, questionnaire_id=asked)
    whole = house.ask("show_questionnaire", A0, questionnaire_id=asked)

    assert (before["answers"], before["withheld"]) == (None, None)
    assert (told["answers"], told["withheld"], told["standing"]) == (None, "own-factor-needed", "given")
    assert told["questions"] == whole["questions"]
    assert (whole["answers"]["p_1"], whole["withheld"]) == (ANSWERS["p_1"], None)


def test_nobody_acts_for_another(house, asked):
    for caller in (a_person("per_b0"), FAY, STAFF, BOSS, a_person("per_a0", network="net_2")):
        for name, payload in (("give_feedback", {"answers": ANSWERS}), ("withdraw_feedback", {})):
            refused = refusal(house, name, caller, questionnaire_id=asked, **payload)
            assert (refused.kind, refused.code) == ("not-found", "not-found")


def test_a_questionnaire_closes_by_itself_after_five_days(house, clock, asked):
    clock.moment += timedelta(days=5)

    assert refusal(house, "give_feedback", A0, questionnaire_id=asked, answers=ANSWERS).code == (
        "questionnaire-closed"
    )
    assert run_due(house, "questionnaires", "on_questionnaire_due") == ["done", "done"]
    assert house.ask("show_questionnaire", STAFF, questionnaire_id=asked)["standing"] == "closed"


def test_staff_and_facilitator_may_close_early_and_others_may_not(house, asked):
    for caller in (A0, BOSS, a_person("per_zoe")):
        assert refusal(house, "close_questionnaire", caller, questionnaire_id=asked).kind == "not-found"

    assert house.ask("close_questionnaire", FAY, questionnaire_id=asked)["standing"] == "closing"
    run_due(house, "questionnaires", "on_questionnaire_due")
    assert house.ask("close_questionnaire", STAFF, questionnaire_id=asked)["standing"] == "closed"


def test_after_closing_nothing_is_given_changed_or_taken_back(house, asked):
    give(house, asked)
    close(house, asked)

    for name, payload in (("give_feedback", {"answers": ANSWERS}), ("withdraw_feedback", {})):
        refused = refusal(house, name, A0, questionnaire_id=asked, **payload)
        assert refused.code == "questionnaire-closed"
    assert len(stored(house, "answers")) == 1


def test_an_answer_whose_author_was_killed_before_they_took_part_is_not_kept(house, asked):
    part = house.service.participations.of_person(NETWORK, asked, "per_a0")
    house.service.answers.put(part, ANSWERS, house.service.clock.now().date())

    close(house, asked)

    assert stored(house, "answers") == []


def test_the_answers_document_tells_neither_person_nor_request_nor_hour(house, asked):
    give(house, asked, key="k1")

    (document,) = stored(house, "answers")

    assert document.keys() == {"_id", "network", "day", "sealed"}
    assert document["day"] == "2024-01-08"
    written = repr({name: value for name, value in document.items() if name != "sealed"})
    known = ("per_a0", asked, participation_id(asked, "per_a0"), "k1", "coh_a", "ses_a")
    assert not [each for each in known if each in written]


def test_answers_of_one_person_share_nothing(house, asked):
    hear(house, "on_session", a_session_closed("ses_b", "coh_a", COHORTS["coh_a"], number=2))
    for one in mine(house):
        give(house, one["id"])
    give(house, asked, A1)

    one, other, another = stored(house, "answers")

    key_ids = {bytes(each["sealed"][1:31]) for each in (one, other, another)}
    assert len({one["_id"], other["_id"], another["_id"]}) == 3
    assert len(key_ids) == 1, "all open with the cohort's shared key"


def everything_others_read(house, asked):
    """What staff, facilitator and sponsor can read, with ETags."""
    about = {"program_id": "prg_1"}
    reads = [
        ("list_questionnaires", STAFF, about),
        ("list_questionnaires", FAY, {"cohort_id": "coh_a"}),
        ("show_questionnaire", STAFF, {"questionnaire_id": asked}),
        ("show_questionnaire", FAY, {"questionnaire_id": asked}),
        ("list_reports", STAFF, about),
        ("list_reports", BOSS, {}),
    ]
    return [house.reply(name, caller, **payload) for name, caller, payload in reads]


def test_one_anonymous_answer_changes_nothing_that_others_can_read(house, asked):
    before = everything_others_read(house, asked)

    give(house, asked)

    assert everything_others_read(house, asked) == before


@pytest.mark.parametrize(
    "answers", [{}, ANSWERS | {"p_1": 9}, ANSWERS | {"p_1": {"$gt": ""}}, ANSWERS | {"extra": 1}]
)
def test_bad_answers_are_refused_and_nothing_is_half_done(house, asked, answers):
    refused = refusal(house, "give_feedback", A0, questionnaire_id=asked, answers=answers)

    assert refused.kind == "invalid"
    assert stored(house, "answers") == []
    assert mine(house)[0]["standing"] == "asked"


def test_killed_between_answer_and_part_the_same_request_again_does_the_rest(house, asked):
    part = house.service.participations.of_person(NETWORK, asked, "per_a0")
    house.service.answers.put(part, ANSWERS, house.service.clock.now().date())

    give(house, asked, key="k1")

    assert len(stored(house, "answers")) == 1
    assert mine(house)[0]["standing"] == "given"
