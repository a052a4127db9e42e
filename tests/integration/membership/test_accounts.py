"""Own sign-ins, networks, invitations and moved addresses, through the doors and over a real MongoDB."""

from dataclasses import replace
from datetime import timedelta

import pytest

from services.contracts.caller import Caller
from services.kit.due import Runner
from services.kit.outcomes import RemoteRefusal
from tests.builders.identity import ADA, NET, a_network, a_person, signed_in
from tests.integration.membership.test_identity import MAIL, by_link, caller_of, sent_links

NEW, OLD = "ada@home.example", MAIL
NORDIC = "net_2"


@pytest.fixture
def ada(house):
    """Ada, a person of the first network who can sign in."""
    house.service.networks.add(a_network())
    house.service.accounts.ensure_for(NET, ADA, MAIL)
    return house.service.people.add(a_person())


@pytest.fixture
def me(house, ada, clock):
    return caller_of(house, by_link(house), clock)


@pytest.fixture
def offered(house, me):
    """A second network, which comes to know Ada by her address."""
    house.service.networks.add(a_network(NORDIC, display_name="Nordic"))
    house.service.accounts.ensure_for(NORDIC, "per_ada2", MAIL)
    return house.service.people.add(a_person("per_ada2", network=NORDIC))


def staff(network=NET):
    return signed_in("per_eve", roles=("member", "program_staff"), network=network)


def link_to(act, subject, network=NET, person_id=ADA):
    return Caller("link", network, person_id=person_id, link={"act": act, "subject": subject})


def told(store, name):
    """The facts of one type that wait in a store's outboxes."""
    entries = [each for document in store.documents.find({}) for each in document["outbox"]]
    return [each["body"]["data"] for each in entries if each["routing_key"] == name]


def run_due(house, store):
    """Carry out what is due by the house's clock; runners go by MongoDB's own."""
    overdue = {"next_due_at": {"$lte": house.service.clock.now()}}
    store.documents.update_many(overdue, [{"$set": {"next_due_at": {"$subtract": ["$$NOW", 1000]}}}])

    def carry_out(aggregate_id, network, kind):
        door = {"invitings": "on_inviting_due", "address_moves": "on_address_move_due"}[store.collection]
        getattr(house.service, door)(aggregate_id, network, kind)

    return Runner(store, carry_out).run_all()


def refusal_of(house, name, **fields):
    with pytest.raises(RemoteRefusal) as refused:
        house.ask(name, **fields)
    return refused.value


def test_my_sign_ins_are_listed_with_device_way_and_time_and_nothing_of_where(house, me):
    listed = house.ask("list_sign_ins", caller=me)["data"]

    assert [(each["way"], each["is_present"]) for each in listed] == [("link", True)]
    assert set(listed[0]) == {
        *("id", "network", "device", "way", "opened_at", "last_used_at", "is_present"),
    }


def test_a_revoked_sign_in_is_refused_its_refresh_and_gateways_are_told(house, me):
    other = by_link(house)

    house.ask("revoke_sign_in", caller=me, sign_in_id=other["sign_in_id"])

    assert refusal_of(house, "refresh_tokens", refresh_token=other["refresh_token"]).code == "sign-in-ended"
    ended = told(house.service.sign_ins, "sign_in_ended")
    assert [(each["sign_in_id"], each["standing"]) for each in ended] == [(other["sign_in_id"], "ended")]


def test_somebody_elses_sign_in_and_none_are_refused_with_the_same_bytes(house, me, clock):
    house.service.accounts.ensure_for(NET, "per_bo", "bo@example.org")
    house.service.people.add(a_person("per_bo", email="bo@example.org"))
    theirs = by_link(house, "bo@example.org")["sign_in_id"]

    refusals = [
        refusal_of(house, "revoke_sign_in", caller=me, sign_in_id=one) for one in (theirs, "tok_none")
    ]

    assert vars(refusals[0]) == vars(refusals[1])
    assert house.service.sign_ins.get(NET, theirs).standing == "open"


