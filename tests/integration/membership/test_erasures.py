"""From the wish to be forgotten to the last trace, through membership's doors and over a real MongoDB."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from services.contracts.events.cohorts import RosterEntry
from services.contracts.events.feedback import PersonErasedByFeedback
from services.contracts.events.notifications import PersonErasedByNotifications
from services.contracts.events.scheduling import PersonErasedByScheduling
from services.contracts.events.sessions import PersonErasedBySessions
from services.kit.floor import Floor
from services.kit.outcomes import RemoteRefusal
from services.membership.domain.cohorts import Cohort
from services.membership.domain.enrollments import enroll
from services.membership.domain.erasures import SERVICES, erasure_id
from services.membership.domain.launches import (
    BuyIn,
    Stakeholder,
    name_stakeholder,
    not_begun,
    record_buy_in,
    state_purpose,
    verify_purpose,
)
from services.membership.service import MembershipService
from tests.builders.doors import House
from tests.builders.hearing import LONG_AGO, hear, run_due
from tests.builders.identity import (
    ADA,
    NET,
    HandClock,
    a_network,
    a_person,
    a_role,
    an_open_sign_in,
    signed_in,
)
from tests.builders.remains import remains

MAIL, NAME = "ada.canary@example.org", "Ada Canary"
EVE = signed_in("per_eve", ("member", "network_admin"), signin_id="tok_eve", account_id="acc_eve")
ERASURE = erasure_id(NET, ADA)
ANSWERS = {
    "scheduling": PersonErasedByScheduling,
    "sessions": PersonErasedBySessions,
    "feedback": PersonErasedByFeedback,
    "notifications": PersonErasedByNotifications,
}


@pytest.fixture
def clock():
    return HandClock(LONG_AGO)


@pytest.fixture
def ledger(tmp_path):
    (tmp_path / "ledger").mkdir()
    return tmp_path / "ledger"


@pytest.fixture
def floor(floor, mongo, clock, ledger):
    return Floor(replace(floor.settings, ledger=ledger), client=mongo, clock=clock)


@pytest.fixture
def house(floor, clock):
    """A network with its admin Eve, and Ada, who signed in, proved it, and is in a cohort with Bo."""
    house = House(MembershipService, floor)
    service = house.service
    service.networks.add(a_network())
    service.accounts.ensure_for(NET, ADA, MAIL)
    account = service.accounts.of_person(ADA)
    ada = a_person(email=MAIL, display_name=NAME, organization_id="org_1", managers=("per_eve",))
    for person in (
        ada,
        a_person("per_bo", email="bo@example.org"),
        a_person("per_eve", email="eve@example.org"),
    ):
        service.people.add(person)
    service.roles.add(a_role("per_eve"))
    service.roles.add(a_role(ADA, role="facilitator"))
    service.enrollments.add(enroll(NET, "prg_1", ADA)[0])
    service.cohorts.add(a_cohort(ada))
    for name, person_id, account_id in (("tok_1", ADA, account.id), ("tok_eve", "per_eve", "acc_eve")):
        opened = an_open_sign_in(name, opened_at=clock.now(), account_id=account_id, proven_at=clock.now())
        opened = replace(opened, person_id=person_id, own_factor="password", token_hash=name)
        service.sign_ins.add(opened)
    return house


def entry(person):
    return RosterEntry(person.id, person.display_name, person.organization_id, person.zone)


def a_cohort(ada):
    roster = tuple(entry(person) for person in (ada, a_person("per_bo", display_name="Bo")))
    return Cohort(
        id="coh_1",
        network=NET,
        program_id="prg_1",
        display_name="Harbor",
        form="action_learning",
        roster=roster,
        facilitators=(entry(ada),),
        session_count=4,
        session_minutes=90,
        weeks_between=2,
        starts_on=LONG_AGO.date(),
        signed_by=(ADA,),
    )


def ask(house, caller=None, key="k1", **payload):
    return house.ask("ask_erasure", caller or signed_in(), key=key, **payload)


def go_on(house):
    return run_due(house, "erasures", "on_erasure_due", most=20)


def begun(house, clock):
    ask(house)
    clock.turn(timedelta(hours=72))
    return go_on(house)


def confirm(house, *services):
    for service in services:
        fact = ANSWERS[service](NET, ERASURE, ADA, "forgotten")
        hear(house, f"on_person_erased_by_{service}", fact)


def shown(house, caller=EVE):
    return house.ask("show_erasure", caller, person_id=ADA)


def told(house, store="erasures"):
    documents = getattr(house.service, store).documents.find()
    keys = [entry["routing_key"] for each in documents for entry in each["outbox"]]
    return [key for key in keys if key != "audit_noted"]  # who asked stands in the trail, in the same write


def refused(house, *args, **kwargs):
    with pytest.raises(RemoteRefusal) as refusal:
        house.ask(*args, **kwargs)
    return refusal.value.code


def forget_what_was_told(house):
    """As the relay does once the broker has it."""
    for name in ("sign_ins", "erasures"):
        getattr(house.service, name).documents.update_many({}, {"$set": {"outbox": []}})


def test_it_begins_after_72_hours_and_can_be_taken_back_until_then(house, clock):
    asked = ask(house)
    clock.turn(timedelta(hours=71))

    assert go_on(house) == []
    stays = house.ask("cancel_erasure", signed_in(), key="k2")
    clock.turn(timedelta(hours=2))

    assert go_on(house) == []
    assert (asked["standing"], stays["standing"]) == ("waiting", "cancelled")
    assert told(house) == ["person_erasure_asked", "person_erasure_cancelled"]
    assert house.service.people.get(NET, ADA).display_name == NAME


def test_whoever_took_it_back_may_ask_again(house):
    ask(house)
    house.ask("cancel_erasure", signed_in(), key="k2")

    assert ask(house, key="k3")["standing"] == "waiting"


def test_asking_twice_is_one_wish(house, clock):
    first = ask(house)
    clock.turn(timedelta(minutes=5))

    assert ask(house, key="k2") == first
    assert told(house) == ["person_erasure_asked"]


@pytest.mark.parametrize("proven", [None, timedelta(minutes=-16)])
def test_a_sign_in_that_no_own_factor_proved_lately_forgets_nobody(house, clock, proven):
    sign_in = house.service.sign_ins.get(NET, "tok_1")
    house.service.sign_ins.save(replace(sign_in, proven_at=proven and clock.now() + proven))

    assert refused(house, "ask_erasure", signed_in(), key="k1") == "own-factor-needed"
    assert told(house) == []


def test_the_last_admin_stays(house):
    assert refused(house, "ask_erasure", EVE, key="k1") == "last-admin"


def test_an_admin_asks_for_somebody_else_and_nobody_else_does(house):
    asked = ask(house, EVE, person_id=ADA)

    assert (asked["person_id"], asked["asked_by"]) == (ADA, "admin")
    assert refused(house, "ask_erasure", signed_in(), key="k2", person_id="per_bo") == "network-admin-only"
    assert refused(house, "show_erasure", signed_in(), person_id="per_bo") == "network-admin-only"
    assert refused(house, "list_erasures", signed_in()) == "network-admin-only"


def test_our_own_part_leaves_no_name_no_address_and_no_way_in(house, clock, floor):
    assert begun(house, clock) == ["done", "done"]

    assert remains(floor, NAME, "Canary") == set()
    assert remains(floor, MAIL) == {("accounts", MAIL)}
    assert house.service.sign_ins.find(NET, {"person_id": ADA, "standing": "open"}) == []
    assert house.service.roles.of_person(NET, ADA) == []
    assert told(house)[-1] == "person_erasure_requested"


def test_what_they_said_of_themselves_goes_with_the_keys_it_was_sealed_under(house, clock, floor):
    said = {"challenges": ["A canary word"], "offers": ["Canary offers"], "phone": "+371 2000 canary"}
    tag = house.reply("show_profile", signed_in())["etag"]
    house.ask("change_profile", signed_in(), key="k9", if_match=tag, **said)
    kept = floor.client[floor.settings.keys_database]["keys"]

    begun(house, clock)

    assert remains(floor, "canary", "Canary", "+371") == {("accounts", "canary")}
    assert house.service.profiles.documents.count_documents({}) == 0
    assert kept.count_documents({"author": ADA}) == 0


def a_launch_of(person_id):
    launch, _ = state_purpose(not_begun(NET, "prg_1"), "We solve problems.")
    launch, _ = name_stakeholder(launch, Stakeholder("sponsor", ("support",), speaker_id=person_id))
    launch, _ = verify_purpose(launch, "sponsor", 1, person_id, False, LONG_AGO)
    said = BuyIn("Head of canaries", "supports", LONG_AGO.date(), "Canary note", person_id)
    return record_buy_in(launch, said)[0]


def test_a_launch_keeps_what_a_group_verified_and_forgets_who_spoke_for_it(house, clock):
    house.service.launches.add(a_launch_of(ADA))

    begun(house, clock)

    launch = house.service.launches.of_program(NET, "prg_1")
    assert launch.is_verified
    assert ADA not in str(launch)
    assert launch.buy_ins == ()


def test_a_person_takes_along_for_whom_they_speak_and_what_they_said_of_a_program(house):
    house.service.launches.add(a_launch_of(ADA))

    rows, after = [], None
    while not rows or after is not None:
        told = house.ask("export_mine", signed_in(), **({"after": after} if after else {}))
        rows, after = rows + told["data"], told["next"]
    (row,) = (row for row in rows if row["kind"] == "launch")

    assert (row["program_id"], row["speaks_for"], row["recorded_for"]) == ("prg_1", ["sponsor"], ["sponsor"])
    assert row["said"][0]["note"] == "Canary note"


def test_the_cohort_keeps_its_other_members_and_who_signed(house, clock):
    begun(house, clock)

    cohort = house.service.cohorts.get(NET, "coh_1")
    assert [(one.person_id, one.display_name, one.standing) for one in cohort.roster] == [
        (ADA, "", "left"),
        ("per_bo", "Bo", "member"),
    ]
    assert (cohort.facilitators, cohort.signed_by) == ((), (ADA,))
    assert told(house, "cohorts") == ["member_left"]
    assert told(house, "people") == ["person_changed", "contact_changed", "access_changed"]


def test_it_cannot_be_taken_back_once_begun(house, clock):
    begun(house, clock)

    assert refused(house, "cancel_erasure", EVE, key="k9", person_id=ADA) == "erasure-begun"


def test_the_account_goes_only_when_all_five_have_confirmed(house, clock, floor):
    begun(house, clock)
    confirm(house, "scheduling", "sessions", "feedback")
    forget_what_was_told(house)
    waiting = shown(house)
    go_on(house)

    assert waiting["missing"] == ["notifications"]
    assert house.service.accounts.of_person(ADA) is not None

    confirm(house, "notifications")
    go_on(house)

    assert house.service.accounts.of_person(ADA) is None
    assert remains(floor, MAIL, NAME) == set()
    done = shown(house)
    assert (done["standing"], done["missing"]) == ("erased", [])
    assert sorted(done["confirmed"]) == sorted(SERVICES)
    assert told(house) == ["person_erased"]


def test_the_silent_are_asked_again_each_day(house, clock):
    begun(house, clock)
    confirm(house, "sessions")

    for _ in range(2):
        clock.turn(timedelta(days=1))
        go_on(house)

    assert told(house).count("person_erasure_requested") == 3


def test_an_account_of_another_network_stays_with_that_network(house, clock):
    other = a_person("per_ada2", network="net_2", email=MAIL)
    house.service.accounts.ensure_for("net_2", other.id, MAIL)
    begun(house, clock)
    confirm(house, *ANSWERS)
    forget_what_was_told(house)
    go_on(house)

    account = house.service.accounts.by_address(MAIL)
    assert [one.network for one in account.belongings] == ["net_2"]


def test_what_was_begun_stands_in_the_ledger_by_ids_alone(house, clock, ledger):
    begun(house, clock)

    (entry,) = [path.read_text() for path in ledger.iterdir()]
    assert json.loads(entry)["person_id"] == ADA
    assert NAME not in entry
    assert MAIL not in entry


def test_a_restored_database_begins_again_what_the_ledger_says(house, clock, floor):
    backup = list(house.service.people.documents.find())
    begun(house, clock)
    house.service.erasures.documents.delete_many({})
    house.service.people.documents.delete_many({})
    house.service.people.documents.insert_many(backup)
    assert remains(floor, NAME)

    again = House(MembershipService, floor)
    again.service.ledger.prepare()
    go_on(again)

    assert remains(floor, NAME) == set()
    assert shown(again)["asked_by"] == "ledger"


def test_without_a_ledger_nobody_is_forgotten(house, clock):
    house.service.ledger._directory = None
    ask(house)
    clock.turn(timedelta(hours=72))

    assert go_on(house) == ["failed"]
    assert house.service.people.get(NET, ADA).display_name == NAME


def test_an_altered_ledger_entry_is_no_entry(house, clock, ledger):
    begun(house, clock)
    (path,) = ledger.iterdir()
    path.write_text(path.read_text().replace(ADA, "per_bo"))

    assert house.service.ledger.entries() == []


def test_staff_who_add_them_again_add_somebody_new(house, clock):
    begun(house, clock)

    added = house.ask(
        "add_person", EVE, key="k7", display_name=NAME, email="ada@new.example", external_id=None
    )

    assert added["id"] != ADA


def test_what_is_heard_of_an_erasure_nobody_knows_changes_nothing(house):
    confirm(house, "sessions")

    assert told(house) == []


def test_a_person_takes_along_who_they_are_and_nobody_else(house):
    rows, after = [], None
    while True:
        told = house.ask("export_mine", signed_in(), **({"after": after} if after else {}))
        rows += told["data"]
        if (after := told["next"]) is None:
            break

    kinds = {row["kind"] for row in rows}
    assert kinds == {"profile", "account", "role", "enrollment", "cohort", "sign_in"}
    assert next(row for row in rows if row["kind"] == "profile")["lines"] == []
    assert MAIL in str(rows)
    assert "per_bo" not in str(rows)


def test_a_person_takes_along_what_they_said_of_themselves_and_who_sees_it(house):
    tag = house.reply("show_profile", signed_in())["etag"]
    said = {"challenges": ["Night nurses"], "consent": {"listed": "cohort", "challenges": "cohort"}}
    house.ask("change_profile", signed_in(), key="k9", if_match=tag, **said)

    rows = house.ask("export_mine", signed_in())["data"]
    rows += house.ask("export_mine", signed_in(), after="1:")["data"]
    (row,) = (row for row in rows if row["kind"] == "own_profile")

    assert row["challenges"] == ["Night nurses"]
    assert row["consent"]["challenges"] == "cohort"
