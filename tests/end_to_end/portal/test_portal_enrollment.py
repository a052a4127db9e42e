"""Enrollment on pages, with the whole platform behind: applying, waiting, a seat offered, support."""

import pytest

from deploy.tools.api import await_that

NAME = "Learning lab"
TITLE = "Monthly training"


@pytest.fixture(scope="module")
def program(story):
    """A program to apply to: one seat, a pledge invited; set by staff over the API."""
    admin = story.seen.admin
    made = admin.post("/v1/programs", {"display_name": NAME, "outcome": "support"})["id"]
    admin.put(f"/v1/programs/{made}/intake", {"mode": "apply", "seats": 1, "neutral_title": TITLE})
    return made


@pytest.fixture(scope="module")
def applicants(story):
    """Two members, the first of whom reports to somebody."""
    people = {one["id"]: one for one in story.seen.admin.every("/v1/people") if one["standing"] == "active"}
    cohort = story.seen.cohorts[0]
    members = [people[one["person_id"]] for one in cohort["roster"]]
    led = [one for one in members if one["managers"]]
    first = led[0] if led else members[0]
    second = next(one for one in members if one["id"] != first["id"])
    return first, second


def apply(theirs, program):
    theirs.open(f"/programs/{program}/enroll")
    theirs.page.get_by_label("4", exact=True).check()
    theirs.press("Apply")
    return theirs.text


def accept(staff, program, person):
    staff.open(f"/staff/programs/{program}/people?standing=applied")
    staff.press(person["display_name"])
    staff.press("Accept")


def reads(theirs, program, words):
    """Load the page until it says `words`; what they follow from is done by then."""
    path = f"/programs/{program}/enroll"
    await_that(lambda: theirs.open(path) and words in theirs.text, words)


def test_the_story_of_one_seat(window, story, people, program, applicants):
    first, second = applicants
    one, other, staff = window(first["email"]), window(second["email"]), window(people["admin"])

    one.open(f"/programs/{program}/enroll")
    one.press("Apply")
    unanswered = one.text
    applied = apply(one, program)
    accept(staff, program, first)
    reads(one, program, "You have a seat")
    apply(other, program)
    accept(staff, program, second)
    reads(other, program, "in the line: 1")
    mark = story.mails.last
    one.press("Leave this program")
    reads(other, program, "Take the seat")
    mailed = await_that(lambda: story.mails.since(mark, second["email"]), "a mail of the offer")
    other.press("Take the seat")
    reads(other, program, "You have a seat")

    assert "Needs an answer" in unanswered
    assert "Your application is in" in applied
    assert NAME not in story.mails.text(mailed[0]["number"])
    assert one.noise == other.noise == staff.noise == []


def test_a_supervisor_supports_by_a_link_without_an_account(window, story, program, applicants):
    first, _ = applicants
    if not first["managers"]:
        pytest.skip("nobody of this cohort reports to anybody")
    boss = story.seen.admin.get(f"/v1/people/{first['managers'][0]}")
    member, stranger = window(first["email"]), window()
    apply(member, program)
    mark = story.mails.last
    member.press("Ask them by mail")
    path = story.mails.page_linked("pledges", boss["email"], mark)
    stranger.open(path)
    shown = stranger.text
    stranger.press("I support this")
    member.open(f"/programs/{program}/enroll")

    assert first["display_name"] in shown
    assert TITLE in shown
    assert NAME not in stranger.page.content()
    assert "Saved" in stranger.said
    assert "Your supervisor supports you" in member.text
    assert stranger.noise == member.noise == []
