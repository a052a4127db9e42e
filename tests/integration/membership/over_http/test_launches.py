"""Launches as staff and speakers meet them: HTTP in front, a real MongoDB behind."""

import pytest

from gateway.routes import identity, launches, membership, programs
from services.kit.outcomes import RemoteRefusal
from tests.builders.people import signed_in

MINE = {module.__name__ for module in (identity, launches, membership, programs)}
GOALS = {"goals": ["problem_solving", "support"]}
BUY_IN = {"office": "Head of finance", "stance": "supports", "said_on": "2027-01-04", "note": "Ten minutes."}


@pytest.fixture
def path(admin):
    """The launch of a program that was just designed."""
    program = admin("POST", "/v1/programs", {"display_name": "Harbor", "outcome": "problem_solving"})
    return f"{program.fields['location']}/launch"


@pytest.fixture
def ada(admin):
    return admin("POST", "/v1/people", {"display_name": "Ada", "email": "ada@baltic.example"}).json["id"]


def stakes(admin, path):
    admin("PUT", f"{path}/purpose", {"purpose": "Problems are solved together."})
    admin("PUT", f"{path}/stakeholders/participant", GOALS)
    return admin("PUT", f"{path}/stakeholders/sponsor", {"goals": ["problem_solving"]})


def program_of(path):
    return path.split("/")[3]


def enroll(admin, path):
    return admin("POST", path.replace("/launch", "/enrollments"), {"everyone": True})


def test_a_program_without_a_launch_begun_enrolls_as_before(admin, path, ada):
    shown = admin("GET", path).json

    assert (shown["is_open"], shown["is_ready"], shown["purpose_version"]) == (True, False, 0)
    assert enroll(admin, path).status == 202


def test_from_a_purpose_to_enrollment_that_opens(admin, path, ada):
    stated = stakes(admin, path).json
    closed = enroll(admin, path)
    for group in ("participant", "sponsor"):
        answer = admin("PUT", f"{path}/stakeholders/{group}/verification", {"version": 1})
    ready = admin("GET", path).json

    assert (stated["shared_goals"], stated["is_open"]) == (["problem_solving"], False)
    assert (closed.status, closed.json["code"]) == (409, "purpose-not-verified")
    assert "sponsors, participants" in closed.json["detail"]
    assert answer.json["is_verified"]
    assert (ready["is_ready"], ready["is_open"]) == (True, True)
    assert [step["key"] for step in ready["steps"] if step["is_done"]] == [
        *("purpose", "stakeholders", "shared_goal", "verified", "people"),
    ]
    assert enroll(admin, path).status == 202


def test_who_speaks_for_a_group_verifies_for_it_and_reads_no_buy_in(admin, path, ada, house, network):
    stakes(admin, path)
    admin("PUT", f"{path}/stakeholders/sponsor", {"goals": ["problem_solving"], "speaker_id": ada})
    admin("POST", f"{path}/buy-ins", BUY_IN)
    asked = {"caller": signed_in(ada, network["network"]), "program_id": program_of(path)}

    by_staff = admin("PUT", f"{path}/stakeholders/sponsor/verification", {"version": 1})
    by_speaker = house.ask("verify_purpose", key="k1", group="sponsor", version=1, **asked)

    assert (by_staff.status, by_staff.json["code"]) == (403, "not-theirs-to-verify")
    assert [one["is_verified"] for one in by_speaker["stakeholders"]] == [True, False]
    assert house.ask("show_launch", **asked)["buy_ins"] == []
    assert admin("GET", path).json["buy_ins"][0]["office"] == "Head of finance"


@pytest.mark.parametrize("at", ["this program", "none"])
def test_who_speaks_for_nobody_is_told_the_same_of_a_program_and_of_none(
    admin, path, ada, house, network, at
):
    stakes(admin, path)
    program = program_of(path) if at == "this program" else "prg_x"
    asked = {"caller": signed_in(ada, network["network"]), "program_id": program}

    with pytest.raises(RemoteRefusal) as read:
        house.ask("show_launch", **asked)
    with pytest.raises(RemoteRefusal) as tried:
        house.ask("verify_purpose", key="k1", group="sponsor", version=1, **asked)

    assert (read.value.kind, read.value.code) == ("forbidden", "staff-only")
    assert (tried.value.kind, tried.value.message) == ("not-found", "there is no such program")


@pytest.mark.parametrize(
    ("method", "part", "body", "pointer"),
    [
        ("PUT", "purpose", {"purpose": ""}, "/purpose"),
        ("PUT", "purpose", {"purpose": "two\nlines"}, "/purpose"),
        ("PUT", "purpose", {"purpose": "P" * 501}, "/purpose"),
        ("PUT", "stakeholders/sponsor", {"goals": []}, "/goals"),
        ("PUT", "stakeholders/sponsor", {"goals": ["world_peace"]}, "/goals/0"),
        ("PUT", "stakeholders/sponsor", {"goals": ["support"], "speaker_id": "Ada"}, "/speaker_id"),
        ("PUT", "stakeholders/sponsor/verification", {"version": 0}, "/version"),
        ("PUT", "stakeholders/sponsor/verification", {"version": True}, "/version"),
        ("POST", "buy-ins", BUY_IN | {"stance": "loves it"}, "/stance"),
        ("POST", "buy-ins", BUY_IN | {"said_on": "yesterday"}, "/said_on"),
        ("POST", "buy-ins", BUY_IN | {"said_by": "per_1"}, "/said_by"),
    ],
)
def test_what_a_launch_cannot_take_is_named_and_nothing_is_begun(admin, path, method, part, body, pointer):
    answer = admin(method, f"{path}/{part}", body)

    assert (answer.status, answer.json["errors"][0]["pointer"]) == (422, pointer)
    assert admin("GET", path).json["is_open"]


def test_a_group_there_is_not_is_refused_and_somebody_unknown_speaks_for_nobody(admin, path):
    group = admin("PUT", f"{path}/stakeholders/pirates", GOALS)
    speaker = admin("PUT", f"{path}/stakeholders/sponsor", GOALS | {"speaker_id": "per_x"})
    senior = admin("POST", f"{path}/buy-ins", BUY_IN | {"person_id": "per_x"})

    assert (group.status, speaker.status, senior.status) == (422, 404, 404)
    assert admin("GET", path).json["stakeholders"] == []


def test_an_outdated_wording_and_a_group_that_is_not_named_are_told_apart(admin, path):
    stakes(admin, path)
    admin("PUT", f"{path}/purpose", {"purpose": "Problems are seen early."})

    outdated = admin("PUT", f"{path}/stakeholders/sponsor/verification", {"version": 1})
    unnamed = admin("PUT", f"{path}/stakeholders/champion/verification", {"version": 2})

    assert (outdated.status, outdated.json["code"]) == (409, "purpose-superseded")
    assert (unnamed.status, unnamed.json["code"]) == (409, "group-not-named")


def test_a_group_is_taken_off_and_a_repeated_request_does_nothing_twice(admin, path):
    stakes(admin, path)

    first = admin("POST", f"{path}/buy-ins", BUY_IN, idempotency_key="k1")
    again = admin("POST", f"{path}/buy-ins", BUY_IN, idempotency_key="k1")
    without = admin("DELETE", f"{path}/stakeholders/sponsor")

    assert first.json == again.json
    assert [one["group"] for one in without.json["stakeholders"]] == ["participant"]
    assert admin("GET", path).json["shared_goals"] == ["problem_solving", "support"]
