"""A browser, people of the story signed in to it, and the pages each of them can open."""

import pytest

from deploy.tools.api import await_that
from tests.builders import holding
from tests.builders.browsers import Window, a_browser
from tests.end_to_end.portal.founding import found_network


@pytest.fixture(scope="package")
def chromium():
    with a_browser() as browser:
        yield browser


@pytest.fixture(scope="package")
def cookies(story):
    """Asked with an address: the cookies of its holder, signed in on the page of a link; once each."""
    known = {}

    def cookies_of(email):
        if email not in known:
            known[email] = story.door.by_page(email).cookies
        return dict(known[email])

    return cookies_of


@pytest.fixture
def window(chromium, cookies, story):
    """Asked with an address (None for a stranger): a window of theirs, closed after the test."""
    opened = []

    def open_window(email=None, **options):
        opened.append(Window(chromium, story.api.url, cookies(email) if email else None, **options))
        return opened[-1]

    yield open_window
    for one in opened:
        one.context.close()


@pytest.fixture(scope="package")
def founded(stack, chromium):
    """A network of its own, brought by staff on pages to two cohorts in which nobody has signed."""
    return found_network(stack, chromium)


@pytest.fixture(scope="package")
def workbench(story):
    """A second program of the story's network with a formation that nobody committed, formed twice."""
    admin = story.seen.admin
    design = {"display_name": "Second threads", "outcome": "support", "form": "support"}
    program = admin.post("/v1/programs", design | {"starts_on": "2027-06-07"})
    enrolling = admin.post(f"/v1/programs/{program['id']}/enrollments", {"everyone": True})["id"]
    await_that(lambda: admin.get(f"/v1/enrollings/{enrolling}")["standing"] == "done", "enrolling")
    first = found_formation(admin, program["id"])
    return found_formation(admin, program["id"], former_id=first["id"], most_moved=4, seed=2)


def found_formation(admin, program, **options):
    """Return a new formation of the program, once it is found."""
    begun = admin.post(f"/v1/programs/{program}/formations", options)["id"]
    found = await_that(
        lambda: (shown := admin.get(f"/v1/formations/{begun}"))["standing"] != "searching" and shown,
        "the end of the search",
    )
    assert found["standing"] == "found", found
    return found


@pytest.fixture(scope="package")
def people(story):
    """Role -> address: the admin, a sponsor, and a facilitator and a member of the first cohort."""
    seen = story.seen
    cohort = seen.cohorts[0]
    admin = seen.admin.get("/v1/me")["person_id"]
    return {
        "admin": seen.admin.get(f"/v1/people/{admin}")["email"],
        "sponsor": seen.ready.sponsor["email"],
        "facilitator": seen.players[cohort["facilitators"][0]["person_id"]].email,
        "member": seen.players[cohort["roster"][0]["person_id"]].email,
        "stranger": None,
    }


