"""Roles and the audit trail as an admin meets them on pages; a trail that holds; nobody's documents mixed."""

import json

import pytest

from deploy.tools.api import await_that
from services.contracts.catalogue import SOURCES

OF_NO_NETWORK = {  # collections of the installation, and the one field by which the rest says it
    "accounts": "who signs in, in any network",
    "tries": "counted before anybody is known",
    "signing_keys": "sign for all networks",
    "keys": "sealed keys, by network in their names",
    "dead_letters": "of the event's network, where it could be read",
}


@pytest.fixture
def admins(window, people):
    return window(people["admin"])


@pytest.fixture
def admin(story):
    return story.seen.admin


def roles_of(admin, person):
    return list(admin.every("/v1/roles", person_id=person["id"]))


def test_a_role_is_granted_and_taken_back_on_a_page(admins, admin):
    person = next(one for one in admin.every("/v1/people") if roles_of(admin, one) == [])

    admins.open(f"/staff/roles?person_id={person['id']}")
    admins.page.select_option("#role", "sponsor")
    admins.press("Grant the role")
    assert "Granted. It counts from now on." in admins.text
    (held,) = roles_of(admin, person)
    assert (held["role"], held["until"]) == ("sponsor", None)

    admins.page.locator("form[action$='/revoke'] button").first.click()
    assert "Taken back." in admins.text
    assert roles_of(admin, person) == []


def test_a_guest_without_an_end_is_refused_beside_the_field(admins, admin):
    person = next(iter(admin.every("/v1/people")))["id"]

    admins.open(f"/staff/roles?person_id={person}")
    admins.page.select_option("#role", "guest")
    admins.press("Grant the role")

    assert "A guest's pass ends at a time." in admins.text
    assert admins.page.title().startswith("Problem: ")


def test_the_trail_shows_who_did_what_in_words_and_is_narrowed_by_kind(admins):
    admins.open("/staff/audit")
    assert "A formation was committed: its cohorts were formed" in admins.text

    admins.page.select_option("#kind", "role_granted")
    admins.press("Show")

    cells = admins.page.locator("tbody th").all_inner_texts()
    assert cells
    assert all(cell.startswith("A role was granted") for cell in cells)


def test_the_trail_of_every_network_verifies(stack, story):
    rows = await_that(lambda: json.loads(stack.operate("audit", "verify", "--json")), "a verdict")

    assert story.seen.admin.get("/v1/network")["id"] in {row["network"] for row in rows}
    assert [row for row in rows if not row["holds"]] == []
    one = next(row for row in rows if row["entries"] > 1)
    anchor = f"{one['entries']}:{one['hash']}"
    stack.operate("audit", "verify", "--network", one["network"], "--anchor", anchor)


def test_every_document_says_of_which_network_it_is(stack, story):
    """The story's and another network are there, with what all services keep of them."""
    with stack.database.client() as client:
        strays = [
            f"{service}.{name}: {each['_id']}"
            for service in SOURCES
            for name in client[f"ct_{service}"].list_collection_names()
            if name not in OF_NO_NETWORK
            for each in client[f"ct_{service}"][name].find(
                {"network": {"$not": {"$type": "string"}}}, {"_id": 1}
            )
        ]

    assert strays == []


def test_the_story_left_no_word_of_anybody_in_the_trail(stack, story):
    people = [one["display_name"] for one in story.seen.admin.every("/v1/people")]
    names = [name for name in people if " " in name]  # one word alone may be a role's
    with stack.database.client() as client:
        trail = json.dumps(list(client["ct_membership"]["audit_entries"].find()), default=str)

    assert names
    assert [name for name in names if name in trail] == []
    assert "@" not in trail
