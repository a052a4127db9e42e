"""Enrollment as members, staff and supervisors meet it: HTTP in front, a real MongoDB behind."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from gateway.routes import enrollments, identity, launches, membership, pledges, programs
from services.contracts.caller import Caller
from services.kit.due import Runner
from services.kit.due_entry import Due
from services.kit.outcomes import RemoteRefusal
from services.membership.domain.intakes import leave, seat
from tests.builders.people import signed_in

MINE = {module.__name__ for module in (enrollments, identity, launches, membership, pledges, programs)}
NAMES = ("ada", "bo", "cleo", "dan")
GOOD = {"importance": 4, "expected_value": "A second view."}


@pytest.fixture
def program(admin):
    return admin("POST", "/v1/programs", {"display_name": "Harbor", "outcome": "problem_solving"}).json["id"]


@pytest.fixture
def people(admin):
    """Name -> id; Cleo is above Ada."""
    found = {}
    for name in reversed(NAMES):
        body = {"display_name": name.title(), "email": f"{name}@baltic.example"}
        if name == "ada":
            body["managers"] = [found["cleo"]]
        found[name] = admin("POST", "/v1/people", body).json["id"]
    return found


@pytest.fixture
def ask(house, network, people, program):
    """A person's own ask: `ask("ada", "apply_to_program", answers=…)`."""
    number = iter(range(1000))

    def ask_as(name, what, **said):
        caller = signed_in(people[name], network["network"])
        reads = what.startswith(("show", "list"))
        return house.ask(
            what, caller=caller, key=None if reads else f"k{next(number)}", program_id=program, **said
        )

    return ask_as


@pytest.fixture
def settle(house):
    """Carry out what is due of enrollments and intakes, until nothing is."""

    def work_off():
        service = house.service
        runners = (
            Runner(service.enrollments, service.on_enrollment_due),
            Runner(service.intakes, service.on_intake_due),
        )
        while sum(runner.run_all() for runner in runners):
            pass

    return work_off


def open_intake(admin, program, **said):
    return admin("PUT", f"/v1/programs/{program}/intake", {"mode": "open", "pledge": "waived"} | said)


def standings(admin, program):
    rows = admin("GET", f"/v1/programs/{program}/enrollments").json["data"]
    return {one["display_name"]: one["standing"] for one in rows}


def test_an_application_is_read_by_staff_accepted_and_has_a_seat(admin, program, ask, settle):
    open_intake(admin, program, mode="apply")
    applied = ask("ada", "apply_to_program", answers=GOOD)
    (row,) = admin("GET", f"/v1/programs/{program}/enrollments?standing=applied").json["data"]
    shown = admin("GET", f"/v1/enrollments/{row['id']}").json
    decided = admin("PUT", f"/v1/enrollments/{row['id']}/decision", {"decision": "accept"})
    settle()
    again = admin("PUT", f"/v1/enrollments/{row['id']}/decision", {"decision": "decline"})

    assert applied["enrollment"]["standing"] == "applied"
    assert shown["answers"] == GOOD
    assert decided.json["standing"] == "accepted"
    assert standings(admin, program) == {"Ada": "enrolled"}
    assert (again.status, again.json["code"]) == (409, "not-applied")
    assert admin("GET", f"/v1/programs/{program}").json["standing"] == "enrolling"


def test_what_was_answered_is_sealed_in_the_database(admin, program, ask, house):
    open_intake(admin, program, mode="apply")
    ask("ada", "apply_to_program", answers=GOOD)

    assert "second view" not in str(house.service.enrollments.documents.find_one({}))


def test_the_last_seat_goes_to_the_first_and_the_next_waits_until_it_is_offered(admin, program, ask, settle):
    open_intake(admin, program, seats=1)
    for name in ("ada", "bo", "cleo"):
        ask(name, "apply_to_program", answers=GOOD)
        settle()
    waiting = ask("cleo", "show_my_enrollment")
    ask("ada", "withdraw_enrollment", reason="no_time")
    settle()
    offered = ask("bo", "show_my_enrollment")["enrollment"]
    taken = ask("bo", "answer_offer", take=True)
    settle()

    assert (waiting["enrollment"]["standing"], waiting["enrollment"]["place"]) == ("waitlisted", 2)
    assert offered["standing"] == "offered"
    assert offered["offer_until"] > datetime.now(UTC).isoformat()
    assert taken["enrollment"]["standing"] == "accepted"
    assert standings(admin, program) == {"Ada": "withdrawn", "Bo": "enrolled", "Cleo": "waitlisted"}


