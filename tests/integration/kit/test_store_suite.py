"""What every store promises, held against MongoDB and against the fake in memory."""

from dataclasses import replace
from datetime import timedelta

import pytest

from services.kit.answers import SecondWriteError
from services.kit.errors import Forbidden, Invalid, NotFound, Stale
from services.kit.outcomes import Answered, Overtaken
from services.kit.store import OutboxStuckError
from tests.builders.shelves import (
    NET,
    NOON,
    Due,
    LabelTaken,
    SealedShelves,
    ShelfMoved,
    Shelves,
    a_shelf,
    asking,
    being_due,
    etag,
    hearing,
    present,
)

MOVED = ShelfMoved(network=NET, shelf_id="shf_1")


@pytest.fixture
def shelves(either_floor):
    store = Shelves(either_floor)
    store.prepare()
    return store


@pytest.fixture
def sealed(either_floor):
    store = SealedShelves(either_floor)
    store.prepare()
    return store


def the_document(shelves, id="shf_1"):
    return shelves.documents.find_one({"_id": id})


def test_an_added_aggregate_comes_back_as_it_was_at_revision_one(shelves):
    shelves.add(a_shelf(books=("emma",)))

    assert shelves.get(NET, "shf_1") == a_shelf(books=("emma",), revision=1)


def test_an_aggregate_of_another_network_is_not_found(shelves):
    shelves.add(a_shelf())

    with pytest.raises(NotFound):
        shelves.get("net_2", "shf_1")


def test_reading_without_a_network_is_our_fault_and_never_finds_everything(shelves):
    with pytest.raises(ValueError, match="within one network"):
        shelves.find(None, {})


def test_a_save_raises_the_revision_by_one(shelves):
    shelf = shelves.add(a_shelf())

    saved = shelves.save(replace(shelf, books=("emma",)))

    assert saved == shelves.get(NET, "shf_1") == a_shelf(books=("emma",), revision=2)


def test_a_save_over_somebody_elses_is_overtaken_and_changes_nothing(shelves):
    shelf = shelves.add(a_shelf())
    shelves.save(replace(shelf, books=("emma",)))

    with pytest.raises(Overtaken):
        shelves.save(replace(shelf, books=("persuasion",)))

    assert shelves.get(NET, "shf_1").books == ("emma",)


def test_saving_what_was_never_added_is_not_found(shelves):
    with pytest.raises(NotFound):
        shelves.save(a_shelf(revision=1))


def test_announcements_lie_in_the_document_with_the_revision_they_tell_of(shelves):
    shelf = shelves.add(a_shelf(), announcing=[MOVED])
    shelves.save(shelf, announcing=[MOVED])

    bodies = [each["body"] for each in the_document(shelves)["outbox"]]

    assert [body["sequence"] for body in bodies] == [1, 2]
    assert {body["type"] for body in bodies} == {"commonthread.sessions.shelf_moved"}


def test_an_overtaken_save_announces_nothing(shelves):
    shelf = shelves.add(a_shelf())
    shelves.save(shelf)

    with pytest.raises(Overtaken):
        shelves.save(shelf, announcing=[MOVED])

    assert the_document(shelves)["outbox"] == []


def test_a_thousand_unsent_announcements_are_borne_and_not_one_more(shelves):
    shelf = shelves.add(a_shelf(), announcing=[MOVED] * 999)
    shelf = shelves.save(shelf, announcing=[MOVED])

    with pytest.raises(OutboxStuckError):
        shelves.save(shelf, announcing=[MOVED])

    assert shelves.save(shelf).revision == 3


def test_a_unique_index_refuses_in_its_own_words(shelves):
    shelves.add(a_shelf("shf_1", label="novels"))

    with pytest.raises(LabelTaken):
        shelves.add(a_shelf("shf_2", label="novels"))


def test_asking_twice_to_change_gets_the_first_answer(shelves):
    shelf = shelves.add(a_shelf())
    with asking():
        shelves.save(replace(shelf, books=("emma",)))

    with asking(), pytest.raises(Answered) as replayed:
        shelves.get(NET, "shf_1")

    assert replayed.value.answer["books"] == ["emma"]


