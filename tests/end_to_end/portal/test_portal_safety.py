"""What pages may not do: run what is foreign, change by being read, obey other sites, leave words behind."""

import http.client
import re
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest

from deploy.tools.story import meeting
from gateway.routing import ROUTES, UNSAFE
from gateway.wiring import import_routes

import_routes()
TEMPLATES = Path(__file__).parents[3] / "gateway" / "portal" / "templates"
INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=|javascript:|hx-on|\|\s*safe\b", re.IGNORECASE
)
POSTS = [
    route for route in ROUTES if route.html and route.method in UNSAFE and "{link}" not in route.template
]
EVER_NEW = re.compile(
    r'name="(?:csrf|key)" value="[^"]*"|name="now" content="[^"]*"|X-CSRF-Token[^}]*|req_\w+'
)
TRAIL = "/staff/audit"  # grows by being read, as it should: staff's reading of personal data is noted
REFUSED = {"/nowhere", "/staff", "/sign-in/with/nowhere-at-all", "/sign-in/callback/idc_0?code=a&state=b"}
FORM = "application/x-www-form-urlencoded"
TOKEN = re.compile(r'name="csrf" value="([^"]+)"')
SOMETHING = {"id": "ses_00000000000000000000000000", "token": "abcdefgh"}


def send(story, method, path, cookies, body=None, **fields):
    """Send once, as a browser would; return (status, headers, text)."""
    connection = http.client.HTTPConnection(urlsplit(story.api.url).netloc, timeout=60)
    fields = {"Accept": "text/html"} | {name.replace("_", "-"): value for name, value in fields.items()}
    if cookies:
        fields["Cookie"] = "; ".join(f"{name}={value}" for name, value in cookies.items())
    if body is not None:
        fields["Content-Type"] = FORM
    connection.request(method, path, body, fields)
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, dict(answer.getheaders()), text


def address_of(route):
    fill = {"token": SOMETHING["token"]}
    return re.sub(r"{(\w+)}", lambda hole: fill.get(hole[1], SOMETHING["id"]), route.template)


@pytest.mark.parametrize("template", sorted(TEMPLATES.glob("*.html")), ids=lambda path: path.name)
def test_no_template_holds_a_script_a_style_or_a_handler_of_its_own(template):
    assert not INLINE.findall(template.read_text(encoding="utf-8"))


@pytest.mark.parametrize("role", ["stranger", "member", "facilitator", "admin", "sponsor"])
def test_every_page_is_silent_and_blocked_nothing(window, people, places, role):
    theirs = window(people[role])

    statuses = {path: theirs.open(path) for path in places[role]}

    assert theirs.noise == theirs.dialogs == []
    assert {path for path, status in statuses.items() if status != 200} <= REFUSED
    policy = theirs.page.goto(places[role][0]).headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize("role", ["member", "facilitator", "admin", "sponsor"])
def test_reading_a_page_twice_shows_the_same_and_changes_nothing(story, cookies, people, places, role):
    held = cookies(people[role])
    before = what_is_recorded(story)

    paths = [path for path in places[role] if path != TRAIL]

    first, second = ([send(story, "GET", path, held)[2] for path in paths] for _ in range(2))

    assert [EVER_NEW.sub("", text) for text in first] == [EVER_NEW.sub("", text) for text in second]
    assert what_is_recorded(story) == before


@pytest.mark.parametrize("route", POSTS, ids=lambda route: route.template)
def test_a_form_without_its_token_or_from_another_site_is_refused(story, cookies, people, route):
    held = cookies(people["admin"])
    page = "/settings"
    if "person" not in {admission.kind for admission in route.who.admissions}:
        held = {}
    token = TOKEN.search(send(story, "GET", page, held)[2])[1]
    path = address_of(route)

    without = send(story, "POST", path, held, "answer=yes", Origin=story.api.url)[0]
    foreign = send(story, "POST", path, held, urlencode({"csrf": token}), Origin="https://evil.example")[0]
    cross = send(story, "POST", path, held, urlencode({"csrf": token}), Sec_Fetch_Site="cross-site")[0]

    assert (without, foreign, cross) == (403, 403, 403)


def test_after_sign_out_nothing_confidential_is_left_in_the_browser(story, window):
    seen = story.seen
    cohort = seen.cohorts[-1]
    member = seen.players[cohort["roster"][0]["person_id"]]
    browser = story.door.by_page(member.email)
    theirs = window()
    theirs.context.add_cookies(
        [{"name": name, "value": value, "url": story.api.url} for name, value in browser.cookies.items()]
    )
    canary = meeting.CAPSULE["ideas"]
    theirs.open(f"/sessions/{seen.dates[cohort['id']][0]['id']}")
    assert canary in theirs.text

    theirs.open("/settings")
    with theirs.page.expect_response(lambda answer: answer.url.endswith("/sign-out")) as sent:
        theirs.press("Sign out of this device")
    assert sent.value.all_headers()["clear-site-data"] == '"cache", "storage"'
    assert theirs.page.url.endswith("/sign-in")

    for _ in range(2):
        theirs.page.go_back()
        assert canary not in theirs.page.content()
    kept = theirs.page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
    assert canary not in kept
    assert "/sessions/" not in kept


def what_is_recorded(story):
    """What pages could have changed, as the people of the story read it over the API."""
    seen = story.seen
    cohort = seen.cohorts[0]
    member = seen.players[cohort["roster"][0]["person_id"]].api
    facilitator = seen.players[cohort["facilitators"][0]["person_id"]].api
    return (
        seen.admin.get("/v1/programs"),
        seen.admin.get("/v1/organizations"),
        seen.admin.get(f"/v1/cohorts/{cohort['id']}"),
        [facilitator.get(f"/v1/sessions/{one['id']}") for one in seen.dates[cohort["id"]]],
        member.get("/v1/me/commitments"),
        member.get("/v1/me/questionnaires"),
    )
