"""From opening to capsule, through the doors."""

from dataclasses import replace

import pytest

from services.contracts.events.cohorts import AgreementSigned
from services.kit.outcomes import RemoteRefusal
from tests.builders.hearing import hear
from tests.builders.sessions import CAPSULE, ROSTER, a_cohort_event, a_link, a_person, a_slot_event

ADA, BO, FAY = a_person("per_ada"), a_person("per_bo"), a_person("per_fay")
ZOE, STAFF = a_person("per_zoe"), a_person("per_sam", "program_staff")
BY_MAILBOX = replace(ADA, text_open=False)
HERE = list(ROSTER)


@pytest.fixture
def planned(house):
    hear(house, "on_cohort", a_cohort_event())
    hear(house, "on_slot", a_slot_event())
    return house


@pytest.fixture
def signed(planned):
    hear(planned, "on_cohort", a_cohort_event(signed_by=ROSTER, cls=AgreementSigned), version=2)
    return planned


@pytest.fixture
def running(signed):
    signed.ask("open_session", FAY, session_id="ses_1")
    signed.ask("record_attendance", FAY, session_id="ses_1", present=HERE)
    signed.ask("start_topics", FAY, session_id="ses_1")
    return signed


@pytest.fixture
def closed(running):
    running.ask("close_session", FAY, session_id="ses_1")
    return running


def refusal(house, name, caller, **payload):
    with pytest.raises(RemoteRefusal) as refused:
        house.ask(name, caller, **payload)
    return refused.value


def test_topics_stay_closed_until_all_present_have_signed(planned):
    planned.ask("open_session", FAY, session_id="ses_1")
    planned.ask("record_attendance", FAY, session_id="ses_1", present=HERE)

    assert refusal(planned, "start_topics", FAY, session_id="ses_1").code == "agreement-not-signed"
    hear(planned, "on_cohort", a_cohort_event(signed_by=ROSTER, cls=AgreementSigned), version=2)
    shown = planned.ask("start_topics", FAY, session_id="ses_1")
    assert shown["gate"]["is_open"]
    assert all(item["is_open"] for item in shown["agenda"])


def test_only_the_start_of_the_agenda_is_open_before_the_gate(planned):
    shown = planned.ask("open_session", FAY, session_id="ses_1")

    open_kinds = {item["kind"] for item in shown["agenda"] if item["is_open"]}
    assert open_kinds == {"welcome", "connect", "agreement", "close"}


def test_the_facilitator_sees_who_has_not_signed_and_a_member_how_many(planned):
    planned.ask("open_session", FAY, session_id="ses_1")
    shown = planned.ask("record_attendance", FAY, session_id="ses_1", present=["per_bo"])

    seen = planned.ask("show_session", ADA, session_id="ses_1")

    assert shown["gate"]["missing"] == [{"person_id": "per_bo", "display_name": "Bo"}]
    assert "missing" not in seen["gate"]
    assert (seen["gate"]["signed"], seen["gate"]["members"]) == (0, 3)
    assert all("attendance" not in peer and "has_signed" not in peer for peer in seen["people"])


@pytest.mark.parametrize(
    ("name", "payload"),
    [
        ("make_commitment", {"what": "x", "due_on": "2027-01-20"}),
        ("publish_capsule", CAPSULE),
    ],
)
def test_nothing_confidential_is_written_behind_the_closed_gate(planned, name, payload):
    planned.ask("open_session", FAY, session_id="ses_1")
    planned.ask("record_attendance", FAY, session_id="ses_1", present=HERE)

    assert refusal(
        planned, name, FAY if name == "publish_capsule" else ADA, session_id="ses_1", **payload
    ).code == ("agreement-not-signed")


@pytest.mark.parametrize(
    "name", ["open_session", "start_topics", "close_session", "record_attendance", "publish_capsule"]
)
@pytest.mark.parametrize("caller", [ADA, STAFF, ZOE, a_link()], ids=["member", "staff", "stranger", "link"])
def test_the_facilitators_steps_do_not_exist_for_others(running, name, caller):
    refused = refusal(running, name, caller, session_id="ses_1")
    unknown = refusal(running, name, FAY, session_id="ses_9")

    assert (refused.kind, refused.code, refused.message) == (unknown.kind, unknown.code, unknown.message)


@pytest.mark.parametrize("name", ["open_session", "start_topics", "close_session"])
def test_a_step_repeated_with_and_without_its_key_is_one_step(closed, name):
    before = closed.service.sessions.get("net_1", "ses_1")

    closed.ask(name, FAY, key="k1", session_id="ses_1")
    closed.ask(name, FAY, key="k1", session_id="ses_1")

    assert closed.service.sessions.get("net_1", "ses_1") == before


