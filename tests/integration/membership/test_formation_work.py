"""Formations as staff ask for them and work on them: HTTP in front, a real MongoDB and the engine behind."""

import pytest

from services.kit.clock import WallClock
from services.membership.domain.profiles import blank_profile, change_profile
from tests.builders.benches import Bench, groups_of, peers
from tests.builders.people import NET, somebody, staff


@pytest.fixture
def clock():
    """Due work is taken by the database's clock, which is the wall's."""
    return WallClock()


@pytest.fixture
def bench(house, floor):
    return Bench(house, floor)


def apart(formation, one, other):
    return not any({one, other} <= group for group in groups_of(formation))


def place_of(formation, person):
    return next(number for number, group in enumerate(groups_of(formation), 1) if person in group)


def test_kept_apart_and_together_are_rules_of_the_run(bench):
    first = bench.form()
    one, other, *_ = sorted(groups_of(first)[0])
    third = sorted(groups_of(first)[1])[0]

    second = bench.form(apart=[[one, other]], together=[[one, third]])

    assert second["standing"] == "found"
    assert apart(second, one, other)
    assert not apart(second, one, third)
    assert second["options"]["apart"] == [[one, other]]


def test_wished_for_pairs_meet_and_the_group_says_so_to_staff(bench):
    wished = [["per_03", "per_07"], ["per_04", "per_08"]]

    formation = bench.form(wanted=wished)

    assert not any(apart(formation, *pair) for pair in wished)
    group = formation["groups"][place_of(formation, "per_03") - 1]
    assert any(term["name"] == "wanted" and term["points"] > 0 for term in group["terms"])


def test_profile_threads_count_as_far_as_their_owner_shows_them(bench, house):
    for number in range(24):
        person = house.service.people.get(NET, f"per_{number:02}")
        said = {
            "threads": [{"kind": "project", "name": "Delegating"}],
            "consent": {"listed": "cohort", "threads": "cohort" if number % 2 else "nobody"},
        }
        house.service.profiles.add(change_profile(blank_profile(person), said))

    formation = bench.form()

    words = {term["words"] for group in formation["groups"] for term in group["terms"]}
    shown = sum(int(text.split()[0]) for text in words if "delegating" in text)
    assert 0 < shown <= 12


def test_another_size_is_tried_without_changing_the_program(bench):
    formation = bench.form(size_low=3, size_high=4)

    assert max(map(len, groups_of(formation))) <= 4
    program = bench.send("GET", f"/v1/programs/{bench.program['id']}").json
    assert (program["size_low"], program["size_high"]) != (3, 4)


def test_a_run_goes_on_from_one_that_stands_with_few_moved_and_the_locked_where_they_were(bench):
    first = bench.form()
    locked = sorted(groups_of(first)[0])[:3]
    bench.send("POST", f"/v1/formations/{first['id']}/locks", {"person_ids": locked, "locked": True})

    second = bench.form(former_id=first["id"], most_moved=2, seed=9)
    compared = bench.send("GET", f"/v1/formations/{second['id']}/comparison").json

    assert compared["moved"] <= 2
    assert second["locked"] == locked
    assert set(locked) <= groups_of(second)[0]


def test_a_check_forms_nothing_and_names_what_is_impossible(bench):
    path = f"/v1/programs/{bench.program['id']}/formations/check"

    fine = bench.send("POST", path, {}).json
    never = bench.send("POST", path, {"together": [["per_00", "per_03"], ["per_01", "per_04"]]}).json

    assert (fine["possible"], fine["enrolled"]) == (True, 24)
    assert not never["possible"]
    assert [[one["person_id"] for one in each["people"]] for each in never["conflicts"]] == [
        ["per_00", "per_03"],
        ["per_01", "per_04"],
    ]
    assert bench.send("GET", f"/v1/programs/{bench.program['id']}/formations").json["data"] == []


def test_a_run_that_cannot_succeed_is_refused_with_its_conflicts_and_cannot_be_committed(house, floor):
    bench = Bench(house, floor, peers(12, weekly_hours=()))

    formation = bench.form()

    assert formation["standing"] == "refused"
    assert [one["rule"] for one in formation["conflicts"]] == ["nobody-available"]
    refused = bench.send("POST", f"/v1/formations/{formation['id']}/commit")
    assert (refused.status, refused.json["code"]) == (409, "formation-not-ready")


