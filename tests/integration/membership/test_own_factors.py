"""Own factors through membership's doors, over a real MongoDB and a clock the test turns."""

import threading
from datetime import timedelta

import pytest

from services.contracts.caller import Caller
from services.kit.due import Runner
from services.kit.outcomes import RemoteRefusal
from tests.builders.factors import MAIL, PASSWORD, settle, signed_in_at
from tests.builders.identity import ADA, NET

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
STEP = timedelta(seconds=30)


@pytest.fixture
def account_id(house):
    return settle(house)


@pytest.fixture
def device(house, clock, account_id):
    """Asked for a name: Ada at a device of that name, just signed in by link."""
    return lambda name="tok_1": signed_in_at(house, clock, account_id, name)


@pytest.fixture
def ada(device):
    return device()


def refused(asking, *args, **payload):
    """The code of the refusal."""
    with pytest.raises(RemoteRefusal) as refusal:
        asking(*args, **payload)
    return refusal.value.code


def told(house, account_id):
    """What waits to be mailed about the account's factors, oldest first."""
    entries = house.service.factors.documents.find_one({"_id": account_id})["outbox"]
    news = [entry for entry in entries if entry["routing_key"].startswith("own_factor")]
    return [(entry["routing_key"], entry["body"]["data"]) for entry in news]


def make_due(house):
    """The lease goes by the database's clock: let it find what our clock says is due."""
    past = [{"$set": {"next_due_at": {"$subtract": ["$$NOW", 1000]}}}]
    house.service.factors.documents.update_many({"next_due_at": {"$exists": True}}, past)
    return Runner(house.service.factors, house.service.on_factors_due).run_all()


def test_a_sign_in_by_mailbox_opens_no_text_until_the_person_proves_it_is_they(ada):
    assert not ada.caller.text_open

    ada.set_authenticator()

    assert ada.caller.text_open
    assert (ada.state()["proven_by"], ada.state()["recovery_codes_left"]) == ("totp", 10)


def test_the_proof_outlives_refreshing_and_ends_with_the_sign_in(house, ada, device):
    ada.set_authenticator()

    ada.go_on(house.ask("refresh_tokens", refresh_token=ada.refresh_token))

    assert ada.caller.text_open
    assert not device("tok_2").state()["proven_by"]


def test_a_step_up_ends_the_former_sign_in_and_goes_on_under_another_id(house, ada, clock):
    ada.set_authenticator()
    former, former_refresh = ada.caller, ada.refresh_token
    clock.turn(STEP)

    ada.step_up(code=ada.code())

    assert ada.caller.signin_id != former.signin_id
    assert refused(house.ask, "refresh_tokens", refresh_token=former_refresh) == "sign-in-ended"
    assert refused(house.ask, "show_own_factors", caller=former) == "sign-in-ended"


def test_gateways_hear_that_the_former_sign_in_is_over(house, ada):
    former = ada.caller.signin_id
    ada.set_authenticator()

    (entry,) = house.service.sign_ins.documents.find_one({"_id": former})["outbox"]

    assert (entry["routing_key"], entry["body"]["data"]["sign_in_id"]) == ("sign_in_ended", former)


def test_a_code_is_taken_once(ada, device, clock):
    ada.set_authenticator()
    code = ada.code()
    other = device("tok_2")

    assert refused(other.ask, "step_up", code=code) == "factor-not-valid"
    clock.turn(STEP)
    other.secret = ada.secret
    other.step_up(code=other.code())

    assert other.caller.text_open


def test_a_code_sent_by_many_at_once_opens_one_sign_in(ada, device, clock):
    ada.set_authenticator()
    clock.turn(STEP)
    devices, outcomes = [device(f"tok_{number}") for number in range(2, 8)], []

    def use(one):
        try:
            outcomes.append(one.ask("step_up", code=ada.code())["token_type"])
        except RemoteRefusal as refusal:
            outcomes.append(refusal.code)

    threads = [threading.Thread(target=use, args=(one,)) for one in devices]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert outcomes.count("Bearer") == 1
    assert set(outcomes) <= {"Bearer", "factor-not-valid", "too-many-tries"}


