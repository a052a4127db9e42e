"""Seats beside a program as staff, advisers and others meet them: HTTP in front, a real MongoDB behind."""

import pytest

from gateway.routes import identity, membership, programs, seats
from services.kit.outcomes import RemoteRefusal
from services.membership.handlers.engagements import exported_kinds, forget_engagements
from tests.builders.people import signed_in
from tests.builders.remains import remains

MINE = {module.__name__ for module in (identity, seats, membership, programs)}


@pytest.fixture
def program(admin):
    made = admin("POST", "/v1/programs", {"display_name": "Harbor", "outcome": "problem_solving"})
    return made.json["id"]


@pytest.fixture
def ada(admin):
    return admin("POST", "/v1/people", {"display_name": "Ada", "email": "ada@baltic.example"}).json["id"]


def test_an_adviser_hears_how_the_program_does_and_advises(admin, program, ada, house, network):
    beside = f"/v1/programs/{program}/seats/adviser/{ada}"
    given = admin("PUT", beside, {"until": "2090-01-01T00:00:00Z"})
    caller = signed_in(ada, network["network"])
    heard = house.ask("show_standing", caller, program_id=program)
    house.ask(
        "give_advice", caller, key="k1", program_id=program, about="topic", words="  More on  onboarding. "
    )
    listed = admin("GET", f"/v1/programs/{program}/seats").json["seats"]
    said = admin("GET", f"/v1/programs/{program}/advice").json["data"]

    assert given.json["seats"][0]["until"] == "2090-01-01T00:00:00Z"
    assert (heard["people"], heard["advisers"], heard["advisers_taking_part"]) == (0, 1, False)
    assert (heard["left"], heard["reasons"]) == (None, [])
    assert [(one["display_name"], one["kind"]) for one in listed] == [("Ada", "adviser")]
    assert [(one["about"], one["words"]) for one in said] == [("topic", "More on onboarding.")]
    assert [one["kind"] for one in house.ask("list_my_seats", caller)["data"]] == ["adviser"]


def test_a_seat_that_is_taken_back_opens_nothing_any_more(admin, program, ada, house, network):
    admin("PUT", f"/v1/programs/{program}/seats/adviser/{ada}", {})
    taken = admin("DELETE", f"/v1/programs/{program}/seats/adviser/{ada}")
    caller = signed_in(ada, network["network"])

    assert taken.json["seats"] == []
    assert house.ask("list_my_seats", caller)["data"] == []
    for ask, more in (
        ("show_standing", {}),
        ("list_advice", {}),
        ("give_advice", {"about": "topic", "words": "x"}),
    ):
        with pytest.raises(RemoteRefusal) as refusal:
            house.ask(ask, caller, program_id=program, **more)
        assert refusal.value.code == "not-beside-this-program"


def test_who_has_no_seat_is_told_the_same_of_a_program_and_of_none(program, ada, house, network):
    told = []
    for one in (program, "prg_x"):
        with pytest.raises(RemoteRefusal) as refusal:
            house.ask("show_standing", signed_in(ada, network["network"]), program_id=one)
        told.append((refusal.value.code, refusal.value.message))

    assert told[0] == told[1]


@pytest.mark.parametrize(
    ("method", "part", "body", "pointer"),
    [
        ("PUT", "seats/adviser/{ada}", {"until": "2001-01-01T00:00:00Z"}, "/until"),
        ("PUT", "seats/adviser/{ada}", {"until": "tomorrow"}, "/until"),
        ("PUT", "seats/adviser/{ada}", {"until": "2090-01-01T00:00:00"}, "/until"),
        ("PUT", "seats/adviser/{ada}", {"since": "2090-01-01T00:00:00Z"}, "/since"),
        ("PUT", "seats/pirate/{ada}", {}, "/kind"),
        ("POST", "advice", {"about": "gossip", "words": "x"}, "/about"),
        ("POST", "advice", {"about": "topic", "words": ""}, "/words"),
        ("POST", "advice", {"about": "topic", "words": "two\nlines"}, "/words"),
        ("POST", "advice", {"about": "topic", "words": "w" * 501}, "/words"),
    ],
)
def test_what_cannot_be_is_named_and_nothing_is_changed(admin, program, ada, method, part, body, pointer):
    answer = admin(method, f"/v1/programs/{program}/{part.format(ada=ada)}", body)

    assert (answer.status, answer.json["errors"][0]["pointer"]) == (422, pointer)
    assert admin("GET", f"/v1/programs/{program}/seats").json["seats"] == []
    assert admin("GET", f"/v1/programs/{program}/advice").json["data"] == []


def test_nobody_unknown_has_a_seat_and_results_of_this_form_go_to_nobody(admin, program, ada):
    unknown = admin("PUT", f"/v1/programs/{program}/seats/adviser/per_x", {})
    outward = admin("PUT", f"/v1/programs/{program}/seats/recipient/{ada}", {})
    nowhere = admin("PUT", f"/v1/programs/prg_x/seats/adviser/{ada}", {})

    assert (unknown.status, nowhere.status) == (404, 404)
    assert (outward.status, outward.json["code"]) == (409, "no-results-for-others")


def test_a_committee_names_who_receives_its_results(admin, ada):
    wished = {"display_name": "Board", "outcome": "problem_solving", "form": "committee"}
    committee = admin("POST", "/v1/programs", wished).json["id"]

    given = admin("PUT", f"/v1/programs/{committee}/seats/recipient/{ada}", {})

    assert [one["kind"] for one in given.json["seats"]] == ["recipient"]


def test_who_is_forgotten_takes_their_seat_and_their_advice_with_them(admin, program, ada, house, network):
    here, caller = network["network"], signed_in(ada, network["network"])
    admin("PUT", f"/v1/programs/{program}/seats/champion/{ada}", {})
    house.ask("give_advice", caller, key="k1", program_id=program, about="goal", words="Canary advice.")
    told = {kind.name: kind for kind in exported_kinds(house.service.engagements, here, ada)}
    seat, said = (
        [row for item in told[kind].page(100, None).items for row in told[kind].rows(item)]
        for kind in ("seat", "advice")
    )

    forget_engagements(here, ada, house.service._erasure_ports())
    house.service.advices.documents.update_many({}, {"$set": {"outbox": []}})  # announced meanwhile
    house.service.traces.drop(here, ada)

    assert (seat[0]["kind"], said[0]["words"]) == ("champion", "Canary advice.")
    assert admin("GET", f"/v1/programs/{program}/seats").json["seats"] == []
    assert admin("GET", f"/v1/programs/{program}/advice").json["data"] == []
    assert remains(house.service.advices.floor, "Canary advice.") == set()
