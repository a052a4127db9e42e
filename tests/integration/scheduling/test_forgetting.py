"""Scheduling forgets hours, zones and seats, and tells a person what it keeps of them."""

from tests.builders.hearing import hear
from tests.builders.remains import confirmations, forget_in, remains
from tests.builders.scheduling import NETWORK, a_cohort_formed, a_person_fact
from tests.builders.sessions import a_person

ADA = a_person("per_ada")


def a_cohort_with_ada(house):
    hear(house, "on_person", a_person_fact("ada", zone="Pacific/Chatham"))
    hear(house, "on_cohort", a_cohort_formed())


def test_hours_and_seats_are_gone_and_it_is_confirmed(house):
    a_cohort_with_ada(house)

    assert forget_in(house) == ["done"]

    assert house.service.people.hours_of(NETWORK, ["per_ada"]) == {}
    assert house.service.cohorts.find(NETWORK, "coh_1").member_ids == {"per_bo"}
    assert remains(house.service.slots.floor, "Chatham") == set()
    assert confirmations(house) == ["person_erased_by_scheduling"]


def test_what_is_heard_late_meets_the_tombstone(house):
    a_cohort_with_ada(house)
    forget_in(house)

    hear(house, "on_person", a_person_fact("ada", zone="Pacific/Chatham"), version=7)
    hear(house, "on_cohort", a_cohort_formed(), version=7)

    assert house.service.people.hours_of(NETWORK, ["per_ada"]) == {}
    assert house.service.cohorts.find(NETWORK, "coh_1").member_ids == {"per_bo"}


def test_a_person_takes_along_when_they_can_meet(house):
    a_cohort_with_ada(house)

    told = house.ask("export_mine", ADA)

    assert [row["kind"] for row in told["data"]] == ["hours"]
    assert told["data"][0]["zone"] == "Pacific/Chatham"
    assert house.ask("export_mine", ADA, after=told["next"])["data"] == []
