"""From a roster to cohorts over a real MongoDB: import, design, enroll, form, commit, sign."""

import pytest

from services.kit.clock import WallClock
from services.kit.outcomes import RemoteRefusal
from tests.builders.people import NET, Works, a_roster, a_row, signed_in, staff

ORGANIZATIONS = ("Northwind", "Southwind", "Eastwind")


@pytest.fixture
def clock():
    """Due work is taken by the database's clock, which is the wall's."""
    return WallClock()


@pytest.fixture
def works(house, floor):
    return Works(house, floor)


@pytest.fixture
def roster():
    """24 people of three organizations: six report to the first of their organization."""
    rows = []
    for number in range(24):
        boss = number % 3
        manager = f"person{boss}@example.org" if number >= 3 else ""
        rows.append(
            a_row(
                f"Person{number} Roe",
                organization=ORGANIZATIONS[number % 3],
                manager=manager,
                id=f"E{number}",
                zone=("Europe/Paris", "Africa/Lagos")[number % 2],
            )
        )
    return a_roster(*rows)


def bring_in(house, works, text, **how):
    begun = house.ask("start_import", staff(), text=text, create_organizations=True, **how)
    works.all()
    return house.ask("show_import", staff(), import_id=begun["id"])


def form(house, works, program_id):
    begun = house.ask("form_cohorts", staff(), program_id=program_id)
    works.all()
    return house.ask("show_formation", staff(), formation_id=begun["id"])


@pytest.fixture
def enrolled(house, works, roster):
    bring_in(house, works, roster)
    program = house.ask(
        "design_program", staff(), display_name="Harbor", outcome="problem_solving", starts_on="2027-02-01"
    )
    house.ask("enroll_people", staff(), program_id=program["id"], everyone=True)
    works.all()
    return program


def facts_of(store, network=NET):
    return [
        entry["body"]["type"].rsplit(".", 1)[-1]
        for document in store.documents.find({"network": network})
        for entry in document["outbox"]
    ]


def test_a_roster_becomes_people_and_organizations(house, works, roster):
    done = bring_in(house, works, roster)

    assert (done["standing"], done["added"], done["problems"]) == ("done", 24, 0)
    assert done["new_organizations"] == ["Eastwind", "Northwind", "Southwind"]
    listed = house.ask("list_people", staff(), limit=100)["data"]
    assert len(listed) == 24
    assert sorted(set(facts_of(house.service.people))) == ["contact_changed", "person_added"]


def test_the_same_roster_again_changes_nothing(house, works, roster):
    bring_in(house, works, roster)
    before = list(house.service.people.documents.find({}, {"outbox": 0}))

    again = bring_in(house, works, roster)

    assert (again["unchanged"], again["added"], again["changed"]) == (24, 0, 0)
    assert list(house.service.people.documents.find({}, {"outbox": 0})) == before


def test_one_fault_refuses_the_whole_roster(house, works, roster):
    refused = bring_in(house, works, roster + a_row("Mallory", email="nonsense") + "\n")

    assert (refused["standing"], refused["problems"]) == ("refused", 1)
    problem = house.ask("list_import_problems", staff(), import_id=refused["id"])["data"][0]
    assert (problem["row"], problem["column"], problem["value"]) == (26, "Email", "nonsense")
    assert house.ask("list_people", staff())["data"] == []


def test_partial_leaves_out_and_lists_what_is_wrong(house, works, roster):
    done = bring_in(house, works, roster + a_row("Mallory", email="nonsense") + "\n", mode="partial")

    assert (done["standing"], done["added"], done["skipped"]) == ("done", 24, 1)


def test_the_file_and_its_rows_are_let_go_when_the_import_ends(house, works, roster):
    bring_in(house, works, roster + a_row("Mallory", email="nonsense") + "\n", mode="partial")

    kept = [each["_id"].split(":", 1)[1] for each in house.service.import_parts.documents.find()]
    assert kept == ["report:0"]


