"""Mutual dedication as members and staff meet it, over a real MongoDB."""

from dataclasses import replace

import pytest

from services.membership.handlers.engagements import exported_kinds, forget_engagements
from tests.builders.people import NET
from tests.builders.remains import remains
from tests.builders.rooms import Rooms

DEDICATION, PLACES = "/v1/cohorts/coh_1/dedication", "/v1/places-wanted"


@pytest.fixture
def rooms(house):
    """Above Bo stand Mid and Boss, above Ada and Cy nobody."""
    return Rooms(house)


def answer(rooms, name, given):
    said = rooms.as_(name)("PUT", DEDICATION, {"answer": given})
    assert said.status == 200, said.body
    return said.json


def wanted(rooms, name="staff"):
    return rooms.as_(name, "program_staff")("GET", PLACES).json["data"]


def test_where_levels_differ_widely_everybody_is_asked_and_answers_in_private(rooms):
    asked = rooms.as_("ada")("GET", DEDICATION).json
    answer(rooms, "ada", "yes")

    assert asked == {"cohort_id": "coh_1", "is_asked": True, "answer": None}
    assert rooms.as_("ada")("GET", DEDICATION).json["answer"] == "yes"
    assert rooms.as_("bo")("GET", DEDICATION).json["answer"] is None
    assert not rooms.as_("dee")("GET", DEDICATION.replace("coh_1", "coh_2")).json["is_asked"]


def test_a_no_and_a_wish_for_another_place_look_the_same_to_staff(rooms):
    answer(rooms, "ada", "no")
    after_no = wanted(rooms)
    answer(rooms, "ada", "elsewhere")

    assert after_no == wanted(rooms)
    assert after_no == [
        {"cohort_id": "coh_1", "cohort_name": "Harbor", "person_id": "per_ada", "display_name": "Ada"}
    ]


@pytest.mark.parametrize("given", ["yes", None])
def test_who_says_yes_or_takes_it_back_asks_for_nothing(rooms, given):
    answer(rooms, "ada", "no")

    answer(rooms, "ada", given)

    assert wanted(rooms) == []


def test_staff_in_the_cohorts_reporting_lines_see_nothing_of_it(rooms, house):
    answer(rooms, "ada", "no")
    cohort = house.service.cohorts.get(NET, "coh_1")
    house.service.cohorts.save(replace(cohort, barred=("per_boss",)))

    assert wanted(rooms, "boss") == []
    assert len(wanted(rooms)) == 1


def test_who_left_the_cohort_asks_for_no_place_in_another(rooms, house):
    answer(rooms, "ada", "no")
    cohort = house.service.cohorts.get(NET, "coh_1")
    left = (replace(cohort.roster[0], standing="left"), *cohort.roster[1:])
    house.service.cohorts.save(replace(cohort, roster=left))

    assert wanted(rooms) == []


@pytest.mark.parametrize("name", ["guide", "dee", "staff"])
def test_nobody_but_members_is_asked(rooms, name):
    here, nowhere = (
        rooms.as_(name, "program_staff")("GET", path) for path in (DEDICATION, "/v1/cohorts/coh_x/dedication")
    )

    assert (here.status, nowhere.status) == (404, 404)
    assert here.json["detail"] == nowhere.json["detail"]


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"answer": "perhaps"}, "/answer"),
        ({"answer": True}, "/answer"),
        ({}, "/answer"),
        ({"answer": "yes", "person_id": "per_bo"}, "/person_id"),
    ],
)
def test_what_is_no_answer_is_named_and_changes_nothing(rooms, body, pointer):
    refused = rooms.as_("ada")("PUT", DEDICATION, body)

    assert (refused.status, refused.json["errors"][0]["pointer"]) == (422, pointer)
    assert rooms.as_("ada")("GET", DEDICATION).json["answer"] is None


def test_it_lies_sealed_and_opens_to_an_own_factor_alone(rooms):
    answer(rooms, "ada", "elsewhere")

    unproven = rooms.as_("ada", text_open=False)("GET", DEDICATION)

    assert (unproven.status, unproven.json["code"]) == (403, "own-factor-needed")
    assert remains(rooms.house.service.dedications.floor, "elsewhere") == set()


def test_an_answer_goes_with_its_person(rooms, house):
    answer(rooms, "ada", "no")
    (kind,) = (
        one for one in exported_kinds(house.service.engagements, NET, "per_ada") if one.name == "dedication"
    )
    rows = [row for each in kind.page(9, None).items for row in kind.rows(each)]

    forget_engagements(NET, "per_ada", house.service._erasure_ports())

    assert rows == [{"cohort_id": "coh_1", "answer": "no"}]
    assert house.service.dedications.of_cohort(NET, "coh_1").answers == {}
    assert wanted(rooms) == []


def test_on_the_pages_a_member_answers_and_staff_see_a_name_and_no_reason(rooms):
    _, send = rooms.page_of("ada")
    see, _ = rooms.page_of("staff", "program_staff")

    refused = send("/cohorts/coh_1/dedication", {"answer": "perhaps"})
    answered = send("/cohorts/coh_1/dedication", {"answer": "no"})

    assert (refused.status, answered.status) == (422, 303)
    assert "<bdi>Ada</bdi>" in see("/staff/places").body.decode()