def test_a_seat_let_go_is_offered_to_the_next(admin, program, ask, settle):
    open_intake(admin, program, seats=1)
    for name in ("ada", "bo", "cleo"):
        ask(name, "apply_to_program", answers=GOOD)
        settle()
    ask("ada", "withdraw_enrollment", reason="hours")
    settle()
    ask("bo", "answer_offer", take=False)
    settle()

    assert standings(admin, program) == {"Ada": "withdrawn", "Bo": "lapsed", "Cleo": "offered"}


def test_without_a_limit_any_more_all_who_wait_have_a_seat(admin, program, ask, settle):
    open_intake(admin, program, seats=1)
    for name in ("ada", "bo", "cleo"):
        ask(name, "apply_to_program", answers=GOOD)
        settle()
    open_intake(admin, program, seats=None)
    settle()

    assert set(standings(admin, program).values()) == {"enrolled"}


def test_whom_staff_enroll_beyond_the_seats_waits(admin, program, people, house, settle):
    open_intake(admin, program, seats=2)
    admin("POST", f"/v1/programs/{program}/enrollments", {"person_ids": sorted(people.values())})
    Runner(house.service.processes, house.service.on_process_due).run_all()
    settle()

    found = sorted(standings(admin, program).values())
    assert found == ["enrolled", "enrolled", "waitlisted", "waitlisted"]


def test_a_pause_is_announced_and_leaves_the_person_out_of_forming(admin, program, ask, settle, house):
    open_intake(admin, program)
    ask("ada", "apply_to_program", answers=GOOD)
    settle()
    until = datetime.now(UTC) + timedelta(days=7)
    paused = ask("ada", "pause_enrollment", until=until.isoformat())
    (document,) = house.service.enrollments.documents.find({})
    left_out = house.service.enrollments.waiting_people(document["network"], program)
    resumed = ask("ada", "resume_enrollment")

    assert paused["enrollment"]["paused_until"]
    assert left_out == []
    assert resumed["enrollment"]["paused_until"] is None
    assert len(house.service.enrollments.waiting_people(document["network"], program)) == 1


def test_who_left_applies_again_and_their_old_answers_are_gone(admin, program, ask, settle):
    open_intake(admin, program, mode="apply")
    ask("ada", "apply_to_program", answers=GOOD)
    ask("ada", "withdraw_enrollment", reason="personal")
    settle()
    again = ask("ada", "apply_to_program", answers={"importance": 2})

    assert again["enrollment"]["standing"] == "applied"
    assert again["enrollment"]["answers"] == {"importance": 2}


def test_nobody_applies_before_each_group_has_verified_the_purpose(admin, program, ask):
    open_intake(admin, program)
    admin("PUT", f"/v1/programs/{program}/launch/purpose", {"purpose": "Problems are solved."})

    with pytest.raises(RemoteRefusal) as refused:
        ask("ada", "apply_to_program", answers=GOOD)

    assert refused.value.code == "purpose-not-verified"


@pytest.mark.parametrize(
    ("answers", "pointers"),
    [
        ({}, ["/answers/importance"]),
        ({"importance": 6}, ["/answers/importance"]),
        ({"importance": "high"}, ["/answers/importance"]),
        ({"importance": 3, "shoes": "42"}, ["/answers/shoes"]),
        ({"importance": 3, "expected_value": 3}, ["/answers/expected_value"]),
    ],
)
def test_answers_that_do_not_fit_are_named_and_nothing_is_kept(admin, program, ask, house, answers, pointers):
    open_intake(admin, program)

    with pytest.raises(RemoteRefusal) as refused:
        ask("ada", "apply_to_program", answers=answers)

    assert [error["pointer"] for error in refused.value.errors] == pointers
    assert house.service.enrollments.documents.find_one({}) is None


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"mode": "ajar"}, "/mode"),
        ({"seats": 0}, "/seats"),
        ({"offer_hours": 0}, "/offer_hours"),
        ({"closes_on": "2001-01-01"}, "/closes_on"),
        ({"pledge": "maybe"}, "/pledge"),
        ({"neutral_title": ""}, "/neutral_title"),
        ({"questions": [{"key": "a", "words": "A?"}, {"key": "a", "words": "B?"}]}, "/questions/1/key"),
        ({"questions": [{"key": "a", "words": "A?", "kind": "choice"}]}, "/questions/0/options"),
        ({"chairs": 3}, "/chairs"),
    ],
)
def test_what_an_intake_cannot_be_is_refused_by_name(admin, program, body, pointer):
    refused = admin("PUT", f"/v1/programs/{program}/intake", body)

    assert (refused.status, [error["pointer"] for error in refused.json["errors"]]) == (422, [pointer])
    assert admin("GET", f"/v1/programs/{program}/intake").json["mode"] == "closed"


def test_a_closed_program_takes_no_application(admin, program, ask):
    with pytest.raises(RemoteRefusal) as refused:
        ask("ada", "apply_to_program", answers=GOOD)

    assert refused.value.code == "applications-closed"


