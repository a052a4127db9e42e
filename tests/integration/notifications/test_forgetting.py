"""Notifications forgets addresses and everything it told one person; letters about it go out before."""

from dataclasses import replace
from datetime import timedelta

from services.contracts.caller import Caller
from services.contracts.events.erasures import PersonErasureAsked, PersonErasureCancelled
from tests.builders.hearing import LONG_AGO, hear, run_due
from tests.builders.notifications import NETWORK, a_contact_fact, a_network_fact, a_sign_in_fact, a_slot_fact
from tests.builders.remains import confirmations, forget_in, remains
from tests.builders.scheduling import a_cohort_formed

ADA = Caller("person", NETWORK, person_id="per_ada", text_open=True)
BEGINS = LONG_AGO + timedelta(hours=72)


def send(house):
    return run_due(house, "notices", "on_notice_due", most=200)


def invited(house, *names):
    hear(house, "on_network", a_network_fact())
    for name in names:
        hear(house, "on_contact", a_contact_fact(name))
    hear(house, "on_cohort", a_cohort_formed(members=names, facilitators=()))
    hear(house, "on_slot", a_slot_fact())


def address_of(name):
    return a_contact_fact(name).email


def test_address_and_notices_are_gone_and_others_keep_theirs(house, floor):
    invited(house, "ada", "bo")
    send(house)
    house.ask("stop_notices", ADA, topic="timetable")

    assert forget_in(house, network=NETWORK) == ["done"]

    assert remains(floor, address_of("ada")) == set()
    assert house.service.notices.find(NETWORK, {"person_id": "per_ada"}) == []
    assert house.service.notices.find(NETWORK, {"person_id": "per_bo"})
    assert house.service.preferences.find(NETWORK, {}) == []
    assert confirmations(house) == ["person_erased_by_notifications"]


def test_what_is_pending_is_never_sent(house, mail):
    invited(house, "ada", "bo")

    forget_in(house, network=NETWORK)
    send(house)

    assert mail.to("ada") == []
    assert len(mail.to("bo")) == 1


def test_an_address_or_a_cause_that_comes_late_sends_nothing(house, mail, floor):
    invited(house, "ada")
    forget_in(house, network=NETWORK)

    hear(house, "on_contact", a_contact_fact("ada"), version=9)
    hear(house, "on_slot", a_slot_fact(session_id="ses_2"))
    link = replace(a_sign_in_fact(), expires_at=LONG_AGO + timedelta(minutes=9))
    hear(house, "on_sign_in_link_requested", link)
    send(house)

    assert mail.mails == []
    assert remains(floor, address_of("ada")) == set()


def test_the_person_is_told_while_they_can_take_it_back(house, mail):
    invited(house)
    hear(house, "on_contact", a_contact_fact("ada"))

    hear(house, "on_person_erasure_asked", PersonErasureAsked(NETWORK, "era_1", "per_ada", BEGINS, "waiting"))
    hear(
        house, "on_person_erasure_asked", PersonErasureCancelled(NETWORK, "era_1", "per_ada", BEGINS, "x"), 2
    )
    send(house)

    assert [one["Subject"] for one in mail.to("ada")] == ["You asked to be forgotten", "You stay"]


def test_a_person_takes_along_what_they_were_told(house):
    invited(house, "ada")
    house.ask("stop_notices", ADA, topic="reminders")

    stopped = house.ask("export_mine", ADA)
    told = house.ask("export_mine", ADA, after=stopped["next"])

    assert stopped["data"] == [{"kind": "preferences", "stopped": ["reminders"]}]
    assert [row["about"] for row in told["data"]] == ["session_scheduled"]