@pytest.mark.parametrize("count", [0, 1, 2])
def test_too_few_people_are_told_at_once(house, floor, count):
    refused = Bench(house, floor, peers(count)).ask_for()

    assert (refused.status, refused.json["code"]) == (409, "too-few-people")


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"weights": {"thread": -1}}, "/weights/thread"),
        ({"weights": {"luck": 1}}, "/weights/luck"),
        ({"weights": {"hours": 1.5}}, "/weights/hours"),
        ({"size_low": 9, "size_high": 5}, "/size_high"),
        ({"size_low": 0}, "/size_low"),
        ({"moves": 1}, "/moves"),
        ({"seed": -1}, "/seed"),
        ({"most_moved": -1}, "/most_moved"),
        ({"most_moved": 3}, "/most_moved"),
        ({"wanted": [["per_03"]]}, "/wanted/0"),
        ({"wanted": [["per_03", "per_nobody"]]}, "/wanted/0"),
        ({"apart": [["per_03", "per_03"]]}, "/apart/0"),
        ({"apart": [["per_03", "per_04"]], "together": [["per_03", "per_04"]]}, "/apart/0"),
        ({"together": [["per_03", f"per_{n:02}"] for n in range(4, 14)]}, "/together"),
    ],
)
def test_what_cannot_be_asked_for_is_refused_by_its_field_and_nothing_is_formed(bench, body, pointer):
    refused = bench.ask_for(body)

    assert refused.status == 422, refused.body
    assert pointer in {error["pointer"] for error in refused.json["errors"]}
    assert bench.send("GET", f"/v1/programs/{bench.program['id']}/formations").json["data"] == []


def test_no_number_is_not_taken_for_one(bench):
    path = f"/v1/programs/{bench.program['id']}/formations"

    refused = bench.gateway.request(
        "POST", path, b'{"weights": {"thread": NaN}}', token=bench.token, content_type="application/json"
    )

    assert (refused.status, refused.json["code"]) == (400, "malformed-json")


def test_a_formation_of_another_program_is_not_gone_on_from(bench):
    first = bench.form()
    other = bench.house.ask("design_program", staff(), **another_design())

    refused = bench.send("POST", f"/v1/programs/{other['id']}/formations", {"former_id": first["id"]})

    assert refused.status == 404


def another_design():
    return {"display_name": "Pier", "outcome": "support", "starts_on": "2027-02-01"}


def test_a_move_changes_the_points_and_what_it_breaks_bars_the_commit(bench):
    formation = bench.form()
    path = f"/v1/formations/{formation['id']}"
    number = place_of(formation, "per_00")
    report = next(
        one
        for other, group in enumerate(groups_of(formation), 1)
        if other != number
        for one in sorted(group)
        if int(one[4:]) % 3 == 0
    )

    moved = bench.send("POST", f"{path}/moves", {"person_id": report, "group": number})
    refused = bench.send("POST", f"{path}/commit")
    shown = bench.shown(formation["id"], "?show=look&limit=1")

    assert (moved.status, moved.json["moved"]) == (200, 1)
    assert moved.json["broken_count"] >= 1
    assert (refused.status, refused.json["code"]) == (409, "formation-outdated")
    assert f"/groups/{number}" in {error["pointer"] for error in refused.json["errors"]}
    named = {one["person_id"] for broken in shown["groups"][0]["broken"] for one in broken["people"]}
    assert {"per_00", report} <= named


def test_a_move_back_makes_it_as_it_was(bench):
    formation = bench.form()
    path = f"/v1/formations/{formation['id']}/moves"
    person = sorted(groups_of(formation)[0])[0]

    bench.send("POST", path, {"person_id": person, "group": 2})
    bench.send("POST", path, {"person_id": person, "group": 1})

    assert bench.shown(formation["id"])["groups"] == formation["groups"]


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"person_id": "per_nobody", "group": 1}, 404, "not-in-formation"),
        ({"person_id": "per_03", "group": 99}, 404, "no-such-group"),
        ({"person_id": "per_03"}, 422, "invalid"),
        ({"person_id": "per_03", "group": 0}, 422, "invalid"),
    ],
)
def test_a_move_of_nobody_or_to_nowhere_is_refused(bench, body, status, code):
    formation = bench.form()

    refused = bench.send("POST", f"/v1/formations/{formation['id']}/moves", body)

    assert (refused.status, refused.json["code"]) == (status, code)
    assert bench.shown(formation["id"])["moved"] == 0


def test_who_is_locked_is_not_moved(bench):
    formation = bench.form()
    path = f"/v1/formations/{formation['id']}"
    person = sorted(groups_of(formation)[0])[0]
    bench.send("POST", f"{path}/locks", {"person_ids": [person], "locked": True})

    refused = bench.send("POST", f"{path}/moves", {"person_id": person, "group": 2})

    assert (refused.status, refused.json["code"]) == (409, "person-locked")


def test_why_here_and_why_not_there_are_told(bench):
    formation = bench.form()
    person = sorted(groups_of(formation)[0])[0]

    told = bench.send("GET", f"/v1/formations/{formation['id']}/people/{person}?group=2&limit=2").json

    assert told["group"] == 1
    assert {term["name"] for term in told["why_here"]} >= {"organizations", "thread", "hours"}
    assert told["why_not"]["group"] == 2
    assert len(told["places"]) <= 2


