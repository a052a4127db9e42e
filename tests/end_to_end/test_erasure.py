"""Forgotten everywhere, also after the worst day: canaries, a backup, an erasure, a kill, a restore."""

import io
import json
import os
import shutil
import zipfile
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from bson.codec_options import CodecOptions
from bson.raw_bson import RawBSONDocument
from icalendar import Calendar

from deploy.local.local_stack import LocalStack
from deploy.tools.api import ApiProblem, await_that
from services.membership.domain.erasures import SERVICES
from tests.builders import holding
from tests.builders.cohort import a_cohort
from tests.builders.looking import channel_of, metrics, waiting
from tests.conftest import RUNS, UNHURRIED

RAW = CodecOptions(document_class=RawBSONDocument)
NAME = "Canaria Nightingale"
NAMES = (NAME, "Bo Birk", "Cy Cedar", "Di Dunlin", "Ed Elm")


def databases_with(stack, words):
    """Where any of `words` stands in a document, dead letters, notices to be sent and outboxes included."""
    found = set()
    with stack.database.client() as client:
        for name in (each for each in client.list_database_names() if each.startswith("ct_")):
            database = client.get_database(name, codec_options=RAW)
            for collection in database.list_collection_names():
                for document in database[collection].find():
                    found |= {(f"{name}.{collection}", one) for one in words if one.encode() in document.raw}
    return found


def logs_with(stack, words):
    logs = {path.name: path.read_bytes() for path in stack.places.logs.iterdir()}
    return {(name, one) for name, log in logs.items() for one in words if one.encode() in log}


def keys_of(stack, author):
    """How many keys of sealed text are the author's, in all services."""
    with stack.database.client() as client:
        stores = [client[name] for name in client.list_database_names() if name.endswith("_keys")]
        return sum(
            store[each].count_documents({"author": author})
            for store in stores
            for each in store.list_collection_names()
        )


def begin_now(stack, erasure_id):
    """Let the 72 hours be over."""
    now = datetime.now(UTC)
    with stack.database.client() as client:
        client["ct_membership"]["erasures"].update_one(
            {"_id": erasure_id}, {"$set": {"begins_at": now, "due.0.at": now, "next_due_at": now}}
        )


@dataclass
class Forgotten:
    """Somebody who said all that can be said, took it along, and was forgotten."""

    stack: LocalStack
    gathered: object
    person: object
    words: dict[str, str]
    archive: dict[str, bytes]
    crashed: dict
    ended: dict
    saved: object

    def show(self):
        return self.gathered.admin.get(f"/v1/people/{self.person.person_id}/erasure")

    def named(self):
        return [NAME, self.person.email, *(self.words[place] for place in ("what", "note", "challenge"))]


@pytest.fixture(scope="module")
def forgotten(tmp_path_factory):
    directory = RUNS / str(os.getpid()) / "erasure"
    saved = tmp_path_factory.mktemp("saved") / "backup"
    with LocalStack(directory, environment=UNHURRIED) as stack:
        gathered = a_cohort(stack, people=len(NAMES), sessions=2, names=NAMES)
        members = sorted(gathered.members, key=lambda one: one.display_name != NAME)
        person, words = members[0], holding.canaries("forgetme")
        held = gathered.sessions[0] | {"cohort_id": gathered.cohort["id"]}
        holding.hold(held, members, gathered.guide, words)
        archive = unpacked(person.api)
        stack.operate("backup", str(saved))
        asked = person.api.post("/v1/me/erasure")
        crash_in_the_middle(stack)
        begin_now(stack, asked["id"])
        await_that(lambda: not stack.is_running("sessions"), "sessions to be killed", 60)
        found = Forgotten(stack, gathered, person, words, archive, {}, {}, saved)
        found.crashed = await_that(lambda: four_of_five(found), "the four others", 60)
        stack.start_part("sessions")
        stack.await_ready("sessions")
        found.ended = await_that(lambda: erased(found), "the erasure's end", 120)
        yield found


def unpacked(api):
    status, kind, content = api.raw("GET", "/v1/me/export")
    assert (status, kind) == (200, "application/zip")
    archive = zipfile.ZipFile(io.BytesIO(content))
    return {name: archive.read(name) for name in archive.namelist()}


def crash_in_the_middle(stack):
    """Have sessions die between two steps of the next forgetting."""
    stack.kill("sessions")
    stack.start_part("sessions", CT_CRASH_AT="forgetting.before_step:3")
    stack.await_ready("sessions")


def four_of_five(found):
    shown = found.show()
    return shown if len(shown["confirmed"]) == len(SERVICES) - 1 else None


