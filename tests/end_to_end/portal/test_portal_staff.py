"""Staff from an empty network to cohorts, all on pages; with names that would be markup or commands."""

import csv
import io
import re

import pytest

from deploy.tools.api import await_that
from tests.builders.browsers import Window
from tests.end_to_end.conftest import a_small_cast, new_story

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(2)>',
    "{{ 7 * 7 }} ${7*7} %(name)s",
    "\u202eRight \u2067to left",
    "' OR 1=1; -- &amp; &lt;b&gt;",
)
TITLE = "<b onclick=alert(3)>Threads</b>"
COLUMNS = ("name", "email", "organization", "zone", "weekly_hours", "manager", "shoe size")
STARTS = re.compile(r"\d+ of \d+ people placed")


def a_roster(*extra):
    """Twelve people of two organizations as CSV, some with hostile names; `extra` are more rows."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    for place in range(12):
        name = HOSTILE[place] if place < len(HOSTILE) else f"Person {place}"
        house = ("Alder & <i>Sons</i>", "Brook")[place % 2]
        writer.writerow((name, f"p{place}@hostile.example", house, "UTC", "Mo-Fr 08:00-17:00", "", "9"))
    writer.writerows(extra)
    return file.getvalue().encode()


@pytest.fixture(scope="module")
def begun(stack):
    """A network of its own with nothing in it but its admin and two facilitators."""
    story = new_story(stack, a_small_cast(), "Pages network")
    story.receiver.close()
    admin = story.seen.admin
    for number in (1, 2):
        asked = {"display_name": f"Guide {number}", "email": f"guide{number}@pages.example"}
        person = admin.post("/v1/people", asked | {"weekly_hours": "Mo-Su 00:00-24:00"})
        admin.post("/v1/roles", {"person_id": person["id"], "role": "facilitator"})
    return story


@pytest.fixture
def theirs(chromium, begun):
    with Window(chromium, begun.api.url, begun.door.by_page("admin@pages.example").cookies) as window:
        yield window


def send_roster(theirs, how, roster):
    theirs.open("/staff/imports/new")
    files = {"name": "roster.csv", "mimeType": "text/csv", "buffer": roster}
    theirs.page.set_input_files("#file", files)
    theirs.page.check(f"input[name=how][value={how}]")
    theirs.page.check("input[name=create_organizations]")
    theirs.press("Read the file")
    theirs.page.wait_for_selector("#progress .facts")
    return theirs.page.inner_text("#progress")


def test_staff_come_from_an_organization_and_a_roster_to_committed_cohorts(begun, theirs):
    theirs.open("/staff")
    assert "No program yet." in theirs.text
    theirs.page.fill("#display_name", "Halden Hospitals")
    theirs.press("Add the organization")
    assert theirs.said == "Added."
    assert "Halden Hospitals" in theirs.text

    bad = ("Newline\r\nName", "p20@hostile.example", "Brook", "UTC", "", "nobody@nowhere.example", "9")
    report = send_roster(theirs, "check", a_roster(bad))
    assert "shoe size" in report
    assert "12 rows can be imported." in report
    assert begun.seen.admin.get("/v1/organizations")["data"] == [
        one for one in begun.seen.admin.get("/v1/organizations")["data"] if one["display_name"][0] == "H"
    ]
    assert "12 people are imported." in send_roster(theirs, "all", a_roster())

    theirs.open("/staff/programs/new")
    theirs.page.fill("#display_name", TITLE)
    theirs.page.check("input[value=problem_solving]")
    theirs.press("Use this design")
    theirs.press("Enroll everyone")
    theirs.press("Go on to forming cohorts")
    theirs.press("Form cohorts")
    assert STARTS.search(theirs.text)
    theirs.press(re.compile(r"Commit \d+ cohorts?"))
    theirs.press("See the cohorts")
    assert theirs.text.count(TITLE) >= 2
    assert theirs.noise == []


def test_what_is_typed_as_markup_is_shown_as_text_everywhere(begun, theirs):
    admin = begun.seen.admin
    program = next(admin.every("/v1/programs"))["id"]
    formation = next(admin.every(f"/v1/programs/{program}/formations"))["id"]
    cohorts = [one["id"] for one in admin.every("/v1/cohorts")]
    member = next(one for one in admin.every("/v1/people") if one["display_name"] == HOSTILE[0])

    shown = {}
    paths = ("/staff", "/staff/people", f"/staff/programs/{program}", f"/staff/formations/{formation}")
    for path in (*paths, *(f"/staff/cohorts/{one}" for one in cohorts)):
        theirs.open(path)
        shown[path] = theirs.text
        assert not theirs.page.locator("main :is(script, img, b, i, [onerror], [onclick])").count()
    assert all(name in shown["/staff/people"] for name in HOSTILE)
    assert all(name in shown[f"/staff/formations/{formation}"] for name in HOSTILE)
    await_that(lambda: planned(admin, cohorts), "the cohorts' dates")
    with Window(theirs.context.browser, begun.api.url, begun.door.by_page(member["email"]).cookies) as own:
        own.open("/")
        assert HOSTILE[0].split()[0] in own.text
        assert TITLE in own.text
        assert own.dialogs == own.noise == []
    assert theirs.dialogs == theirs.noise == []


def planned(admin, cohorts):
    return all(list(admin.every(f"/v1/cohorts/{one}/sessions")) for one in cohorts)