def test_a_file_of_too_many_bytes_is_refused_by_its_name(house):
    with pytest.raises(RemoteRefusal) as refused:
        house.ask("start_import", staff(), text="Name,Email\n" + "é" * 6_000_000)

    assert refused.value.errors[0]["pointer"] == "/text"


def test_everybody_imported_can_sign_in(house, works, roster):
    bring_in(house, works, roster)

    house.ask("start_sign_in", email="PERSON4@example.org")

    asked = house.service.sign_ins.documents.find_one({"outbox.body.data.email": "person4@example.org"})
    assert asked["outbox"][0]["routing_key"].endswith("sign_in_link_requested")


def test_everyone_finds_a_cohort_that_breaks_no_rule(house, works, enrolled):
    found = form(house, works, enrolled["id"])

    assert (found["standing"], found["unplaced"]) == ("found", [])
    people = {one["id"]: one for one in house.ask("list_people", staff(), limit=100)["data"]}
    for group in found["groups"]:
        inside = {member["person_id"] for member in group["members"]}
        assert enrolled["size_low"] <= len(inside) <= enrolled["size_high"]
        assert not any(manager in inside for one in inside for manager in people[one]["managers"])
        assert group["first_start"].startswith("2027-02-0")
    assert sum(len(group["members"]) for group in found["groups"]) == 24


def test_a_commit_forms_each_cohort_once(house, works, enrolled):
    found = form(house, works, enrolled["id"])

    house.ask("commit_formation", staff(), formation_id=found["id"])
    house.ask("commit_formation", staff(), formation_id=found["id"])
    works.all()
    house.ask("commit_formation", staff(), formation_id=found["id"])
    works.all()

    cohorts = house.ask("list_cohorts", staff(), program_id=enrolled["id"])["data"]
    assert len(cohorts) == found["group_count"]
    assert facts_of(house.service.cohorts) == ["cohort_formed"] * len(cohorts)
    placed = house.ask("list_enrollments", staff(), program_id=enrolled["id"], limit=100)["data"]
    assert {one["standing"] for one in placed} == {"placed"}
    assert {one["cohort_id"] for one in placed} == {one["id"] for one in cohorts}


def test_a_cohort_is_told_of_with_whom_it_keeps_out_from_its_first_moment(house, works, enrolled):
    found = form(house, works, enrolled["id"])
    house.ask("commit_formation", staff(), formation_id=found["id"])
    works.all()

    bosses = {one["id"]: one["managers"] for one in house.ask("list_people", staff(), limit=100)["data"]}
    told = [
        entry["body"]["data"] for each in house.service.cohorts.documents.find() for entry in each["outbox"]
    ]
    for cohort in told:
        members = [entry["person_id"] for entry in cohort["roster"]]
        assert {boss for one in members for boss in bosses[one]} <= set(cohort["barred"])
    assert any(cohort["barred"] for cohort in told)


def test_a_program_says_how_far_it_is_and_announces_each_step_once(house, works, enrolled):
    assert house.ask("show_program", staff(), program_id=enrolled["id"])["standing"] == "enrolling"

    found = form(house, works, enrolled["id"])
    house.ask("commit_formation", staff(), formation_id=found["id"])
    works.all()
    house.ask("enroll_people", staff(), program_id=enrolled["id"], everyone=True)
    works.all()

    assert house.ask("show_program", staff(), program_id=enrolled["id"])["standing"] == "running"
    steps = [fact for fact in facts_of(house.service.programs) if fact.startswith("program_")]
    assert steps == ["program_designed", "program_changed", "program_changed"]


def test_enrolling_people_again_ends_and_enrolls_nobody_twice(house, works, enrolled):
    before = house.ask("list_enrollments", staff(), program_id=enrolled["id"], limit=100)["data"]

    again = house.ask("enroll_people", staff(), program_id=enrolled["id"], everyone=True)
    works.all()

    assert house.ask("show_enrolling", staff(), enrolling_id=again["id"])["standing"] == "done"
    assert house.ask("list_enrollments", staff(), program_id=enrolled["id"], limit=100)["data"] == before