def erased(found):
    shown = found.show()
    return shown if shown["standing"] == "erased" else None


def test_what_was_taken_along_is_ones_own_and_whole(forgotten):
    archive = forgotten.archive
    told = {name: json.loads(archive[f"{name}.json"])["kinds"] for name in SERVICES}

    assert told["membership"]["profile"][0]["email"] == forgotten.person.email
    assert told["membership"]["own_profile"][0]["challenges"] == [forgotten.words["challenge"]]
    assert told["sessions"]["commitment"][0]["what"] == forgotten.words["what"]
    assert len(Calendar.from_ical(archive["sessions.ics"]).walk("VEVENT")) == 2
    others = [*NAMES[1:], forgotten.words["answer"], forgotten.words["ideas"]]
    whole = b"\n".join(archive.values())
    assert [one for one in others if one.encode() in whole] == []


def test_every_kind_of_row_is_explained(forgotten):
    explained = json.loads(forgotten.archive["schema.json"])["kinds"]

    for name in SERVICES:
        assert json.loads(forgotten.archive[f"{name}.json"])["kinds"].keys() <= explained[name].keys()


def test_a_service_killed_in_the_middle_is_waited_for_and_goes_on(forgotten):
    assert forgotten.crashed["missing"] == ["sessions"]
    assert sorted(forgotten.ended["confirmed"]) == sorted(SERVICES)


def test_nothing_names_or_quotes_the_forgotten_any_more(forgotten):
    assert databases_with(forgotten.stack, forgotten.named()) == set()
    assert logs_with(forgotten.stack, forgotten.named()) == set()


def test_no_key_opens_what_the_forgotten_said(forgotten):
    assert keys_of(forgotten.stack, forgotten.person.person_id) == 0


def test_no_queue_and_no_metric_tells_of_the_forgotten(forgotten):
    with channel_of(forgotten.stack) as channel:
        await_that(lambda: not any(waiting(channel).values()), "all queues to be empty", 60)
    told = metrics(forgotten.stack)
    needles = [*forgotten.named(), forgotten.person.person_id]

    assert {name for name, text in told.items() for one in needles if one.encode() in text} == set()


def test_the_forgotten_come_in_no_more(forgotten):
    with pytest.raises(ApiProblem) as refused:
        forgotten.person.api.get("/v1/me")

    assert refused.value.status in (401, 403)


def test_the_cohort_keeps_what_was_theirs(forgotten):
    mate = forgotten.gathered.guide.api
    session = mate.get(f"/v1/sessions/{forgotten.gathered.sessions[0]['id']}/capsule")

    assert session["ideas"] == forgotten.words["ideas"]


def brought_back(forgotten, *options):
    """Restore the backup, which is older than the erasure, and let everything run again.

    Return how many keys of the forgotten person there were before a service ran.
    """
    stack = forgotten.stack
    for name in stack.names:
        stack.kill(name)
    restored = json.loads(stack.operate("restore", str(forgotten.saved), "--yes", "--json", *options))
    assert restored["documents"]
    assert databases_with(stack, [NAME])
    keys = keys_of(stack, forgotten.person.person_id)
    for name in stack.names:
        stack.start_part(name)
    stack.await_ready(*stack.names, timeout=90)
    again = await_that(lambda: erased(forgotten), "the erasure after the restore", 120)
    stack.operate("restate", "all")
    await_that(lambda: quiet(stack), "all that was said again", 60)
    assert again["asked_by"] == "ledger"
    return keys


def test_a_restored_backup_forgets_again_by_itself(forgotten):
    assert brought_back(forgotten) > 0

    assert keys_of(forgotten.stack, forgotten.person.person_id) == 0
    assert databases_with(forgotten.stack, forgotten.named()) == set()
    assert logs_with(forgotten.stack, forgotten.named()) == set()


def test_a_backup_whose_keys_are_gone_is_restored_under_the_present_ones(forgotten):
    shutil.rmtree(forgotten.saved.with_name(f"{forgotten.saved.name}.keys"))

    assert brought_back(forgotten, "--present-keys") == 0

    assert databases_with(forgotten.stack, forgotten.named()) == set()
    mate = forgotten.gathered.guide.api
    capsule = mate.get(f"/v1/sessions/{forgotten.gathered.sessions[0]['id']}/capsule")
    assert capsule["ideas"] == forgotten.words["ideas"]


def quiet(stack):
    with stack.database.client() as client:
        return not any(
            client[name][collection].count_documents({"outbox.0": {"$exists": True}}, limit=1)
            for name in client.list_database_names()
            if name.startswith("ct_")
            for collection in client[name].list_collection_names()
        )