def test_a_pause_without_an_end_in_sight_is_refused(admin, program, ask, settle):
    open_intake(admin, program)
    ask("ada", "apply_to_program", answers=GOOD)
    settle()

    with pytest.raises(RemoteRefusal) as refused:
        ask("ada", "pause_enrollment", until="2099-01-01T00:00:00+00:00")

    assert (refused.value.code, refused.value.errors[0]["pointer"]) == ("pause-not-within-reason", "/until")


def test_where_a_pledge_is_required_the_member_is_in_once_their_supervisor_supports_them(
    admin, program, ask, settle, people, house, network
):
    open_intake(admin, program, pledge="required", neutral_title="Monthly training")
    ask("ada", "apply_to_program", answers=GOOD)
    settle()
    before = standings(admin, program)
    asked = ask("ada", "ask_pledge")
    enrollment_id = asked["enrollment"]["id"]
    held = by_link(network, people["cleo"], f"{enrollment_id}/1")
    shown = house.ask("show_pledge", caller=held)
    house.ask("answer_pledge", caller=held, key="p1", answer="support")
    settle()

    assert before == {"Ada": "applied"}
    assert asked["draft"]["subject"] == "Your support for Monthly training"
    assert shown["title"] == "Monthly training"
    assert "Harbor" not in str(shown)
    assert standings(admin, program) == {"Ada": "enrolled"}


def test_staff_accept_nobody_without_the_pledge_a_program_requires_unless_they_waive_it(
    admin, program, ask, settle
):
    open_intake(admin, program, mode="apply", pledge="required")
    ask("ada", "apply_to_program", answers=GOOD)
    ask("ada", "wish_waiver")
    (row,) = admin("GET", f"/v1/programs/{program}/enrollments").json["data"]
    path = f"/v1/enrollments/{row['id']}"
    refused = admin("PUT", f"{path}/decision", {"decision": "accept"})
    waived = admin("PUT", f"{path}/pledge/waiver")

    assert row["pledge"] == "waiver_wished"
    assert (refused.status, refused.json["code"]) == (409, "pledge-missing")
    assert waived.json["pledge"] == "waived"
    assert admin("PUT", f"{path}/decision", {"decision": "accept"}).json["standing"] == "accepted"


@pytest.mark.parametrize("which", ["another person's", "an older one", "another act's"])
def test_a_link_that_is_not_the_supervisors_newest_opens_nothing(
    admin, program, ask, people, house, network, which
):
    open_intake(admin, program, mode="apply", pledge="invited")
    ask("ada", "apply_to_program", answers=GOOD)
    subject = f"{ask('ada', 'ask_pledge')['enrollment']['id']}/1"
    held = {
        "another person's": lambda: by_link(network, people["dan"], subject),
        "an older one": lambda: by_link(network, people["cleo"], subject.replace("/1", "/0")),
        "another act's": lambda: by_link(network, people["cleo"], subject, act="rsvp"),
    }[which]()

    with pytest.raises(RemoteRefusal) as refused:
        house.ask("show_pledge", caller=held)

    assert refused.value.code in ("no-longer-asked", "not-theirs-to-answer")


def test_who_reports_to_nobody_known_is_told_to_have_it_waived(admin, program, ask):
    open_intake(admin, program, mode="apply", pledge="invited")
    ask("dan", "apply_to_program", answers=GOOD)

    with pytest.raises(RemoteRefusal) as refused:
        ask("dan", "ask_pledge")

    assert refused.value.code == "no-supervisor-known"


def test_the_same_application_sent_twice_is_one(admin, program, people, house, network):
    open_intake(admin, program, mode="apply")
    asked = {"caller": signed_in(people["ada"], network["network"]), "key": "once", "program_id": program}
    first = house.ask("apply_to_program", answers=GOOD, **asked)
    second = house.reply("apply_to_program", answers=GOOD, **asked)

    assert second["replayed"]
    assert second["answer"] == first


def test_reasons_are_shown_from_three_people_on(admin, program, ask, settle):
    open_intake(admin, program)
    for name in ("ada", "bo"):
        ask(name, "apply_to_program", answers=GOOD)
        ask(name, "withdraw_enrollment", reason="no_time")
    two = admin("GET", f"/v1/programs/{program}/turnover").json
    ask("cleo", "apply_to_program", answers=GOOD)
    ask("cleo", "withdraw_enrollment", reason="no_time")
    three = admin("GET", f"/v1/programs/{program}/turnover").json

    assert (two["left"], two["reasons"]) == (None, [])
    assert (three["left"], three["reasons"]) == (3, [{"reason": "no_time", "people": 3}])


