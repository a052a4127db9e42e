"""Who may read which people, and lists page by page, over a real MongoDB."""

import pytest

from services.kit.outcomes import RemoteRefusal
from tests.builders.people import NET, partner, signed_in, staff


def an_organization(house):
    return house.ask("add_organization", staff(), display_name="Northwind")["id"]


def add_people(house, count, of=0, **fields):
    for number in range(of, of + count):
        email = f"p{number}@example.org"
        house.ask("add_person", staff(), display_name=f"P{number:02}", email=email, **fields)


def test_partners_and_organization_admins_see_their_own_people_only(house):
    own = an_organization(house)
    add_people(house, 8, organization_id=own)
    add_people(house, 4, of=8)

    for caller in (
        partner(own, "people:read"),
        signed_in("per_x", NET, "organization_admin", organization_id=own),
    ):
        listed = house.ask("list_people", caller, limit=100)["data"]
        assert {one["organization_id"] for one in listed} == {own}
        assert len(listed) == 8

    for caller in (partner(own), signed_in("per_x", NET, "sponsor", "facilitator")):
        with pytest.raises(RemoteRefusal) as refused:
            house.ask("list_people", caller)
        assert refused.value.kind == "forbidden"


def test_pages_follow_one_another_without_a_gap(house):
    add_people(house, 24)

    seen, after = [], None
    while True:
        page = house.ask("list_people", staff(), limit=7, after=after)
        seen += [one["display_name"] for one in page["data"]]
        after = page["next"]
        if after is None:
            break

    assert seen == sorted(seen)
    assert len(seen) == 24


def test_everyone_may_read_themselves_and_nobody_elses_entry(house):
    add_people(house, 2)
    one, other = (person["id"] for person in house.ask("list_people", staff())["data"])

    assert house.ask("show_person", signed_in(one), person_id=one)["id"] == one
    with pytest.raises(RemoteRefusal):
        house.ask("show_person", signed_in(one), person_id=other)


def test_an_unknown_person_and_one_of_another_network_are_the_same_not_found(house):
    add_people(house, 1)
    known = house.ask("list_people", staff())["data"][0]["id"]

    def refusal(caller, person_id):
        with pytest.raises(RemoteRefusal) as refused:
            house.ask("show_person", caller, person_id=person_id)
        return refused.value.kind, refused.value.code, refused.value.message

    assert refusal(staff("net_2"), known) == refusal(staff(), "per_nobody")


@pytest.mark.parametrize("ask", ["add_organization", "add_person", "start_import", "design_program"])
def test_members_may_not_do_what_staff_does(house, ask):
    said = {
        "add_organization": {"display_name": "N"},
        "add_person": {"display_name": "A", "email": "a@example.org"},
        "start_import": {"text": "Name,Email"},
        "design_program": {"display_name": "H", "outcome": "support"},
    }[ask]

    with pytest.raises(RemoteRefusal) as refused:
        house.ask(ask, signed_in("per_x", NET, "sponsor", "facilitator", "organization_admin"), **said)

    assert (refused.value.kind, refused.value.code) == ("forbidden", "staff-only")
