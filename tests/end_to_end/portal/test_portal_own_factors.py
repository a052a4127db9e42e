"""Own factors as a person meets them in the portal, and what a sign-in without one is shown."""

import re
import secrets
import time

import pytest

from deploy.tools.api import ApiProblem, await_that
from deploy.tools.own_factors import STEP_SECONDS, code_at
from deploy.tools.story.browser import Browser
from deploy.tools.story.meeting import CAPSULE
from tests.builders.browsers import PHONE, Window
from tests.end_to_end.portal.test_portal_stories import sign_in_by_link

PASSWORD = "an orchard behind the old mill"
WITHHELD = "What is said in confidence is not shown yet"


@pytest.fixture(scope="module")
def met(story):
    """A cohort's member and its first session, held and summed up."""
    cohort = story.seen.cohorts[0]
    return story.seen.players[cohort["roster"][0]["person_id"]], story.seen.dates[cohort["id"]][0]


@pytest.fixture
def newcomer(story):
    """Somebody nobody knew before, with an account and no factor."""
    address = f"nele.{secrets.token_hex(4)}@home.example"
    return story.seen.admin.post("/v1/people", {"display_name": "Nele Neumann", "email": address})


def signed_in_by_mail(story, email):
    """A browser in which the mailbox alone said who it is."""
    mark, browser = story.mails.last, Browser(story.api.url)
    browser.open("/sign-in")
    browser.send("/sign-in", email=email, by="link")
    path = f"/link/{story.mails.one_time_token(email, mark)}"
    browser.open(path)
    browser.send(path)
    return browser


def last_mail(story, email, words, mark):
    """The plain text of a mail to `email` after `mark` that holds `words`."""

    def found():
        texts = [story.mails.text(mail["number"]) for mail in story.mails.since(mark, email)]
        return next((text for text in texts if words in text), None)

    return await_that(found, f"a mail that says {words!r}")


def next_code(secret):
    """The code of the half minute to come: the present one is spent, and clocks may differ by as much."""
    return code_at(secret, time.time() + STEP_SECONDS)


def test_a_rogue_mailbox_sees_the_timetable_and_no_text(story, met):
    member, session = met
    rogue = signed_in_by_mail(story, member.email)

    pages = [rogue.open(path) for path in ("/", "/cohorts", "/commitments", f"/sessions/{session['id']}")]

    assert "Session 1 of" in pages[3]
    assert WITHHELD in pages[2] and WITHHELD in pages[3]
    said = [one["what"] for one in member.api.get("/v1/me/commitments")["data"]] + list(CAPSULE.values())
    assert said and not [words for words in said for page in pages if words in page]


def test_a_rogue_mailbox_over_the_api_sees_the_timetable_and_no_text(story, met):
    member, session = met
    mark = story.mails.last
    story.door.ask_for_link(member.email)
    rogue = story.api.signed_in(story.door.redeem(member.email, mark))

    assert rogue.get(f"/v1/sessions/{session['id']}")["starts_at"] == session["starts_at"]
    with pytest.raises(ApiProblem) as refused:
        rogue.get(f"/v1/sessions/{session['id']}/capsule")
    assert (refused.value.status, refused.value.code) == (403, "own-factor-needed")
    assert {one["what"] for one in rogue.get("/v1/me/commitments")["data"]} == {None}
    asked = rogue.get("/v1/me/questionnaires")["data"][0]
    assert rogue.get(f"/v1/questionnaires/{asked['id']}")["answers"] is None
    for method, path in (("POST", "/v1/me/authenticator"), ("POST", "/v1/me/recovery-codes")):
        with pytest.raises(ApiProblem) as refused:
            rogue.send(method, path, {})
        assert refused.value.code == "own-factor-needed"


def test_staff_and_organization_are_shown_nothing_of_anybodys_factors(story, met):
    member, _ = met
    shown = story.seen.admin.get(f"/v1/people/{member.person_id}")

    assert not re.search("factor|password|authenticator|recovery|proven", repr(sorted(shown)))