def test_five_wrong_codes_then_even_the_right_one_waits_a_quarter_of_an_hour(ada, clock):
    ada.set_authenticator()
    for _ in range(5):
        assert refused(ada.ask, "step_up", code="000000") == "factor-not-valid"

    clock.turn(MINUTE)
    assert refused(ada.ask, "step_up", code=ada.code()) == "too-many-tries"
    clock.turn(15 * MINUTE)
    ada.step_up(code=ada.code())

    assert ada.caller.text_open


def test_right_codes_are_not_counted(ada, clock):
    ada.set_authenticator()
    for _ in range(8):
        clock.turn(STEP)
        ada.step_up(code=ada.code())

    assert ada.caller.text_open


def test_a_recovery_code_opens_once_however_it_is_typed(ada, device):
    first, *_ = ada.set_authenticator()
    other = device("tok_2")

    other.step_up(recovery_code=f" {first.upper().replace('0', 'O').replace('1', 'l')} ")

    assert other.caller.text_open
    assert ada.state()["recovery_codes_left"] == 9
    assert refused(ada.ask, "step_up", recovery_code=first) == "factor-not-valid"


def test_renewed_recovery_codes_take_the_place_of_the_former(ada, device):
    former = ada.set_authenticator()

    new = ada.ask("renew_recovery_codes")["recovery_codes"]

    assert len(new) == 10 and not set(new) & set(former)
    assert refused(device("tok_2").ask, "step_up", recovery_code=former[0]) == "factor-not-valid"


def test_a_sign_in_by_password_opens_text(house, ada):
    ada.ask("set_password", password=PASSWORD)

    ada.go_on(house.ask("password_sign_in", email=MAIL, password=PASSWORD))

    assert ada.caller.text_open


def test_a_mailbox_and_the_password_open_text(ada):
    ada.ask("set_password", password=PASSWORD)

    ada.step_up(password=PASSWORD)

    assert (ada.caller.text_open, ada.state()["proven_by"]) == (True, "password")


def test_with_an_authenticator_the_password_is_only_the_first_of_two(house, ada, clock):
    ada.ask("set_password", password=PASSWORD)
    ada.step_up(password=PASSWORD)
    ada.set_authenticator()

    ada.go_on(house.ask("password_sign_in", email=MAIL, password=PASSWORD))
    assert not ada.caller.text_open
    assert refused(ada.ask, "step_up", password=PASSWORD) == "own-factor-needed"
    clock.turn(STEP)
    ada.step_up(code=ada.code())

    assert ada.caller.text_open


@pytest.mark.parametrize(
    ("name", "payload"),
    [
        ("offer_authenticator", {}),
        ("remove_authenticator", {}),
        ("renew_recovery_codes", {}),
        ("cancel_factor_reset", {}),
    ],
)
def test_a_mailbox_alone_changes_no_factor_that_is_held(ada, device, name, payload):
    ada.set_authenticator()
    rogue = device("tok_2")
    rogue.ask("ask_factor_reset")
    before = ada.state()

    assert refused(rogue.ask, name, **payload) == "own-factor-needed"
    assert ada.state() == before


def test_a_mailbox_alone_sets_no_password_beside_an_authenticator(ada, device):
    ada.set_authenticator()

    assert refused(device("tok_2").ask, "set_password", password=PASSWORD) == "present-password-needed"


def test_an_authenticator_is_taken_away_by_who_proved_it_is_they(ada):
    ada.set_authenticator()

    ada.ask("remove_authenticator")

    assert (ada.state()["authenticator_set_at"], ada.state()["recovery_codes_left"]) == (None, 0)


def test_a_reset_waits_72_hours_and_tells_every_address(house, ada, device, clock, account_id):
    ada.set_authenticator()
    lost = device("tok_2")

    lost.ask("ask_factor_reset")
    clock.turn(71 * HOUR)
    house.service.on_factors_due(account_id, NET, "reset")
    assert ada.state()["authenticator_set_at"] is not None
    clock.turn(HOUR)
    make_due(house)

    again = device("tok_3")
    assert (again.state()["authenticator_set_at"], again.state()["reset"]) == (None, None)
    kinds = [kind for kind, _ in told(house, account_id)]
    assert kinds == ["own_factor_set", "own_factor_reset_asked", "own_factors_reset"]
    assert all(data["addresses"] == [MAIL] for _, data in told(house, account_id))
    again.set_authenticator()
    assert again.caller.text_open


