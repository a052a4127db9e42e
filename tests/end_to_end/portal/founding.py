"""Staff bring an empty network to committed cohorts, all on pages; what they saw on the way is kept."""

import csv
import io
import re
import secrets
from dataclasses import dataclass, field
from typing import Any

from deploy.tools.story.forming import dates_of
from deploy.tools.story.play import Story
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
HOUSES = ("Alder & <i>Sons</i>", "Brook")
PEOPLE = 12  # two cohorts of problem solvers


@dataclass
class Founded:
    """The network, its cohorts with their sessions, and the text of each page staff came by."""

    story: Story
    admin_email: str
    shown: dict[str, str] = field(default_factory=dict)
    noise: list[str] = field(default_factory=list)
    cohorts: list[dict[str, Any]] = field(default_factory=list)

    def meeting(self, place, number):
        """Cohort `place`, its session `number`, and its facilitator and its members with plain names."""
        cohort = self.cohorts[place]
        people = {one["id"]: one for one in self.story.seen.admin.every("/v1/people")}
        plain = [people[one["person_id"]] for one in cohort["roster"] if "Person" in one["display_name"]]
        facilitator = self.story.door.enter(people[cohort["facilitators"][0]["person_id"]])
        sessions = facilitator.api.get(f"/v1/cohorts/{cohort['id']}/sessions")["data"]
        return cohort, sessions[number - 1], facilitator, plain


def found_network(stack, browser):
    """Return a `Founded`."""
    mark = secrets.token_hex(3)
    story = new_story(stack, a_small_cast(), f"Pages{mark} network")
    story.receiver.close()
    founded = Founded(story, f"admin@pages{mark}.example")
    cookies = story.door.by_page(founded.admin_email).cookies
    with Window(browser, story.api.url, cookies) as theirs:
        _add_organization(theirs, founded.shown)
        _import_people(theirs, founded.shown, mark)
        _bring_facilitators(story.seen.admin, mark)
        _form_cohorts(theirs, founded.shown)
        founded.noise = theirs.noise + theirs.dialogs
    admin = story.seen.admin
    founded.cohorts = list(admin.every("/v1/cohorts"))
    dates_of(admin, founded.cohorts)
    return founded


def _add_organization(theirs, shown):
    theirs.open("/staff")
    shown["nothing yet"] = theirs.text
    theirs.page.fill("#display_name", "Halden Hospitals")
    theirs.press("Add the organization")
    shown["organization"] = theirs.text


def _import_people(theirs, shown, mark):
    wrong = ("Nobody's own", f"p20@{mark}.example", "Brook", "UTC", "", "nobody@nowhere.example", "9")
    broken = ("Line\r\nBreak", f"p21@{mark}.example", "Brook", "UTC", "", "", "9")
    shown["no file"] = _send_roster(theirs, "check", b"", "#problems")
    shown["problems"] = _send_roster(theirs, "check", _roster(mark, wrong, broken))
    shown["checked"] = _send_roster(theirs, "check", _roster(mark))
    theirs.open("/staff/people")
    shown["people before"] = theirs.text
    shown["imported"] = _send_roster(theirs, "all", _roster(mark))


def _send_roster(theirs, how, roster, result="#progress .facts"):
    theirs.open("/staff/imports/new")
    files = {"name": "roster.csv", "mimeType": "text/csv", "buffer": roster}
    theirs.page.set_input_files("#file", files)
    theirs.page.check(f"input[name=how][value={how}]")
    theirs.page.check("input[name=create_organizations]")
    theirs.press("Read the file")
    theirs.page.wait_for_selector(result)
    return f"{theirs.page.title()}\n{theirs.text}"


def _form_cohorts(theirs, shown):
    theirs.open("/staff/programs/new")
    theirs.press("See what it proposes")
    shown["no outcome"] = f"{theirs.page.title()}\n{theirs.text}"
    theirs.page.check("input[value=problem_solving]")
    theirs.press("See what it proposes")
    shown["proposal"] = theirs.text
    _compare_forms(theirs, shown)
    theirs.page.fill("#display_name", TITLE)
    theirs.page.fill("#size_high", "12")
    theirs.press("Use this design")
    shown["too large"] = f"{theirs.page.title()}\n{theirs.text}"
    theirs.page.fill("#size_high", "8")
    theirs.press("Use this design")
    shown["program"] = theirs.text
    _launch(theirs, shown)
    theirs.press("Enroll everyone")
    theirs.press("Go on to forming cohorts")
    theirs.press("Form cohorts")
    shown["searching"] = theirs.text
    commit = re.compile(r"Commit \d+ cohorts?")
    theirs.page.get_by_role("button", name=commit).wait_for()
    shown["formation"] = theirs.text
    theirs.press(commit)
    theirs.press("See the cohorts")
    shown["cohorts"] = theirs.text


def _compare_forms(theirs, shown):
    """From the proposal to all forms, ranked, and back by the form that suits best."""
    theirs.press("Choose among all forms")
    shown["forms"] = theirs.text
    theirs.page.select_option("#action", "meant")
    theirs.page.select_option("#learning", "meant")
    theirs.press("Rank the forms")
    shown["ranked"] = theirs.text
    theirs.press("Action learning")


def _launch(theirs, shown):
    """Two groups share a goal and verify the purpose; enrolling is tried before they have."""
    program = theirs.page.url
    theirs.press("Launch guide")
    theirs.page.fill("#purpose", "Problems are solved together.")
    theirs.press("Save the purpose")
    for group in ("sponsor", "participant"):
        theirs.page.select_option("#group", group)
        theirs.page.check("input[name=goal_problem_solving]")
        theirs.press("Save the group")
    launch = theirs.page.url.split("?")[0]
    theirs.page.goto(program)
    theirs.press("Enroll everyone")
    shown["closed"] = theirs.text
    theirs.page.goto(launch)
    for _ in range(2):
        theirs.press("They have verified it")
    shown["launch"] = theirs.text
    theirs.page.goto(program)


def _bring_facilitators(admin, mark):
    for number in (1, 2):
        asked = {"display_name": f"Guide {number}", "email": f"guide{number}@{mark}.example"}
        person = admin.post("/v1/people", asked | {"weekly_hours": "Mo-Su 00:00-24:00"})
        admin.post("/v1/roles", {"person_id": person["id"], "role": "facilitator"})


def _roster(mark, *extra):
    """Twelve people of two organizations as CSV, some with hostile names; `extra` are more rows."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    for place in range(PEOPLE):
        name = HOSTILE[place] if place < len(HOSTILE) else f"Person {place}"
        address = f"p{place}@{mark}.example"
        writer.writerow((name, address, HOUSES[place % 2], "UTC", "Mo-Fr 08:00-17:00", "", "9"))
    writer.writerows(extra)
    return file.getvalue().encode()
