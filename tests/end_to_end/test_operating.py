"""The operator's hand on the running platform."""

import json
import threading

from deploy.tools.api import ApiProblem, await_that

ALL_SERVICES = {"membership", "scheduling", "sessions", "feedback", "notifications"}


def test_after_the_story_every_copy_equals_its_owner(stack, story):
    await_that(lambda: nothing_waits(stack), "an empty outbox")

    rows = json.loads(stack.operate("copies", "verify", "--json"))

    assert {row["keeper"] for row in rows} == {"scheduling", "sessions", "feedback", "notifications"}
    assert [row for row in rows if not row["equal"]] == []


def test_after_the_story_nothing_is_dead_and_all_are_up(stack, story):
    rows = json.loads(stack.operate("status", "--json"))

    assert {row["service"] for row in rows} == ALL_SERVICES
    assert {(row["state"], row["relay"], row["dead_letters"]) for row in rows} == {("up", "up", 0)}


def test_restating_tells_of_every_cohort_again_and_changes_no_copy(stack, story, seen):
    told = json.loads(stack.operate("restate", "membership", "cohort", "--json"))

    assert [row["restated"] for row in told] == [len(seen.cohorts)]
    await_that(lambda: nothing_waits(stack), "an empty outbox")
    assert all(row["equal"] for row in json.loads(stack.operate("copies", "verify", "--json")))


def test_a_backup_under_load_brings_back_all_that_was_acknowledged_before_it(stack, seen, tmp_path):
    with adding_organizations(seen.admin) as acknowledged:
        await_that(lambda: len(acknowledged) > 5, "some load")
        before = list(acknowledged)
        stack.operate("backup", str(tmp_path / "backup"))
    stop_services(stack)
    wipe(stack)

    stack.operate("restore", str(tmp_path / "backup"), "--yes")

    start_services(stack)
    stack.operate("restate", "all")
    await_that(lambda: nothing_waits(stack), "an empty outbox")
    back = [one["display_name"] for one in seen.admin.every("/v1/organizations")]
    kept = [name for name in acknowledged if name in back]
    assert set(before) <= set(back)
    assert kept == acknowledged[: len(kept)]  # one instant: whatever came first is there first
    assert all(row["equal"] for row in json.loads(stack.operate("copies", "verify", "--json")))


class adding_organizations:  # noqa: N801 - reads as a phrase
    """Adds one organization after another; gives the names that were acknowledged, in order."""

    def __init__(self, admin):
        self._admin, self._names, self._over = admin, [], threading.Event()
        self._thread = threading.Thread(target=self._add)

    def __enter__(self):
        self._thread.start()
        return self._names

    def __exit__(self, *_):
        self._over.set()
        self._thread.join()

    def _add(self):
        number = 0
        while not self._over.is_set():
            number += 1
            name = f"Load {number:05}"
            try:
                self._admin.post("/v1/organizations", {"display_name": name})
            except ApiProblem:
                continue
            self._names.append(name)


def nothing_waits(stack):
    return json.loads(stack.operate("outbox", "--json")) == []


def stop_services(stack):
    for name in stack.names:
        if name != "mail":
            stack.stop_part(name)


def start_services(stack):
    for name in stack.names:
        stack.start_part(name)
    stack.await_ready(*stack.names)


def wipe(stack):
    """Lose every document of every service."""
    with stack.database.client("operator") as client:
        for database in client.list_database_names():
            if database.startswith("ct_"):
                for collection in client[database].list_collection_names():
                    client[database][collection].delete_many({})
