"""Connections: who keeps them, what they must be, and that their secret is shown to nobody."""

import json

import pytest

from services.contracts.caller import Caller
from services.kit.outcomes import RemoteRefusal
from tests.builders.arrivals import ADMIN, BROOK, HALDEN, KEEPER, NETWORK, arrive, bring, connect, wanted
from tests.builders.identity import signed_in
from tests.builders.identity_provider import CLIENT_SECRET

MEMBER = signed_in("per_ada", network=NETWORK, organization_id=HALDEN)
STAFF = signed_in("per_ada", roles=("member", "program_staff"), network=NETWORK)
PRETENDER = signed_in("per_ada", roles=("network_admin", "organization_admin"), network=NETWORK)
PARTNER = Caller("client", NETWORK, client_id="cli_1", organization_id=HALDEN)


def add(house, provider, caller=ADMIN, key="k", **fields):
    return house.ask("add_connection", caller, key=key, **wanted(provider, **fields))


def named(connection, organization=HALDEN):
    return {"organization_id": organization, "connection_id": connection}


@pytest.mark.parametrize("caller", [ADMIN, KEEPER], ids=["network admin", "organization admin"])
def test_an_admin_of_the_network_or_of_the_organization_makes_a_draft(house, provider, caller):
    made = add(house, provider, caller)

    assert (made["standing"], made["organization_id"], made["made_by"]) == (
        "draft",
        HALDEN,
        caller.person_id,
    )


OTHERS = {"member": MEMBER, "staff": STAFF, "claims": PRETENDER, "client": PARTNER, "nobody": Caller()}


@pytest.mark.parametrize("caller", OTHERS.values(), ids=OTHERS)
def test_nobody_else_keeps_connections(house, provider, caller):
    """What a token claims is compared with the roles that are held."""
    bring(house, "per_ada")
    connection = connect(house, provider, "draft")
    acts = (
        lambda: add(house, provider, caller, "k2", slug="other"),
        lambda: house.ask("list_connections", caller, organization_id=HALDEN),
        lambda: house.ask("show_connection", caller, **named(connection)),
        lambda: house.ask("test_connection", caller, **named(connection)),
        lambda: house.ask("change_connection", caller, key="k3", **named(connection), standing="active"),
    )
    for act in acts:
        with pytest.raises(RemoteRefusal) as no:
            act()
        assert no.value.code == "network-admin-only"


def test_an_organizations_admin_learns_nothing_of_other_organizations(house, provider):
    theirs = connect(house, provider, "draft", organization_id=BROOK, slug="brook")
    own = connect(house, provider, "draft")
    acts = (
        lambda: add(house, provider, KEEPER, "k2", organization_id=BROOK, slug="other"),
        lambda: house.ask("list_connections", KEEPER, organization_id=BROOK),
        lambda: house.ask("list_connections", KEEPER),
        lambda: house.ask("show_connection", KEEPER, **named(theirs, BROOK)),
        lambda: house.ask("show_connection", KEEPER, **named(theirs)),
        lambda: house.ask("show_connection", KEEPER, **named("idc_unknown")),
        lambda: house.ask("change_connection", KEEPER, key="k3", **named(theirs), slug="mine"),
    )
    for act in acts:
        with pytest.raises(RemoteRefusal) as no:
            act()
        assert no.value.kind == "not-found"
    listed = house.ask("list_connections", KEEPER, organization_id=HALDEN)["data"]
    assert [each["id"] for each in listed] == [own]


def test_unknown_and_foreign_connections_are_the_same_answer(house, provider):
    theirs = connect(house, provider, "draft", organization_id=BROOK, slug="brook")
    answers = []
    for connection in (theirs, "idc_unknown"):
        with pytest.raises(RemoteRefusal) as no:
            house.ask("show_connection", KEEPER, **named(connection))
        answers.append(vars(no.value))

    assert answers[0] == answers[1]


def test_the_client_secret_is_in_no_answer_and_lies_sealed(house, provider, mongo, settings):
    connection = connect(house, provider)
    answers = [
        add(house, provider, key="k2", slug="second"),
        add(house, provider, key="k2", slug="second"),
        house.ask("show_connection", ADMIN, **named(connection)),
        house.ask("list_connections", ADMIN, organization_id=HALDEN),
        house.ask("test_connection", ADMIN, **named(connection)),
        house.ask("change_connection", ADMIN, key="k3", **named(connection), client_secret=CLIENT_SECRET),
    ]
    database = mongo[settings.database]
    everything = [str(list(database[name].find())) for name in database.list_collection_names()]

    assert CLIENT_SECRET not in json.dumps(answers)
    assert not any(CLIENT_SECRET in held for held in everything)


