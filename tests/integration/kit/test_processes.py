"""What spans documents is worked off step by step, and goes on where a killed process stopped."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from services.kit.clock import WallClock
from services.kit.due import Runner
from services.kit.process import begin, failed, step_id, work_off
from services.kit.processes import Processes
from tests.builders.shelves import NET, LabelTaken, ShelfMoved, Shelves, a_shelf

NOW = datetime.now(UTC)
CLOCK = WallClock()


class Killed(BaseException):
    pass


@pytest.fixture
def processes(floor):
    store = Processes(floor)
    store.prepare()
    return store


@pytest.fixture
def shelves(floor):
    store = Shelves(floor)
    store.prepare()
    return store


def filling(shelves, killed_at=None):
    """The step of these tests: one shelf for each label in the payload."""

    def step(process, number):
        if number == killed_at:
            raise Killed
        label = process.payload["labels"][number]
        shelves.add(a_shelf(step_id(process.id, number), label))
        return "added"

    return step


def running(processes, step, **more):
    def on_due(id, network, kind):
        work_off(id, network, processes, step, CLOCK, **more)

    return Runner(processes, on_due)


def an_import(labels):
    return begin("imp_1", NET, "import", len(labels), NOW, {"labels": labels})


def test_a_process_runs_to_its_end_and_says_what_came_of_it(processes, shelves):
    processes.add(an_import(["a", "b", "c", "d", "e"]))

    running(processes, filling(shelves), at_most=2).run_all()

    process = processes.get(NET, "imp_1")
    assert (process.state, process.done, process.total) == ("done", 5, 5)
    assert process.tally == {"added": 5}
    assert process.due == ()
    assert shelves.count(NET, {}) == 5


def test_a_killed_process_goes_on_and_makes_nothing_twice(processes, shelves):
    processes.add(an_import(["a", "b", "c", "d", "e"]))
    with pytest.raises(Killed):
        running(processes, filling(shelves, killed_at=3), at_most=2).run_all()
    assert shelves.count(NET, {}) == 3
    assert processes.get(NET, "imp_1").done == 2

    processes.documents.update_one({}, {"$set": {"lease_until": NOW}})
    running(processes, filling(shelves), at_most=2).run_all()

    assert processes.get(NET, "imp_1").state == "done"
    assert sorted(shelf.label for shelf in shelves.find(NET, {})) == ["a", "b", "c", "d", "e"]


def test_a_refused_step_is_noted_and_the_next_one_follows(processes, shelves):
    shelves.add(a_shelf("shf_0", "b"))
    processes.add(an_import(["a", "b", "c"]))

    running(processes, filling(shelves)).run_all()

    process = processes.get(NET, "imp_1")
    assert process.tally == {"added": 2, "refused": 1}
    assert process.problems == ({"step": 1, "code": LabelTaken.code, "detail": ""},)


def test_a_step_that_fails_leaves_the_process_where_it_was(processes):
    processes.add(an_import(["a"]))

    def fail(process, number):
        raise RuntimeError

    running(processes, fail).run_all()

    process = processes.get(NET, "imp_1")
    assert (process.state, process.done) == ("running", 0)


def test_the_end_is_announced_with_the_save_that_ends_it(processes, shelves):
    processes.add(an_import(["a", "b", "c"]))
    told = [ShelfMoved(network=NET, shelf_id="imp_1")]

    running(processes, filling(shelves), at_most=1, ending=lambda process: told).run_all()

    assert len(processes.documents.find_one()["outbox"]) == 1


def test_nothing_to_do_is_done_at_once(processes):
    assert processes.add(an_import([])).state == "done"


def test_a_process_given_up_is_due_no_more(processes, shelves):
    process = processes.add(an_import(["a"]))

    processes.save(failed(process, "roster-changed", NOW))

    assert running(processes, filling(shelves)).run_all() == 0
    assert processes.get(NET, "imp_1").reason == "roster-changed"


def test_a_process_changed_meanwhile_decides_again(processes, shelves):
    processes.add(an_import(["a", "b"]))
    cancelled = []

    def step(process, number):
        if not cancelled:
            cancelled.append(processes.documents.update_one({}, {"$inc": {"revision": 1}}))
        shelves.add(replace(a_shelf(step_id(process.id, number)), label=f"label {number}"))

    running(processes, step).run_all()

    assert processes.get(NET, "imp_1").state == "done"
    assert shelves.count(NET, {}) == 2
