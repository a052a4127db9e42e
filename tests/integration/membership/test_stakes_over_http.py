"""What is at stake for participants, as they and staff meet it, over a real MongoDB."""

import pytest

from services.membership.domain.enrollments import Enrollment, enrollment_id
from services.membership.handlers.engagements import exported_kinds
from tests.builders.people import NET, a_program
from tests.builders.remains import remains
from tests.builders.rooms import Rooms

STAKE, IMPORTANCE = "/v1/programs/prg_1/stake", "/v1/programs/prg_1/importance"


@pytest.fixture
def rooms(house):
    """Ada, Bo and Cy are placed in a cohort of the program, Dee is enrolled, Ed has left it."""
    rooms = Rooms(house)
    house.service.programs.add(a_program())
    stands = {"dee": ("enrolled", None), "ed": ("withdrawn", None)}
    for name in ("ada", "bo", "cy", "dee", "ed"):
        standing, cohort_id = stands.get(name, ("placed", "coh_1"))
        person_id = f"per_{name}"
        given = {"standing": standing, "cohort_id": cohort_id}
        house.service.enrollments.add(
            Enrollment(enrollment_id(NET, "prg_1", person_id), NET, "prg_1", person_id, **given)
        )
    return rooms


def rate(rooms, moment, **ratings):
    for name, rating in ratings.items():
        answer = rooms.as_(name)("PATCH", STAKE, {"importance": {moment: rating}})
        assert answer.status == 200, answer.body


def importance(rooms):
    return rooms.as_("staff", "program_staff")("GET", IMPORTANCE).json


def test_a_participant_sets_goals_methods_and_means_of_evaluation_of_their_own(rooms):
    said = {"goals": ["Run a ward", " Run a ward "], "methods": ["Shadowing"], "evaluation": ["Fewer calls"]}
    rooms.as_("ada")("PATCH", STAKE, said | {"expected": "Other eyes."})

    later = rooms.as_("ada")("PATCH", STAKE, {"gave": "Courage."})

    assert later.json == {
        "program_id": "prg_1",
        "importance": {"enrollment": None, "midway": None},
        "expected": "Other eyes.",
        "gave": "Courage.",
        "goals": ["Run a ward"],
        "methods": ["Shadowing"],
        "evaluation": ["Fewer calls"],
    }
    assert rooms.as_("bo")("GET", STAKE).json["goals"] == []


def test_staff_see_a_band_over_three_and_nothing_below(rooms):
    rate(rooms, "enrollment", ada=5, bo=4)
    two = importance(rooms)["moments"][0]
    rate(rooms, "enrollment", cy=2, dee=4)
    four = importance(rooms)["moments"][0]

    assert two == {"moment": "enrollment", "rated": 0, "band": None}
    assert four == {"moment": "enrollment", "rated": 3, "band": "high"}


def test_a_cohort_for_which_the_thread_matters_little_is_to_open_it_again(rooms):
    rate(rooms, "enrollment", ada=5, bo=5, cy=5)
    before = importance(rooms)
    rate(rooms, "midway", ada=2, bo=1, cy=5)

    assert before["reopen"] == []
    assert importance(rooms)["reopen"] == ["coh_1"]
    assert [one["band"] for one in importance(rooms)["moments"]] == ["high", "low"]


def test_a_rating_is_taken_back(rooms):
    rate(rooms, "enrollment", ada=5)

    answer = rooms.as_("ada")("PATCH", STAKE, {"importance": {"enrollment": None}})

    assert answer.json["importance"] == {"enrollment": None, "midway": None}


def test_midway_is_rated_by_who_sits_in_a_cohort(rooms):
    answer = rooms.as_("dee")("PATCH", STAKE, {"importance": {"midway": 4}})

    assert (answer.status, answer.json["code"]) == (409, "not-midway-yet")


@pytest.mark.parametrize("name", ["ed", "guide", "boss"])
def test_who_takes_no_part_has_nothing_at_stake_and_learns_of_no_program(rooms, name):
    here, nowhere = (rooms.as_(name)("GET", path) for path in (STAKE, "/v1/programs/prg_x/stake"))

    assert (here.status, nowhere.status) == (404, 404)
    assert here.json["detail"] == nowhere.json["detail"]
    assert rooms.as_(name)("GET", IMPORTANCE).status == 403


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"importance": {"enrollment": 6}}, "/importance/enrollment"),
        ({"importance": {"enrollment": 0}}, "/importance/enrollment"),
        ({"importance": {"enrollment": 2.5}}, "/importance/enrollment"),
        ({"importance": {"later": 3}}, "/importance/later"),
        ({"importance": 3}, "/importance"),
        ({"goals": ["x"] * 6}, "/goals"),
        ({"goals": ["two\nlines"]}, "/goals/0"),
        ({"methods": "one"}, "/methods"),
        ({"evaluation": ["e" * 301]}, "/evaluation/0"),
        ({"expected": "e" * 301}, "/expected"),
        ({"person_id": "per_bo"}, "/person_id"),
    ],
)
def test_what_cannot_be_said_is_named_and_nothing_is_kept(rooms, body, pointer):
    answer = rooms.as_("ada")("PATCH", STAKE, body)

    assert (answer.status, answer.json["errors"][0]["pointer"]) == (422, pointer)
    assert rooms.house.service.stakes.of_program(NET, "prg_1") == []


def test_words_and_ratings_lie_sealed_and_open_to_an_own_factor_alone(rooms):
    rooms.as_("ada")("PATCH", STAKE, {"goals": ["canary-goal"], "importance": {"enrollment": 5}})

    unproven = rooms.as_("ada", text_open=False)("GET", STAKE)

    assert (unproven.status, unproven.json["code"]) == (403, "own-factor-needed")
    assert remains(rooms.house.service.stakes.floor, "canary-goal") == set()


def test_a_participant_takes_their_stake_along_and_leaves_nothing_of_it(rooms, house):
    rooms.as_("ada")("PATCH", STAKE, {"goals": ["Run a ward"], "importance": {"enrollment": 5}})
    (kind,) = (
        one for one in exported_kinds(house.service.engagements, NET, "per_ada") if one.name == "stake"
    )
    (row,) = (row for each in kind.page(9, None).items for row in kind.rows(each))

    house.service.stakes.documents.update_many({}, {"$set": {"outbox": []}})  # announced meanwhile
    house.service.traces.drop(NET, "per_ada")

    assert (row["goals"], row["importance"]["enrollment"]) == (["Run a ward"], 5)
    assert house.service.stakes.of_program(NET, "prg_1") == []


def test_on_its_page_a_participant_says_it_and_is_told_what_is_too_long(rooms):
    open_, send = rooms.page_of("ada")
    page = "/programs/prg_1/stake"

    saved = send(page, {"enrollment": "4", "midway": "", "goals": "Run a ward\nSleep", "expected": ""})
    refused = send(page, {"goals": "g" * 301})
    shown = open_(page).body.decode()

    assert (saved.status, refused.status) == (303, 422)
    assert "Run a ward\nSleep" in shown
    assert 'value="4" selected' in shown