def test_signing_out_everywhere_ends_every_sign_in_and_every_link_on_its_way(house, me):
    tokens = [by_link(house) for _ in range(2)]
    house.ask("start_sign_in", email=MAIL)

    house.ask("sign_out_everywhere", caller=me)

    for each in tokens:
        assert (
            refusal_of(house, "refresh_tokens", refresh_token=each["refresh_token"]).code == "sign-in-ended"
        )
    token = sent_links(house)[-1]["token"]
    assert refusal_of(house, "finish_sign_in", token=token).code == "link-not-valid"
    assert len(told(house.service.sign_ins, "sign_in_ended")) == 3


def test_a_network_that_knows_my_address_is_an_offer_until_i_accept(house, offered, me):
    before = house.ask("list_my_networks", caller=me)["data"]
    refused = refusal_of(house, "switch_network", caller=me, network=NORDIC)

    house.ask("join_network", caller=me, network=NORDIC)

    assert [each["standing"] for each in before] == ["joined", "offered"]
    assert refused.code == "network-not-joined"
    assert [each["standing"] for each in house.ask("list_my_networks", caller=me)["data"]] == ["joined"] * 2


def test_switching_goes_on_under_a_new_sign_in_and_ends_the_old_one(house, offered, me, clock):
    house.ask("join_network", caller=me, network=NORDIC)

    there = caller_of(house, house.ask("switch_network", caller=me, network=NORDIC), clock)

    assert (there.network, there.person_id) == (NORDIC, "per_ada2")
    assert there.signin_id != me.signin_id
    assert house.service.sign_ins.get(NET, me.signin_id).standing == "ended"


def test_a_declined_offer_is_gone_and_the_network_is_not_told(house, offered, me):
    house.ask("decline_network", caller=me, network=NORDIC)

    assert len(house.ask("list_my_networks", caller=me)["data"]) == 1
    assert refusal_of(house, "join_network", caller=me, network=NORDIC).code == "no-such-offer"


def test_no_offer_a_foreign_network_and_an_unknown_one_are_refused_with_the_same_bytes(house, me):
    house.service.networks.add(a_network("net_3"))

    refusals = [
        refusal_of(house, "join_network", caller=me, network=one) for one in ("net_3", "net_9", NORDIC)
    ]

    assert vars(refusals[0]) == vars(refusals[1]) == vars(refusals[2])


def invite(house, **fields):
    begun = house.ask("invite_people", caller=staff(), key="k1", body="b", **fields)
    run_due(house, house.service.invitings)
    return begun


def test_an_invitation_mails_the_one_address_and_signs_nobody_in(house, ada):
    invite(house, person_ids=[ADA])

    (sent,) = told(house.service.invitations, "person_invited")
    assert (sent["email"], sent["round"], sent["standing"]) == (MAIL, 1, "sent")
    assert house.service.accounts.by_address(MAIL).joined == ()


def test_everybody_is_invited_but_who_has_an_account(house, me):
    house.service.people.add(a_person("per_bo", email="bo@example.org"))

    begun = invite(house)

    assert [each["email"] for each in told(house.service.invitations, "person_invited")] == ["bo@example.org"]
    shown = house.ask("show_inviting", caller=staff(), inviting_id=begun["id"])
    assert (shown["standing"], shown["people"]) == ("done", 2)


def test_an_invitations_link_has_a_one_time_link_sent_to_where_it_came(house, ada):
    invite(house, person_ids=[ADA])
    (sent,) = told(house.service.invitations, "person_invited")

    holder = link_to("join", f"{sent['invitation_id']}/1")
    house.ask("knock", caller=holder, verifier="v" * 43)
    given = house.ask("finish_sign_in", token=sent_links(house)[-1]["token"], verifier="v" * 43)

    assert given["person_id"] == ADA


@pytest.mark.parametrize("subject", ["inv_unknown/1", "{id}/2", "{id}/x", "{id}"])
def test_a_link_of_no_invitation_or_of_another_round_sends_nothing_and_says_the_same(house, ada, subject):
    invite(house, person_ids=[ADA])
    (sent,) = told(house.service.invitations, "person_invited")

    answer = house.ask(
        "knock", caller=link_to("join", subject.format(id=sent["invitation_id"])), verifier="v" * 43
    )

    assert answer == {}
    assert sent_links(house) == []