def test_a_commitment_is_read_by_its_maker_and_the_facilitator_alone(running):
    made = running.ask(
        "make_commitment", ADA, session_id="ses_1", what="Ask first", due_on="2027-01-20", buddy_id="per_bo"
    )

    mine = running.ask("list_commitments", ADA)["data"]
    cohorts = running.ask("list_commitments", FAY, cohort_id="coh_1")["data"]

    assert "what" not in made
    assert [(one["id"], one["what"], one["buddy_name"]) for one in mine] == [(made["id"], "Ask first", "Bo")]
    assert [one["what"] for one in cohorts] == ["Ask first"]
    assert running.ask("list_commitments", BO, cohort_id="coh_1")["data"] == []
    assert refusal(running, "list_commitments", STAFF, cohort_id="coh_1").code == "not-found"


def test_making_a_commitment_twice_under_one_key_makes_one(running):
    said = {"session_id": "ses_1", "what": "Ask first", "due_on": "2027-01-20"}

    first, again = (running.ask("make_commitment", ADA, key="k1", **said) for _ in range(2))

    assert first == again
    assert len(running.ask("list_commitments", ADA)["data"]) == 1


def test_a_member_reports_on_their_own_commitment_only(running):
    made = running.ask("make_commitment", ADA, session_id="ses_1", what="Ask first", due_on="2027-01-20")

    running.ask("report_commitment", ADA, commitment_id=made["id"], standing="kept", note="It helped")

    (told,) = running.ask("list_commitments", ADA)["data"]
    assert (told["standing"], told["note"]) == ("kept", "It helped")
    for caller in (BO, FAY, STAFF, ZOE):
        refused = refusal(running, "report_commitment", caller, commitment_id=made["id"], standing="kept")
        assert (refused.kind, refused.code) == ("not-found", "not-found")


def test_the_link_of_a_mail_reads_no_commitments(running):
    running.ask("make_commitment", ADA, session_id="ses_1", what="Ask first", due_on="2027-01-20")

    assert running.ask("list_commitments", a_link("per_ada"))["data"] == []


def test_a_capsule_reaches_members_present_and_absent_and_nobody_else(closed):
    published = closed.ask("publish_capsule", FAY, session_id="ses_1", **CAPSULE)

    assert published["standing"] == "summarised"
    assert "background" not in published
    assert closed.ask("show_capsule", BO, session_id="ses_1")["ideas"] == "What"
    for caller in (STAFF, ZOE, a_link()):
        assert refusal(closed, "show_capsule", caller, session_id="ses_1").code == "not-found"


def test_a_mailbox_alone_reads_no_capsule_and_learns_of_none_that_is_not_theirs(closed):
    assert refusal(closed, "show_capsule", BY_MAILBOX, session_id="ses_1").code == "capsule-not-published"
    closed.ask("publish_capsule", FAY, session_id="ses_1", **CAPSULE)

    refused = refusal(closed, "show_capsule", BY_MAILBOX, session_id="ses_1")
    stranger = refusal(closed, "show_capsule", replace(ZOE, text_open=False), session_id="ses_1")

    assert (refused.kind, refused.code) == ("forbidden", "own-factor-needed")
    assert stranger.code == "not-found"


def test_a_mailbox_alone_reads_when_a_commitment_is_due_and_not_what_it_is(running):
    running.ask("make_commitment", ADA, session_id="ses_1", what="Ask first", due_on="2027-01-20")

    (told,) = running.ask("list_commitments", BY_MAILBOX)["data"]
    (whole,) = running.ask("list_commitments", ADA)["data"]

    assert (told["due_on"], told["what"], told["note"]) == ("2027-01-20", None, None)
    assert (told["withheld"], whole["withheld"]) == ("own-factor-needed", None)


def test_a_mailbox_alone_sees_the_timetable_and_answers_the_invitation(running):
    shown = running.ask("show_session", BY_MAILBOX, session_id="ses_1")

    assert (shown["face"], shown["number"], shown["zone"]) == ("member", 1, "Europe/Stockholm")


def test_a_capsule_with_a_missing_part_is_refused_by_its_name(closed):
    refused = refusal(closed, "publish_capsule", FAY, session_id="ses_1", background="Why", ideas="What")

    assert refused.code == "capsule-incomplete"
    assert [error["pointer"] for error in refused.errors] == ["/sources", "/newcomers"]


def test_there_is_no_capsule_before_it_is_published(closed):
    assert refusal(closed, "show_capsule", ADA, session_id="ses_1").code == "capsule-not-published"


def test_staff_see_times_and_attendance_and_no_content(running):
    running.ask("make_commitment", ADA, session_id="ses_1", what="Ask first", due_on="2027-01-20")

    shown = running.ask("show_session", STAFF, session_id="ses_1")

    assert shown["attendance"] == [{"person_id": person, "standing": "present"} for person in ROSTER]
    assert shown.keys().isdisjoint({"agenda", "gate", "people", "commitments", "my_answer", "has_capsule"})


def test_what_members_write_in_confidence_leaves_the_staffs_etag_as_it_was(running):
    before = running.reply("show_session", STAFF, session_id="ses_1")

    running.ask("make_commitment", ADA, session_id="ses_1", what="Ask first", due_on="2027-01-20")

    assert running.reply("show_session", STAFF, session_id="ses_1") == before
