"""A cohort's quest as its members, who facilitates and those asked meet it, over a real MongoDB."""

from datetime import timedelta

import pytest

from services.membership.handlers.engagements import exported_kinds, forget_engagements
from tests.builders.people import NET
from tests.builders.remains import remains
from tests.builders.rooms import Rooms

QUEST, QUESTS = "/v1/cohorts/coh_1/quest", "/v1/cohorts/coh_1/quests"
GOAL = {"goal": "No night shift alone, canary-goal."}
ASKED = {"words": "nights", "question": "How did you staff your nights, canary-question?"}
MEMBERS = ("ada", "bo", "cy")


@pytest.fixture
def rooms(house):
    return Rooms(house)


def quest_of(rooms, name="ada"):
    return rooms.as_(name)("GET", QUEST).json["quest"]


def say(rooms, name, **said):
    answer = rooms.as_(name)("PUT", f"{QUEST}/view", said)
    assert answer.status == 200, answer.body
    return answer.json["quest"]


def inside(rooms):
    """A quest that most call impossible."""
    rooms.as_("ada")("POST", QUESTS, GOAL)
    for name, reach in zip(MEMBERS, ("impossible", "impossible", "hard"), strict=True):
        say(rooms, name, reach=reach, hope_before=1)
    return rooms.as_("guide")("POST", f"{QUEST}/next").json["quest"]


def nobody_here(rooms):
    inside(rooms)
    for name in MEMBERS:
        say(rooms, name, has_done=False)


def offering(rooms, *names):
    for name in names:
        rooms.say(name, {"listed": "network", "offers": "network"}, offers=["Nights with two nurses"])


def test_the_group_itself_is_searched_first_and_who_did_it_is_named_by_their_yes(rooms):
    begun = inside(rooms)
    say(rooms, "bo", has_done=True)
    for name in ("ada", "cy"):
        say(rooms, name, has_done=False)
    refused = rooms.as_("ada")("POST", f"{QUEST}/asks", ASKED)
    found = rooms.as_("ada")("POST", f"{QUEST}/next").json["quest"]

    assert (begun["stage"], begun["tellers"]) == ("inside", [])
    assert (refused.status, refused.json["code"]) == (409, "quest-at-another-stage")
    assert (found["stage"], found["asked"]) == ("found", 0)
    assert found["tellers"] == [{"person_id": "per_bo", "display_name": "Bo", "is_of_cohort": True}]


def test_others_are_asked_in_private_and_a_yes_alone_is_told(rooms):
    nobody_here(rooms)
    offering(rooms, "dee", "ed")
    asked = rooms.as_("ada")("POST", f"{QUEST}/asks", ASKED).json["quest"]
    (met,) = rooms.as_("dee")("GET", "/v1/me/asks").json["data"]
    rooms.as_("dee")("PUT", f"/v1/me/asks/{met['quest_id']}", {"answer": "yes"})
    rooms.as_("ed")("PUT", f"/v1/me/asks/{met['quest_id']}", {"answer": "no"})
    after = rooms.as_("cy")("POST", f"{QUEST}/next").json["quest"]

    assert (asked["stage"], asked["asked"], asked["tellers"]) == ("beyond", 2, [])
    assert met["question"] == ASKED["question"]
    assert "canary-goal" not in str(met) and "coh_1" not in str(met)
    assert [(one["display_name"], one["is_of_cohort"]) for one in after["tellers"]] == [("Dee", False)]
    assert "per_ed" not in str(after)


def test_a_no_looks_to_the_cohort_like_no_answer(rooms):
    nobody_here(rooms)
    offering(rooms, "dee")
    rooms.as_("ada")("POST", f"{QUEST}/asks", ASKED)
    silent = quest_of(rooms)
    (met,) = rooms.as_("dee")("GET", "/v1/me/asks").json["data"]

    rooms.as_("dee")("PUT", f"/v1/me/asks/{met['quest_id']}", {"answer": "no"})

    assert quest_of(rooms) == silent


def test_nobody_above_or_below_a_member_is_asked_and_nobody_who_did_not_show_it(rooms):
    nobody_here(rooms)
    offering(rooms, "boss", "mid")
    rooms.say("ed", {"listed": "network"}, offers=["Nights with two nurses"])

    answer = rooms.as_("ada")("POST", f"{QUEST}/asks", ASKED)

    assert (answer.status, answer.json["code"]) == (409, "nobody-to-ask")
    assert quest_of(rooms)["stage"] == "inside"


