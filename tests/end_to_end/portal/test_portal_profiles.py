"""What somebody says of themselves on a page, and who finds them by it: by keyboard, without script too."""

import pytest

from tests.builders.browsers import PHONE

CANARY = "zwischenzug-canary"


@pytest.fixture
def room(story):
    """Two members of one cohort, and one of another."""
    first, second = story.seen.cohorts[:2]
    ids = [*(one["person_id"] for one in first["roster"][2:4]), second["roster"][0]["person_id"]]
    return [story.seen.players[one] for one in ids]


def choose(theirs, name, label):
    """Choose in a list by keyboard alone."""
    theirs.tab_to(name)
    theirs.page.keyboard.type(label)


def write(theirs, name, text):
    """Write into a field by keyboard alone, in place of what stands there."""
    theirs.tab_to(name)
    theirs.page.keyboard.press("Control+A")
    theirs.page.keyboard.type(text)


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_member_says_what_they_can_help_with_and_a_mate_calls_them(room, window, script):
    person, mate, stranger = room
    theirs = window(person.email, viewport=PHONE, java_script_enabled=script)
    theirs.open("/me/profile")
    choose(theirs, "seen_listed", "Everybody")
    write(theirs, "offers", "Juggling rotas")
    choose(theirs, "seen_offers", "Everybody")
    write(theirs, "challenges", CANARY)
    choose(theirs, "seen_challenges", "The people")
    write(theirs, "phone", "+371 2000")
    choose(theirs, "seen_phone", "The people")
    theirs.enter("Save")
    assert theirs.said == "Saved."
    assert theirs.page.input_value("#offers") == "Juggling rotas"

    found = {name: window(one.email) for name, one in (("mate", mate), ("stranger", stranger))}
    for one in found.values():
        one.open("/directory")
        write(one, "expertise", "rota")
        one.enter("Search")

    assert all(person.display_name in one.text for one in found.values())
    assert [CANARY in one.page.content() for one in found.values()] == [True, False]
    assert ["+371 2000" in one.text for one in found.values()] == [True, False]
    assert not theirs.noise + found["mate"].noise


def test_what_cannot_be_saved_is_said_beside_its_field_and_stays(room, window):
    theirs = window(room[1].email)
    theirs.open("/me/profile")
    theirs.page.fill("#years", "140")
    theirs.page.fill("#offers", "Budgets")

    theirs.press("Save")

    assert theirs.page.title().startswith("Problem: ")
    assert "Years of experience" in theirs.page.inner_text("#problems")
    assert theirs.page.input_value("#offers") == "Budgets"
    theirs.page.fill("#years", "14")
    theirs.press("Save")
    assert theirs.said == "Saved."


def test_a_change_from_another_window_is_not_overwritten(room, window):
    one, other = window(room[1].email), window(room[1].email)
    for theirs in (one, other):
        theirs.open("/me/profile")
    one.page.fill("#position", "Ward lead")
    one.press("Save")
    other.page.fill("#position", "Porter")

    other.press("Save")

    assert "changed since you read it" in other.page.inner_text("#problems")
    one.open("/me/profile")
    assert one.page.input_value("#position") == "Ward lead"


def test_an_empty_search_says_what_to_do_next(room, window):
    theirs = window(room[0].email)

    theirs.open("/directory?expertise=glassblowing")

    assert "Nobody shows you these words" in theirs.text
