"""A cohort answers, meets for the first time, sums up and gives feedback."""

from datetime import UTC, datetime, timedelta
from typing import Any

from deploy.tools.api import Api, ApiProblem, await_that
from deploy.tools.story.mails import Mails
from deploy.tools.story.people import Door, Player
from deploy.tools.story.setting_up import StoryBroke

CAPSULE = {
    "background": "All of us lead people who wait for decisions.",
    "ideas": "Name what may be decided without you; hand over the decision, not the task.",
    "sources": "The one-page brief each of us brought.",
    "newcomers": "Read the three questions we begin with.",
}
WAYS = ("api", "link", "page")
Cohort = dict[str, Any]
Session = dict[str, Any]


def answer_invitations(
    session: Session, members: list[Player], mails: Mails, door: Door, ways: dict[str, int]
) -> None:
    """Have each member answer: in turn over the API, by the signed link of their mail, on the page."""
    for place, member in enumerate(members):
        way = WAYS[min(place, 2)] if place < 3 else "api"
        if way == "api":
            member.api.put(f"/v1/sessions/{session['id']}/rsvp", {"answer": "yes"})
        elif way == "link":
            answer_by_link(member, mails)
        else:
            browser = door.by_page(member.email)
            browser.open(f"/sessions/{session['id']}")
            browser.send(f"/sessions/{session['id']}/rsvp", answer="yes")
        ways[way] += 1


def answer_by_link(member: Player, mails: Mails) -> None:
    """GET the signed link, which changes nothing, then POST the one thing it can do."""
    path = await_that(lambda: mails.signed_link(member.email), "an invitation by mail")
    stranger = Api(member.api.url)
    form = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "text/html"}
    for method, body in (("GET", None), ("POST", "answer=yes")):
        status = stranger.raw(method, path, body, form if body else {"Accept": "text/html"})[0]
        if status != 200:
            raise StoryBroke(f"{method} of a signed link answered {status}")


def meet(session: Session, facilitator: Player, members: list[Player]) -> dict[str, Any]:
    """Run a first session up to its capsule; return what was seen on the way."""
    path = f"/v1/sessions/{session['id']}"
    facilitator.api.post(f"{path}/opening")
    absent = members[-1:] if len(members) > 5 else []
    marks = {one.person_id: "apology" if one in absent else "present" for one in members}
    facilitator.api.put(f"{path}/attendance", {"standings": marks})
    gate = _try_topics(facilitator, path)
    present = [one for one in members if one not in absent]
    _sign(session["cohort_id"], [*present, facilitator])
    _start_topics(facilitator, path)
    for place, member in enumerate(present):
        _commit(member, present[place - 1], path)
    facilitator.api.post(f"{path}/closing")
    facilitator.api.put(f"{path}/capsule", CAPSULE)
    return {"gate": gate, "present": present, "absent": absent}


def give_feedback(members: list[Player]) -> int:
    """Have each member answer what is asked of them; return how many answers were given."""
    return sum(_answer_questionnaires(place, member) for place, member in enumerate(members))


def _try_topics(facilitator: Player, path: str) -> str:
    """Return the code with which topics stay closed before everyone present has signed."""
    try:
        facilitator.api.post(f"{path}/topics")
    except ApiProblem as problem:
        return problem.code
    raise StoryBroke("topics opened although nobody had signed the agreement")


def _sign(cohort_id: str, people: list[Player]) -> None:
    for person in people:
        agreement = person.api.get(f"/v1/cohorts/{cohort_id}/agreement")
        person.api.put(f"/v1/cohorts/{cohort_id}/agreement/signature", {"version": agreement["version"]})


def _start_topics(facilitator: Player, path: str) -> None:
    """Open the topics as soon as sessions has heard of every signature."""

    def started() -> bool:
        try:
            facilitator.api.post(f"{path}/topics")
        except ApiProblem as problem:
            if problem.code == "agreement-not-signed":
                return False
            raise
        return True

    await_that(started, "the last signature")


def _commit(member: Player, buddy: Player, path: str) -> None:
    due_on = (datetime.now(UTC) + timedelta(days=14)).date().isoformat()
    what = "I hand over the Monday report, and I do not take it back."
    member.api.post(f"{path}/commitments", {"what": what, "due_on": due_on, "buddy_id": buddy.person_id})


def _answer_questionnaires(place: int, member: Player) -> int:
    def asked() -> list[dict[str, Any]]:
        listed = member.api.get("/v1/me/questionnaires")["data"]
        return [one for one in listed if one["is_open"]]

    found = await_that(asked, "a request for feedback")
    for one in found:
        path = f"/v1/questionnaires/{one['id']}"
        questions = member.api.get(path)["questions"]
        answers = {
            each["key"]: 3 + (place + len(each["key"])) % 3 for each in questions if each["scale"] == "T"
        }
        member.api.put(f"{path}/answers", {"answers": answers})
    return len(found)
