from datetime import UTC, datetime

import pytest

from services.feedback.handlers.names import questionnaire_id
from services.kit.outcomes import RemoteRefusal
from tests.builders.feedback import ANSWERS, COHORTS, NETWORK, PROGRAM, a_session_closed
from tests.builders.hearing import hear, run_due
from tests.builders.sessions import a_person
from tests.integration.feedback.conftest import told_of_cohorts

STAFF, BOSS = a_person("per_sam", "program_staff"), a_person("per_boss", "sponsor")
FAY = a_person("per_fay")
SCALES = ("p_1", "p_3", "p_8_sure", "progress")
MIXED = (5, 4, 2, 3, 5, 1)
ONE_COHORT = {"coh_a": COHORTS["coh_a"]}
JANUARY = {"program_id": PROGRAM, "period": "2024-01"}


@pytest.fixture
def house(house, clock):
    """The doors late in January."""
    clock.moment = datetime(2024, 1, 20, tzinfo=UTC)
    return house


def ask_and_close(house, values=MIXED, cohorts=COHORTS, number=1):
    """One session a cohort, everyone answers with their value of `values`, all closed."""
    for cohort_id, members in cohorts.items():
        session_id = f"ses_{cohort_id[-1]}{number}"
        hear(house, "on_session", a_session_closed(session_id, cohort_id, members, number=number))
        name = questionnaire_id(NETWORK, session_id)
        for person_id, value in zip(members, values, strict=False):
            answers = ANSWERS | dict.fromkeys(SCALES, value)
            house.ask("give_feedback", a_person(person_id), questionnaire_id=name, answers=answers)
        house.ask("close_questionnaire", STAFF, questionnaire_id=name)
    run_due(house, "questionnaires", "on_questionnaire_due")


def publish(house, clock, **payload):
    clock.moment = datetime(2024, 2, 2, tzinfo=UTC)
    return house.ask("publish_report", STAFF, **(JANUARY | payload))


@pytest.fixture(scope="module")
def published(furnished, clock):
    """A report on all three cohorts; the tests that take it only read."""
    told_of_cohorts(furnished)
    clock.moment = datetime(2024, 1, 20, tzinfo=UTC)
    ask_and_close(furnished)
    return publish(furnished, clock)


def refusal(house, name, caller, **payload):
    with pytest.raises(RemoteRefusal) as refused:
        house.ask(name, caller, **payload)
    return refused.value


def figure(report, group, subject):
    shown = report["attendance"] + report["satisfaction"] + report["progress"]
    return next(each for each in shown if (each["group"], each["subject"]) == (group, subject))


def test_the_sponsor_reads_attendance_satisfaction_and_progress(furnished, published):
    report = furnished.ask("show_report", BOSS, report_id=published["id"])

    assert figure(report, "program", "p_1")["mean"] == 3.4
    assert figure(report, "program", "progress")["people"] == "10-19"
    attendance = figure(report, "program", "attendance")
    assert (attendance["low"], attendance["high"]) == (90, 100)
    assert report["program_name"] == "Supervisors who coach"


def test_the_sponsors_report_names_neither_person_nor_cohort(furnished, published):
    report = furnished.ask("show_report", BOSS, report_id=published["id"])

    names = [group["name"] for group in report["groups"]]
    assert names == ["Supervisors who coach", "Group 1", "Group 2", "Group 3"]
    assert not [word for word in ("per_", "coh_", "ses_", "Cohort coh") if word in repr(report)]


def test_a_group_of_four_is_withheld_from_the_sponsor_and_hides_its_sibling(furnished, published):
    to_staff = furnished.ask("show_report", STAFF, report_id=published["id"])
    to_sponsor = furnished.ask("show_report", BOSS, report_id=published["id"])

    assert figure(to_staff, "coh_c", "p_1")["mean"] == 3.5
    assert figure(to_sponsor, "group-3", "p_1")["withheld"] == "too-few"
    assert figure(to_sponsor, "group-1", "p_1")["withheld"] == "protected"
    assert figure(to_sponsor, "group-1", "p_1")["mean"] is None


@pytest.mark.parametrize(
    "caller", [FAY, a_person("per_a0"), a_person("per_boss", "sponsor", network="net_2")]
)
def test_only_staff_and_sponsors_of_the_network_read(furnished, published, caller):
    assert refusal(furnished, "show_report", caller, report_id=published["id"]).kind == "not-found"


def test_publishing_the_same_period_again_returns_the_report_that_is_out(furnished, clock, published):
    assert publish(furnished, clock) == published
    assert len(furnished.ask("list_reports", STAFF)["data"]) == 1


def test_a_unanimous_program_shows_no_mean(house, clock):
    ask_and_close(house, (5,) * 6, ONE_COHORT)
    published = publish(house, clock)

    report = house.ask("show_report", STAFF, report_id=published["id"])

    assert figure(report, "program", "p_1")["withheld"] == "protected"


def test_what_closes_after_publishing_goes_into_the_next_period(house, clock):
    ask_and_close(house, cohorts=ONE_COHORT)
    first = publish(house, clock, period="2024-01-01/2024-01-20")
    frozen = house.ask("show_report", STAFF, report_id=first["id"])
    ask_and_close(house, (1, 5, 1, 5, 1, 5), ONE_COHORT, number=2)

    clock.moment = datetime(2024, 3, 2, tzinfo=UTC)
    second = house.ask("publish_report", STAFF, program_id=PROGRAM, period="2024-02")

    assert house.ask("show_report", STAFF, report_id=first["id"]) == frozen
    assert second["number"] == 2
    report = house.ask("show_report", STAFF, report_id=second["id"])
    assert figure(report, "program", "p_1")["mean"] == 3.0


def test_a_period_may_be_given_by_its_two_days(house):
    ask_and_close(house, cohorts=ONE_COHORT)

    published = house.ask(
        "publish_report", STAFF, program_id=PROGRAM, period_from="2024-01-01", period_to="2024-01-20"
    )

    assert (published["period_from"], published["period_to"]) == ("2024-01-01", "2024-01-20")


@pytest.mark.parametrize(
    ("period", "code"),
    [("2024-01", "period-not-over"), ("soon", "bad-period"), ("2023-12", "nothing-to-report")],
)
def test_a_period_that_cannot_be_reported_is_refused(house, period, code):
    assert refusal(house, "publish_report", STAFF, program_id=PROGRAM, period=period).code == code


def test_a_questionnaire_that_is_just_closing_is_waited_for(house):
    hear(house, "on_session", a_session_closed("ses_a", "coh_a", COHORTS["coh_a"]))
    name = questionnaire_id(NETWORK, "ses_a")
    house.ask("close_questionnaire", STAFF, questionnaire_id=name)

    refused = refusal(house, "publish_report", STAFF, program_id=PROGRAM, period="2024-01-01/2024-01-20")

    assert refused.code == "questionnaires-closing"


def test_an_open_questionnaire_is_in_no_report(house):
    hear(house, "on_session", a_session_closed("ses_a", "coh_a", COHORTS["coh_a"]))

    refused = refusal(house, "publish_report", STAFF, program_id=PROGRAM, period="2024-01-01/2024-01-20")

    assert refused.code == "nothing-to-report"


@pytest.mark.parametrize(
    "caller", [FAY, BOSS, a_person("per_a0"), a_person("per_sam", "program_staff", network="net_2")]
)
def test_only_staff_of_the_network_publish(house, caller):
    assert refusal(house, "publish_report", caller, **JANUARY).kind == "not-found"
