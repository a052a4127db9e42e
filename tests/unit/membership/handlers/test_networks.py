from types import SimpleNamespace

import pytest

from services.kit.outcomes import Answered
from services.membership.adapters.identity import MongoNetworks, MongoRoles, MongoSignIns
from services.membership.domain.clients import secret_digest
from services.membership.handlers.networks import appoint_admin, create_network
from services.membership.messages.identity import CreateNetwork
from services.membership.messages.identity_answers import begun_answer
from tests.builders.identity import MORNING, HandClock
from tests.builders.shelves import asking
from tests.fakes.identity import FakeAccounts, FakeShelf, FakeTokens
from tests.fakes.store import fake_floor, faked

COMMAND = CreateNetwork("Baltic Leaders", "Eve@Baltic.example", "Eve Kask")


class Died(Exception):
    """Stands for a process that was killed at this line."""


@pytest.fixture
def house():
    floor = fake_floor("membership")
    return SimpleNamespace(
        networks=faked(MongoNetworks, floor),
        roles=faked(MongoRoles, floor),
        sign_ins=faked(MongoSignIns, floor),
        people=FakeShelf(),
        accounts=FakeAccounts(),
        tokens=FakeTokens(),
        clock=HandClock(MORNING),
    )


def appointing(house):
    names = ("networks", "people", "accounts", "roles", "sign_ins")
    return {name: getattr(house, name) for name in names}


def create(house):
    return create_network(COMMAND, house.networks, appointing(house), house.tokens, house.clock)


def test_a_network_begins_with_an_admin_who_can_sign_in(house):
    begun = create(house)

    network = begun.network.id
    admin = house.people.get(network, begun.network.admin_person_id)
    account = house.accounts.by_address("eve@baltic.example")
    link = house.sign_ins.by_token_hash(secret_digest(begun.token))
    assert admin.display_name == "Eve Kask"
    assert account.may_enter(network, admin.id)
    assert [role.role for role in house.roles.of_person(network, admin.id)] == ["network_admin"]
    assert (link.person_id, link.account_id) == (admin.id, account.id)


def test_a_network_that_is_begun_has_nothing_left_to_do_and_keeps_no_address(house):
    begun = create(house)

    document = house.networks.documents.find_one({"_id": begun.network.id})
    assert "next_due_at" not in document
    assert "baltic.example" not in repr({**document, "outbox": None})


@pytest.mark.parametrize("broken", ["accounts", "people", "roles", "sign_ins"])
def test_wherever_the_process_dies_the_due_work_finishes(house, broken, monkeypatch):
    def die(*_args, **_more):
        raise Died

    method = "ensure_for" if broken == "accounts" else "add"
    with monkeypatch.context() as patched, pytest.raises(Died):
        patched.setattr(getattr(house, broken), method, die)
        create(house)
    network = house.networks.documents.find_one({})["_id"]

    appoint_admin(network, clock=house.clock, **appointing(house))

    admin = house.networks.get(network, network).admin_person_id
    assert house.networks.get(network, network).due == ()
    assert house.people.get(network, admin)
    assert len(house.roles.of_person(network, admin)) == 1
    assert house.sign_ins.by_token_hash(secret_digest(house.tokens.secrets[0]))


def test_appointing_twice_makes_nothing_new(house):
    begun = create(house)

    appoint_admin(begun.network.id, clock=house.clock, **appointing(house))

    assert len(house.people.announced) == 2  # person_added, contact_changed
    assert house.sign_ins.count(begun.network.id, {}) == 1


def test_asked_again_under_the_same_key_the_answer_has_no_link(house):
    def told(thing):
        return begun_answer(thing)

    with asking("key-1", present=told):
        begun = create(house)
    with asking("key-1", present=told), pytest.raises(Answered) as again:
        create(house)

    assert again.value.answer == {
        "network": begun.network.id,
        "display_name": "Baltic Leaders",
        "admin_person_id": begun.network.admin_person_id,
    }
    assert house.networks.documents.count_documents({}) == 1
