"""The portal as people use it: a member by keyboard, with script and without; a facilitator; a sponsor."""

import re

import pytest

from deploy.tools.api import await_that
from deploy.tools.story import meeting
from tests.builders.browsers import DESKTOP, PHONE

FOLD = PHONE["height"] - 64  # what is fixed at the bottom of a phone covers the rest
PROMISE = "I ask three questions before I give one piece of advice."


def a_meeting_to_come(story, taken):
    """A cohort with somebody who has not signed yet, its next session, that member and the facilitator."""
    seen = story.seen
    for cohort in seen.cohorts:
        signed = seen.admin.get(f"/v1/cohorts/{cohort['id']}")["signed_by"]
        unsigned = [one["person_id"] for one in cohort["roster"] if one["person_id"] not in signed]
        if unsigned and cohort["id"] not in taken:
            taken.add(cohort["id"])
            facilitator = seen.players[cohort["facilitators"][0]["person_id"]]
            sessions = facilitator.api.get(f"/v1/cohorts/{cohort['id']}/sessions")["data"]
            session = next(one for one in sessions if one["standing"] == "planned")
            return cohort, session, seen.players[unsigned[0]], facilitator
    raise AssertionError("everybody has signed")


@pytest.fixture(scope="module")
def taken():
    return set()


@pytest.fixture
def meeting_to_come(story, taken):
    return a_meeting_to_come(story, taken)


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_member_signs_in_answers_signs_commits_and_gives_feedback_by_keyboard(
    story, window, meeting_to_come, script
):
    cohort, session, member, facilitator = meeting_to_come
    theirs = window(viewport=PHONE, java_script_enabled=script)

    sign_in_by_link(theirs, story, member.email)
    assert f"Next for you, {member.display_name.split()[0]}" in theirs.text
    coming = theirs.page.get_by_role("button", name="I’m coming")
    assert coming.bounding_box()["y"] + coming.bounding_box()["height"] <= FOLD
    theirs.enter("I’m coming")
    assert theirs.said == "Saved. Your answer is yes."

    theirs.open("/")
    theirs.enter("Read and sign the agreement")
    assert "What is said here stays here." in theirs.text
    theirs.enter("I agree")
    assert theirs.said == "You have signed the agreement."

    open_topics(facilitator, cohort, session)
    theirs.open(f"/sessions/{session['id']}")
    theirs.tab_to("what")
    theirs.page.keyboard.type(PROMISE)
    theirs.enter("Make this commitment")
    assert "Your commitment stands." in theirs.said
    assert PROMISE in theirs.text

    facilitator.api.post(f"/v1/sessions/{session['id']}/closing")
    await_that(lambda: asked_about(member, session), "a request for feedback")
    theirs.open("/")
    theirs.enter(f"Tell how session {session['number']} was")
    answer_by_keyboard(theirs)
    assert theirs.said == "Sent. Your answers are kept apart from your name."

    shown = member.api.get(f"/v1/sessions/{session['id']}")
    assert shown["my_answer"] == "yes"
    assert PROMISE in [one["what"] for one in member.api.get("/v1/me/commitments")["data"]]
    assert asked_about(member, session)["standing"] == "given"
    assert theirs.noise == []


def test_a_facilitator_runs_a_session_from_the_first_step_to_the_capsule(window, meeting_to_come):
    cohort, session, unsigned, facilitator = meeting_to_come
    theirs = window(facilitator.email, viewport=DESKTOP)
    theirs.open("/facilitate")
    theirs.page.click(f"a[href='/sessions/{session['id']}/cockpit']")

    theirs.press("Open the session")
    assert "Record below who is here first." in theirs.text
    for person in cohort["roster"]:
        theirs.page.check(f"input[name=standing_{person['person_id']}][value=present]")
    theirs.press("Save attendance")
    assert f"Still to sign: {unsigned.display_name}." in theirs.text
    assert not theirs.page.get_by_role("button", name="Open the topics").count()

    meeting._sign(cohort["id"], [unsigned])
    theirs.press("Open the topics")
    assert theirs.said == "Topics are open."
    theirs.press("Close the session")

    capsule = meeting.CAPSULE | {"sources": ""}
    for part, words in capsule.items():
        theirs.page.fill(f"#{part}", words)
    theirs.press("Publish the capsule")
    assert theirs.page.title().startswith("Problem: ")
    assert "3. Sources: This part is missing." in theirs.page.inner_text("#problems")
    assert [theirs.page.input_value(f"#{part}") for part in capsule] == list(capsule.values())
    theirs.page.click("#problems a")
    assert theirs.page.evaluate("document.activeElement.id") == "sources"

    theirs.page.fill("#sources", meeting.CAPSULE["sources"])
    theirs.press("Publish the capsule")
    assert theirs.said.startswith("Published.")
    assert meeting.CAPSULE["ideas"] in theirs.text
    assert theirs.noise == []


def test_the_sponsors_chart_tells_the_figures_of_its_table_and_no_name(story, window, people, places):
    theirs = window(people["sponsor"])
    theirs.open(places["sponsor"][-1])

    figures = theirs.page.locator("figure")
    assert figures.count() == 3
    for figure in figures.all():
        label = figure.get_by_role("img").get_attribute("aria-label")
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


def open_topics(facilitator, cohort, session):
    """The facilitator's part: open, everyone is there, topics."""
    path = f"/v1/sessions/{session['id']}"
    facilitator.api.post(f"{path}/opening")
    marks = {one["person_id"]: "present" for one in cohort["roster"]}
    facilitator.api.put(f"{path}/attendance", {"standings": marks})
    meeting._start_topics(facilitator, path)


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
