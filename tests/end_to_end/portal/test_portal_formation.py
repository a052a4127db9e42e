"""The formation workbench in a real browser: dragged, by key, without script; the score follows each move."""

import re

import pytest

BROKEN = re.compile(r"Rules broken\n(\d+)")


@pytest.fixture
def admin(story):
    return story.seen.admin


@pytest.fixture
def path(workbench):
    return f"/staff/formations/{workbench['id']}"


def standing_of(admin, workbench):
    return admin.get(f"/v1/formations/{workbench['id']}")


def somebody_in(formation, number):
    return formation["groups"][number - 1]["members"][0]


def group_of(formation, person):
    return next(
        group["number"]
        for group in formation["groups"]
        if person in {one["person_id"] for one in group["members"]}
    )


def test_a_person_who_is_dragged_is_where_they_were_dropped_and_can_be_put_back(
    window, people, admin, workbench, path
):
    person = somebody_in(standing_of(admin, workbench), 1)
    theirs = window(people["admin"], viewport={"width": 1440, "height": 2000})
    theirs.open(path)

    row = theirs.page.locator(f"li[data-person={person['person_id']}]")
    with theirs.page.expect_navigation():
        row.drag_to(theirs.page.locator("#g2 .chead"))
    said, moved = theirs.text, group_of(standing_of(admin, workbench), person["person_id"])
    theirs.press("Undo")

    assert f"{person['display_name']} is in cohort 2 now" in said
    assert moved == 2
    assert group_of(standing_of(admin, workbench), person["person_id"]) == 1
    assert theirs.noise == []


def test_the_same_move_is_made_with_the_keyboard_alone(window, people, admin, workbench, path):
    before = standing_of(admin, workbench)
    person = next(
        one["person_id"]
        for group in before["groups"]
        for one in group["members"]
        if admin.get(f"/v1/formations/{workbench['id']}/people/{one['person_id']}")["places"]
    )
    theirs = window(people["admin"])
    theirs.open(f"{path}?moving={person}")

    next(stop for stop in theirs.walk() if stop["what"].startswith(("Move here", "Swap with")))
    with theirs.page.expect_navigation():
        theirs.page.keyboard.press("Enter")
    after = standing_of(admin, workbench)
    put_back(admin, workbench, before, after)

    assert group_of(after, person) != group_of(before, person)
    assert standing_of(admin, workbench)["points"] == before["points"]


def put_back(admin, workbench, before, after):
    """Move whoever is elsewhere where they were; a group that is full for a moment only breaks a rule."""
    for group in before["groups"]:
        for one in group["members"]:
            if group_of(after, one["person_id"]) != group["number"]:
                body = {"person_id": one["person_id"], "group": group["number"]}
                admin.post(f"/v1/formations/{workbench['id']}/moves", body)


def test_without_script_a_person_is_moved_locked_and_unlocked(window, people, admin, workbench, path):
    person = somebody_in(standing_of(admin, workbench), 2)
    name = person["display_name"]
    theirs = window(people["admin"], java_script_enabled=False)
    theirs.open(path)

    theirs.press(f"Move {name}")
    theirs.press("Take out")
    out = theirs.text
    theirs.press("Undo")
    theirs.press("Lock here")
    locked = theirs.text
    theirs.press("Unlock")

    assert f"{name} is in no cohort now" in out
    assert f"{name} is locked in cohort 2" in locked
    assert f"{name} may be moved again" in theirs.text
    assert standing_of(admin, workbench)["locked"] == []


def test_the_page_says_which_rule_a_move_broke_and_the_commit_leads_to_the_card(
    window, people, admin, workbench, path
):
    formation = standing_of(admin, workbench)
    crowd = [one for group in formation["groups"][1:] for one in group["members"][:2]]
    moves = f"/v1/formations/{workbench['id']}/moves"
    came = [(one["person_id"], group_of(formation, one["person_id"])) for one in crowd[:8]]
    for person, _ in came:
        admin.post(moves, {"person_id": person, "group": 1})
    theirs = window(people["admin"])
    theirs.open(path)
    broken = int(BROKEN.search(theirs.text)[1])
    theirs.press(re.compile(r"Commit \d"))
    refused = theirs.page.title()
    links = theirs.page.locator("#problems a[href='#g1']").count()
    for person, number in came:
        admin.post(moves, {"person_id": person, "group": number})

    assert broken >= 1
    assert refused.startswith("Problem: ")
    assert links >= 1


def test_how_far_a_search_is_comes_without_asking_and_the_page_follows_its_end(
    window, people, workbench, path
):
    theirs = window(people["admin"])
    theirs.open(path)
    theirs.page.fill("#most_moved", "3")
    streams = []
    theirs.page.on(
        "response", lambda answer: streams.append((answer.url, answer.headers.get("content-type", "")))
    )

    theirs.press("Form again")
    theirs.page.get_by_role("button", name=re.compile(r"Commit \d")).wait_for()

    assert any(url.endswith("/progress") and kind.startswith("text/event-stream") for url, kind in streams)
    assert theirs.noise == []


def test_without_script_the_page_of_a_search_loads_itself_again(window, people, path):
    theirs = window(people["admin"], java_script_enabled=False)
    theirs.open(path)

    theirs.press("Form again")
    theirs.page.get_by_role("button", name=re.compile(r"Commit \d")).wait_for()

    assert "people placed" in theirs.text
