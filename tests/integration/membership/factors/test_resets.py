"""Resets of own factors: late, in the open, cancellable; over a real MongoDB and a clock the test turns."""

from datetime import timedelta

from services.contracts.caller import Caller
from services.kit.due import Runner
from tests.builders.factors import MAIL, PASSWORD, refused
from tests.builders.identity import ADA, NET

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
STEP = timedelta(seconds=30)


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
