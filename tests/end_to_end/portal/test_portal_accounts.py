"""Accounts as a new user meets them, in a real browser: invited, throttled, moved, signed out."""

import re
import secrets

import pytest

from deploy.tools.api import await_that
from tests.end_to_end.portal.test_portal_stories import sign_in_by_link

STORAGE = "() => localStorage.length + sessionStorage.length"


@pytest.fixture
def newcomer(story):
    """Somebody whom staff have just added; their address nobody has used yet."""
    email = f"newcomer.{secrets.token_hex(4)}@alder.example"
    canary = f"Canary{secrets.token_hex(4)}"
    story.seen.admin.post("/v1/people", {"display_name": f"{canary} Newcomer", "email": email})
    return {"email": email, "canary": canary}


def guess(theirs, email, password):
    theirs.open("/sign-in")
    theirs.page.fill("#email", email)
    theirs.page.locator("summary", has_text="Use my password instead").click()
    theirs.page.fill("#password", password)
    theirs.press("Sign in with password")


def test_an_invited_person_comes_in_by_two_mails_and_their_own_doing(story, window, people, newcomer):
    mark = story.mails.last
    staff = window(people["admin"])
    staff.open("/staff/invitations")
    staff.press("Send invitations")
    await_that(lambda: "Done" in staff.text or staff.page.reload() is None, "the end of inviting")
    invited = window()
    invited.open(story.mails.page_linked("invitations", newcomer["email"], mark))
    assert "You are invited" in invited.text
    invited.press("Send me the link")
    invited.open(f"/link/{story.mails.one_time_token(newcomer['email'], mark)}")

    invited.press("Sign in")

    assert newcomer["canary"] in invited.page.content()
    assert not invited.noise + invited.dialogs


def test_a_link_does_nothing_in_another_browser_and_is_good_in_the_one_that_asked(story, window, newcomer):
    mark = story.mails.last
    mine, another = window(), window()
    mine.open("/sign-in")
    mine.page.fill("#email", newcomer["email"])
    mine.press("Send me a link")
    path = f"/link/{story.mails.one_time_token(newcomer['email'], mark)}"

    another.open(path)
    another.press("Sign in")
    assert "asked for in another browser" in another.text
    mine.open(path)
    mine.press("Sign in")

    assert newcomer["canary"] in mine.page.content()


def test_who_guesses_meets_the_limit_and_the_owner_comes_in_by_a_link_all_the_same(story, window, newcomer):
    stranger = window()
    for number in range(10):
        guess(stranger, newcomer["email"], f"a guess, number {number}")
        assert "do not belong together" in stranger.text
    guess(stranger, newcomer["email"], "one guess too many")
    assert "ask for a link by mail" in stranger.text
    nobody = f"nobody.{secrets.token_hex(4)}@alder.example"
    for number in range(11):
        guess(stranger, nobody, f"a guess, number {number}")
    assert "ask for a link by mail" in stranger.text

    owner = window()
    sign_in_by_link(owner, story, newcomer["email"])

    assert newcomer["canary"] in owner.page.content()


def test_a_lost_mailbox_is_left_behind_by_a_word_from_the_old_one(story, window, newcomer):
    mark, theirs = story.mails.last, window()
    sign_in_by_link(theirs, story, newcomer["email"])
    new = f"private.{secrets.token_hex(4)}@home.example"
    theirs.open("/me/addresses")
    theirs.page.fill("#email", new)
    theirs.press("Ask both addresses")
    assert "Both addresses have a mail" in theirs.said

    at_new, at_old = window(), window()
    at_new.open(story.mails.page_linked("addresses", new, mark))
    at_new.press("Confirm this address")
    at_old.open(story.mails.page_linked("addresses", newcomer["email"], mark))
    at_old.press("I agree")
    await_that(lambda: _signs_in_with(theirs, new), "the address to be moved")

    sign_in_by_link(window(), story, new)


def _signs_in_with(theirs, address):
    theirs.open("/me/addresses")
    return address in theirs.page.locator("#in + p").inner_text()


def test_a_move_is_stopped_from_the_old_address(story, window, newcomer):
    mark, theirs = story.mails.last, window()
    sign_in_by_link(theirs, story, newcomer["email"])
    theirs.open("/me/addresses")
    theirs.page.fill("#email", "rogue@home.example")
    theirs.press("Ask both addresses")

    at_old = window()
    at_old.open(story.mails.page_linked("addresses", newcomer["email"], mark))
    at_old.press("Stop it")

    theirs.open("/me/addresses")
    assert "rogue@home.example" not in theirs.text


def test_after_signing_out_the_browser_keeps_nothing_and_back_shows_nothing(story, window, newcomer):
    theirs = window()
    sign_in_by_link(theirs, story, newcomer["email"])
    theirs.open("/settings")
    assert newcomer["canary"] in theirs.page.content()

    theirs.press("Sign out of this device")
    theirs.page.go_back()
    theirs.page.wait_for_load_state()

    assert newcomer["canary"] not in theirs.page.content()
    assert theirs.page.evaluate(STORAGE) == 0
    names = {cookie["name"] for cookie in theirs.context.cookies()}
    assert not [name for name in names if re.fullmatch(r"commonthread_local|__Host-commonthread", name)]


def test_signing_out_everywhere_ends_the_other_window_too(story, window, newcomer):
    here, there = window(), window()
    sign_in_by_link(here, story, newcomer["email"])
    sign_in_by_link(there, story, newcomer["email"])
    here.open("/me/sign-ins")
    assert here.page.get_by_role("button", name="End this sign-in").count() == 1

    here.press("Sign out everywhere")

    def is_out():
        there.open("/settings")
        return there.page.url.endswith("/sign-in")

    await_that(is_out, "the other window to be out")


def test_one_sign_in_is_ended_from_the_list_by_keyboard(story, window, newcomer):
    here, there = window(), window()
    sign_in_by_link(there, story, newcomer["email"])
    sign_in_by_link(here, story, newcomer["email"])
    here.open("/me/sign-ins")

    here.enter("End this sign-in")

    assert "That sign-in is over" in here.said
    assert here.page.get_by_role("button", name="End this sign-in").count() == 0
