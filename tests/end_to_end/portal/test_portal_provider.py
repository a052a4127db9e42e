"""An organization's own sign-in, from the admin's page to the member's: a timetable, and no text."""

import secrets

import pytest

from deploy.tools.story.meeting import CAPSULE
from tests.builders.browsers import PHONE, Window
from tests.builders.identity_provider import CLIENT_ID, CLIENT_SECRET, AProvider
from tests.end_to_end.portal.test_portal_own_factors import WITHHELD


@pytest.fixture(scope="module")
def provider(stack):
    """The provider of the first organization, where membership may ask it."""
    port = int(stack.processes.operator_environment()["CT_IDENTITY_PROVIDER"].rpartition(":")[2])
    with AProvider(port=port) as running:
        yield running


@pytest.fixture(scope="module")
def met(story):
    """A cohort's member as the admin sees them, their player, and their first session, held and summed up."""
    cohort = story.seen.cohorts[0]
    person_id = cohort["roster"][0]["person_id"]
    person = story.seen.admin.get(f"/v1/people/{person_id}")
    return person, story.seen.players[person_id], story.seen.dates[cohort["id"]][0]


@pytest.fixture(scope="module")
def connected(story, chromium, provider, met):
    """The short name of a connection that the admin made, tested and activated on pages."""
    slug = f"work-{secrets.token_hex(3)}"
    admin = story.door.by_page(
        story.seen.admin.get(f"/v1/people/{story.seen.admin.get('/v1/me')['person_id']}")["email"]
    )
    with Window(chromium, story.api.url, admin.cookies) as theirs:
        theirs.open("/staff/connections")
        theirs.press("Add as a draft")
        assert theirs.page.title().startswith("Problem: ")
        theirs.page.select_option("#organization_id", met[0]["organization_id"])
        for field, text in {
            "issuer": provider.issuer,
            "display_name": "Sign in at work",
            "slug": slug,
            "client_id": CLIENT_ID,
            "client_secret": CLIENT_SECRET,
            "external_id_claim": "employee",
        }.items():
            theirs.page.fill(f"#{field}", text)
        theirs.press("Add as a draft")
        assert theirs.said == "Added."
        theirs.press("Test it")
        assert "It was found and can be used." in theirs.text
        assert CLIENT_SECRET not in theirs.page.content()
        theirs.press("Make it active")
        assert "Active" in theirs.page.inner_text("h1")
        assert theirs.noise == []
    return slug


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_member_signs_in_at_work_by_keyboard_and_sees_the_timetable_and_no_text(
    story, chromium, provider, connected, met, script
):
    person, member, session = met
    provider.subject, provider.claims = "sub-member", {"employee": person["external_id"]}
    said = [one["what"] for one in member.api.get("/v1/me/commitments")["data"]] + list(CAPSULE.values())
    with Window(chromium, story.api.url, viewport=PHONE, java_script_enabled=script) as theirs:
        come_by_provider(theirs, connected, script)
        assert f"Next for you, {person['display_name'].split()[0]}" in theirs.text
        pages = [
            text_of(theirs, path) for path in ("/", "/cohorts", "/commitments", f"/sessions/{session['id']}")
        ]
        assert "Session 1 of" in pages[3]
        assert WITHHELD in pages[3]
        assert said and not [words for words in said for page in pages if words in page]

        assert theirs.noise == []

        theirs.open("/settings")
        theirs.enter("Sign out of this device")
        assert "You are signed out here" in theirs.text
        assert "id_token_hint=" in theirs.page.get_by_role("link", name="my organization").get_attribute(
            "href"
        )
        theirs.page.go_back()
        assert not [words for words in said if words in theirs.page.content()]


def test_whatever_is_amiss_ends_on_the_same_page_and_signs_nobody_in(story, chromium, provider, connected):
    pages = []
    for claims in (
        {"nonce": "another"},
        {"aud": "another"},
        {"exp": 1},
        {"employee": "nobody's", "email": "x"},
    ):
        provider.subject, provider.claims = "sub-nobody", claims
        with Window(chromium, story.api.url) as theirs:
            come_by_provider(theirs, connected, script=True)
            pages.append(theirs.text)
            assert theirs.open("/cohorts") == 200
            assert theirs.page.url.endswith("/sign-in")
    with Window(chromium, story.api.url) as theirs:
        theirs.open("/sign-in/with/nowhere-at-all")
        pages.append(theirs.text)
        theirs.open("/sign-in/callback/idc_0?code=a&state=b")
        pages.append(theirs.text)

    assert "This sign-in was not accepted" in pages[0]
    assert len(set(pages)) == 1


def test_a_callback_in_another_browser_signs_nobody_in(story, chromium, provider, connected, met):
    provider.subject, provider.claims = "sub-member", {"employee": met[0]["external_id"]}
    seen = []
    with Window(chromium, story.api.url, java_script_enabled=False) as theirs:
        theirs.open(f"/sign-in/with/{connected}")
        seen.append(theirs.page.url)
        assert "Opening this page alone changes nothing." in theirs.text
    with Window(chromium, story.api.url) as others:
        others.open(seen[0].removeprefix(story.api.url))

        assert "This sign-in was not accepted" in others.text


def test_a_person_links_their_organizations_sign_in_and_unlinks_it(story, chromium, provider, connected, met):
    colleague = next(
        story.seen.players[one["id"]]
        for one in story.seen.admin.every("/v1/people")
        if one["organization_id"] == met[0]["organization_id"]
        and one["id"] in story.seen.players
        and one["id"] != met[0]["id"]
    )
    provider.subject, provider.claims = "sub-colleague", {"email": "private@home.example"}
    with Window(chromium, story.api.url, story.door.by_page(colleague.email).cookies) as theirs:
        theirs.open("/me/connections")
        theirs.press("Link Sign in at work")
        theirs.page.wait_for_selector("#said")
        assert theirs.said == "Linked. From now on it signs you in here."
        theirs.press("Unlink")
        assert theirs.said == "Unlinked. It signs you in no more."
        assert theirs.noise == []


def come_by_provider(theirs, slug, script):
    """Find the organization's sign-in by its short name, go there, come back and in, by keyboard."""
    theirs.open("/sign-in")
    theirs.tab_to("email")
    theirs.page.keyboard.type(slug)
    theirs.page.get_by_text("Use my organization’s sign-in").click()
    theirs.enter("Find my organization’s sign-in")
    theirs.tab_to("Sign in at work")
    with theirs.page.expect_navigation():
        theirs.page.keyboard.press("Enter")
    if script:
        theirs.page.wait_for_function("!document.querySelector('form[data-go]')")
    else:
        theirs.enter("Go on")


def text_of(theirs, path):
    theirs.open(path)
    return theirs.page.content()