@pytest.mark.parametrize(
    ("method", "path", "body", "pointer"),
    [
        ("PUT", "enrollment/offer", {"take": "perhaps"}, "/take"),
        ("PUT", "enrollment/pause", {"until": "tomorrow"}, "/until"),
        ("PUT", "enrollment/pause", {"until": "2027-01-01T00:00:00"}, "/until"),
        ("PUT", "enrollment/withdrawal", {"reason": "because"}, "/reason"),
        ("PUT", "enrollment/withdrawal", {}, "/reason"),
        ("PUT", "enrollment/pledge", {"supervisor_id": "nobody"}, "/supervisor_id"),
        ("POST", "applications", {"answers": {"importance": [3]}}, "/answers/importance"),
        ("POST", "applications", {"answers": {"importance": True}}, "/answers/importance"),
        ("POST", "applications", {"answers": {"offer": "a\x00b"}}, "/answers/offer"),
        ("POST", "applications", {}, "/answers"),
    ],
)
def test_what_is_sent_wrongly_is_refused_by_its_field(admin, program, method, path, body, pointer):
    refused = admin(method, f"/v1/programs/{program}/{path}", body)

    assert (refused.status, [error["pointer"] for error in refused.json["errors"]]) == (422, [pointer])


@pytest.mark.parametrize(
    ("path", "body", "pointer"),
    [
        ("decision", {"decision": "maybe"}, "/decision"),
        ("withdrawal", {"reason": ""}, "/reason"),
        ("cohort", {"cohort_id": "here"}, "/cohort_id"),
    ],
)
def test_what_staff_send_wrongly_is_refused_by_its_field(admin, path, body, pointer):
    refused = admin("PUT", f"/v1/enrollments/enr_1/{path}", body)

    assert (refused.status, [error["pointer"] for error in refused.json["errors"]]) == (422, [pointer])


def test_a_process_that_died_after_giving_the_seat_gives_it_once_and_goes_on(
    admin, program, ask, settle, house, people
):
    open_intake(admin, program, seats=1)
    ask("ada", "apply_to_program", answers=GOOD)
    store = house.service.intakes
    (document,) = store.documents.find({})
    seated, _ = seat(store.get(document["network"], document["_id"]), people["ada"], datetime.now(UTC))
    store.save(seated)
    settle()
    ask("bo", "apply_to_program", answers=GOOD)
    settle()

    assert store.get(document["network"], document["_id"]).seated == (people["ada"],)
    assert standings(admin, program) == {"Ada": "enrolled", "Bo": "waitlisted"}


def test_a_process_that_died_before_telling_of_an_offer_tells_it(admin, program, ask, settle, house, people):
    open_intake(admin, program, seats=1)
    for name in ("ada", "bo"):
        ask(name, "apply_to_program", answers=GOOD)
        settle()
    store = house.service.intakes
    (document,) = store.documents.find({})
    store.save(leave(store.get(document["network"], document["_id"]), people["ada"], datetime.now(UTC)))

    assert ask("bo", "show_my_enrollment")["enrollment"]["standing"] == "waitlisted"
    settle()
    assert ask("bo", "show_my_enrollment")["enrollment"]["standing"] == "offered"


def test_a_pause_ends_by_itself_and_says_so(admin, program, ask, settle, house):
    open_intake(admin, program)
    ask("ada", "apply_to_program", answers=GOOD)
    settle()
    ask("ada", "pause_enrollment", until=(datetime.now(UTC) + timedelta(days=7)).isoformat())
    store, past = house.service.enrollments, datetime.now(UTC) - timedelta(seconds=1)
    (paused,) = store.find(store.documents.find_one({})["network"], {})
    store.save(replace(paused, paused_until=past, due=(Due("resume", past),)))
    settle()
    told = store.documents.find_one({})["outbox"][-1]["body"]["data"]

    assert (told["standing"], told["paused_until"]) == ("enrolled", None)


def test_an_offer_nobody_answers_goes_to_the_next_by_itself(admin, program, ask, settle, house):
    open_intake(admin, program, seats=1)
    for name in ("ada", "bo", "cleo"):
        ask(name, "apply_to_program", answers=GOOD)
        settle()
    ask("ada", "withdraw_enrollment", reason="no_time")
    settle()
    store, past = house.service.intakes, datetime.now(UTC) - timedelta(seconds=1)
    (intake,) = store.find(store.documents.find_one({})["network"], {})
    over = tuple(replace(one, until=past) for one in intake.offers)
    store.save(replace(intake, offers=over, due=(Due("lapse", past),)))
    settle()

    assert standings(admin, program) == {"Ada": "withdrawn", "Bo": "lapsed", "Cleo": "offered"}


def by_link(network, person_id, subject, act="pledge"):
    link = {"act": act, "subject": subject}
    return Caller("link", network["network"], person_id=person_id, link=link)
