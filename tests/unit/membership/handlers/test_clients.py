from datetime import timedelta
from types import SimpleNamespace

import pytest
from joserfc.jwk import ECKey, RSAKey

from services.kit.errors import Invalid, NotFound
from services.kit.outcomes import Answered
from services.membership.adapters.assertions import ClientAssertions
from services.membership.adapters.clients import MongoClients
from services.membership.adapters.identity import MongoRoles
from services.membership.domain.client_refusals import ClientRefused, KeysElsewhere, ScopeNotGranted
from services.membership.domain.clients import secret_digest
from services.membership.domain.identity_refusals import NotAnAdmin, TooManyTries
from services.membership.domain.organizations import Organization
from services.membership.handlers.client_tokens import client_token
from services.membership.handlers.clients import (
    add_client_secret,
    change_client,
    list_clients,
    register_client,
    retire_client_secret,
    set_client_standing,
    show_client,
)
from services.membership.messages.client_answers import with_secret_answer
from services.membership.messages.clients import (
    AskClientToken,
    ChangeClient,
    ListClients,
    NameClient,
    RegisterClient,
    RetireClientSecret,
    SetClientStanding,
)
from tests.builders.identity import MORNING, NET, HandClock, a_client, a_network, a_role, an_admin, signed_in
from tests.builders.shelves import asking
from tests.fakes.identity import FakeShelf, FakeThrottles, FakeTokens
from tests.fakes.store import fake_floor, faked

KEY = ECKey.generate_key("P-256", {"kid": "k1"})
PUBLIC, PRIVATE = KEY.as_dict(private=False), KEY.as_dict(private=True)
SHORT = RSAKey.generate_key(1024, {"kid": "k2"}).as_dict(private=False)


@pytest.fixture
def house():
    floor = fake_floor("membership")
    roles = faked(MongoRoles, floor)
    roles.add(a_role(role="network_admin"))
    return SimpleNamespace(
        clients=faked(MongoClients, floor),
        roles=roles,
        networks=FakeShelf(a_network()),
        organizations=FakeShelf(Organization("org_north", NET, "Northwind", "northwind")),
        throttles=FakeThrottles(),
        tokens=FakeTokens(),
        assertions=faked(ClientAssertions, floor),
        clock=HandClock(MORNING),
    )


def register(house, organization_id="org_north", caller=None, scopes=("people:read",), **more):
    given = {"organization_id": organization_id, "caller": caller or an_admin()} | more
    command = RegisterClient("Northwind HR", list(scopes), **given)
    ports = (house.clients, house.organizations, house.roles, house.tokens, house.assertions, house.clock)
    return register_client(command, *ports)


def change(house, client_id, caller=None, **changes):
    command = ChangeClient(client_id, **changes, caller=caller or an_admin())
    return change_client(command, house.clients, house.roles, house.assertions, house.clock)


def add_secret(house, client_id, caller=None):
    command = NameClient(client_id, caller=caller or an_admin())
    return add_client_secret(command, house.clients, house.roles, house.tokens, house.clock)


def retire(house, client_id, secret_id, caller=None):
    command = RetireClientSecret(client_id, secret_id, caller=caller or an_admin())
    return retire_client_secret(command, house.clients, house.roles, house.clock)


def set_standing(house, client_id, standing, caller=None):
    command = SetClientStanding(client_id, standing, caller=caller or an_admin())
    return set_client_standing(command, house.clients, house.roles, house.clock)


def token(house, client_id="cli_1", secret="a secret", scopes=(), origin=None):
    command = AskClientToken(client_id=client_id, secret=secret, scopes=scopes, origin=origin)
    ports = (house.clients, house.throttles, house.assertions, house.tokens)
    return client_token(command, house.networks, *ports, house.clock)


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
    with asking("key-1", present=with_secret_answer):
        first = register(house)
    with asking("key-1", present=with_secret_answer), pytest.raises(Answered) as again:
        register(house)

    assert again.value.answer["id"] == first.client.id
    assert "secret" not in again.value.answer
    assert house.clients.count(NET, {}) == 1


def test_nobody_but_an_admin_does_anything_with_clients(house):
    client_id = register(house).client.id
    tried = (
        lambda: register(house, caller=signed_in()),
        lambda: list_clients(ListClients(50, caller=signed_in()), house.clients, house.roles, house.clock),
        lambda: show_client(
            NameClient(client_id, caller=signed_in()), house.clients, house.roles, house.clock
        ),
        lambda: change(house, client_id, caller=signed_in(), display_name="Another"),
        lambda: add_secret(house, client_id, caller=signed_in()),
        lambda: retire(house, client_id, "sec_1", caller=signed_in()),
        lambda: set_standing(house, client_id, "disabled", caller=signed_in()),
    )

    for attempt in tried:
        with pytest.raises(NotAnAdmin):
            attempt()


def test_an_admin_of_another_network_finds_no_such_client(house):
    client_id = register(house).client.id
    house.roles.add(a_role(role="network_admin", network="net_2"))
    stranger = an_admin(network="net_2")

    for attempt in (change, add_secret):
        with pytest.raises(NotFound):
            attempt(house, client_id, caller=stranger)
    with pytest.raises(NotFound):
        set_standing(house, client_id, "disabled", caller=stranger)


def test_a_client_belongs_to_an_organization_of_the_network(house):
    with pytest.raises(NotFound):
        register(house, organization_id="org_elsewhere")


def test_the_list_shows_no_secret(house):
    register(house)

    page = list_clients(ListClients(50, caller=an_admin()), house.clients, house.roles, house.clock)

    assert [each.display_name for each in page.items] == ["Northwind HR"]
    assert "secret" not in with_secret_answer(page.items[0])


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


