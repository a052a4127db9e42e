"""A reporting line that comes to run through a cohort, as staff and members see it on their pages."""

import pytest

from deploy.tools.api import await_that


@pytest.fixture
def line(story):
    """In the last cohort the first member is said to report to the second; taken back afterwards."""
    admin, cohort = story.seen.admin, story.seen.cohorts[-1]
    below, above = (one for one in cohort["roster"][:2])
    path = f"/v1/people/{below['person_id']}"
    before = [one["person_id"] for one in admin.get(f"{path}/lines")["managers"]]
    admin.put(f"{path}/managers", {"managers": [*before, above["person_id"]]})
    await_that(lambda: admin.get(f"/v1/cohorts/{cohort['id']}")["on_hold"], "the cohort to wait")
    yield cohort, below, above
    admin.put(f"{path}/managers", {"managers": before})
    await_that(lambda: not admin.get(f"/v1/cohorts/{cohort['id']}")["on_hold"], "the cohort to go on")


def test_staff_are_shown_between_whom_and_a_way_out_and_members_only_that_it_waits(
    story, window, people, line
):
    cohort, below, above = line
    ahead = story.seen.dates[cohort["id"]][-1]["id"]
    mate = story.seen.players[cohort["roster"][2]["person_id"]]
    await_that(lambda: mate.api.get(f"/v1/sessions/{ahead}")["is_held"], "sessions to hear of it")
    staff, member = window(people["admin"]), window(mate.email)

    staff.open("/staff")
    staff.press("Resolve it, so that its next session can be held")
    staff.press(cohort["display_name"])
    shown = staff.page.inner_text("main")
    member.open(f"/sessions/{ahead}")
    told = member.page.inner_text("main")

    assert below["display_name"] in shown and above["display_name"] in shown
    assert "Smallest way out" in shown and "Carry this out" in shown
    assert "This session waits" in told
    assert above["display_name"] not in told.partition("Who is coming")[0]
    assert staff.noise == member.noise == []
