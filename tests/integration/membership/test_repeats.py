"""What was done and then forgotten by a crash is done again, and nothing comes of it twice."""

import pytest

from services.kit.clock import WallClock
from services.membership.handlers import committing
from services.membership.handlers import imports as import_handlers
from tests.builders.people import NET, Works, a_roster, a_row, staff

PEOPLE = 150


@pytest.fixture
def clock():
    """Due work is taken by the database's clock, which is the wall's."""
    return WallClock()


@pytest.fixture
def works(house, floor, monkeypatch):
    monkeypatch.setattr(import_handlers, "PATIENCE", 0.0)  # save after each slice
    monkeypatch.setattr(committing, "AT_ONCE", 3)
    return Works(house, floor)


@pytest.fixture
def begun(house):
    rows = [a_row(f"P{number}", organization=f"O{number % 4}") for number in range(PEOPLE)]
    return house.ask("start_import", staff(), text=a_roster(*rows), create_organizations=True)


def forgetting(store, runner):
    """Do one piece of work and lose its last save, as a process killed before it would."""
    lease = runner.take()
    before = store.documents.find_one({"_id": lease.id})
    runner.run(lease)
    store.documents.replace_one({"_id": lease.id}, before | {"lease_until": None})


def told(store):
    return sorted(
        (entry["body"]["type"], document["_id"])
        for document in store.documents.find({"network": NET})
        for entry in document["outbox"]
    )


def test_an_import_killed_after_a_slice_adds_nobody_twice(house, works, begun):
    imports = works.runners()[1]
    imports.run(imports.take())

    forgetting(house.service.imports, imports)
    works.all()

    done = house.ask("show_import", staff(), import_id=begun["id"])
    assert (done["standing"], done["done"], done["failed"]) == ("done", PEOPLE, 0)
    assert house.service.people.count(NET, {}) == PEOPLE
    assert len(told(house.service.people)) == len(set(told(house.service.people))) == 2 * PEOPLE
    assert house.service.organizations.count(NET, {}) == 4


def test_enrolling_and_a_commit_killed_in_the_middle_form_each_cohort_once(house, works, begun):
    works.all()
    program = house.ask("design_program", staff(), display_name="Harbor", outcome="problem_solving")
    house.ask("enroll_people", staff(), program_id=program["id"], everyone=True)
    enrolling, _, formations = works.runners()
    forgetting(house.service.processes, enrolling)
    works.all()
    formation = house.ask("form_cohorts", staff(), program_id=program["id"], moves=2000)
    works.all()
    house.ask("commit_formation", staff(), formation_id=formation["id"])

    forgetting(house.service.formations, formations)
    works.all()

    found = house.ask("show_formation", staff(), formation_id=formation["id"])
    cohorts = house.service.cohorts.find(NET, {})
    members = [entry.person_id for cohort in cohorts for entry in cohort.roster]
    assert (found["standing"], found["formed"]) == ("committed", found["group_count"])
    assert len(cohorts) == found["group_count"] == len(told(house.service.cohorts))
    assert len(members) == len(set(members)) == PEOPLE
    assert len(told(house.service.enrollments)) == 2 * PEOPLE
