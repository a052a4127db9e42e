from datetime import UTC, datetime

import pytest

from services.kit.outcomes import RemoteRefusal
from tests.builders.feedback import ANSWERS, COHORTS, PROGRAM, a_session_closed
from tests.builders.hearing import hear, run_due
from tests.builders.sessions import a_person

STAFF, BOSS = a_person("per_sam", "program_staff"), a_person("per_boss", "sponsor")
FAY = a_person("per_fay")
SCALES = ("p_1", "p_3", "p_8_sure", "progress")
MIXED = (5, 4, 2, 3, 5, 1)
JANUARY = {"program_id": PROGRAM, "period": "2024-01"}


@pytest.fixture(autouse=True)
def february(clock):
    clock.moment = datetime(2024, 1, 20, tzinfo=UTC)


def ask_and_close(house, clock, session_id="ses", values=MIXED, cohorts=COHORTS, number=1):
    """One session a cohort, everyone answers with their value of `values`, all closed."""
    for cohort_id, members in cohorts.items():
        name = f"{session_id}_{cohort_id[-1]}{number}"
        hear(house, "on_session", a_session_closed(name, cohort_id, members, number=number))
        for person_id, value in zip(members, values, strict=False):
            (asked,) = [
                each
                for each in house.ask("list_questionnaires", a_person(person_id))["data"]
                if each["session_id"] == name
            ]
            answers = ANSWERS | dict.fromkeys(SCALES, value)
            house.ask("give_feedback", a_person(person_id), questionnaire_id=asked["id"], answers=answers)
        house.ask("close_questionnaire", STAFF, questionnaire_id=asked["id"])
    run_due(house, "questionnaires", "on_questionnaire_due")


def publish(house, clock, **payload):
    clock.moment = datetime(2024, 2, 2, tzinfo=UTC)
    return house.ask("publish_report", STAFF, **(JANUARY | payload))


def refusal(house, name, caller, **payload):
    with pytest.raises(RemoteRefusal) as refused:
        house.ask(name, caller, **payload)
    return refused.value


def figure(report, group, subject):
    shown = report["attendance"] + report["satisfaction"] + report["progress"]
    return next(each for each in shown if (each["group"], each["subject"]) == (group, subject))


def test_the_sponsor_reads_attendance_satisfaction_and_progress(house, clock):
    ask_and_close(house, clock)
    published = publish(house, clock)

    report = house.ask("show_report", BOSS, report_id=published["id"])

    assert figure(report, "program", "p_1")["mean"] == 3.4
    assert figure(report, "program", "progress")["people"] == "10-19"
    attendance = figure(report, "program", "attendance")
    assert (attendance["low"], attendance["high"]) == (90, 100)
    assert report["program_name"] == "Supervisors who coach"


def test_the_sponsors_report_names_neither_person_nor_cohort(house, clock):
    ask_and_close(house, clock)
    published = publish(house, clock)

    report = house.ask("show_report", BOSS, report_id=published["id"])

    assert [group["name"] for group in report["groups"]] == [
        "Supervisors who coach",
        "Group 1",
        "Group 2",
        "Group 3",
    ]
    assert not [word for word in ("per_", "coh_", "ses_", "Cohort coh") if word in repr(report)]


def test_a_group_of_four_is_withheld_from_the_sponsor_with_the_reason_and_hides_its_sibling(house, clock):
    ask_and_close(house, clock)
    published = publish(house, clock)

    to_staff = house.ask("show_report", STAFF, report_id=published["id"])
    to_sponsor = house.ask("show_report", BOSS, report_id=published["id"])

    assert figure(to_staff, "coh_c", "p_1")["mean"] == 3.5
    assert figure(to_sponsor, "group-3", "p_1")["withheld"] == "too-few"
    assert figure(to_sponsor, "group-1", "p_1")["withheld"] == "protected"
    assert figure(to_sponsor, "group-1", "p_1")["mean"] is None


def test_a_unanimous_program_shows_no_mean(house, clock):
    ask_and_close(house, clock, values=(5,) * 6)
    published = publish(house, clock)

    report = house.ask("show_report", STAFF, report_id=published["id"])

    assert figure(report, "program", "p_1")["withheld"] == "protected"


def test_publishing_the_same_period_again_returns_the_report_that_is_out(house, clock):
    ask_and_close(house, clock)
    first = publish(house, clock)

    assert publish(house, clock) == first
    assert len(house.ask("list_reports", STAFF)["data"]) == 1


def test_what_closes_after_publishing_goes_into_the_next_period(house, clock):
    ask_and_close(house, clock)
    first = publish(house, clock, period="2024-01-01/2024-01-20")
    frozen = house.ask("show_report", STAFF, report_id=first["id"])
    ask_and_close(house, clock, values=(1, 5, 1, 5, 1, 5), number=2)

    clock.moment = datetime(2024, 3, 2, tzinfo=UTC)
    second = house.ask("publish_report", STAFF, program_id=PROGRAM, period="2024-02")

    assert house.ask("show_report", STAFF, report_id=first["id"]) == frozen
    assert second["number"] == 2
    report = house.ask("show_report", STAFF, report_id=second["id"])
    assert figure(report, "program", "p_1")["mean"] == 3.0


def test_a_period_may_be_given_by_its_two_days(house, clock):
    ask_and_close(house, clock)

    published = house.ask(
        "publish_report", STAFF, program_id=PROGRAM, period_from="2024-01-01", period_to="2024-01-20"
    )

    assert (published["period_from"], published["period_to"]) == ("2024-01-01", "2024-01-20")


@pytest.mark.parametrize(
    ("period", "code"),
    [("2024-01", "period-not-over"), ("soon", "bad-period"), ("2023-12", "nothing-to-report")],
)
def test_a_period_that_cannot_be_reported_is_refused(house, clock, period, code):
    ask_and_close(house, clock)

    assert refusal(house, "publish_report", STAFF, program_id=PROGRAM, period=period).code == code


def test_a_questionnaire_that_is_just_closing_is_waited_for(house, clock):
    hear(house, "on_session", a_session_closed("ses_a", "coh_a", COHORTS["coh_a"]))
    (asked,) = house.ask("list_questionnaires", STAFF, program_id=PROGRAM)["data"]
    house.ask("close_questionnaire", STAFF, questionnaire_id=asked["id"])

    refused = refusal(house, "publish_report", STAFF, program_id=PROGRAM, period="2024-01-01/2024-01-20")

    assert refused.code == "questionnaires-closing"


def test_an_open_questionnaire_is_in_no_report(house, clock):
    hear(house, "on_session", a_session_closed("ses_a", "coh_a", COHORTS["coh_a"]))

    refused = refusal(house, "publish_report", STAFF, program_id=PROGRAM, period="2024-01-01/2024-01-20")

    assert refused.code == "nothing-to-report"


@pytest.mark.parametrize(
    "caller", [FAY, BOSS, a_person("per_a0"), a_person("per_sam", "program_staff", network="net_2")]
)
def test_only_staff_of_the_network_publish(house, clock, caller):
    ask_and_close(house, clock)

    assert refusal(house, "publish_report", caller, **JANUARY).kind == "not-found"


@pytest.mark.parametrize(
    "caller", [FAY, a_person("per_a0"), a_person("per_boss", "sponsor", network="net_2")]
)
def test_only_staff_and_sponsors_of_the_network_read(house, clock, caller):
    ask_and_close(house, clock)
    published = publish(house, clock)

    assert refusal(house, "show_report", caller, report_id=published["id"]).kind == "not-found"
