"""Due work happens once, with any number of runners and after downtime."""

import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from services.kit import leases
from services.kit.due import Runner
from services.kit.mongo import connect
from services.kit.settings import Settings
from tests.builders.floors import MONGO
from tests.builders.shelves import NET, Due, ShelfMoved, Shelves, a_shelf

AN_HOUR_AGO = datetime.now(UTC) - timedelta(hours=1)
IN_AN_HOUR = datetime.now(UTC) + timedelta(hours=1)


@pytest.fixture
def shelves(floor):
    store = Shelves(floor)
    store.prepare()
    return store


def closing(shelves):
    """The use case of these tests: note what was due, announce it, and leave the later deadlines."""

    def close(id, network, kind):
        shelf = shelves.get(network, id)
        after = replace(shelf, books=(*shelf.books, kind), due=shelf.due[1:])
        shelves.save(after, announcing=[ShelfMoved(network=network, shelf_id=id)])

    return close


def test_work_due_long_ago_is_done_and_work_due_later_waits(shelves):
    shelves.add(a_shelf("shf_1", "novels", due=(Due("close", AN_HOUR_AGO),)))
    shelves.add(a_shelf("shf_2", "poems", due=(Due("close", IN_AN_HOUR),)))

    done = Runner(shelves, closing(shelves)).run_all()

    assert done == 1
    assert shelves.get(NET, "shf_1").books == ("close",)
    assert shelves.get(NET, "shf_2").books == ()


def test_two_deadlines_of_one_document_are_done_in_their_order(shelves):
    due = (Due("remind", AN_HOUR_AGO), Due("close", AN_HOUR_AGO + timedelta(minutes=1)))
    shelves.add(a_shelf(due=due))

    Runner(shelves, closing(shelves)).run_all()

    assert shelves.get(NET, "shf_1").books == ("remind", "close")


def test_three_runners_do_each_thing_once(shelves):
    for number in range(40):
        shelves.add(a_shelf(f"shf_{number}", f"label {number}", due=(Due("close", AN_HOUR_AGO),)))

    runners = [Runner(shelves, closing(shelves)) for _ in range(3)]
    threads = [threading.Thread(target=runner.run_all) for runner in runners]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    shelves_now = shelves.find(NET, {})
    assert {shelf.books for shelf in shelves_now} == {("close",)}
    assert {len(each["outbox"]) for each in shelves.documents.find()} == {1}


def test_a_runner_that_slept_through_its_lease_changes_nothing(shelves):
    shelves.add(a_shelf(due=(Due("close", AN_HOUR_AGO),)))
    sleeper = Runner(shelves, closing(shelves))
    slept = sleeper.take()
    shelves.documents.update_one({}, {"$set": {"lease_until": AN_HOUR_AGO}})

    Runner(shelves, closing(shelves)).run_all()

    assert sleeper.run(slept) == "lost"
    assert shelves.get(NET, "shf_1").books == ("close",)


def test_overlapping_runners_of_one_document_save_once(shelves):
    shelves.add(a_shelf(due=(Due("close", AN_HOUR_AGO),)))
    first = Runner(shelves, closing(shelves))
    lease = first.take()

    def overtaken_midway(id, network, kind):
        shelf = shelves.get(network, id)
        if shelf.books == ():
            shelves.documents.update_one({}, {"$set": {"lease_until": AN_HOUR_AGO}})
            Runner(shelves, closing(shelves)).run_all()
        closing_with = replace(shelf, books=(*shelf.books, "twice"), due=())
        shelves.save(closing_with)

    outcome = Runner(shelves, overtaken_midway).run(lease)

    assert outcome == "lost"
    assert shelves.get(NET, "shf_1").books == ("close",)


def test_a_dead_runners_work_is_taken_when_its_lease_is_over(shelves):
    shelves.add(a_shelf(due=(Due("close", AN_HOUR_AGO),)))
    Runner(shelves, closing(shelves)).take()  # and dies

    assert Runner(shelves, closing(shelves)).take() is None
    shelves.documents.update_one({}, {"$set": {"lease_until": AN_HOUR_AGO}})
    assert Runner(shelves, closing(shelves)).run_all() == 1


def test_work_that_fails_is_left_alone_longer_each_time(shelves):
    shelves.add(a_shelf(due=(Due("close", AN_HOUR_AGO),)))

    def fail(id, network, kind):
        raise RuntimeError

    pauses = []
    for _ in range(3):
        runner = Runner(shelves, fail)
        assert runner.run_all() == 1
        document = shelves.documents.find_one()
        pauses.append(document["due_failures"])
        shelves.documents.update_one({}, {"$set": {"lease_until": AN_HOUR_AGO}})

    assert pauses == [1, 2, 3]
    Runner(shelves, closing(shelves)).run_all()
    assert shelves.documents.find_one()["due_failures"] == 0


def test_a_use_case_that_saves_nothing_does_not_spin(shelves):
    shelves.add(a_shelf(due=(Due("close", AN_HOUR_AGO),)))
    runner = Runner(shelves, lambda *_: None)

    assert runner.run(runner.take()) == "unsaved"
    assert runner.take() is None


def test_a_lease_is_kept_while_the_work_lasts(shelves):
    shelves.add(a_shelf(due=(Due("close", AN_HOUR_AGO),)))
    lease = leases.take(shelves.documents, seconds=0.3)
    renewed = threading.Event()
    first = shelves.documents.find_one()["lease_until"]

    with leases.kept(shelves.documents, lease, seconds=0.3):
        for _ in range(1000):
            if shelves.documents.find_one()["lease_until"] > first:
                renewed.set()
                break

    assert renewed.is_set()


def test_a_save_that_makes_something_due_wakes_the_runner(shelves):
    woken = threading.Event()
    forget = leases.on_wake(shelves.documents, woken.set)

    shelves.add(a_shelf(due=(Due("close", AN_HOUR_AGO),)))
    forget()

    assert woken.is_set()


def test_looking_for_due_work_reads_the_index_and_no_future_document(shelves):
    for number in range(50):
        shelves.add(a_shelf(f"shf_{number}", f"label {number}", due=(Due("close", IN_AN_HOUR),)))
    client = connect(Settings(service="tests", mongo=MONGO))
    database = client[shelves.floor.settings.database]
    database.command("profile", 2)

    assert leases.take(shelves.documents, 30) is None

    database.command("profile", 0)
    looked = database["system.profile"].find_one({"command.findAndModify": "shelves"})
    client.close()
    assert looked["docsExamined"] == 0
    assert looked["keysExamined"] <= 1
