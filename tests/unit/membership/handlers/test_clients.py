from types import SimpleNamespace

import pytest

from services.kit.errors import NotFound
from services.kit.outcomes import Answered
from services.membership.adapters.identity import MongoClients, MongoRoles
from services.membership.domain.identity_refusals import (
    ClientRefused,
    NotAnAdmin,
    ScopeNotGranted,
    TooManyTries,
)
from services.membership.domain.organizations import Organization
from services.membership.handlers.clients import client_token, list_clients, register_client
from services.membership.messages.identity import AskClientToken, ListClients, RegisterClient
from services.membership.messages.identity_answers import registered_answer
from tests.builders.identity import MORNING, NET, HandClock, a_client, a_role, an_admin, signed_in
from tests.builders.shelves import asking
from tests.fakes.identity import FakeShelf, FakeThrottles, FakeTokens
from tests.fakes.store import fake_floor, faked


@pytest.fixture
def house():
    floor = fake_floor("membership")
    roles = faked(MongoRoles, floor)
    roles.add(a_role(role="network_admin"))
    return SimpleNamespace(
        clients=faked(MongoClients, floor),
        roles=roles,
        organizations=FakeShelf(Organization("org_north", NET, "Northwind", "northwind")),
        throttles=FakeThrottles(),
        tokens=FakeTokens(),
        clock=HandClock(MORNING),
    )


def register(house, organization_id="org_north", caller=None, scopes=("people:read",)):
    command = RegisterClient("Northwind HR", organization_id, list(scopes), caller=caller or an_admin())
    ports = (house.clients, house.organizations, house.roles, house.tokens, house.clock)
    return register_client(command, *ports)


def token(house, client_id="cli_1", secret="a secret", scopes=(), origin=None):
    command = AskClientToken(client_id, secret, scopes, origin)
    return client_token(command, house.clients, house.throttles, house.tokens, house.clock)


def test_a_client_gets_tokens_with_the_secret_it_was_shown(house):
    registered = register(house)

    given = token(house, registered.client.id, registered.secret)

    assert given.access_token["sub"] == registered.client.id
    assert given.access_token["organization"] == "org_north"
    assert given.access_token["scope"] == "people:read"
    assert given.access_token["roles"] == []


def test_of_a_secret_only_the_hash_is_kept(house):
    registered = register(house)

    assert registered.secret not in repr(list(house.clients.documents.find({})))


def test_registering_again_under_the_same_key_names_the_client_without_its_secret(house):
    with asking("key-1", present=registered_answer):
        first = register(house)
    with asking("key-1", present=registered_answer), pytest.raises(Answered) as again:
        register(house)

    assert again.value.answer["id"] == first.client.id
    assert "secret" not in again.value.answer
    assert house.clients.count(NET, {}) == 1


def test_only_an_admin_registers_and_lists(house):
    with pytest.raises(NotAnAdmin):
        register(house, caller=signed_in())
    with pytest.raises(NotAnAdmin):
        list_clients(ListClients(50, caller=signed_in()), house.clients, house.roles, house.clock)


def test_a_client_belongs_to_an_organization_of_the_network(house):
    with pytest.raises(NotFound):
        register(house, organization_id="org_elsewhere")


def test_the_list_shows_no_secret(house):
    register(house)

    page = list_clients(ListClients(50, caller=an_admin()), house.clients, house.roles, house.clock)

    assert [each.display_name for each in page.items] == ["Northwind HR"]
    assert "secret" not in registered_answer(page.items[0])


def test_a_wrong_secret_and_an_unknown_client_get_nothing(house):
    house.clients.add(a_client("cli_1", secret="a secret"))

    with pytest.raises(ClientRefused):
        token(house, secret="another")
    with pytest.raises(ClientRefused):
        token(house, client_id="cli_unknown")


def test_a_token_never_carries_more_than_was_registered(house):
    house.clients.add(a_client("cli_1", scopes=("people:read",)))

    with pytest.raises(ScopeNotGranted):
        token(house, scopes=("webhooks:manage",))


def test_guessing_a_secret_ends_after_thirty_tries(house):
    house.clients.add(a_client("cli_1", secret="a secret"))
    for _ in range(30):
        with pytest.raises(ClientRefused):
            token(house, secret="another")

    with pytest.raises(TooManyTries):
        token(house)