def test_an_invitation_is_accepted_by_whoever_holds_it_with_the_account_they_have(house, me, clock):
    """Invited at work, joined with the private account: an account is no e-mail address."""
    house.service.networks.add(a_network(NORDIC))
    house.service.people.add(a_person("per_ada2", network=NORDIC, email="ada@work.example"))
    house.ask("invite_people", caller=staff(NORDIC), key="k1", body="b", person_ids=["per_ada2"])
    run_due(house, house.service.invitings)
    (sent,) = told(house.service.invitations, "person_invited")

    house.ask(
        "join_network", caller=me, network=NORDIC, invitation_id=sent["invitation_id"], round=sent["round"]
    )

    assert house.service.accounts.by_address(MAIL).in_network(NORDIC).person_id == "per_ada2"
    assert house.service.accounts.by_address("ada@work.example") is None


def test_an_invitation_that_was_accepted_takes_nobody_else_in(house, offered, me, clock):
    house.ask("invite_people", caller=staff(NORDIC), key="k1", body="b", person_ids=["per_ada2"])
    run_due(house, house.service.invitings)
    (sent,) = told(house.service.invitations, "person_invited")
    house.ask("join_network", caller=me, network=NORDIC)
    house.service.accounts.ensure_for(NET, "per_bo", "bo@example.org")
    house.service.people.add(a_person("per_bo", email="bo@example.org"))
    bo = caller_of(house, by_link(house, "bo@example.org"), clock)

    refused = refusal_of(
        house, "join_network", caller=bo, network=NORDIC, invitation_id=sent["invitation_id"], round=1
    )

    assert refused.code == "no-such-offer"
    assert house.service.accounts.of_person("per_ada2").address == MAIL


def ask_to_move(house, me):
    return house.ask("move_address", caller=me, email="Ada@Home.example")


def address(house, me):
    return house.ask("show_addresses", caller=me)["sign_in_address"]


def test_an_address_moves_at_once_when_new_and_old_say_so(house, me):
    move = ask_to_move(house, me)

    house.ask("answer_move", caller=link_to("confirm_address", move["id"]))
    house.ask("answer_move", caller=link_to("former_address", move["id"]), answer="agree")
    run_due(house, house.service.address_moves)

    assert address(house, me) == NEW
    assert [each["former"] for each in told(house.service.address_moves, "address_moved")] == [OLD]


def test_without_the_old_addresss_word_it_moves_after_72_hours_and_not_before(house, me, clock):
    move = ask_to_move(house, me)
    house.ask("answer_move", caller=link_to("confirm_address", move["id"]))
    clock.turn(timedelta(hours=71))
    run_due(house, house.service.address_moves)
    before = address(house, me)

    clock.turn(timedelta(hours=1))
    run_due(house, house.service.address_moves)

    assert (before, address(house, me)) == (OLD, NEW)


def test_nothing_moves_without_the_new_addresss_word(house, me, clock):
    move = ask_to_move(house, me)
    house.ask("answer_move", caller=link_to("former_address", move["id"]), answer="agree")
    for days in (3, 4):
        clock.turn(timedelta(days=days))
        run_due(house, house.service.address_moves)

    assert address(house, me) == OLD
    assert house.service.address_moves.get(NET, move["id"]).stopped_by == "time"


def test_the_old_address_stops_it_by_its_link(house, me, clock):
    move = ask_to_move(house, me)
    house.ask("answer_move", caller=link_to("confirm_address", move["id"]))

    house.ask("answer_move", caller=link_to("former_address", move["id"]), answer="stop")
    clock.turn(timedelta(days=4))
    run_due(house, house.service.address_moves)

    assert address(house, me) == OLD
    refused = refusal_of(house, "answer_move", caller=link_to("confirm_address", move["id"]))
    assert refused.code == "address-move-over"


def test_an_address_that_is_somebody_elses_is_answered_the_same_and_never_taken(house, me, clock):
    house.service.accounts.ensure_for(NET, "per_bo", NEW)
    house.service.people.add(a_person("per_bo", email=NEW))
    by_link(house, NEW)
    taken = ask_to_move(house, me)
    free = house.ask("move_address", caller=me, email="nobody@home.example")

    house.ask("answer_move", caller=link_to("former_address", free["id"]), answer="stop")
    again = ask_to_move(house, me)
    house.ask("answer_move", caller=link_to("confirm_address", again["id"]))
    house.ask("answer_move", caller=link_to("former_address", again["id"]), answer="agree")
    run_due(house, house.service.address_moves)

    same = ("by", "former", "is_confirmed", "is_agreed", "standing", "stopped_by", "completes_at")
    assert [taken[name] for name in same] == [free[name] for name in same]
    assert address(house, me) == OLD
    assert house.service.accounts.by_address(NEW).holds("per_bo")


