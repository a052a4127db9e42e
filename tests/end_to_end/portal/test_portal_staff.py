"""What staff see from an empty network to cohorts; and names that would be markup or commands stay text."""

import re

import pytest

from tests.builders.browsers import Window
from tests.end_to_end.portal.founding import HOSTILE, HOUSES, PEOPLE, TITLE


@pytest.fixture
def shown(founded):
    return founded.shown


def test_an_empty_network_says_what_to_begin_with(shown):
    assert "No program yet." in shown["nothing yet"]
    assert "None yet." in shown["nothing yet"]


def test_an_added_organization_is_in_the_list(shown):
    assert "Added." in shown["organization"]
    assert "Halden Hospitals" in shown["organization"]


def test_a_form_that_cannot_be_taken_says_why_on_top_and_in_the_title(shown):
    assert shown["no file"].startswith("Problem: ")
    assert "Choose a file that holds the roster." in shown["no file"]
    assert shown["no outcome"].startswith("Problem: ")


def test_a_proposal_is_shown_with_the_reason_of_each_part(shown):
    assert "nothing is saved yet" in shown["proposal"]
    assert "Action learning is number 1 of the forms for Problem solving" in shown["proposal"]
    assert "Measured at the beginning and at the end by: my problem" in shown["proposal"]


def test_forms_stand_side_by_side_and_are_ranked_by_what_is_meant(shown):
    assert shown["forms"].index("Committee") < shown["forms"].index("Self-formed coaching")
    assert "action is deliberate in every session" in shown["ranked"]
    assert "weak for it" in shown["ranked"]


def test_a_size_beyond_the_forms_bounds_asks_for_the_reason(shown):
    assert shown["too large"].startswith("Problem: ")
    assert "say why in deviation_reason" in shown["too large"]


def test_enrollment_waits_until_each_group_has_verified_the_purpose(shown):
    assert "not verified yet by: sponsors, participants" in shown["closed"]
    assert "every step that must be is done" in shown["launch"]
    assert "2 of 2" in shown["launch"]


def test_a_check_reports_rows_and_columns_and_saves_nothing(shown):
    assert "shoe size" in shown["problems"]
    assert "nobody@nowhere.example" in shown["problems"]
    assert f"{PEOPLE} rows can be imported." in shown["checked"]
    assert not [name for name in HOSTILE if name in shown["people before"]]


def test_a_good_roster_is_imported_whole(shown):
    assert f"{PEOPLE} people are imported." in shown["imported"]


def test_forming_shows_how_far_it_is_and_then_everyone_placed(shown):
    assert re.search(r"\d+ of \d+ people placed", shown["searching"])
    assert "Not placed\n0" in shown["formation"]
    assert shown["cohorts"].count(TITLE) == 2


def test_no_page_on_the_way_said_anything_to_the_console(founded):
    assert founded.noise == []


def test_what_is_typed_as_markup_is_shown_as_text_everywhere(founded, chromium):
    story, admin = founded.story, founded.story.seen.admin
    program = next(admin.every("/v1/programs"))["id"]
    formation = next(admin.every(f"/v1/programs/{program}/formations"))["id"]
    people, formed = "/staff/people", f"/staff/formations/{formation}"
    member = next(one for one in admin.every("/v1/people") if one["display_name"] == HOSTILE[0])
    own = ("/", "/cohorts", *(f"/staff/cohorts/{one['id']}" for one in founded.cohorts))

    read = {}
    for email, paths in ((founded.admin_email, (people, formed, *own[2:])), (member["email"], own[:2])):
        cookies = story.door.by_page(email).cookies
        with Window(chromium, story.api.url, cookies) as theirs:
            for path in paths:
                theirs.open(path)
                read[path] = theirs.text
                assert not theirs.page.locator("main :is(script, img, b, i, [onerror], [onclick])").count()
            assert theirs.dialogs == theirs.noise == []

    assert all(name in read[people] for name in (*HOSTILE, *HOUSES))
    assert all(name in read[formed] for name in HOSTILE)
    assert HOSTILE[0] in read["/"]
    assert TITLE in read["/cohorts"]
