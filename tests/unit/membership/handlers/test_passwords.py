from datetime import timedelta
from types import SimpleNamespace

import pytest

from services.membership.adapters.identity import MongoSignIns
from services.membership.domain.identity_refusals import (
    PasswordTooWeak,
    PresentPasswordNeeded,
    SignInEnded,
    SignInNeeded,
    TooManyTries,
)
from services.membership.domain.sign_ins import end
from services.membership.handlers.passwords import set_password
from services.membership.messages.identity import SetPassword
from tests.builders.identity import MORNING, HandClock, an_account, an_open_sign_in, signed_in
from tests.fakes.identity import FakeAccounts, FakePasswords, FakeThrottles
from tests.fakes.store import fake_floor, faked


@pytest.fixture
def house():
    return SimpleNamespace(
        accounts=FakeAccounts(an_account(password_hash="hashed the former one")),
        sign_ins=faked(MongoSignIns, fake_floor("membership")),
        throttles=FakeThrottles(),
        passwords=FakePasswords(),
        clock=HandClock(MORNING),
    )


def change(house, password="a new and long one", present=None, caller=None):
    command = SetPassword(password, present, caller=caller or signed_in())
    ports = (house.accounts, house.sign_ins, house.throttles, house.passwords, house.clock)
    return set_password(command, *ports)


def kept(house):
    return house.accounts.get("acc_ada").password_hash


def test_who_has_just_signed_in_by_link_sets_a_password(house):
    house.sign_ins.add(an_open_sign_in(way="link"))

    change(house)

    assert kept(house) == "hashed a new and long one"


def test_later_the_present_password_is_needed(house):
    house.sign_ins.add(an_open_sign_in(way="link"))
    house.clock.turn(timedelta(minutes=16))

    with pytest.raises(PresentPasswordNeeded):
        change(house)
    change(house, present="the former one")

    assert kept(house) == "hashed a new and long one"


def test_a_sign_in_by_password_proves_nothing_more(house):
    house.sign_ins.add(an_open_sign_in(way="password"))

    with pytest.raises(PresentPasswordNeeded):
        change(house, present="a wrong one")
    assert kept(house) == "hashed the former one"


def test_guessing_the_present_password_ends_after_ten_tries(house):
    house.sign_ins.add(an_open_sign_in(way="password"))
    for _ in range(10):
        with pytest.raises(PresentPasswordNeeded):
            change(house, present="a wrong one")

    with pytest.raises(TooManyTries):
        change(house, present="the former one")


def test_a_weak_password_is_refused(house):
    house.sign_ins.add(an_open_sign_in())

    with pytest.raises(PasswordTooWeak):
        change(house, password="password1234")


def test_a_sign_in_that_is_over_sets_nothing(house):
    house.sign_ins.add(end(an_open_sign_in(), "signed-out", MORNING))

    with pytest.raises(SignInEnded):
        change(house)


def test_only_a_signed_in_person_sets_a_password(house):
    with pytest.raises(SignInNeeded):
        change(house, caller=signed_in(signin_id=None))
