"""Two at once, on a real database: one of them decides again, and nothing is lost or told twice."""

import threading

from tests.builders.hearing import hear
from tests.builders.sessions import NETWORK, ROSTER, a_cohort_event, a_person, a_slot_event

FAY, ADA = a_person("per_fay"), a_person("per_ada")


def at_once(*acts):
    """Run all `acts` in threads that begin together; return what they returned or raised."""
    gate, results = threading.Barrier(len(acts)), [None] * len(acts)

    def run(number, act):
        gate.wait()
        try:
            results[number] = act()
        except Exception as error:
            results[number] = error

    threads = [threading.Thread(target=run, args=each) for each in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def told(house, session_id="ses_1"):
    document = house.service.sessions.documents.find_one({"_id": session_id})
    return [entry["routing_key"] for entry in document["outbox"]]


def test_two_facilitators_who_open_at_once_open_once(house):
    answers = at_once(*[lambda: house.ask("open_session", FAY, session_id="ses_1")] * 4)

    assert [answer["standing"] for answer in answers] == ["open"] * 4
    assert told(house).count("session_opened") == 1


def test_attendance_marked_by_several_at_once_is_kept_from_all(house):
    house.ask("open_session", FAY, session_id="ses_1")

    at_once(
        *[
            lambda person=person: house.ask("record_attendance", FAY, session_id="ses_1", present=[person])
            for person in ROSTER
        ]
    )

    assert set(house.service.sessions.get(NETWORK, "ses_1").present()) == set(ROSTER)


def test_the_same_commitment_asked_for_at_once_under_one_key_is_made_once(house):
    house.ask("open_session", FAY, session_id="ses_1")
    house.ask("record_attendance", FAY, session_id="ses_1", present=list(ROSTER))
    said = {"session_id": "ses_1", "what": "Ask first", "due_on": "2027-01-20"}

    answers = at_once(*[lambda: house.ask("make_commitment", ADA, key="k1", **said)] * 4)

    assert all(answer == answers[0] for answer in answers)
    assert told(house).count("commitment_made") == 1


def test_everyone_may_answer_at_once(house):
    at_once(
        *[
            lambda person=person: house.ask("record_rsvp", a_person(person), session_id="ses_1", answer="yes")
            for person in ROSTER
        ]
    )

    assert {rsvp.person_id for rsvp in house.service.sessions.get(NETWORK, "ses_1").rsvps} == set(ROSTER)


def test_a_roster_heard_while_slots_arrive_ends_in_every_session(house):
    slots = [a_slot_event(session_id=f"ses_{number}", number=number) for number in range(2, 8)]
    roster = a_cohort_event(members=("per_ada", "per_dee"))

    at_once(
        *[lambda slot=slot: hear(house, "on_slot", slot) for slot in slots],
        lambda: hear(house, "on_cohort", roster, version=2),
    )

    sessions = house.service.sessions.of_cohort(NETWORK, "coh_1")
    assert len(sessions) == 7
    assert {session.invited() for session in sessions} == {("per_ada", "per_dee")}
