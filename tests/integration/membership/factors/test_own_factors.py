"""Own factors through membership's doors, over a real MongoDB and a clock the test turns."""

from datetime import timedelta

import pytest

from services.kit.outcomes import RemoteRefusal
from tests.builders.factors import MAIL, PASSWORD, refused

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
STEP = timedelta(seconds=30)


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
