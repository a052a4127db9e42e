"""The portal as people use it: a member by keyboard, with script and without; a facilitator; a sponsor."""

import re

import pytest

from deploy.tools.api import ApiProblem, await_that
from deploy.tools.story.meeting import CAPSULE
from tests.builders.browsers import PHONE, Window

FOLD = PHONE["height"] - 64  # what is fixed at the bottom of a phone covers the rest
PROMISE = "I ask three questions before I give one piece of advice."


@pytest.mark.parametrize(("place", "script"), [(0, True), (1, False)], ids=["with script", "without script"])
def test_a_member_signs_in_answers_signs_commits_and_gives_feedback_by_keyboard(
    founded, chromium, place, script
):
    _, session, facilitator, (person, *_) = founded.meeting(place, 1)
    member = founded.story.door.enter(person)
    url, path = founded.story.api.url, f"/v1/sessions/{session['id']}"
    with Window(chromium, url, viewport=PHONE, java_script_enabled=script) as theirs:
        sign_in_by_link(theirs, founded.story, member.email)
        prove_by_recovery_code(theirs, founded.story, member.email)
        assert "Next for you, Person" in theirs.text
        coming = theirs.page.get_by_role("button", name="I’m coming").bounding_box()
        assert coming["y"] + coming["height"] <= FOLD
        theirs.enter("I’m coming")
        assert theirs.said == "Saved. Your answer is yes."
        assert f"{person['display_name']}\nYes" in theirs.page.inner_text("section:has(#coming)")

        theirs.open("/")
        theirs.enter("Read and sign the agreement")
        assert "What is said here stays here." in theirs.text
        theirs.enter("I agree")
        assert theirs.said == "You have signed the agreement."

        facilitator.api.post(f"{path}/opening")
        facilitator.api.put(f"{path}/attendance", {"standings": {member.person_id: "present"}})
        await_that(lambda: topics_opened(facilitator, path), "the signature to arrive")
        theirs.open(f"/sessions/{session['id']}")
        theirs.tab_to("what")
        theirs.page.keyboard.type(PROMISE)
        theirs.enter("Make this commitment")
        assert "Your commitment stands." in theirs.said
        assert PROMISE in theirs.text

        facilitator.api.post(f"{path}/closing")
        await_that(lambda: asked_about(member, session), "a request for feedback")
        theirs.open("/")
        theirs.enter(f"Tell how session {session['number']} was")
        answer_by_keyboard(theirs)
        assert theirs.said == "Sent. Your answers are kept apart from your name."
        assert theirs.noise == []

    assert member.api.get(path)["my_answer"] == "yes"
    assert PROMISE in [one["what"] for one in member.api.get("/v1/me/commitments")["data"]]
    assert asked_about(member, session)["standing"] == "given"


def test_a_facilitator_runs_a_session_from_the_first_step_to_the_capsule(founded, chromium):
    cohort, session, facilitator, people = founded.meeting(1, 2)
    last = people[-1]
    with Window(
        chromium, founded.story.api.url, founded.story.door.by_page(facilitator.email).cookies
    ) as theirs:
        theirs.open("/facilitate")
        theirs.page.click(f"a[href='/sessions/{session['id']}/cockpit']")
        theirs.press("Open the session")
        assert "Record below who is here first." in theirs.text
        for person in cohort["roster"]:
            there = "present" if person["person_id"] == last["id"] else "apology"
            theirs.page.check(f"input[name=standing_{person['person_id']}][value={there}]")
        theirs.press("Save attendance")
        assert f"Still to sign: {last['display_name']}." in theirs.text
        assert not theirs.page.get_by_role("button", name="Open the topics").count()

        sign(founded.story.door.enter(last), cohort["id"])
        theirs.press("Open the topics")  # comes by itself: this part of the page looks every few seconds
        assert theirs.said == "Topics are open."
        theirs.press("Close the session")

        write_capsule(theirs, CAPSULE | {"sources": ""})
        assert theirs.page.title().startswith("Problem: ")
        assert "3. Sources: This part is missing." in theirs.page.inner_text("#problems")
        assert [theirs.page.input_value(f"#{part}") for part in CAPSULE] == [
            "" if part == "sources" else words for part, words in CAPSULE.items()
        ]
        theirs.page.click("#problems a")
        assert theirs.page.evaluate("document.activeElement.id") == "sources"

        write_capsule(theirs, {"sources": CAPSULE["sources"]})
        assert theirs.said.startswith("Published.")
        assert CAPSULE["ideas"] in theirs.text
        assert theirs.noise == []


def test_the_sponsors_chart_tells_the_figures_of_its_table_and_no_name(story, window, people, places):
    theirs = window(people["sponsor"])
    theirs.open(places["sponsor"][-1])

    figures = theirs.page.locator("figure")
    assert figures.count() == 3
    for figure in figures.all():
        label = figure.locator("[role=img]").get_attribute("aria-label")
        rows = figure.locator("tbody tr").all()
        told = [(row.locator("th").inner_text(), row.locator("td").inner_text()) for row in rows]
        assert told
        assert label.partition(": ")[2] == "; ".join(f"{name} {value}" for name, value in told)
        assert figure.locator(".bars .value").all_text_contents() == [value for _, value in told]
    names = {person["display_name"] for person in story.seen.ready.people}
    assert not [name for name in names if name in theirs.page.content()]


def sign_in_by_link(theirs, story, email):
    """Ask for a link by keyboard, follow the one that comes by mail, press its one button."""
    mark = story.mails.last
    theirs.open("/sign-in")
    theirs.tab_to("email")
    theirs.page.keyboard.type(email)
    theirs.enter("Send me a link")
    assert "a link is on its way" in theirs.text
    theirs.open(f"/link/{story.mails.one_time_token(email, mark)}")
    theirs.enter("Sign in")
    assert theirs.page.url == f"{story.api.url}/"


def prove_by_recovery_code(theirs, story, email):
    """Type one of the person's recovery codes by keyboard where it is asked for."""
    theirs.open("/me/step-up")
    theirs.tab_to("code")
    theirs.page.keyboard.type(story.door.drawers.take(email))
    theirs.enter("Go on")
    assert theirs.page.url == f"{story.api.url}/"


def topics_opened(facilitator, path):
    """True once the facilitator may open the topics, and has."""
    try:
        facilitator.api.post(f"{path}/topics")
    except ApiProblem as problem:
        if problem.code != "agreement-not-signed":
            raise
        return False
    return True


def sign(player, cohort_id):
    path = f"/v1/cohorts/{cohort_id}/agreement"
    player.api.put(f"{path}/signature", {"version": player.api.get(path)["version"]})


def write_capsule(theirs, parts):
    for part, words in parts.items():
        theirs.page.fill(f"#{part}", words)
    theirs.press("Publish the capsule")


def asked_about(member, session):
    """The questionnaire about that session, None before it is there."""
    listed = member.api.get("/v1/me/questionnaires")["data"]
    return next((one for one in listed if one["session_id"] == session["id"]), None)


def answer_by_keyboard(theirs):
    """Answer every scale with 4 by arrow keys, and send."""
    keys = theirs.page.eval_on_selector_all("fieldset.scale", "found => found.map(one => one.id)")
    for key in keys:
        assert re.fullmatch(r"\w+", key)
        theirs.tab_to(f"scale.{key}")
        theirs.page.keyboard.press("Space")
        for _ in range(3):
            theirs.page.keyboard.press("ArrowRight")
    theirs.enter("Send my answers")
