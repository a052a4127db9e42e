"""A session held to its end in which words were said in confidence, one in each place where words can be."""

import secrets
from datetime import UTC, datetime, timedelta

from deploy.tools.api import ApiProblem, await_that

PARTS = ("background", "ideas", "sources", "newcomers")
PLACES = ("what", "note", *PARTS, "answer", "challenge")


def canaries(tag="canary"):
    """Return place -> a word that stands nowhere else."""
    return {place: f"{tag}-{place}-{secrets.token_hex(8)}" for place in PLACES}


def hold(session, members, guide, words):
    """Hold `session` of one cohort; each of `words` is said where its name says.

    Returns:
        (commitment, questionnaire): the first member's commitment, and what the second member answered.
    """
    path = f"/v1/sessions/{session['id']}"
    guide.api.post(f"{path}/opening")
    guide.api.put(f"{path}/attendance", {"present": [one.person_id for one in members]})
    sign(session["cohort_id"], members)
    await_that(lambda: _topics(guide.api, path), "open topics", 60)
    due_on = (datetime.now(UTC) + timedelta(days=9)).date().isoformat()
    say(members[0], "cohort", challenges=[words["challenge"]], asks=[words["challenge"]])
    made = members[0].api.post(f"{path}/commitments", {"what": words["what"], "due_on": due_on})
    report = {"standing": "kept", "note": words["note"]}
    members[0].api.put(f"/v1/commitments/{made['id']}/report", report)
    guide.api.post(f"{path}/closing")
    guide.api.put(f"{path}/capsule", {part: words[part] for part in PARTS})
    return made, answer(members[1], words["answer"])


def say(person, audience, **fields):
    """Have somebody say `fields` in their profile, with their name in it, all of it shown to `audience`."""
    said = {"offers": [f"Ask {person.display_name}"], **fields}
    said["consent"] = dict.fromkeys(("listed", *said), audience)
    person.api.patch("/v1/me/profile", said, If_Match=tag_of(person.api, "/v1/me/profile"))


def tag_of(api, path):
    """Return the ETag of what stands at `path`."""
    api.close()  # one kept open may have been closed at the other end
    connection = api._open()
    connection.request("GET", path, headers={"Authorization": api.authorization or ""})
    answer = connection.getresponse()
    answer.read()
    assert answer.status == 200, answer.status
    return answer.getheader("ETag", "")


def sign(cohort_id, people):
    """Have `people` sign the cohort's agreement."""
    path = f"/v1/cohorts/{cohort_id}/agreement"
    for one in people:
        version = one.api.get(path)["version"]
        one.api.put(f"{path}/signature", {"version": version})


def answer(member, word):
    """Answer the newest questionnaire, with `word` wherever words are asked for; return it."""
    asked = await_that(lambda: _open_questionnaires(member.api), "a request for feedback", 60)[0]
    path = f"/v1/questionnaires/{asked['id']}"
    questions = member.api.get(path)["questions"]
    answers = {each["key"]: 4 if each["scale"] == "T" else word for each in questions}
    member.api.put(f"{path}/answers", {"answers": answers})
    return asked


def _topics(guide, path):
    try:
        return guide.post(f"{path}/topics")
    except ApiProblem as problem:
        if problem.code != "agreement-not-signed":
            raise
        return None


def _open_questionnaires(member):
    listed = member.get("/v1/me/questionnaires")["data"]
    return [one for one in listed if one["is_open"] and one["standing"] == "asked"]