def test_guessing_from_one_place_ends_and_keeps_nobody_else_out(house):
    house.clients.add(a_client("cli_1", secret="a secret"))
    for _ in range(30):
        with pytest.raises(ClientRefused):
            token(house, secret="another", origin="192.0.2.7")

    with pytest.raises(TooManyTries):
        token(house, secret="another", origin="192.0.2.7")
    assert token(house, origin="192.0.2.7").scopes
    assert token(house, origin="198.51.100.1").scopes


def test_a_client_of_the_network_belongs_to_no_organization(house):
    registered = register(house, organization_id=None)

    given = token(house, registered.client.id, registered.secret)

    assert "organization" not in given.access_token


def test_a_secret_is_replaced_without_a_pause(house):
    registered = register(house)
    client_id, first = registered.client.id, registered.client.secrets[0].id
    second = add_secret(house, client_id).secret

    assert token(house, client_id, registered.secret).scopes
    assert token(house, client_id, second).scopes
    retire(house, client_id, first)
    with pytest.raises(ClientRefused):
        token(house, client_id, registered.secret)
    assert token(house, client_id, second).scopes


def test_a_second_secret_is_shown_once_as_well(house):
    client_id = register(house).client.id
    with asking("key-2", present=with_secret_answer):
        first = add_secret(house, client_id)
    with asking("key-2", present=with_secret_answer), pytest.raises(Answered) as again:
        add_secret(house, client_id)

    assert first.secret
    assert "secret" not in again.value.answer
    assert len(again.value.answer["secrets"]) == 2
    assert first.secret not in repr(list(house.clients.documents.find({})))


def test_it_is_noted_on_which_day_a_secret_was_used_last(house):
    registered = register(house)
    for hours in (0, 1, 24):
        house.clock.turn(timedelta(hours=hours))
        token(house, registered.client.id, registered.secret)

    (secret,) = house.clients.by_id(registered.client.id).secrets
    assert secret.last_used_on == (MORNING + timedelta(hours=25)).date()
    assert house.clients.by_id(registered.client.id).revision == 3


def test_a_disabled_client_gets_no_token_until_it_is_let_in_again(house):
    registered = register(house)
    set_standing(house, registered.client.id, "disabled")
    with pytest.raises(ClientRefused):
        token(house, registered.client.id, registered.secret)

    set_standing(house, registered.client.id, "active")

    assert token(house, registered.client.id, registered.secret).scopes


def test_gateways_are_told_of_what_ends_tokens_and_of_nothing_else(house):
    client_id = register(house, scopes=("people:read", "cohorts:read")).client.id
    change(house, client_id, display_name="Northwind")
    change(house, client_id, scopes=["people:read"])
    set_standing(house, client_id, "disabled")

    said = [entry["routing_key"] for entry in house.clients.documents.find_one({})["outbox"]]
    assert said == ["client_changed", "client_changed"]


def test_a_client_with_a_secret_has_no_keys(house):
    client_id = register(house).client.id

    with pytest.raises(KeysElsewhere):
        change(house, client_id, jwks_uri="https://keys.northwind.example/jwks")
    with pytest.raises(Invalid) as refused:
        register(house, jwks_uri="https://keys.northwind.example/jwks")
    assert refused.value.errors[0]["pointer"] == "/jwks_uri"


@pytest.mark.parametrize(
    ("keys", "pointer"),
    [
        ({}, "/jwks"),
        ({"jwks": {"keys": [PUBLIC]}, "jwks_uri": "https://keys.northwind.example"}, "/jwks"),
        ({"jwks_uri": "http://keys.northwind.example"}, "/jwks_uri"),
        ({"jwks_uri": "https://ada:word@keys.northwind.example"}, "/jwks_uri"),
        ({"jwks": {"keys": [PUBLIC, PRIVATE]}}, "/jwks/keys/1"),
        ({"jwks": {"keys": [{"kty": "oct", "k": "c2VjcmV0"}]}}, "/jwks/keys/0"),
        ({"jwks": {"keys": [PUBLIC | {"crv": "P-384"}]}}, "/jwks/keys/0"),
        ({"jwks": {"keys": [PUBLIC | {"x": "AA"}]}}, "/jwks/keys/0"),
        ({"jwks": {"keys": [PUBLIC | {"alg": "none"}]}}, "/jwks/keys/0"),
        ({"jwks": {"keys": [PUBLIC | {"use": "enc"}]}}, "/jwks/keys/0"),
        ({"jwks": {"keys": [SHORT]}}, "/jwks/keys/0"),
    ],
)
def test_keys_that_cannot_be_used_are_named_and_nothing_is_registered(house, keys, pointer):
    with pytest.raises(Invalid) as refused:
        register(house, auth_method="private_key_jwt", **keys)

    assert [error["pointer"] for error in refused.value.errors] == [pointer]
    assert house.clients.count(NET, {}) == 0


def test_who_signs_is_shown_no_secret_because_there_is_none(house):
    registered = register(house, auth_method="private_key_jwt", jwks={"keys": [PUBLIC]})

    assert registered.secret is None
    assert registered.client.secrets == ()
    assert registered.client.keys == (PUBLIC,)


def test_a_client_from_before_secrets_had_names_keeps_its_secret(house):
    house.clients.add(a_client("cli_1", secret="a secret"))
    state = {"secret_hash": secret_digest("a secret")}
    gone = dict.fromkeys(("secrets", "keys", "standing", "withdrawn", "method"), "")
    house.clients.documents.update_one({"_id": "cli_1"}, {"$set": state, "$unset": gone})

    assert token(house).scopes == {"cohorts:read", "people:read"}