def test_who_enrolled_after_the_run_is_shown_and_placed_without_moving_anybody(bench):
    formation = bench.form()
    bench.house.service.people.add(somebody("per_late", zone="Europe/Paris"))
    bench.enroll()
    path = f"/v1/formations/{formation['id']}"

    waiting = bench.shown(formation["id"])["unplaced"]
    told = bench.send("GET", f"{path}/people/per_late").json
    placed = bench.send(
        "POST", f"{path}/moves", {"person_id": "per_late", "group": told["places"][0]["group"]}
    )
    after = bench.shown(formation["id"])

    assert [(one["person_id"], one["code"]) for one in waiting] == [("per_late", "enrolled-since")]
    assert (told["group"], told["places"][0]["broken"]) == (None, [])
    assert placed.status == 200
    assert place_of(after, "per_late") == told["places"][0]["group"]
    assert all(before <= now for before, now in zip(groups_of(formation), groups_of(after), strict=True))


def test_the_commit_has_the_leaders_that_the_run_found(bench):
    for name in ("fay", "gil"):
        bench.house.service.people.add(somebody(f"per_{name}"))
        bench.house.service.roles.documents.insert_one(
            {"_id": f"rol_{name}", "network": NET, "person_id": f"per_{name}", "role": "facilitator"}
            | {"standing": "granted", "until": None}
        )
    formation = bench.form()
    bench.send("POST", f"/v1/formations/{formation['id']}/commit")
    bench.works.all()

    found = [[one["person_id"] for one in group["facilitators"]] for group in formation["groups"]]
    cohorts = list(bench.house.service.cohorts.documents.find({}))
    led = {
        frozenset(one["person_id"] for one in cohort["roster"]): [
            one["person_id"] for one in cohort["facilitators"]
        ]
        for cohort in cohorts
    }
    assert led == dict(zip(groups_of(formation), found, strict=True))
    assert {one for leaders in found for one in leaders} <= {"per_fay", "per_gil"}
    assert all(found)
    assert not any("pairs with somebody" in words for cohort in cohorts for words in cohort["why"])


def test_people_are_formed_into_pairs_and_one_trio(house, floor):
    bench = Bench(
        house, floor, peers(13), form="peer_coaching", size_low=2, size_high=2, deviation_reason="in twos"
    )

    formation = bench.form()

    assert sorted(map(len, groups_of(formation))) == [2, 2, 2, 2, 2, 3]


def test_a_search_begun_again_too_often_says_that_it_failed(bench):
    begun = bench.ask_for().json
    bench.house.service.formations.documents.update_one({"_id": begun["id"]}, {"$set": {"attempts": 3}})

    bench.works.all()

    shown = bench.shown(begun["id"])
    assert (shown["standing"], shown["reason"]) == ("failed", "worker-died")


def test_the_page_shows_cards_moves_by_form_and_offers_to_undo(bench):
    formation = bench.form()
    path = f"/staff/formations/{formation['id']}"
    person = formation["groups"][0]["members"][0]

    shown = bench.page(path).body.decode()
    moving = bench.page(f"{path}?moving={person['person_id']}").body.decode()
    sent = bench.page(f"{path}/moves", {"person_id": person["person_id"], "to": "2", "back": "1"})
    after = bench.page(sent.fields["location"]).body.decode()

    assert person["display_name"] in shown
    assert "Where each cohort" in shown
    assert f"Moving {person['display_name']}" in moving
    assert "Move here" in moving or "Swap with" in moving
    assert sent.status == 303
    assert f"{person['display_name']} is in cohort 2 now" in after
    assert "Undo" in after


def test_the_page_names_the_cards_that_bar_a_commit(bench):
    formation = bench.form()
    person = formation["groups"][0]["members"][0]["person_id"]
    for one in formation["groups"][0]["members"][1:]:
        bench.send(
            "POST", f"/v1/formations/{formation['id']}/moves", {"person_id": one["person_id"], "group": None}
        )

    refused = bench.page(f"/staff/formations/{formation['id']}/commit", {})

    assert refused.status == 422
    assert 'href="#g1"' in refused.body.decode()
    assert person in bench.page(f"/staff/formations/{formation['id']}").body.decode()


def test_forming_again_on_the_page_goes_on_from_what_stands(bench):
    formation = bench.form()
    path = f"/staff/formations/{formation['id']}/runs"

    wrong = bench.page(path, {"most_moved": "many"})
    sent = bench.page(path, {"most_moved": "2"})

    assert wrong.status == 422
    begun = sent.fields["location"].rsplit("/", 1)[-1]
    bench.works.all()
    assert bench.shown(begun)["options"]["most_moved"] == 2
    assert "What changed" in bench.page(f"/staff/formations/{begun}/comparison").body.decode()
