from datetime import timedelta

import pytest

from services.contracts.events.cohorts import AgreementSigned, MemberJoined, MemberLeft
from services.contracts.events.scheduling import SessionCancelled, SessionRescheduled
from services.kit.outcomes import RemoteRefusal
from tests.builders.hearing import hear
from tests.builders.sessions import NETWORK, START, a_cohort_event, a_person, a_slot_event, an_entry

LATER = START + timedelta(days=2)
ADA, FAY, DEE = a_person("per_ada"), a_person("per_fay"), a_person("per_dee")


def outbox(house, session_id="ses_1"):
    document = house.service.sessions.documents.find_one({"_id": session_id})
    return [entry["routing_key"] for entry in document["outbox"]]


@pytest.mark.parametrize("slot_first", [True, False], ids=["slot first", "cohort first"])
def test_cohort_and_slot_make_a_session_in_either_order(house, slot_first):
    told = [("on_slot", a_slot_event()), ("on_cohort", a_cohort_event())]
    for method, fact in told if slot_first else reversed(told):
        hear(house, method, fact)

    shown = house.ask("show_session", ADA, session_id="ses_1")

    assert [peer["display_name"] for peer in shown["people"]] == ["Ada", "Bo", "Cy"]
    assert (shown["standing"], shown["cohort_name"]) == ("planned", "Harbor")


def test_hearing_the_same_slot_again_makes_nothing_new(house):
    hear(house, "on_slot", a_slot_event())
    before = house.service.sessions.get(NETWORK, "ses_1")

    hear(house, "on_slot", a_slot_event())

    assert house.service.sessions.get(NETWORK, "ses_1") == before
    assert outbox(house) == ["session_planned"]


def test_who_joins_later_sees_the_sessions_and_who_left_does_not(house):
    hear(house, "on_cohort", a_cohort_event())
    hear(house, "on_slot", a_slot_event())
    roster = (an_entry("per_bo"), an_entry("per_dee"), an_entry("per_ada", standing="left"))

    hear(house, "on_cohort", a_cohort_event(cls=MemberJoined, roster=roster), version=2)

    assert house.ask("show_session", DEE, session_id="ses_1")["face"] == "member"
    with pytest.raises(RemoteRefusal) as refused:
        house.ask("show_session", ADA, session_id="ses_1")
    assert refused.value.kind == "not-found"


def test_an_older_roster_heard_late_changes_nothing(house):
    hear(house, "on_slot", a_slot_event())
    hear(house, "on_cohort", a_cohort_event(members=("per_bo",), cls=MemberLeft), version=3)

    hear(house, "on_cohort", a_cohort_event(cls=MemberJoined), version=2)

    assert house.service.sessions.get(NETWORK, "ses_1").invited() == ("per_bo",)


def test_a_signature_reaches_every_session_of_the_cohort(house):
    hear(house, "on_slot", a_slot_event())
    hear(house, "on_slot", a_slot_event(session_id="ses_2", number=2))

    hear(house, "on_cohort", a_cohort_event(signed_by=("per_ada",), cls=AgreementSigned), version=2)

    gates = [house.ask("show_session", ADA, session_id=name)["gate"] for name in ("ses_1", "ses_2")]
    assert [gate["i_signed"] for gate in gates] == [True, True]


def test_a_session_moves_and_is_cancelled_with_its_slot(house):
    hear(house, "on_cohort", a_cohort_event())
    hear(house, "on_slot", a_slot_event())
    hear(house, "on_slot", a_slot_event(SessionRescheduled, LATER), version=2)
    moved = house.ask("show_session", ADA, session_id="ses_1")

    hear(house, "on_slot", a_slot_event(SessionCancelled, LATER, standing="cancelled"), version=3)

    assert moved["starts_at"] == "2027-01-14T14:00:00.000Z"
    assert house.ask("show_session", ADA, session_id="ses_1")["standing"] == "cancelled"