def test_after_a_reset_the_former_factors_are_worth_nothing(house, ada, device, clock):
    codes = ada.set_authenticator()
    ada.ask("set_password", password=PASSWORD)
    device("tok_2").ask("ask_factor_reset")
    clock.turn(72 * HOUR)
    make_due(house)

    assert refused(house.ask, "password_sign_in", email=MAIL, password=PASSWORD) == "sign-in-refused"
    assert refused(device("tok_3").ask, "step_up", recovery_code=codes[0]) == "no-own-factor"


def test_any_sign_in_that_was_proven_cancels_a_reset(house, ada, device, clock):
    ada.set_authenticator()
    device("tok_2").ask("ask_factor_reset")
    assert ada.state()["reset"] is not None

    ada.ask("cancel_factor_reset")
    clock.turn(73 * HOUR)

    assert make_due(house) == 0
    assert ada.state()["authenticator_set_at"] is not None


def test_the_link_in_the_mail_cancels_a_reset_and_does_nothing_else(house, ada, device, account_id):
    ada.set_authenticator()
    device("tok_2").ask("ask_factor_reset")

    def holder(act="keep_factors", subject=account_id, network=NET):
        return Caller("link", network, person_id=ADA, link={"act": act, "subject": subject})

    for other in (holder(act="rsvp"), holder(subject="acc_other"), holder(network="net_2")):
        assert refused(house.ask, "cancel_factor_reset", caller=other) == "not-found"
    for name in ("show_own_factors", "ask_factor_reset", "offer_authenticator", "renew_recovery_codes"):
        assert refused(house.ask, name, caller=holder()) == "sign-in-needed"
    house.ask("cancel_factor_reset", caller=holder())

    assert ada.state()["reset"] is None


def test_asking_for_a_reset_again_gains_no_time_and_sends_nothing(house, ada, device, clock, account_id):
    ada.set_authenticator()
    lost = device("tok_2")
    first = lost.ask("ask_factor_reset")
    clock.turn(HOUR)

    assert lost.ask("ask_factor_reset") == first
    assert len(told(house, account_id)) == 2


def test_no_seed_code_or_password_lies_readable_in_any_database(house, ada, mongo):
    codes = ada.set_authenticator()
    ada.ask("set_password", password=PASSWORD)
    house.service.factors.prepare()
    settings = house.service.factors.floor.settings
    kept = [
        repr(document)
        for name in (settings.database, settings.keys_database)
        for collection in mongo[name].list_collection_names()
        for document in mongo[name][collection].find({})
    ]

    plain = [code.replace("-", "") for code in codes]
    assert not [word for word in (ada.secret, PASSWORD, *codes, *plain) if any(word in one for one in kept)]


def test_a_forgotten_account_leaves_neither_factors_nor_the_key_of_its_seeds(house, ada, mongo, account_id):
    ada.set_authenticator()

    house.service.factors.forget(account_id)
    house.service.factors.forget(account_id)

    keys = mongo[house.service.factors.floor.settings.keys_database]
    assert house.service.factors.documents.count_documents({}) == 0
    assert not [
        name for name in keys.list_collection_names() if keys[name].count_documents({"author": account_id})
    ]


@pytest.mark.parametrize(
    "proof",
    [
        {},
        {"code": "123456", "password": "x"},
        {"code": ""},
        {"code": {"$gt": ""}},
        {"pin": "1"},
        {"code": "1" * 41},
    ],
)
def test_a_proof_is_one_plain_thing(ada, proof):
    ada.set_authenticator()

    with pytest.raises(RemoteRefusal) as refusal:
        ada.ask("step_up", **proof)

    assert refusal.value.kind == "invalid"
    assert refusal.value.errors[0]["pointer"] in ("/code", "/password", "/pin")


def test_what_was_set_before_factors_had_a_document_still_counts(house, device, account_id):
    hashed = house.service.passwords.hash(PASSWORD)
    accounts = house.service.sign_ins.documents.database["accounts"]
    accounts.update_one({"_id": account_id}, {"$set": {"password_hash": hashed}})
    ada = device()

    ada.step_up(password=PASSWORD)

    assert ada.caller.text_open