def test_one_person_is_asked_twice_within_90_days_and_then_left_alone(rooms, clock):
    offering(rooms, "dee")
    for _ in range(2):
        nobody_here(rooms)
        assert rooms.as_("ada")("POST", f"{QUEST}/asks", ASKED).status == 200
        rooms.as_("ada")("DELETE", QUEST)
    nobody_here(rooms)

    third = rooms.as_("ada")("POST", f"{QUEST}/asks", ASKED)
    clock.turn(timedelta(days=91))
    later = rooms.as_("ada")("POST", f"{QUEST}/asks", ASKED)

    assert (third.status, third.json["code"]) == (409, "nobody-to-ask")
    assert later.json["quest"]["asked"] == 1


def test_what_a_member_says_is_shown_to_them_alone(rooms):
    rooms.as_("ada")("POST", QUESTS, GOAL)

    own = say(rooms, "ada", reach="impossible", hope_before=2)["mine"]

    assert own == {"reach": "impossible", "has_done": None, "hope_before": 2, "hope_after": None}
    assert set(quest_of(rooms, "bo")["mine"].values()) == {None}
    assert quest_of(rooms, "guide")["tellers"] == []


def test_it_goes_on_when_all_have_answered_or_three_did_and_a_week_is_over(rooms, clock):
    rooms.as_("ada")("POST", QUESTS, GOAL)
    say(rooms, "ada", reach="impossible")
    clock.turn(timedelta(days=8))
    one_answer = rooms.as_("ada")("POST", f"{QUEST}/next")
    for name in ("bo", "cy"):
        say(rooms, name, reach="within_reach")
    answered = rooms.as_("ada")("POST", f"{QUEST}/next")

    assert (one_answer.status, one_answer.json["code"]) == (409, "answers-missing")
    assert answered.json["quest"]["stage"] == "reachable"


def test_hope_is_told_over_three_when_it_is_closed_and_never_exactly_where_all_say_the_same(rooms):
    inside(rooms)
    for name in MEMBERS:
        say(rooms, name, has_done=name == "bo")
    rooms.as_("ada")("POST", f"{QUEST}/next")
    for name in MEMBERS:
        told = say(rooms, name, hope_after=5)
    closed = rooms.as_("ada")("DELETE", QUEST).json["quest"]

    assert told["hope"] is None
    assert closed["hope"] == {"before": 1.5, "after": 4.5}


@pytest.mark.parametrize("name", ["dee", "staff", "boss"])
def test_of_another_cohorts_quest_nobody_knows(rooms, name):
    rooms.as_("ada")("POST", QUESTS, GOAL)

    answers = [rooms.as_(name, "program_staff")("GET", path) for path in (QUEST, "/v1/cohorts/coh_x/quest")]

    assert [one.status for one in answers] == [404, 404]
    assert answers[0].json["detail"] == answers[1].json["detail"]


def test_the_goal_opens_to_an_own_factor_alone_and_lies_sealed(rooms):
    inside(rooms)

    unproven = rooms.as_("ada", text_open=False)("GET", QUEST)

    assert (unproven.status, unproven.json["code"]) == (403, "own-factor-needed")
    assert remains(rooms.house.service.quests.floor, "canary-goal", "impossible") == set()


@pytest.mark.parametrize(
    ("method", "path", "body", "pointer"),
    [
        ("POST", QUESTS, {"goal": ""}, "/goal"),
        ("POST", QUESTS, {"goal": "two\nlines"}, "/goal"),
        ("POST", QUESTS, {"goal": "g" * 301}, "/goal"),
        ("POST", QUESTS, GOAL | {"for": "all"}, "/for"),
        ("PUT", f"{QUEST}/view", {"reach": "easy"}, "/reach"),
        ("PUT", f"{QUEST}/view", {"hope_before": 6}, "/hope_before"),
        ("PUT", f"{QUEST}/view", {"hope_before": True}, "/hope_before"),
        ("PUT", f"{QUEST}/view", {"has_done": "perhaps"}, "/has_done"),
        ("POST", f"{QUEST}/asks", ASKED | {"words": ""}, "/words"),
        ("POST", f"{QUEST}/asks", ASKED | {"question": "q" * 301}, "/question"),
        ("PUT", "/v1/me/asks/que_1", {"answer": "perhaps"}, "/answer"),
    ],
)
def test_what_cannot_be_said_is_named_and_nothing_is_begun(rooms, method, path, body, pointer):
    answer = rooms.as_("ada")(method, path, body)

    assert (answer.status, answer.json["errors"][0]["pointer"]) == (422, pointer)
    assert quest_of(rooms) is None


