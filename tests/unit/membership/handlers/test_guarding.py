"""Cohorts name whom reporting lines keep out, and are looked at again when lines or roles change."""

from types import SimpleNamespace

import pytest

from services.kit.clock import WallClock
from services.membership.adapters.cohorts import MongoCohorts, MongoRoleHolders
from services.membership.adapters.guarding import MongoGuardings
from services.membership.adapters.identity import MongoRoles
from services.membership.domain.cohorts import form_cohort
from services.membership.handlers.guarding import look, look_soon
from tests.builders.identity import a_role
from tests.builders.people import NET, a_program, somebody
from tests.fakes.store import fake_floor, faked


class Lines:
    """The reporting lines of the network."""

    def __init__(self):
        self.known = {"per_ada": ("per_cleo",), "per_dan": ("per_bo",)}

    def lines(self, network):
        return self.known


@pytest.fixture
def house():
    """Ada and Bo meet; Cleo is above Ada, Dan reports to Bo."""
    floor = fake_floor("membership")
    stores = SimpleNamespace(
        cohorts=faked(MongoCohorts, floor),
        people=Lines(),
        roles=faked(MongoRoles, floor),
        guardings=faked(MongoGuardings, floor),
        role_holders=MongoRoleHolders(floor),
        clock=WallClock(),
    )
    members = [somebody("per_ada"), somebody("per_bo")]
    cohort, _ = form_cohort("frm_1", 0, a_program(), members, [])
    stores.cohorts.add(cohort)
    return stores


def looked_at(house):
    """Look, and return whom the one cohort keeps out, with what was announced of it."""
    look_soon(NET, house.guardings, house.clock)
    ports = (house.guardings, house.cohorts, house.people, house.role_holders)
    look(NET, *ports, house.clock)
    document = house.cohorts.documents.find_one({})
    return document["barred"], [entry["routing_key"] for entry in document["outbox"]]


def test_a_cohort_names_who_stands_above_its_members(house):
    barred, announced = looked_at(house)

    assert barred == ["per_cleo"]
    assert announced == ["cohort_guarded"]


def test_a_second_look_changes_and_announces_nothing(house):
    looked_at(house)

    assert looked_at(house) == (["per_cleo"], ["cohort_guarded"])


def test_who_reports_to_a_member_is_kept_out_from_the_role_on(house):
    looked_at(house)
    house.roles.add(a_role("per_dan", "program_staff", network=NET))

    assert looked_at(house)[0] == ["per_cleo", "per_dan"]


def test_a_line_within_the_cohort_puts_it_on_hold_and_its_end_lets_it_go_on(house):
    looked_at(house)
    house.people.known["per_ada"] = ("per_mid",)
    house.people.known["per_mid"] = ("per_bo",)

    _, held = looked_at(house)
    house.people.known["per_ada"] = ("per_cleo",)
    _, free = looked_at(house)

    assert held == ["cohort_guarded", "safety_conflict_found"]
    assert free == [*held, "safety_conflict_settled"]


def test_what_is_said_of_a_cohort_on_hold_names_nobody_more_than_its_roster_does(house):
    looked_at(house)
    before = house.cohorts.documents.find_one({})["outbox"][-1]
    house.people.known["per_ada"] = ("per_cleo", "per_bo")
    looked_at(house)
    after = house.cohorts.documents.find_one({})["outbox"][-1]

    was, now = (each["body"]["data"] for each in (before, after))
    assert now == was | {"on_hold": True}


def test_a_line_that_ends_opens_the_cohort_again(house):
    looked_at(house)
    del house.people.known["per_ada"]

    assert looked_at(house)[0] == []
