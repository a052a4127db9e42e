"""The operator's hand on the running platform."""

import json
from datetime import UTC, datetime, timedelta

from deploy.tools.api import await_that

ALL_SERVICES = {"membership", "scheduling", "sessions", "feedback", "notifications"}


def test_after_the_story_every_copy_equals_its_owner(stack, story):
    await_that(lambda: nothing_waits(stack), "an empty outbox")

    rows = json.loads(stack.operate("copies", "verify", "--json"))

    assert {row["keeper"] for row in rows} == ALL_SERVICES
    assert [row for row in rows if not row["equal"]] == []


def test_after_the_story_nothing_is_dead_and_all_are_up(stack, story):
    rows = json.loads(stack.operate("status", "--json"))

    assert {row["service"] for row in rows} == ALL_SERVICES
    assert {(row["state"], row["relay"], row["dead_letters"]) for row in rows} == {("up", "up", 0)}


def test_restating_tells_of_every_cohort_again_and_changes_no_copy(stack, story, seen):
    cohorts = stack.database.client("operator")["ct_membership"]["cohorts"].count_documents({})

    told = json.loads(stack.operate("restate", "membership", "cohort", "--json"))

    assert cohorts >= len(seen.cohorts)
    assert [row["restated"] for row in told] == [cohorts]
    await_that(lambda: nothing_waits(stack), "an empty outbox")
    assert all(row["equal"] for row in json.loads(stack.operate("copies", "verify", "--json")))


def test_restating_since_now_tells_of_nothing_and_since_before_the_story_of_all(stack, story):
    soon = (datetime.now(UTC) - timedelta(milliseconds=1)).isoformat()
    cohorts = stack.database.client("operator")["ct_membership"]["cohorts"]
    cohorts.update_many({}, {"$set": {"written_at": datetime.now(UTC) - timedelta(minutes=1)}})

    assert json.loads(stack.operate("restate", "membership", "cohort", "--since", soon, "--json")) == []
    told = json.loads(
        stack.operate("restate", "membership", "cohort", "--since", "2026-01-01T00:00:00Z", "--json")
    )
    assert [row["restated"] for row in told] == [cohorts.count_documents({})]


def nothing_waits(stack):
    return json.loads(stack.operate("outbox", "--json")) == []