def test_each_refusal_says_what_stands_in_the_way(rooms):
    ada = rooms.as_("ada")
    without = ada("POST", f"{QUEST}/next")
    rooms.as_("ada")("POST", QUESTS, GOAL)
    second = ada("POST", QUESTS, GOAL)
    early = ada("PUT", f"{QUEST}/view", {"hope_after": 3})
    facilitator = rooms.as_("guide")("PUT", f"{QUEST}/view", {"reach": "hard"})
    not_asked = rooms.as_("dee")("PUT", "/v1/me/asks/que_1", {"answer": "yes"})

    assert [(one.status, one.json["code"]) for one in (without, second, early, facilitator, not_asked)] == [
        (409, "no-quest"),
        (409, "quest-open"),
        (409, "quest-at-another-stage"),
        (403, "members-only"),
        (404, "not-found"),
    ]


def test_a_repeated_request_asks_nobody_twice(rooms):
    nobody_here(rooms)
    offering(rooms, "dee")

    answers = [rooms.as_("ada")("POST", f"{QUEST}/asks", ASKED, idempotency_key="k1") for _ in range(2)]

    assert [one.json["quest"]["asked"] for one in answers] == [1, 1]


def test_words_that_hold_nothing_to_look_for_are_refused_by_name(rooms):
    nobody_here(rooms)

    answer = rooms.as_("ada")("POST", f"{QUEST}/asks", ASKED | {"words": "a -"})

    assert (answer.status, answer.json["code"]) == (422, "nothing-to-search")


def test_who_is_forgotten_leaves_neither_view_nor_words_nor_answer(rooms, house):
    nobody_here(rooms)
    offering(rooms, "dee")
    rooms.as_("ada")("POST", f"{QUEST}/asks", ASKED)
    ports, engaged = house.service._erasure_ports(), house.service.engagements
    told = {
        (kind.name, name): [row for each in kind.page(9, None).items for row in kind.rows(each)]
        for name in ("ada", "dee")
        for kind in exported_kinds(engaged, NET, f"per_{name}")
        if kind.name in ("quest", "ask")
    }

    for name in ("ada", "dee"):
        forget_engagements(NET, f"per_{name}", ports)

    assert told["quest", "ada"][0]["goal"] == GOAL["goal"]
    assert told["ask", "dee"][0]["answer"] is None
    assert told["quest", "dee"] == []
    left = quest_of(rooms, "bo")
    assert (left["goal"], left["question"], left["asked"]) == ("", "", 0)
    assert "per_ada" not in str(house.service.quests.of_cohort(NET, "coh_1"))


def test_on_its_page_a_member_puts_a_goal_and_says_how_they_see_it(rooms):
    open_, send = rooms.page_of("ada")
    page = "/cohorts/coh_1/quest"

    empty = send(page, {"goal": ""})
    begun = send(page, {"goal": GOAL["goal"]})
    said = send(f"{page}/view", {"reach": "impossible", "hope_before": "2"})
    shown = open_(page)

    assert (empty.status, begun.status, said.status) == (422, 303, 303)
    assert "canary-goal" in shown.body.decode()
    assert 'value="impossible" checked' in shown.body.decode()


def test_on_their_page_who_is_asked_answers_yes_or_no(rooms):
    nobody_here(rooms)
    offering(rooms, "dee")
    rooms.as_("ada")("POST", f"{QUEST}/asks", ASKED)
    open_, send = rooms.page_of("dee")
    quest_id = quest_of(rooms)["id"]

    answered = send(f"/me/asks/{quest_id}", {"answer": "no"})

    assert answered.status == 303
    assert "canary-question" in open_("/me/asks").body.decode()
    assert "You said no." in open_("/me/asks").body.decode()


def test_who_is_not_proven_is_led_to_where_it_is_proven_and_who_facilitates_is_told_at_once(rooms):
    _, send = rooms.page_of("ada", text_open=False)

    begun = send("/cohorts/coh_1/quest", {"goal": "Sleep."})
    facilitator = rooms.as_("guide")("PUT", f"{QUEST}/view", {"reach": "hard"})

    assert (begun.status, begun.fields["location"]) == (303, "/cohorts/coh_1/quest")
    assert quest_of(rooms) is None
    assert (facilitator.status, facilitator.json["code"]) == (403, "members-only")
