"""Late joining over a real MongoDB: weighed by the engine, placed under every hard rule, explained."""

import pytest

from services.kit.clock import WallClock
from services.kit.due import Runner
from services.kit.outcomes import RemoteRefusal
from services.membership.domain.cohorts import assign_facilitators, form_cohort
from services.membership.domain.enrollments import enroll, place
from tests.builders.people import NET, Works, a_program, somebody, staff

EVENING = somebody("per_x").weekly_hours[:0]


@pytest.fixture
def clock():
    """What is due is due by the database's clock."""
    return WallClock()


@pytest.fixture
def stores(house):
    """Two cohorts of two, for three at most: Ada and Bo, and Cleo and Dan; Eve has a seat and comes late."""
    service = house.service
    service.programs.add(program())
    for name in ("ada", "bo", "cleo", "dan", "eve", "finn"):
        service.people.add(somebody(f"per_{name}", organization_id=f"org_{name}"))
    for index, names in enumerate((("per_ada", "per_bo"), ("per_cleo", "per_dan"))):
        members = list(service.people.by_ids(NET, names).values())
        cohort, facts = form_cohort("frm_1", index, program(), members, [])
        service.cohorts.add(cohort, announcing=facts)
        for one in members:
            placed, _ = place(enroll(NET, "prg_1", one.id)[0], cohort.id)
            service.enrollments.add(placed)
    service.enrollments.add(enroll(NET, "prg_1", "per_eve")[0])
    return service


@pytest.fixture
def works(house, floor, stores):
    works = Works(house, floor)
    return lambda: [
        runner.run_all()
        for runner in (
            Runner(works.worker.placements, works.worker.on_placement_due),
            Runner(stores.enrollments, stores.on_enrollment_due),
        )
    ]


@pytest.fixture
def ask(house):
    number = iter(range(1000))

    def ask_as_staff(what, **said):
        key = None if what.startswith("show") else f"k{next(number)}"
        return house.ask(what, caller=staff(), key=key, **said)

    return ask_as_staff


def program():
    return a_program(size_low=2, size_high=3, standing="running")


def eve():
    return enroll(NET, "prg_1", "per_eve")[0].id


def cohorts(stores):
    return stores.cohorts.of_program(NET, "prg_1", 10, None).items


def holding(stores, name):
    return next(one for one in cohorts(stores) if one.has_member(name))


def change(stores, name, **fields):
    person = stores.people.get(NET, name)
    stores.people.save(type(person)(**(vars(person) | fields)))


def weighed(ask, works):
    asked = ask("weigh_placement", enrollment_id=eve())
    works()
    return ask("show_placement", placement_id=asked["id"])


def test_each_standing_cohort_with_room_is_weighed_and_explained(ask, works, stores):
    found = weighed(ask, works)

    assert found["standing"] == "weighed"
    assert {one["cohort_id"] for one in found["choices"]} == {one.id for one in cohorts(stores)}
    assert found["choices"][0]["points"] >= found["choices"][1]["points"]
    assert all("organizations meet" in " ".join(one["reasons"]) for one in found["choices"])
    assert found["closed"] == []


def test_a_cohort_with_somebody_of_their_line_at_any_depth_is_closed(ask, works, stores):
    change(stores, "per_eve", managers=("per_finn",))
    change(stores, "per_finn", managers=("per_ada",))
    found = weighed(ask, works)

    assert [one["cohort_id"] for one in found["choices"]] == [holding(stores, "per_cleo").id]
    assert [(one["why"], one["cohorts"]) for one in found["closed"]] == [("reporting-line", 1)]


def test_a_cohort_led_by_their_boss_is_closed(ask, works, stores):
    change(stores, "per_eve", managers=("per_finn",))
    led, facts = assign_facilitators(holding(stores, "per_ada"), [stores.people.get(NET, "per_finn")])
    stores.cohorts.save(led, announcing=facts)

    assert [one["why"] for one in weighed(ask, works)["closed"]] == ["reporting-line"]


def test_who_can_meet_at_no_hour_of_theirs_has_no_choice(ask, works, stores):
    change(stores, "per_eve", weekly_hours=EVENING)
    found = weighed(ask, works)

    assert found["choices"] == []
    assert [(one["why"], one["cohorts"]) for one in found["closed"]] == [("no-common-start", 2)]


def test_who_is_placed_is_on_the_roster_and_signs_anew(ask, works, stores):
    chosen = holding(stores, "per_ada")
    shown = ask("place_in_cohort", enrollment_id=eve(), cohort_id=chosen.id)
    works()
    cohort = stores.cohorts.get(NET, chosen.id)

    assert (shown["standing"], shown["is_late"]) == ("placed", True)
    assert cohort.has_member("per_eve")
    assert "per_eve" not in cohort.signed_by
    assert "member_joined" in str(stores.cohorts.documents.find_one({"_id": chosen.id})["outbox"])


def test_nobody_is_placed_with_who_is_above_them(ask, stores):
    change(stores, "per_eve", managers=("per_ada",))

    with pytest.raises(RemoteRefusal) as refused:
        ask("place_in_cohort", enrollment_id=eve(), cohort_id=holding(stores, "per_ada").id)

    assert refused.value.code == "hard-rule-broken"
    assert stores.enrollments.get(NET, eve()).standing == "enrolled"


def test_a_line_that_came_in_between_sends_them_back_to_those_to_be_placed(ask, works, stores):
    chosen = holding(stores, "per_ada")
    ask("place_in_cohort", enrollment_id=eve(), cohort_id=chosen.id)
    change(stores, "per_ada", managers=("per_eve",))
    works()
    enrollment = stores.enrollments.get(NET, eve())

    assert not stores.cohorts.get(NET, chosen.id).has_member("per_eve")
    assert (enrollment.standing, enrollment.cohort_id) == ("enrolled", None)


def test_the_last_chair_is_taken_once(ask, works, stores):
    chosen = holding(stores, "per_ada")
    stores.enrollments.add(enroll(NET, "prg_1", "per_finn")[0])
    finn = enroll(NET, "prg_1", "per_finn")[0].id
    ask("place_in_cohort", enrollment_id=eve(), cohort_id=chosen.id)
    ask("place_in_cohort", enrollment_id=finn, cohort_id=chosen.id)
    works()
    works()
    members = stores.cohorts.get(NET, chosen.id).member_ids()
    standings = sorted(stores.enrollments.get(NET, one).standing for one in (eve(), finn))

    assert len(members) == 3
    assert standings == ["enrolled", "placed"]


@pytest.mark.parametrize(("who", "code"), [("per_ada", "not-to-be-placed"), ("per_eve", "not-found")])
def test_who_is_placed_already_and_a_cohort_there_is_not_are_refused(ask, stores, who, code):
    cohort = holding(stores, "per_cleo").id if who == "per_ada" else "coh_none"

    with pytest.raises(RemoteRefusal) as refused:
        ask("place_in_cohort", enrollment_id=enroll(NET, "prg_1", who)[0].id, cohort_id=cohort)

    assert refused.value.code == code


def test_leaving_frees_the_place_in_the_cohort(ask, works, stores, house):
    ada = enroll(NET, "prg_1", "per_ada")[0].id
    chosen = holding(stores, "per_ada")
    ask("remove_enrollment", enrollment_id=ada, reason="changed_job")
    works()

    assert not stores.cohorts.get(NET, chosen.id).has_member("per_ada")
    assert "per_ada" in [one.person_id for one in stores.cohorts.get(NET, chosen.id).roster]