def test_asking_twice_to_make_gets_the_first_answer_though_the_second_id_is_another(shelves):
    with asking():
        shelves.add(a_shelf("shf_1"))

    with asking(), pytest.raises(Answered) as replayed:
        shelves.add(a_shelf("shf_2"))

    assert replayed.value.answer["id"] == "shf_1"
    assert shelves.count(NET, {}) == 1


def test_the_same_key_with_another_body_is_refused(shelves):
    with asking(body="one"):
        shelves.add(a_shelf())

    with asking(body="two"), pytest.raises(Invalid) as refused:
        shelves.get(NET, "shf_1")

    assert refused.value.code == "key-reused"


def test_two_writes_of_one_request_end_in_one(shelves):
    read_by_both = shelves.add(a_shelf())
    with asking():
        shelves.save(replace(read_by_both, books=("emma",)))

    with asking(), pytest.raises(Answered):
        shelves.save(replace(read_by_both, books=("emma",)))

    assert shelves.get(NET, "shf_1").revision == 2


def test_who_may_no_longer_see_it_gets_no_replay(shelves):
    def refuse(shelf):
        raise Forbidden

    with asking():
        shelves.add(a_shelf())

    with asking(), pytest.raises(Forbidden):
        shelves.get(NET, "shf_1", admitting=refuse)


def test_what_the_use_case_answers_is_recorded_instead_of_the_aggregate(shelves):
    with asking():
        shelves.add(a_shelf(), answering={"id": "shf_1", "note": "rotate to get a new secret"})

    with asking(), pytest.raises(Answered) as replayed:
        shelves.add(a_shelf("shf_2"))

    assert replayed.value.answer == {"id": "shf_1", "note": "rotate to get a new secret"}


def test_a_large_answer_is_made_anew_from_the_aggregate(shelves):
    books = tuple(f"volume {number:04}" for number in range(1000))
    with asking():
        shelves.add(a_shelf(books=books))

    with asking(), pytest.raises(Answered) as replayed:
        shelves.get(NET, "shf_1")

    assert replayed.value.answer["books"] == list(books)
    assert the_document(shelves)["answers"] == []


def test_a_document_remembers_its_last_64_requests(shelves):
    shelf = shelves.add(a_shelf())
    for number in range(70):
        with asking(key=f"key-{number}"):
            shelf = shelves.save(shelf)

    kept = [each["key"] for each in the_document(shelves)["requests"]]

    assert kept == [f"key-{number}" for number in range(6, 70)]


def test_a_document_keeps_its_last_2_answers_and_makes_older_ones_anew(shelves):
    shelf = shelves.add(a_shelf())
    for number in range(4):
        with asking(key=f"key-{number}"):
            shelf = shelves.save(replace(shelf, label=f"label {number}"))

    def replayed(number):
        with asking(key=f"key-{number}"), pytest.raises(Answered) as before:
            shelves.get(NET, "shf_1")
        return before.value.answer["label"]

    assert [each["key"] for each in the_document(shelves)["answers"]] == ["key-2", "key-3"]
    assert (replayed(2), replayed(1)) == ("label 2", "label 3")


def test_a_write_for_a_state_that_is_no_more_is_stale(shelves):
    shelf = shelves.add(a_shelf())
    seen = etag(b"k" * 32, present(shelf))
    shelf = shelves.save(replace(shelf, books=("emma",)))

    with asking(if_match=seen), pytest.raises(Stale):
        shelves.save(replace(shelf, books=()))


def test_a_write_that_answers_of_something_else_has_no_state_to_name(shelves):
    shelf = shelves.add(a_shelf())

    with asking(if_match=etag(b"k" * 32, present(shelf))), pytest.raises(Stale):
        shelves.save(replace(shelf, books=()), answering={"of": "another thing"})


def test_a_write_for_the_present_state_is_carried_out(shelves):
    shelf = shelves.add(a_shelf())

    with asking(if_match=etag(b"k" * 32, present(shelf))):
        saved = shelves.save(replace(shelf, books=("emma",)))

    assert saved.books == ("emma",)


def test_what_an_event_made_is_made_once(shelves):
    with hearing():
        shelves.add(a_shelf("evt_1:plan", books=("emma",)))

    with hearing():
        again = shelves.add(a_shelf("evt_1:plan", books=()))

    assert again.books == ("emma",)


