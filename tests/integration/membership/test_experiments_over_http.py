"""Experiments on a program's practice as staff meet them, over a real MongoDB."""

import pytest

from tests.builders.people import a_program
from tests.builders.rooms import Rooms

TRIED = "/v1/programs/prg_1/experiments"
SHORTER = {"change": "length", "to": 60, "measure": "Attendance", "direction": "up", "until": "2090-01-07"}
FOUND = {"before": 71, "after": 80.5, "decision": "adopt", "why": "People stay to the end."}


@pytest.fixture
def rooms(house):
    """With a program whose sessions take 90 minutes, every three weeks, facilitated from outside."""
    rooms = Rooms(house)
    house.service.programs.add(a_program())
    return rooms


@pytest.fixture
def staff(rooms):
    return rooms.as_("staff", "program_staff")


def test_a_change_is_guessed_compared_and_decided(staff):
    begun = staff("POST", TRIED, SHORTER)
    decided = staff("PUT", f"{TRIED}/decision", FOUND).json

    assert (begun.status, begun.json["was"], begun.json["to"], begun.json["guess_held"]) == (
        201,
        "90",
        "60",
        None,
    )
    assert (decided["standing"], decided["guess_held"]) == ("decided", True)
    assert decided["found"] == FOUND | {"before": 71.0, "difference": 9.5}
    assert [one["number"] for one in staff("GET", TRIED).json["data"]] == [1]


def test_of_two_changes_at_once_nobody_could_tell_which_it_was(staff):
    staff("POST", TRIED, SHORTER)

    second = staff("POST", TRIED, SHORTER | {"change": "frequency", "to": 2})
    staff("PUT", f"{TRIED}/decision", FOUND | {"decision": "return", "after": 60})
    third = staff("POST", TRIED, SHORTER | {"change": "facilitation", "to": "rotating"})

    assert (second.status, second.json["code"]) == (409, "experiment-running")
    assert (third.status, third.json["was"]) == (201, "outside")
    assert [one["guess_held"] for one in staff("GET", TRIED).json["data"]] == [None, False]


def test_a_decision_without_a_change_is_none(staff):
    answer = staff("PUT", f"{TRIED}/decision", FOUND)

    assert (answer.status, answer.json["code"]) == (409, "no-experiment-running")


@pytest.mark.parametrize(
    ("method", "path", "body", "pointer"),
    [
        ("POST", TRIED, SHORTER | {"to": 90}, "/to"),
        ("POST", TRIED, SHORTER | {"to": 20}, "/to"),
        ("POST", TRIED, SHORTER | {"to": 241}, "/to"),
        ("POST", TRIED, SHORTER | {"to": True}, "/to"),
        ("POST", TRIED, SHORTER | {"to": None}, "/to"),
        ("POST", TRIED, SHORTER | {"to": "shorter"}, "/to"),
        ("POST", TRIED, SHORTER | {"change": "facilitation", "to": "robots"}, "/to"),
        ("POST", TRIED, SHORTER | {"change": "frequency", "to": 0}, "/to"),
        ("POST", TRIED, SHORTER | {"change": "venue"}, "/change"),
        ("POST", TRIED, SHORTER | {"direction": "sideways"}, "/direction"),
        ("POST", TRIED, SHORTER | {"measure": ""}, "/measure"),
        ("POST", TRIED, SHORTER | {"until": "2001-01-07"}, "/until"),
        ("POST", TRIED, SHORTER | {"until": "soon"}, "/until"),
        ("PUT", f"{TRIED}/decision", FOUND | {"before": 10**9}, "/before"),
        ("PUT", f"{TRIED}/decision", FOUND | {"after": "NaN"}, "/after"),
        ("PUT", f"{TRIED}/decision", FOUND | {"decision": "perhaps"}, "/decision"),
        ("PUT", f"{TRIED}/decision", FOUND | {"why": "w" * 301}, "/why"),
    ],
)
def test_what_cannot_be_tried_is_named_and_nothing_is_begun(staff, method, path, body, pointer):
    answer = staff(method, path, body)

    assert (answer.status, answer.json["errors"][0]["pointer"]) == (422, pointer)
    assert staff("GET", TRIED).json["data"] == []


def test_staff_alone_try_and_nothing_is_tried_in_a_program_there_is_not(rooms, staff):
    member = rooms.as_("ada")("POST", TRIED, SHORTER)
    nowhere = staff("POST", "/v1/programs/prg_x/experiments", SHORTER)

    assert (member.status, nowhere.status) == (403, 404)


def test_on_its_page_staff_try_one_change_and_decide(rooms):
    open_, send = rooms.page_of("staff", "program_staff")
    page = "/staff/programs/prg_1/experiments"

    refused = send(page, SHORTER | {"to": "90"})
    begun = send(page, SHORTER | {"to": "60", "way": "all"})
    during = open_(page).body.decode()
    decided = send(f"{page}/decision", {name: str(value) for name, value in FOUND.items()})

    assert (refused.status, begun.status, decided.status) == (422, 303, 303)
    assert "Minutes of a session: 90 to 60" in during
    assert "as guessed" in open_(page).body.decode()
