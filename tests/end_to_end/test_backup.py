"""The worst day: a backup taken while people write, then broker and database gone, then everything back."""

import itertools
import json
import os
import secrets
import shutil
import threading
import time
from dataclasses import dataclass
from datetime import datetime

import pytest

from deploy.local.local_stack import LocalStack, PartFailedError
from deploy.tools.api import Api, await_that
from deploy.tools.snapshot import EPOCH
from tests.builders.cohort import a_cohort
from tests.conftest import RUNS

SESSIONS, ANSWERS = 10, ("yes", "no", "maybe")
BEFORE, AFTER = 40, 40  # acknowledged writes before the backup is asked for, and after it is there


@dataclass(frozen=True)
class Written:
    """One acknowledged write: `what` was asked under `key`, and what was answered at which moment."""

    what: str
    key: str
    answer: object
    sent_at: float
    acknowledged_at: float


class Writers:
    """One thread a member: it answers invitations and makes organizations in turn until told to stop."""

    def __init__(self, url, gathered):
        self._url, self._gathered = url, gathered
        self.organizations, self.rsvps, self.faults = [], [], []
        self._over = threading.Event()
        self._threads = [threading.Thread(target=self._write, args=(one,)) for one in gathered.members]

    def __enter__(self):
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self._over.set()
        for thread in self._threads:
            thread.join()

    @property
    def count(self):
        return len(self.organizations) + len(self.rsvps)

    def await_more(self, count):
        wanted = self.count + count
        await_that(lambda: self.count >= wanted or self.faults, "more writes", 120, 0.05)
        assert not self.faults

    def _write(self, member):
        admin = Api(self._url, self._gathered.admin.authorization)
        passes = itertools.product(ANSWERS, self._gathered.sessions)  # all yes, then all no, then all maybe
        try:
            while not self._over.is_set():
                self._make_organization(admin)
                if (next_one := next(passes, None)) is not None:
                    self._answer(member, *next_one)
        except Exception as fault:
            self.faults.append(fault)

    def _make_organization(self, admin):
        name, key = f"Organization {secrets.token_hex(6)}", secrets.token_hex(16)
        sent_at = time.time()
        made = admin.post("/v1/organizations", {"display_name": name}, Idempotency_Key=key)
        self.organizations.append(Written(name, key, made["id"], sent_at, time.time()))

    def _answer(self, member, answer, session):
        sent_at = time.time()
        member.api.put(f"/v1/sessions/{session['id']}/rsvp", {"answer": answer})
        place = f"{member.person_id} {session['id']}"
        self.rsvps.append(Written(place, "", ANSWERS.index(answer), sent_at, time.time()))


@dataclass(frozen=True)
class Aftermath:
    """What was written, the backup's instant, what the commands said, and the stack that came back."""

    stack: LocalStack
    gathered: object
    writers: Writers
    instant: float
    restored: dict
    restated: list[dict]
    copies: list[dict]

    def before(self, written):
        return [one for one in written if one.acknowledged_at <= self.instant]


@pytest.fixture(scope="module")
def aftermath(tmp_path_factory):
    """A stack of its own, loaded, saved, wiped and brought back."""
    directory = RUNS / str(os.getpid()) / "backup"
    rates = {"CT_RATE_STRANGERS": "10000/10000", "CT_RATE_CALLERS": "10000/10000"}
    saved = tmp_path_factory.mktemp("saved") / "backup"
    stack = LocalStack(directory, environment=rates)
    with stack:
        gathered = a_cohort(stack, sessions=SESSIONS)
        with Writers(stack.url, gathered) as writers:
            writers.await_more(BEFORE)
            taken = json.loads(stack.operate("backup", str(saved), "--json"))
            writers.await_more(AFTER)
        stack.stop()
        _wipe(stack.places)
        restored = _bring_back(stack, saved)
        restated = json.loads(stack.operate("restate", "all", "--json"))
        copies = await_that(lambda: _equal_copies(stack), "copies that equal their owners", 120)
        instant = datetime.fromisoformat(taken["taken_at"]).timestamp()
        yield Aftermath(stack, gathered, writers, instant, restored, restated, copies)


def _wipe(places):
    """Lose the volumes of broker and database; the secrets are kept elsewhere."""
    shutil.rmtree(places.database)
    shutil.rmtree(places.broker)
    places.make()


def _bring_back(stack, saved):
    stack.start_ground()
    stack.migrate()
    restored = json.loads(stack.operate("restore", str(saved), "--yes", "--json"))
    for name in stack.names:
        stack.start_part(name)
    stack.await_ready(*stack.names, timeout=90)
    return restored


def _equal_copies(stack):
    try:
        return json.loads(stack.operate("copies", "verify", "--json"))
    except PartFailedError:
        return None


def test_the_writers_were_at_work_before_and_after_the_instant(aftermath):
    written = [*aftermath.writers.organizations, *aftermath.writers.rsvps]

    assert not aftermath.writers.faults
    assert len(aftermath.before(written)) >= BEFORE
    assert len(written) - len(aftermath.before(written)) >= AFTER


def test_every_organization_acknowledged_before_the_instant_is_there(aftermath):
    there = {one["id"] for one in aftermath.gathered.admin.every("/v1/organizations")}
    promised = aftermath.before(aftermath.writers.organizations)

    assert [one.what for one in promised if one.answer not in there] == []


def test_no_answer_is_older_than_the_one_acknowledged_before_the_instant(aftermath):
    shown = {
        f"{member.person_id} {session['id']}": member.api.get(f"/v1/sessions/{session['id']}")["my_answer"]
        for member in aftermath.gathered.members
        for session in aftermath.gathered.sessions
    }
    promised = aftermath.before(aftermath.writers.rsvps)

    assert promised
    assert [one for one in promised if shown[one.what] not in ANSWERS[one.answer :]] == []


def test_a_request_repeated_under_its_key_makes_nothing_twice_and_brings_back_what_came_too_late(aftermath):
    admin, written = aftermath.gathered.admin, aftermath.writers.organizations
    again = {
        one.what: admin.post("/v1/organizations", {"display_name": one.what}, Idempotency_Key=one.key)["id"]
        for one in written
    }
    names = [one["display_name"] for one in admin.every("/v1/organizations")]

    assert [one.what for one in aftermath.before(written) if again[one.what] != one.answer] == []
    assert [one.what for one in written if names.count(one.what) != 1] == []


def test_every_revision_is_in_a_new_epoch(aftermath):
    assert aftermath.restored["epoch"] == 1
    with aftermath.stack.database.client() as client:
        sessions = list(client["ct_sessions"]["sessions"].find({}, {"revision": 1}))

    assert len(sessions) >= SESSIONS
    assert all(EPOCH <= one["revision"] < 2 * EPOCH for one in sessions)


def test_everything_was_told_again_and_every_copy_is_its_owners(aftermath):
    told = {row["aggregate"]: row["restated"] for row in aftermath.restated}

    assert {"person", "cohort", "session", "organization"} <= told.keys()
    assert aftermath.copies
    assert all(row["equal"] for row in aftermath.copies)