def test_who_proves_it_goes_on_where_they_were_and_nowhere_else(story, met):
    member, session = met
    browser = signed_in_by_mail(story, member.email)
    path = f"/sessions/{session['id']}"
    browser.open(path)

    browser.open("/me/step-up?to=//evil.example")
    browser.send("/me/step-up", to="https://evil.example/", code=story.door.drawers.take(member.email))
    elsewhere = browser.path
    browser.open(f"/me/step-up?to={path}")
    page = browser.send("/me/step-up", code=story.door.drawers.take(member.email))

    assert (elsewhere, browser.path) == ("/", path)
    assert CAPSULE["ideas"] in page and WITHHELD not in page


def test_a_person_sets_uses_loses_and_keeps_what_only_they_have(story, chromium, newcomer):
    email, mark = newcomer["email"], story.mails.last
    with Window(chromium, story.api.url, viewport=PHONE) as theirs:
        sign_in_by_link(theirs, story, email)
        set_password(theirs)
        secret, codes = set_authenticator(theirs)
        assert "were just set or taken away" in last_mail(story, email, "authenticator", mark)

        sign_in_by_password(theirs, email)
        prove(theirs, next_code(secret))
        assert theirs.page.url == f"{story.api.url}/"
        with Window(chromium, story.api.url, viewport=PHONE) as other:
            sign_in_by_link(other, story, email)
            prove(other, codes[0], "?to=/me/security")
            assert "9 are left." in other.text
            assert other.noise == []
        with Window(chromium, story.api.url, viewport=PHONE) as lost:
            sign_in_by_link(lost, story, email)
            ask_for_reset(lost)
            theirs.open("/")
            theirs.press("See, or stop it")
            theirs.press("Keep everything as it is")
            assert theirs.said == "Everything stays as it is."

            mark = story.mails.last
            ask_for_reset(lost)
            told = last_mail(story, email, "Whoever signs in afterwards", mark)
            lost.open(re.search(r"https?://[^\s/]+(/a/[A-Za-z0-9_.~-]+)", told)[1])
            lost.press("Keep them")
            assert "stay as they are" in lost.text
        theirs.open("/me/security")
        assert "will be forgotten" not in theirs.text
        assert not [said for said in theirs.noise if "Clear-Site-Data" not in said]  # told at the sign-out


def set_password(theirs):
    theirs.open("/me/security")
    theirs.page.fill("#password", "liverpool1892!")
    theirs.press("Save the password")
    assert theirs.page.title().startswith("Problem: ")
    assert "others would try" in theirs.page.inner_text("#password-e")
    theirs.page.fill("#password", PASSWORD)
    theirs.press("Save the password")
    assert theirs.said == "Saved."


def set_authenticator(theirs):
    """Return the seed and the recovery codes."""
    theirs.press("Set an authenticator")
    theirs.press("Show the code to read")
    secret = theirs.page.inner_text("#secret").replace(" ", "")
    box = theirs.page.locator("svg.qr").bounding_box()
    assert box["width"] == box["height"] >= 200
    theirs.page.fill("#code", "000000")
    theirs.press("Use this authenticator")
    assert "not the present code" in theirs.page.inner_text("#problems")
    theirs.page.fill("#code", code_at(secret, time.time()))
    theirs.press("Use this authenticator")
    codes = theirs.page.locator("#codes code").all_inner_texts()
    assert len(set(codes)) == 10
    theirs.press("I keep them; go on")
    return secret, codes


def sign_in_by_password(theirs, email):
    theirs.open("/settings")
    theirs.press("Sign out of this device")
    theirs.page.fill("#email", email)
    theirs.page.get_by_text("Use my password instead").click()
    theirs.page.fill("#password", PASSWORD)
    theirs.press("Sign in with password")


def prove(theirs, code, to=""):
    theirs.open(f"/me/step-up{to}")
    theirs.page.fill("#code", code)
    theirs.press("Go on")


def ask_for_reset(theirs):
    theirs.open("/me/security")
    theirs.press("Forget them in three days")
    assert theirs.said == "In three days it is forgotten. Every address we know of you is told."
