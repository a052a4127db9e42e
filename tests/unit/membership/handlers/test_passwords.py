from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import pytest

from services.membership.adapters.identity import MongoSignIns
from services.membership.adapters.own_factors import MongoOwnFactors
from services.membership.domain.factor_refusals import FreshSignInNeeded
from services.membership.domain.identity_refusals import (
    PasswordTooWeak,
    PresentPasswordNeeded,
    SignInEnded,
    SignInNeeded,
    TooManyTries,
)
from services.membership.domain.organizations import Organization
from services.membership.domain.sign_ins import end
from services.membership.handlers.passwords import set_password
from services.membership.messages.identity import SetPassword
from tests.builders.floors import some_secrets
from tests.builders.identity import (
    MORNING,
    HandClock,
    a_network,
    a_person,
    an_account,
    an_open_sign_in,
    signed_in,
)
from tests.fakes.identity import FakeAccounts, FakePasswords, FakeShelf, FakeThrottles
from tests.fakes.store import fake_floor, faked


@pytest.fixture
def house(tmp_path):
    """Ada's account without any factor."""
    floor = fake_floor("membership", secrets=some_secrets(tmp_path))
    return SimpleNamespace(
        factors=faked(MongoOwnFactors, floor),
        accounts=FakeAccounts(an_account()),
        sign_ins=faked(MongoSignIns, floor),
        people=FakeShelf(a_person()),
        networks=FakeShelf(a_network()),
        organizations=FakeShelf(),
        common_passwords=frozenset({"password"}),
        throttles=FakeThrottles(),
        passwords=FakePasswords(),
        clock=HandClock(MORNING),
    )


@pytest.fixture
def held(house):
    """The same with a password."""
    house.accounts = FakeAccounts(an_account(password_hash="hashed the former one"))
    return house


def change(house, password="a new and long one", present=None, caller=None):
    return set_password(SetPassword(password, present, caller=caller or signed_in()), house)


def kept(house):
    return house.factors.of(house.accounts.get("acc_ada")).password_hash


def test_who_has_just_signed_in_by_link_sets_a_first_password(house):
    house.sign_ins.add(an_open_sign_in(way="link"))

    change(house)

    assert kept(house) == "hashed a new and long one"


def test_later_a_first_password_wants_a_new_sign_in(house):
    house.sign_ins.add(an_open_sign_in(way="link"))
    house.clock.turn(timedelta(minutes=16))

    with pytest.raises(FreshSignInNeeded):
        change(house)


def test_a_mailbox_replaces_no_password(held):
    held.sign_ins.add(an_open_sign_in(way="link"))

    with pytest.raises(PresentPasswordNeeded):
        change(held)
    change(held, present="the former one")

    assert kept(held) == "hashed a new and long one"


def test_a_sign_in_proven_a_moment_ago_replaces_the_password(held):
    held.sign_ins.add(an_open_sign_in(way="link", own_factor="totp", proven_at=MORNING))

    change(held)

    assert kept(held) == "hashed a new and long one"


def test_a_wrong_present_password_changes_nothing(held):
    held.sign_ins.add(an_open_sign_in(way="password"))

    with pytest.raises(PresentPasswordNeeded):
        change(held, present="a wrong one")
    assert kept(held) == "hashed the former one"


def test_guessing_the_present_password_ends_after_ten_tries(held):
    held.sign_ins.add(an_open_sign_in(way="password"))
    for _ in range(10):
        with pytest.raises(PresentPasswordNeeded):
            change(held, present="a wrong one")

    with pytest.raises(TooManyTries):
        change(held, present="the former one")


def test_every_known_address_is_told_of_a_new_password(house):
    house.sign_ins.add(an_open_sign_in())
    person = house.people.get("net_1", "per_ada")
    house.people.add(replace(person, email="ada@private.example"))

    change(house)

    (entry,) = house.factors.documents.find_one({"_id": "acc_ada"})["outbox"]
    assert entry["routing_key"] == "own_factor_set"
    assert entry["body"]["data"]["addresses"] == ["ada@example.org", "ada@private.example"]


def test_a_weak_password_is_refused(house):
    house.sign_ins.add(an_open_sign_in())

    with pytest.raises(PasswordTooWeak):
        change(house, password="password1234")


@pytest.mark.parametrize("password", ["Ada of Northwind", "alder works 26", "ada@example.org"])
def test_a_name_of_person_organization_or_network_is_no_password(house, password):
    house.sign_ins.add(an_open_sign_in())
    house.people.add(replace(house.people.get("net_1", "per_ada"), organization_id="org_1"))
    house.organizations.add(Organization("org_1", "net_1", "Alder Works", "alder works"))

    with pytest.raises(PasswordTooWeak) as refused:
        change(house, password=password)

    assert refused.value.errors[0]["pointer"] == "/password"


def test_a_sign_in_that_is_over_sets_nothing(house):
    house.sign_ins.add(end(an_open_sign_in(), "signed-out", MORNING))

    with pytest.raises(SignInEnded):
        change(house)


def test_only_a_signed_in_person_sets_a_password(house):
    with pytest.raises(SignInNeeded):
        change(house, caller=signed_in(signin_id=None))