def test_an_event_changes_an_aggregate_once(shelves):
    shelves.add(a_shelf())
    for _ in range(2):
        with hearing("evt_7"):
            shelf = shelves.get(NET, "shf_1")
            shelves.save(replace(shelf, books=(*shelf.books, "emma")))

    assert shelves.get(NET, "shf_1").books == ("emma",)


def test_a_repeatable_change_keeps_no_record_of_the_event(shelves):
    shelf = shelves.add(a_shelf())
    with hearing("evt_7"):
        shelf = shelves.save(shelf, repeatable=True)
        shelf = shelves.save(shelf, repeatable=True)

    assert shelf.revision == 3
    assert the_document(shelves)["heard"] == []


def test_what_is_due_comes_back_and_the_first_of_it_is_indexed(shelves):
    due = (Due("remind", NOON + timedelta(hours=2)), Due("close", NOON, "second"))
    shelf = shelves.add(a_shelf(due=due))

    assert shelves.get(NET, "shf_1").due == due
    assert the_document(shelves)["next_due_at"] == NOON

    shelves.save(replace(shelf, due=()))

    assert "next_due_at" not in the_document(shelves)
    assert shelves.get(NET, "shf_1").due == ()


def test_a_runner_whose_lease_was_taken_over_cannot_save(shelves):
    shelf = shelves.add(a_shelf(due=(Due("close", NOON),)))
    shelves.documents.update_one({"_id": "shf_1"}, {"$set": {"fence": 2}})

    with being_due("shf_1", fence=1), pytest.raises(Overtaken):
        shelves.save(replace(shelf, due=()))

    with being_due("shf_1", fence=2):
        assert shelves.save(replace(shelf, due=())).revision == 2


def test_a_list_is_paged_without_gaps_though_something_is_added_meanwhile(shelves):
    for number in range(5):
        shelves.add(a_shelf(f"shf_{number}", label=f"label {9 - number}"))
    by_label = [("label", 1)]

    first = shelves.page(NET, {}, by_label, limit=2)
    shelves.add(a_shelf("shf_9", label="label 0"))
    second = shelves.page(NET, {}, by_label, limit=2, after=first.next)
    third = shelves.page(NET, {}, by_label, limit=2, after=second.next)

    labels = [shelf.label for page in (first, second, third) for shelf in page.items]
    assert labels == ["label 5", "label 6", "label 7", "label 8", "label 9"]
    assert third.next is None


def test_a_cursor_of_another_list_is_refused(shelves):
    with pytest.raises(Invalid) as refused:
        shelves.page(NET, {}, after='["a","b","c"]')

    assert refused.value.code == "bad-cursor"


def test_sealed_text_comes_back_and_lies_in_no_document(sealed):
    with asking():
        sealed.add(a_shelf(secret="CANARY-4711"))

    assert sealed.get(NET, "shf_1").secret == "CANARY-4711"
    assert "CANARY" not in repr(the_document(sealed))


def test_the_recorded_answer_of_a_sealed_collection_is_sealed_and_replayed(sealed):
    with asking():
        sealed.add(a_shelf(secret="CANARY-4711"))

    with asking(), pytest.raises(Answered) as replayed:
        sealed.get(NET, "shf_1")

    assert replayed.value.answer["secret"] == "CANARY-4711"
    assert "answer" not in the_document(sealed)["answers"][0]


def test_forgetting_the_author_leaves_nothing_to_read(sealed):
    sealed.add(a_shelf(secret="CANARY-4711"))

    sealed.floor.sealing.forget(NET, "per_ada")

    assert sealed.get(NET, "shf_1").secret is None


def test_a_save_too_is_refused_by_a_unique_index_in_its_own_words(shelves):
    shelves.add(a_shelf("shf_1", label="novels"))
    poems = shelves.add(a_shelf("shf_2", label="poems"))

    with pytest.raises(LabelTaken):
        shelves.save(replace(poems, label="novels"))


def test_one_ask_writes_one_document_of_a_collection(shelves):
    with asking():
        shelves.add(a_shelf("shf_1", label="novels"))
        with pytest.raises(SecondWriteError):
            shelves.add(a_shelf("shf_2", label="poems"))

    assert shelves.count(NET, {}) == 1
