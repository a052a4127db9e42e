"""A guest's pass: one session, from a quarter of an hour before it to its end, once approved and pledged."""

from datetime import timedelta

import pytest

from services.contracts.events.guests import GuestChanged, GuestDecided
from services.kit.outcomes import RemoteRefusal
from tests.builders.hearing import hear
from tests.builders.sessions import NETWORK, START, a_cohort_event, a_person, a_slot_event

GUS = a_person("per_gus", "guest")
PASS = GuestDecided(
    network=NETWORK,
    invitation_id="gst_1",
    cohort_id="coh_1",
    session_id="ses_1",
    person_id="per_gus",
    standing="approved",
    has_pledged=False,
    admits_from=START - timedelta(minutes=15),
    admits_until=START + timedelta(hours=2),
)


@pytest.fixture
def planned(house):
    """The house with one planned session, in the middle of which it is."""
    hear(house, "on_cohort", a_cohort_event())
    hear(house, "on_slot", a_slot_event())
    house.service.clock.moment = START + timedelta(minutes=30)
    return house


def let_in(house, version=2, **fields):
    hear(house, "on_guest", GuestChanged(**(vars(PASS) | {"has_pledged": True} | fields)), version=version)


def seen(house, caller=GUS):
    return house.ask("show_session", caller, session_id="ses_1")


def refused(house, caller=GUS):
    with pytest.raises(RemoteRefusal) as refusal:
        seen(house, caller)
    return refusal.value.code


def test_a_guest_sees_when_where_and_with_whom_it_is_and_no_content(planned):
    let_in(planned)

    shown = seen(planned)

    assert (shown["face"], shown["place"], shown["cohort_name"]) == ("guest", "Room 3", "Harbor")
    assert not {"people", "agenda", "gate", "facilitators", "attendance"} & shown.keys()


def test_before_the_pledge_and_for_anybody_else_the_session_is_not_there(planned):
    hear(planned, "on_guest", PASS)

    assert refused(planned) == "not-found"
    let_in(planned)
    assert refused(planned, a_person("per_hal", "guest")) == "not-found"


@pytest.mark.parametrize("minutes", [-16, 121], ids=["too-early", "over"])
def test_the_pass_ends_with_the_session_and_does_not_begin_before(planned, minutes):
    let_in(planned)

    planned.service.clock.moment = START + timedelta(minutes=minutes)

    assert refused(planned) == "not-found"


@pytest.mark.parametrize("standing", ["asked", "not-approved", "withdrawn"])
def test_whoever_is_not_approved_is_not_let_in(planned, standing):
    let_in(planned)
    let_in(planned, version=3, standing=standing)

    assert refused(planned) == "not-found"


def test_an_older_word_does_not_bring_a_pass_back(planned):
    let_in(planned, version=3, standing="withdrawn")
    let_in(planned, version=2)

    assert refused(planned) == "not-found"


def test_a_guest_opens_nothing_and_reads_nothing_else(planned):
    let_in(planned)

    for ask in ("open_session", "start_topics", "show_capsule"):
        with pytest.raises(RemoteRefusal) as refusal:
            planned.ask(ask, GUS, session_id="ses_1")
        assert refusal.value.code == "not-found"
