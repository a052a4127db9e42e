"""The formation worker, killed as a power cut does it: it resumes, and nothing is there twice or half."""

import sys
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from services.kit.clock import WallClock
from services.kit.due_entry import Due
from services.membership.domain import formations as rules
from services.membership.domain.enrollments import enroll
from services.membership.domain.formations import Formation, Group
from tests.builders.benches import Bench, groups_of, peers
from tests.builders.gateway_house import MembershipHouse
from tests.builders.houses import eventually
from tests.builders.people import MONDAY, NET, a_program, somebody

COHORTS = 1_500
PAST = datetime(2020, 1, 1, tzinfo=UTC)


class WorkerHouse(MembershipHouse):
    """The real worker as a process of its own."""

    def _run(self):
        self._command = [sys.executable, "-m", "services.membership.formation_worker"]
        super()._run()


@pytest.fixture
def clock():
    """Due work is taken by the database's clock, which is the wall's."""
    return WallClock()


@pytest.fixture
def worker(house, settings, tmp_path):
    """The worker over the house's database; what a dead one held is free at once, as after a minute."""
    running = WorkerHouse(tmp_path, prefix=settings.db_prefix, CT_PUBLIC_URL=settings.public_url)
    running.wait_ready(60)
    formations = house.service.formations.documents

    def die_and_begin_again():
        running.kill()
        formations.update_many({"lease_until": {"$exists": True}}, {"$set": {"lease_until": PAST}})
        running.begin_again()

    running.die_and_begin_again = die_and_begin_again
    yield running
    running.stop()


def put(store, aggregates):
    """Insert what needs no announcement, all at once."""
    blank = {"revision": 1, "outbox": [], "told": {}, "requests": [], "answers": [], "heard": []}
    written = {"written_at": datetime.now(UTC)}
    store.documents.insert_many(
        [
            {"_id": one.id, "network": one.network, **store.to_document(one), **blank, **written}
            for one in aggregates
        ]
    )


@pytest.fixture
def committing(house):
    """A formation of 1,500 pairs whose commit is due."""
    people = [somebody(f"per_{number:04}", zone="Europe/Paris") for number in range(2 * COHORTS)]
    program = a_program(size_low=2, size_high=3, facilitation="rotating")
    put(house.service.programs, [program])
    put(house.service.people, people)
    put(house.service.enrollments, [enroll(NET, program.id, person.id)[0] for person in people])
    pairs = zip(people[::2], people[1::2], strict=True)
    groups = tuple(Group((one.id, other.id), MONDAY_MORNING, ()) for one, other in pairs)
    due = (Due(rules.COMMIT, datetime.now(UTC)),)
    formation = Formation(
        "frm_1", NET, program.id, 1, 1000, MONDAY, standing="committing", groups=groups, due=due
    )
    return house.service.formations.add(formation)


MONDAY_MORNING = datetime(2027, 2, 1, 9, tzinfo=UTC)


def formed(house):
    return house.service.formations.get(NET, "frm_1").formed


def test_a_commit_of_1500_cohorts_survives_three_kills_and_forms_each_once(house, committing, worker):
    for share in (0.1, 0.4, 0.7):
        eventually(lambda share=share: formed(house) >= share * COHORTS, 120)
        worker.die_and_begin_again()
    eventually(lambda: house.service.formations.get(NET, "frm_1").standing == "committed", 180)

    cohorts = list(house.service.cohorts.documents.find({}))
    placed = Counter(one["person_id"] for cohort in cohorts for one in cohort["roster"])
    told = [entry["routing_key"] for cohort in cohorts for entry in cohort["outbox"]]
    of = {one["person_id"]: cohort["_id"] for cohort in cohorts for one in cohort["roster"]}
    enrolled = list(house.service.enrollments.documents.find({}))

    assert len(cohorts) == COHORTS
    assert set(placed.values()) == {1} and len(placed) == 2 * COHORTS
    assert [key for key in told if key == "cohort_formed"] == ["cohort_formed"] * COHORTS
    assert all(one["cohort_id"] == of[one["person_id"]] for one in enrolled)


def test_a_search_whose_worker_dies_is_begun_again_from_the_same_seed(house, floor, worker):
    worker.kill()
    bench = Bench(house, floor, peers(24))
    expected = groups_of(bench.form(moves=200_000, seed=5))
    begun = bench.ask_for({"moves": 200_000, "seed": 5}).json["id"]
    house.service.formations.documents.update_one(
        {"_id": begun}, {"$set": {"attempts": 1, "lease_until": datetime.now(UTC) + timedelta(hours=1)}}
    )

    worker.begin_again()
    assert bench.shown(begun)["standing"] == "searching"  # the dead worker's lease still holds
    worker.die_and_begin_again()

    eventually(lambda: bench.shown(begun)["standing"] == "found", 120)
    assert groups_of(bench.shown(begun)) == expected
    assert house.service.formations.get(NET, begun).attempts == 2


def test_a_search_that_kills_its_worker_three_times_says_that_it_failed(house, floor, worker):
    worker.kill()
    bench = Bench(house, floor, peers(24))
    begun = bench.ask_for({"moves": 20_000_000}).json["id"]
    worker.begin_again()

    for attempt in (1, 2, 3):
        eventually(lambda attempt=attempt: house.service.formations.get(NET, begun).attempts == attempt, 60)
        assert bench.shown(begun)["standing"] == "searching"
        worker.die_and_begin_again()

    eventually(lambda: bench.shown(begun)["standing"] == "failed", 60)
    assert bench.shown(begun)["reason"] == "worker-died"
    assert bench.send("POST", f"/v1/formations/{begun}/commit").status == 409