@pytest.fixture(scope="package")
def places(story, workbench):
    """Role -> the paths of every page they can open, each in a state that shows all there is to see."""
    seen = story.seen
    admin, cohort, program = seen.admin, seen.cohorts[0]["id"], seen.ready.program["id"]
    member = seen.players[seen.cohorts[0]["roster"][0]["person_id"]]
    mate = seen.players[seen.cohorts[0]["roster"][1]["person_id"]]
    holding.say(mate, "cohort", position="Ward lead", asks=["A second pair of eyes"], phone="+371 2000")
    over, *_, ahead = (one["id"] for one in seen.dates[cohort])
    applied = next(admin.every(f"/v1/programs/{program}/enrollments"))
    late = _comes_late(admin, program)
    wished = {"title": "Friday six", "purpose": "training", "kind": "training", "learns": "To ask first."}
    group = member.api.post("/v1/groups", wished)["id"]
    roster = next(admin.every("/v1/imports"))["id"]
    partner = next(admin.every("/v1/clients"))["id"]
    report = next(admin.every("/v1/reports"))["id"]
    member.api.post(f"/v1/cohorts/{cohort}/quests", {"goal": "No night shift alone."})
    mate.api.put(f"/v1/cohorts/{cohort}/dedication", {"answer": "elsewhere"})
    trial = {"change": "length", "to": 45, "measure": "Attendance", "direction": "up", "until": "2090-01-07"}
    admin.post(f"/v1/programs/{program}/experiments", trial)
    for kind, person in (("adviser", member), ("champion", mate)):
        admin.put(f"/v1/programs/{program}/seats/{kind}/{person.person_id}", {})
    member.api.post(f"/v1/programs/{program}/advice", {"about": "topic", "words": "More on onboarding."})
    asked = member.api.get("/v1/me/questionnaires")["data"][0]["id"]
    house = next(admin.every("/v1/organizations"))["id"]
    provider = {"display_name": "At work", "slug": "looked-at", "issuer": "https://login.looked-at.example"}
    provider |= {"client_id": "commonthread", "client_secret": "a secret of some length"}
    bench = f"/staff/formations/{workbench['id']}"
    someone = workbench["groups"][0]["members"][0]["person_id"]
    coming = {"introduced_as": "Sponsor", "purpose": "To listen"}
    coming["person_id"] = admin.get("/v1/me")["person_id"]
    guest = admin.post(f"/v1/sessions/{ahead}/guests", coming)["id"]
    drafted = admin.post(f"/v1/organizations/{house}/connections", provider)["id"]
    return {
        "stranger": (
            "/sign-in",
            "/sign-in/with/nowhere-at-all",
            "/sign-in/callback/idc_0?code=a&state=b",
            "/privacy",
            "/link/abcdefgh",
            "/nowhere",
        ),
        "member": (
            "/",
            "/cohorts",
            f"/cohorts/{cohort}",
            f"/cohorts/{cohort}/agreement",
            f"/sessions/{over}",
            f"/sessions/{ahead}",
            f"/guests/{guest}",
            "/commitments",
            f"/questionnaires/{asked}",
            "/settings",
            "/me/connections",
            "/me/security",
            "/me/security/authenticator",
            "/me/step-up",
            "/me/sign-ins",
            "/me/networks",
            "/me/addresses",
            f"/programs/{program}",
            f"/cohorts/{cohort}/quest",
            f"/cohorts/{cohort}/dedication",
            f"/programs/{program}/stake",
            "/me/asks",
            "/me/profile",
            "/directory",
            "/programs",
            f"/programs/{program}/enroll",
            "/groups",
            "/groups/new",
            f"/groups/{group}",
            "/privacy",
            "/staff",
        ),
        "facilitator": (
            "/",
            f"/sessions/{ahead}/guests",
            f"/cohorts/{cohort}/hand-over",
            f"/guests/{guest}",
            "/facilitate",
            f"/sessions/{over}/cockpit",
            f"/sessions/{ahead}/cockpit",
        ),
        "admin": (
            "/",
            "/staff",
            "/staff/roles",
            f"/staff/roles?person_id={member.person_id}",
            "/staff/audit",
            "/staff/audit?kind=signed_in",
            "/staff/people",
            "/staff/lines",
            "/staff/places",
            "/staff/safety",
            f"/staff/safety/{cohort}",
            f"/staff/cohorts/{cohort}/facilitators",
            "/staff/connections",
            f"/staff/connections/{drafted}",
            "/staff/imports/new",
            f"/staff/imports/{roster}",
            "/staff/programs/new",
            "/staff/programs/new?outcome=support&form=team",
            "/staff/forms",
            "/staff/forms?action=meant&learning=meant&outcome=support",
            f"/staff/programs/{program}/launch",
            f"/staff/programs/{program}/seats",
            f"/staff/programs/{program}/experiments",
            f"/programs/{program}",
            f"/staff/programs/{program}",
            f"/staff/programs/{program}/people",
            f"/staff/programs/{program}/people/{applied['id']}",
            f"/staff/placements/{late}",
            f"/staff/formations/{seen.formation['id']}",
            bench,
            f"{bench}?person={someone}&group=2",
            f"{bench}?moving={someone}",
            f"{bench}/comparison",
            "/staff/cohorts",
            f"/staff/cohorts/{cohort}",
            "/staff/clients",
            "/staff/invitations",
            f"/staff/clients/{partner}",
        ),
        "sponsor": ("/", "/sponsor", f"/sponsor/reports/{report}"),
    }


def _comes_late(admin, program):
    """Where the admin, enrolled after the cohorts were formed, would fit."""
    person = admin.get("/v1/me")["person_id"]
    admin.post(f"/v1/programs/{program}/enrollments", {"person_ids": [person]})
    listed = f"/v1/programs/{program}/enrollments"

    def enrolled():
        return [one for one in admin.every(listed) if one["person_id"] == person]

    (late,) = await_that(enrolled, "the admin to be enrolled")
    placement = admin.post(f"/v1/enrollments/{late['id']}/placements")["id"]
    path = f"/v1/placements/{placement}"
    await_that(lambda: admin.get(path)["standing"] == "weighed", "the cohorts to be weighed")
    return placement
