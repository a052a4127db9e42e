"""What only the real MongoDB can show: writers side by side, crashes before the reply, the indexes used."""

import threading
from dataclasses import replace

import pytest

from services.kit.mongo import MAX_SKEW_SECONDS, Index, check_clock, create_indexes
from services.kit.outcomes import Answered, Overtaken
from tests.builders.shelves import NET, NOON, Due, Shelves, a_shelf, asking


@pytest.fixture
def shelves(floor):
    store = Shelves(floor)
    store.prepare()
    return store


def side_by_side(*deeds):
    """Run each of `deeds` in a thread of its own, begun together; return what each returned or raised."""
    barrier, ended = threading.Barrier(len(deeds)), [None] * len(deeds)

    def run(number, deed):
        barrier.wait()
        try:
            ended[number] = deed()
        except Exception as error:
            ended[number] = error

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return ended


def test_of_two_concurrent_writers_one_wins_and_the_other_decides_again(shelves):
    shelf = shelves.add(a_shelf())

    for _ in range(20):
        ended = side_by_side(
            lambda: shelves.save(replace(shelf, books=("emma",))),  # noqa: B023
            lambda: shelves.save(replace(shelf, books=("persuasion",))),  # noqa: B023
        )
        overtaken = [each for each in ended if isinstance(each, Overtaken)]
        assert len(overtaken) == 1
        shelf = shelves.get(NET, "shf_1")

    assert shelf.revision == 21


def test_of_one_request_sent_twice_at_once_one_makes_and_the_other_replays(shelves):
    def ask(id):
        with asking():
            return shelves.add(a_shelf(id, label=id))

    ended = side_by_side(lambda: ask("shf_1"), lambda: ask("shf_2"))

    made = next(each for each in ended if not isinstance(each, Exception))
    replayed = next(each for each in ended if isinstance(each, Answered))
    assert replayed.answer["id"] == made.id
    assert shelves.count(NET, {}) == 1


def test_a_request_repeated_after_a_crash_between_write_and_reply_is_answered(shelves, monkeypatch):
    class Crash(BaseException):
        pass

    def crash(name):
        if name == "store.after_write":
            raise Crash

    shelf = shelves.add(a_shelf())
    monkeypatch.setattr("services.kit.store.crash_point", crash)
    with asking(), pytest.raises(Crash):
        shelves.save(replace(shelf, books=("emma",)))
    monkeypatch.undo()

    with asking(), pytest.raises(Answered) as replayed:
        shelves.get(NET, "shf_1")

    assert replayed.value.answer["books"] == ["emma"]
    assert shelves.get(NET, "shf_1").revision == 2


def plan(collection, where):
    """Return the names of the indexes and stages MongoDB chooses for `where`."""
    explained = collection.find(where).explain()["queryPlanner"]["winningPlan"]
    return repr(explained)


@pytest.mark.parametrize(
    ("where", "index"),
    [
        ({"outbox.at": {"$lte": NOON}}, "unsent_outbox"),
        ({"requests.key": "key-1"}, "one_answer_per_request"),
        ({"next_due_at": {"$lte": NOON}}, "due_work"),
        ({"written_at": {"$lt": NOON}, "requests.0": {"$exists": True}}, "idle_with_requests"),
        ({"written_at": {"$lt": NOON}, "heard.0": {"$exists": True}}, "idle_with_heard"),
    ],
)
def test_each_index_serves_the_query_it_is_named_after(shelves, where, index):
    assert f"'indexName': '{index}'" in plan(shelves.documents, where)


def test_preparing_again_changes_nothing(shelves):
    before = shelves.documents.index_information()

    shelves.prepare()

    assert shelves.documents.index_information() == before


def test_what_is_due_lies_in_the_index_and_what_is_not_does_not(shelves):
    shelves.add(a_shelf("shf_1", "novels", due=(Due("close", NOON),)))
    shelves.add(a_shelf("shf_2", "poems"))

    found = shelves.documents.find({"next_due_at": {"$lte": NOON}}).explain()["executionStats"]

    assert found["totalKeysExamined"] == found["nReturned"] == 1


def test_an_index_goes_by_its_own_name(floor):
    create_indexes(floor.database["things"], [Index("things_of_day", [("day", 1)], sparse=True)])

    assert "things_of_day" in floor.database["things"].index_information()


def test_the_clocks_of_mongodb_and_of_this_machine_are_compared(mongo):
    assert abs(check_clock(mongo)) < MAX_SKEW_SECONDS
