"""From a cohort heard of to its announced sessions, over a real MongoDB."""

from datetime import timedelta

from services.contracts.events.cohorts import (
    MemberJoined,
    MemberLeft,
    SafetyConflictFound,
    SafetyConflictSettled,
)
from services.scheduling.domain.timetable import HELD_LOOK, PATIENCE, session_id, timetable_id
from tests.builders.hearing import hear, run_due
from tests.builders.scheduling import a_cohort_formed, a_person_fact, an_entry

NETWORK = "net_1"


def everybody_known(house, *names, **fields):
    for name in names:
        hear(house, "on_person", a_person_fact(name, **fields))


def slots(house, cohort_id="coh_1"):
    return house.service.slots.of_cohorts(NETWORK, [cohort_id])


def announced(house):
    documents = house.service.slots.documents.find({}, {"outbox": 1}).sort("starts_at", 1)
    return [entry["routing_key"] for document in documents for entry in document["outbox"]]


def test_a_formed_cohort_gets_all_its_sessions_each_announced_once(house):
    everybody_known(house, "ada", "bo", "fay")
    hear(house, "on_cohort", a_cohort_formed(starts_on="2024-02-05"))

    run_due(house, "timetables", "on_timetable_due")

    assert [slot.wall_start for slot in slots(house)] == [
        "2024-02-05T12:15",
        "2024-02-19T12:15",
        "2024-03-04T12:15",
        "2024-03-18T12:15",
    ]
    assert [slot.id for slot in slots(house)] == [session_id("coh_1", number) for number in (1, 2, 3, 4)]
    assert announced(house) == ["session_scheduled"] * 4


def test_hearing_of_the_cohort_again_changes_no_date(house):
    everybody_known(house, "ada", "bo", "fay")
    hear(house, "on_cohort", a_cohort_formed())
    run_due(house, "timetables", "on_timetable_due")
    before = slots(house)

    hear(house, "on_cohort", a_cohort_formed())
    hear(house, "on_cohort", a_cohort_formed(members=("ada", "bo", "cy"), cls=MemberJoined), version=2)
    gone = (an_entry("ada"), an_entry("bo", standing="left"), an_entry("cy"))
    hear(house, "on_cohort", a_cohort_formed(roster=gone, cls=MemberLeft), version=3)
    run_due(house, "timetables", "on_timetable_due")

    assert slots(house) == before
    assert announced(house) == ["session_scheduled"] * 4


def test_a_cohort_on_hold_gets_its_dates_once_staff_have_resolved_it(house, clock):
    everybody_known(house, "ada", "bo", "fay")
    hear(house, "on_cohort", a_cohort_formed(cls=SafetyConflictFound, on_hold=True))
    run_due(house, "timetables", "on_timetable_due")
    held = slots(house)

    hear(house, "on_cohort", a_cohort_formed(cls=SafetyConflictSettled), version=2)
    clock.moment += HELD_LOOK
    run_due(house, "timetables", "on_timetable_due")

    assert held == []
    assert len(slots(house)) == 4


def test_people_who_arrive_after_their_cohort_are_waited_for(house, clock):
    hear(house, "on_cohort", a_cohort_formed(starts_on="2024-02-05"))
    run_due(house, "timetables", "on_timetable_due", most=1)
    assert slots(house) == []

    everybody_known(house, "ada", "bo", "fay", hours=((13, 15),))
    clock.moment += timedelta(seconds=10)
    run_due(house, "timetables", "on_timetable_due")

    assert {slot.wall_start[11:] for slot in slots(house)} <= {"13:00", "13:15", "13:30"}
    assert len(slots(house)) == 4


def test_after_a_minute_the_cohort_is_planned_with_what_is_known(house, clock):
    hear(house, "on_cohort", a_cohort_formed())
    run_due(house, "timetables", "on_timetable_due", most=1)
    clock.moment += PATIENCE

    run_due(house, "timetables", "on_timetable_due")

    assert len(slots(house)) == 4


def test_a_process_that_died_between_two_slots_goes_on_where_it_was(house):
    everybody_known(house, "ada", "bo", "fay")
    hear(house, "on_cohort", a_cohort_formed())
    run_due(house, "timetables", "on_timetable_due")
    done = slots(house)
    timetables, documents = house.service.timetables.documents, house.service.slots.documents
    documents.delete_many({"number": {"$gt": 2}})
    again = [{"kind": "place", "at": house.service.clock.now(), "note": ""}]
    timetables.update_many({}, {"$set": {"standing": "planned", "due": again, "next_due_at": again[0]["at"]}})

    run_due(house, "timetables", "on_timetable_due")

    assert [slot.id for slot in slots(house)] == [slot.id for slot in done]
    assert announced(house) == ["session_scheduled"] * 4


def test_two_cohorts_of_one_facilitator_never_meet_at_once(house):
    everybody_known(house, "ada", "bo", "cy", "dee", "fay")
    hear(house, "on_cohort", a_cohort_formed(members=("ada", "bo")))
    hear(house, "on_cohort", a_cohort_formed(members=("cy", "dee"), cohort_id="coh_2"))

    run_due(house, "timetables", "on_timetable_due")

    first, second = slots(house, "coh_1"), slots(house, "coh_2")
    assert len(first) == len(second) == 4
    assert not any(one.overlaps(other.starts_at, other.ends_at) for one in first for other in second)


def test_an_older_state_of_a_cohort_does_not_bring_back_who_left(house):
    gone = (an_entry("ada"), an_entry("bo", standing="left"))
    hear(house, "on_cohort", a_cohort_formed(roster=gone, cls=MemberLeft), version=2)

    hear(house, "on_cohort", a_cohort_formed(members=("ada", "bo")), version=1)

    assert house.service.cohorts.find(NETWORK, "coh_1").member_ids == {"per_ada"}


def test_of_two_cohorts_that_planned_one_time_at_once_only_one_keeps_it(house):
    """Both plans are made before either has slots, as two processes would make them side by side."""
    everybody_known(house, "ada", "bo", "cy", "dee", "fay")
    hear(house, "on_cohort", a_cohort_formed(members=("ada", "bo")))
    run_due(house, "timetables", "on_timetable_due", most=1)
    hear(house, "on_cohort", a_cohort_formed(members=("cy", "dee"), cohort_id="coh_2"))
    first, second = timetable_id("coh_1"), timetable_id("coh_2")
    plan = house.service.timetables.documents.find_one({"_id": first})
    same = {name: plan[name] for name in ("standing", "zone", "starts", "plans", "due", "next_due_at")}
    house.service.timetables.documents.update_one({"_id": second}, {"$set": same})

    run_due(house, "timetables", "on_timetable_due")

    one, other = slots(house, "coh_1"), slots(house, "coh_2")
    assert len(one) == len(other) == 4
    assert not any(mine.overlaps(yours.starts_at, yours.ends_at) for mine in one for yours in other)
