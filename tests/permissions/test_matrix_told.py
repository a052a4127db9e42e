"""Words said in confidence, addresses and another network's ids, looked for in every answer of the matrix.

`tests/end_to_end/test_canaries.py` looks for the same words in every store, event, mail, log and metric.
"""

import json

import pytest

from tests.builders.holding import PARTS
from tests.permissions.callers import ALL, OPERATOR, STAFF

# Who may read what was said in the cohort called "own". Of the other cohorts nobody of the matrix may.
PROVEN = ("member", "facilitator")
READERS = {"what": PROVEN, "note": PROVEN, "answer": (), **dict.fromkeys((*PARTS, "challenge"), PROVEN)}
OF_THE_HOUSE = (*STAFF, "organization_admin", "partner_people")


def answers_with(ran, needle):
    """Who was given `needle` without having sent it, and by which operation."""
    return {
        (one.cell.caller, one.cell.row.operation)
        for one in [*ran.tried, *ran.again]
        if needle.encode() in one.body and needle not in one.path
    }


@pytest.mark.parametrize("place", ["own", "other", "foreign"])
def test_what_was_said_in_confidence_is_read_by_who_may(ran, everything, place):
    for where, word in everything.words[place].items():
        readers = READERS[where] if place == "own" else ()
        found = answers_with(ran, word)

        assert {one for one in found if one[0] not in readers} == set()
        assert {caller for caller, _ in found} == set(readers), f"the search finds {where}"


def test_an_address_is_read_by_its_person_and_who_sees_to_people(ran, everything):
    for name, person in everything.a.people.items():
        readers = {*STAFF, "partner_network", *self_of(everything, person["id"])}
        if person["organization_id"] == everything.a.organizations[0]["id"]:
            readers |= set(OF_THE_HOUSE)
        if person["organization_id"] == everything.a.organizations[1]["id"]:
            readers |= {"partner_all"}
        found = answers_with(ran, person["email"])

        assert {one for one in found if one[0] not in readers} == set(), name


def test_nothing_of_another_network_is_in_any_answer(ran, everything):
    theirs = {*everything.places["foreign"].values(), everything.b.network}
    theirs |= {text for person in everything.b.people.values() for text in (person["email"], person["id"])}
    of_all = {(OPERATOR, "GET /v1/networks")}  # that a network is there, and nothing that is in it
    told = {needle: answers_with(ran, needle) - of_all for needle in theirs}

    assert {needle: found for needle, found in told.items() if found} == {}


def test_secrets_shown_once_are_in_no_later_answer(ran, everything):
    shown = [client["secret"] for house in (everything.a, everything.b) for client in house.clients.values()]

    assert all(shown)
    assert [secret for secret in shown if answers_with(ran, secret)] == []


TIMES = {"id", "number", "of", "standing", "starts_at", "ends_at", "wall_start", "zone", "face"}
FACES = {
    "link": TIMES | {"my_answer"},
    "staff": TIMES | {"cohort_id", "cohort_name", "program_id", "place", "is_held", "attendance"},
}


def test_staff_see_dates_and_attendance_of_a_session_and_a_link_its_dates(ran):
    seen = {face: set() for face in FACES}
    for one in ran.tried:
        if one.cell.row.operation == "GET /v1/sessions/{session_id}" and one.status == 200:
            shown = json.loads(one.body)
            seen.get(shown["face"], set()).update(shown)

    assert seen == FACES


def self_of(world, person_id):
    return [name for name in ALL if world.callers[name].person_id == person_id]