def test_a_program_that_only_found_its_split_has_no_cohorts_yet(house, works, enrolled):
    form(house, works, enrolled["id"])

    assert house.ask("show_program", staff(), program_id=enrolled["id"])["standing"] == "enrolling"


def test_a_neutral_facilitator_leads_where_one_holds_the_role(house, works, enrolled):
    added = house.ask("add_person", staff(), display_name="Fay", email="fay@example.org", zone="Europe/Paris")
    boss = next(p for p in house.ask("list_people", staff(), limit=100)["data"] if p["external_id"] == "E0")
    for person in (added, boss):
        grant_facilitator(house, person["id"])

    found = form(house, works, enrolled["id"])
    house.ask("commit_formation", staff(), formation_id=found["id"])
    works.all()

    cohorts = house.ask("list_cohorts", staff())["data"]
    assert {one["person_id"] for cohort in cohorts for one in cohort["facilitators"]} == {added["id"]}


def grant_facilitator(house, person_id):
    house.service.roles.documents.insert_one(
        {
            "_id": f"rol_{person_id}",
            "network": NET,
            "person_id": person_id,
            "role": "facilitator",
            "standing": "granted",
            "until": None,
        }
    )


def test_a_member_signs_the_version_they_read_and_no_other(house, works, enrolled):
    found = form(house, works, enrolled["id"])
    house.ask("commit_formation", staff(), formation_id=found["id"])
    works.all()
    cohort = house.ask("list_cohorts", staff())["data"][0]
    member = signed_in(cohort["roster"][0]["person_id"])

    text = house.ask("show_agreement", member, cohort_id=cohort["id"])
    with pytest.raises(RemoteRefusal, match=r"keys-1\.0"):
        house.ask("sign_agreement", member, cohort_id=cohort["id"], version="keys-0.9")
    signed = house.ask("sign_agreement", member, cohort_id=cohort["id"], version=text["version"])
    again = house.ask("sign_agreement", member, cohort_id=cohort["id"], version=text["version"])

    assert (text["signed"], signed["signed"], again["signed_count"]) == (False, True, 1)
    assert [one["id"] for one in house.ask("list_my_cohorts", member)["data"]] == [cohort["id"]]


def test_a_cohort_does_not_exist_for_strangers(house, works, enrolled):
    found = form(house, works, enrolled["id"])
    house.ask("commit_formation", staff(), formation_id=found["id"])
    works.all()
    first, second = house.ask("list_cohorts", staff())["data"][:2]
    stranger = signed_in(second["roster"][0]["person_id"])

    for caller in (stranger, staff("net_2")):
        for ask in ("show_cohort", "show_agreement"):
            with pytest.raises(RemoteRefusal) as refused:
                house.ask(ask, caller, cohort_id=first["id"])
            assert refused.value.kind == "not-found"


def test_a_formation_is_outdated_once_a_member_became_anothers_boss(house, works, enrolled, roster):
    found = form(house, works, enrolled["id"])
    one, other = (member["person_id"] for member in found["groups"][0]["members"][:2])
    house.service.people.documents.update_one({"_id": one}, {"$set": {"managers": [other]}})

    with pytest.raises(RemoteRefusal) as refused:
        house.ask("commit_formation", staff(), formation_id=found["id"])

    assert refused.value.code == "formation-outdated"


def test_a_cancelled_search_ends(house, works, enrolled):
    begun = house.ask("form_cohorts", staff(), program_id=enrolled["id"])

    house.ask("cancel_formation", staff(), formation_id=begun["id"])
    works.all()

    assert house.ask("show_formation", staff(), formation_id=begun["id"])["standing"] == "cancelled"