def test_a_network_that_knew_only_the_new_address_becomes_an_offer_to_the_moved_account(house, me):
    house.service.networks.add(a_network(NORDIC))
    house.service.people.add(a_person("per_ada2", network=NORDIC, email=NEW))
    house.service.accounts.ensure_for(NORDIC, "per_ada2", NEW)
    move = ask_to_move(house, me)

    house.ask("answer_move", caller=link_to("confirm_address", move["id"]))
    house.ask("answer_move", caller=link_to("former_address", move["id"]), answer="agree")
    run_due(house, house.service.address_moves)

    standing = [each["standing"] for each in house.ask("list_my_networks", caller=me)["data"]]
    assert (address(house, me), standing) == (NEW, ["joined", "offered"])


def contact_moves_to(house, email):
    """What staff, an import or a partner system do: the contact address becomes another one."""
    person = house.service.people.get(NET, ADA)
    house.service.people.save(replace(person, email=email, email_key=email))


def test_a_contact_address_changed_by_staff_moves_no_sign_in(house, me):
    contact_moves_to(house, "ada@rogue.example")
    before = len(sent_links(house))

    house.ask("start_sign_in", email="ada@rogue.example")

    assert len(sent_links(house)) == before
    assert address(house, me) == OLD


def test_inviting_at_a_new_contact_address_waits_72_hours_and_tells_the_old_one(house, me, clock):
    contact_moves_to(house, NEW)
    invite(house, person_ids=[ADA])

    (asked,) = told(house.service.address_moves, "address_move_asked")
    assert (asked["by"], asked["former"], asked["wanted"]) == ("network", OLD, NEW)
    assert told(house.service.invitations, "person_invited") == []
    clock.turn(timedelta(hours=72))
    run_due(house, house.service.address_moves)

    assert house.service.accounts.of_person(ADA).address == NEW
    assert house.service.accounts.of_person(ADA).joined == ()
    assert [each["email"] for each in told(house.service.invitations, "person_invited")] == [NEW]
    assert house.service.sign_ins.get(NET, me.signin_id).standing == "ended"


def test_the_old_address_stops_what_the_network_wants(house, me, clock):
    contact_moves_to(house, NEW)
    invite(house, person_ids=[ADA])
    (asked,) = told(house.service.address_moves, "address_move_asked")

    house.ask("answer_move", caller=link_to("former_address", asked["move_id"]), answer="stop")
    clock.turn(timedelta(days=4))
    run_due(house, house.service.address_moves)

    assert house.service.accounts.of_person(ADA).address == OLD
    assert house.service.sign_ins.get(NET, me.signin_id).standing == "open"


def test_a_network_never_gets_hold_of_an_account_that_belongs_to_others_too(house, offered, me, clock):
    house.ask("join_network", caller=me, network=NORDIC)
    contact_moves_to(house, "ada@rogue.example")
    invite(house, person_ids=[ADA])
    clock.turn(timedelta(hours=72))

    run_due(house, house.service.address_moves)

    account = house.service.accounts.by_address(OLD)
    assert [each.person_id for each in account.joined] == ["per_ada2"]
    assert not house.service.accounts.by_address("ada@rogue.example").holds("per_ada2")


@pytest.mark.parametrize(
    ("name", "fields", "code"),
    [
        ("revoke_sign_in", {"sign_in_id": {"$gt": ""}}, "invalid"),
        ("switch_network", {"network": "x"}, "invalid"),
        ("join_network", {"network": NET, "person_id": "per_bo"}, "invalid"),
        ("move_address", {"email": "no address"}, "invalid"),
        ("move_address", {"email": MAIL}, "same-address"),
        ("stop_move", {"move_id": "mov_none"}, "no-such-address-move"),
        ("invite_people", {"person_ids": [ADA]}, "staff-only"),
        ("show_inviting", {"inviting_id": "ing_none"}, "staff-only"),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(house, me, name, fields, code):
    assert refusal_of(house, name, caller=me, **fields).code == code
    assert (address(house, me), len(house.ask("list_sign_ins", caller=me)["data"])) == (OLD, 1)
