"""What must change nothing: opening a link from a mail, and one anonymous answer."""

import hashlib
import http.client
import json
from urllib.parse import urlsplit

import pytest

from deploy.tools.api import Api, await_that
from deploy.tools.story.mails import SIGNED


@pytest.fixture
def asked(story):
    """A cohort whose second session is over and whose questionnaire is open: (cohort, session, members)."""
    seen = story.seen
    cohort = seen.cohorts[-1]
    session = seen.dates[cohort["id"]][1]
    members = [seen.players[one["person_id"]] for one in cohort["roster"]]
    facilitator = seen.players[cohort["facilitators"][0]["person_id"]]
    path = f"/v1/sessions/{session['id']}"
    facilitator.api.post(f"{path}/opening")
    facilitator.api.put(f"{path}/attendance", {"present": [one.person_id for one in members]})
    facilitator.api.post(f"{path}/closing")
    return cohort, session, members


def test_one_anonymous_answer_changes_nothing_that_staff_sponsor_or_partner_can_read(story, asked):
    cohort, _, members = asked
    questionnaire = await_that(lambda: _open_questionnaires(members[0]), "a request for feedback")[0]
    before = _everything_others_read(story, cohort)

    questions = members[0].api.get(f"/v1/questionnaires/{questionnaire['id']}")["questions"]
    answers = {one["key"]: 2 for one in questions if one["scale"] == "T"}
    members[0].api.put(f"/v1/questionnaires/{questionnaire['id']}/answers", {"answers": answers})
    await_that(lambda: not _open_questionnaires(members[0], "asked"), "the answer to be recorded")

    assert _everything_others_read(story, cohort) == before


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_opening_a_signed_link_changes_nothing(story, method):
    seen = story.seen
    cohort = seen.cohorts[0]
    member = seen.players[cohort["roster"][0]["person_id"]]
    mails = [mail for mail in seen.invitations if member.email in mail["to"]]
    texts = [story.mails.text(mail["number"]) for mail in mails]
    links = {link for text in texts for link in SIGNED.findall(text)}
    sessions = seen.dates[cohort["id"]]
    before = [member.api.get(f"/v1/sessions/{one['id']}") for one in sessions]

    for link in links:
        status = _raw(story.api.url, method, link)
        assert status == 200

    assert [member.api.get(f"/v1/sessions/{one['id']}") for one in sessions] == before


def test_a_signed_link_can_do_its_one_thing_and_nothing_else(story):
    seen = story.seen
    cohort = seen.cohorts[0]
    member = seen.players[cohort["roster"][1]["person_id"]]
    token = story.mails.signed_link(member.email).removeprefix("/a/")
    holder = Api(story.api.url, f"Link {token}")
    other = seen.dates[seen.cohorts[1]["id"]][0]["id"]

    refused = [
        holder.raw("PUT", f"/v1/sessions/{other}/rsvp", {"answer": "no"})[0],
        holder.raw("GET", f"/v1/sessions/{other}")[0],
        holder.raw("GET", f"/v1/cohorts/{cohort['id']}")[0],
        holder.raw("GET", "/v1/me")[0],
    ]

    assert all(status in (401, 403, 404) for status in refused)


def _open_questionnaires(member, standing=None):
    listed = member.api.get("/v1/me/questionnaires")["data"]
    return [one for one in listed if one["is_open"] and (standing is None or one["standing"] == standing)]


def _everything_others_read(story, cohort):
    """Bytes and ETags of what staff, sponsor and partner can read about this cohort and its program."""
    seen = story.seen
    program = seen.ready.program["id"]
    staff = [
        f"/v1/cohorts/{cohort['id']}",
        f"/v1/cohorts/{cohort['id']}/sessions",
        f"/v1/programs/{program}",
        f"/v1/programs/{program}/questionnaires",
        f"/v1/programs/{program}/enrollments",
        "/v1/reports",
        "/v1/notice-deliveries",
        "/v1/people",
    ]
    partner = ["/v1/people", "/v1/webhook-endpoints", "/v1/cohorts"]
    read = [_read(seen.admin, path) for path in staff]
    read += [_read(seen.ready.client, path) for path in partner]
    return [*read, hashlib.sha256(json.dumps(seen.report, sort_keys=True).encode()).hexdigest()]


def _read(api, path):
    parts = urlsplit(api.url)
    connection = http.client.HTTPConnection(parts.netloc, timeout=30)
    connection.request("GET", path, headers={"Authorization": api.authorization})
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    kept = content if answer.status == 200 else b""
    return path, answer.status, answer.getheader("ETag"), hashlib.sha256(kept).hexdigest()


def _raw(url, method, path):
    return Api(url).raw(method, path, None, {"Accept": "text/html"})[0]
