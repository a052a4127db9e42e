"""Codes of authenticators and recovery codes: each once, five tries; over a real MongoDB."""

import threading
from datetime import timedelta

from services.kit.outcomes import RemoteRefusal
from tests.builders.factors import refused

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
STEP = timedelta(seconds=30)


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