def test_a_new_secret_replaces_the_former_at_once(house, provider):
    connection = connect(house, provider, client_secret="the former one")
    with pytest.raises(RemoteRefusal, match="not accepted"):
        arrive(house, provider, connection)

    house.ask("change_connection", ADMIN, key="k2", **named(connection), client_secret=CLIENT_SECRET)

    assert arrive(house, provider, connection)["network"] == NETWORK


SHARED = {
    "Google": ("https://accounts.google.com", "/hosted_domain"),
    "Entra common": ("https://login.microsoftonline.com/common/v2.0", "/tenant"),
    "Entra organizations": ("https://login.microsoftonline.com/organizations/v2.0", "/tenant"),
    "Entra private accounts": ("https://login.microsoftonline.com/consumers/v2.0", "/issuer"),
}


@pytest.mark.parametrize(("issuer", "pointer"), SHARED.values(), ids=SHARED)
def test_an_issuer_of_many_organizations_needs_to_be_pinned(house, provider, issuer, pointer):
    with pytest.raises(RemoteRefusal) as no:
        add(house, provider, issuer=issuer)

    assert (no.value.code, no.value.errors[0]["pointer"]) == ("connection-unusable", pointer)


def test_a_pinned_issuer_of_many_organizations_is_taken_and_stays_pinned(house, provider):
    pinned = add(house, provider, issuer="https://accounts.google.com", hosted_domain="halden.example")

    with pytest.raises(RemoteRefusal) as no:
        house.ask("change_connection", ADMIN, key="k2", **named(pinned["id"]), hosted_domain=None)

    assert no.value.errors[0]["pointer"] == "/hosted_domain"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("slug", "Halden Hospitals"),
        ("slug", "a"),
        ("slug", "-halden"),
        ("display_name", "Two\nlines"),
        ("client_id", "t\u00f6st"),
        ("client_secret", ""),
        ("algorithms", ["HS256"]),
        ("algorithms", ["none"]),
        ("algorithms", []),
        ("email_domains", ["halden"]),
        ("email_domains", ["gmail.com"]),
        ("email_domains", [{"$gt": ""}]),
        ("external_id_claim", {"$gt": ""}),
        ("tenant", "9188040d-6c67-4c5b-b112-36a304b66dad"),
        ("admits_newcomers", "perhaps"),
        ("standing", "active"),
        ("network", "net_2"),
        ("organization_id", {"$ne": None}),
    ],
)
def test_bad_input_is_refused_by_the_fields_name(house, provider, field, value):
    with pytest.raises(RemoteRefusal) as no:
        add(house, provider, **{field: value})

    assert no.value.kind == "invalid"
    assert no.value.errors[0]["pointer"].startswith(f"/{field}")
    assert house.service.connections.count(NETWORK, {}) == 0


def test_a_slug_is_one_connections_alone_in_the_whole_installation(house, provider):
    connect(house, provider, "draft")

    with pytest.raises(RemoteRefusal) as no:
        add(house, provider, key="k2", organization_id=BROOK)

    assert no.value.code == "slug-taken"


def test_what_was_active_does_not_become_a_draft_again(house, provider):
    connection = connect(house, provider)

    with pytest.raises(RemoteRefusal) as no:
        house.ask("change_connection", ADMIN, key="k2", **named(connection), standing="draft")

    assert no.value.errors[0]["pointer"] == "/standing"


def test_a_change_by_who_read_an_older_state_is_stale(house, provider):
    connection = connect(house, provider)
    read = house.reply("show_connection", ADMIN, **named(connection))["etag"]
    house.ask("change_connection", ADMIN, key="k2", **named(connection), display_name="Another")

    with pytest.raises(RemoteRefusal) as no:
        mine = named(connection) | {"display_name": "Mine"}
        house.ask("change_connection", ADMIN, key="k3", if_match=read, **mine)

    assert no.value.code == "stale"


def test_a_test_shows_what_was_found(house, provider):
    connection = connect(house, provider, "draft", algorithms=["ES256", "RS256"])

    tested = house.ask("test_connection", ADMIN, **named(connection))

    assert tested["is_usable"]
    assert tested["found"]["token_endpoint"] == f"{provider.issuer}/token"
    assert (tested["found"]["algorithms"], tested["found"]["key_ids"]) == (["ES256", "RS256"], ["k1"])
    assert tested["found"]["names_itself"] is True


def test_a_disabled_connection_signs_nobody_in_any_more(house, provider):
    connection = connect(house, provider)
    arrive(house, provider, connection)
    house.ask("change_connection", ADMIN, key="k2", **named(connection), standing="disabled")

    with pytest.raises(RemoteRefusal, match="not accepted"):
        arrive(house, provider, connection)
