"""Providers linked and unlinked by people themselves; signing out there; connections found."""

import pytest

from services.kit.outcomes import RemoteRefusal
from tests.builders.arrivals import BROOK, HALDEN, NETWORK, arrive, begin, bring, caller_of, connect
from tests.builders.identity import signed_in


def test_signing_out_goes_on_to_the_provider_with_what_it_gave(house, provider):
    tokens = arrive(house, provider, connect(house, provider))

    url = house.ask("show_provider_sign_out", caller_of(house, tokens))["url"]

    assert url.startswith(f"{provider.issuer}/logout?id_token_hint=eyJ")
    assert "post_logout_redirect_uri=https%3A%2F%2Fcommonthread.example%2Fsign-in" in url


def test_the_id_token_lies_sealed(house, provider, mongo, settings):
    arrive(house, provider, connect(house, provider))

    (kept,) = mongo[settings.database]["logout_hints"].find()
    assert b"eyJ" not in bytes(kept["hint"])


def test_a_person_links_the_provider_while_signed_in(house, provider):
    connection = connect(house, provider)
    bring(house, "per_ada", email="ada@halden.example")
    account = house.service.accounts.of_person("per_ada").id
    ada = signed_in("per_ada", network=NETWORK, organization_id=HALDEN, account_id=account)
    kept, url = begin(house, connection, ada, "begin_linking")
    house.ask("finish_linking", ada, **kept | provider.authorize(url))

    assert arrive(house, provider, connection)["person_id"] == "per_ada"
    ((identity,), offered) = house.ask("list_identities", ada).values()
    assert (identity["display_name"], identity["linked_by"], offered) == ("Halden sign-in", "person", [])


def test_what_was_unlinked_signs_nobody_in_until_the_person_links_it_again(house, provider):
    connection = connect(house, provider)
    ada = caller_of(house, arrive(house, provider, connection))
    ((identity,), _) = house.ask("list_identities", ada).values()
    house.ask("unlink_identity", ada, key="u", identity_id=identity["id"])

    with pytest.raises(RemoteRefusal, match="not accepted"):
        arrive(house, provider, connection)
    kept, url = begin(house, connection, ada, "begin_linking")
    house.ask("finish_linking", ada, **kept | provider.authorize(url))

    assert arrive(house, provider, connection)["person_id"] == ada.person_id


def test_nobody_links_what_signs_in_somebody_else(house, provider):
    connection = connect(house, provider)
    arrive(house, provider, connection)
    bring(house, "per_bo")
    bo = signed_in("per_bo", network=NETWORK, organization_id=HALDEN)
    kept, url = begin(house, connection, bo, "begin_linking")

    with pytest.raises(RemoteRefusal) as refused:
        house.ask("finish_linking", bo, **kept | provider.authorize(url))

    assert refused.value.code == "identity-taken"


def test_who_belongs_to_another_organization_links_nothing(house, provider):
    connection = connect(house, provider)
    bring(house, "per_bo", BROOK)

    with pytest.raises(RemoteRefusal) as refused:
        begin(house, connection, signed_in("per_bo", network=NETWORK), "begin_linking")

    assert refused.value.code == "not-your-organization"


def test_an_attempt_to_link_signs_nobody_in_and_the_other_way_round(house, provider):
    connection = connect(house, provider)
    bring(house, "per_ada")
    ada = signed_in("per_ada", network=NETWORK, organization_id=HALDEN)
    linking, url = begin(house, connection, ada, "begin_linking")
    with pytest.raises(RemoteRefusal, match="not accepted"):
        house.ask("finish_connection_sign_in", **linking | provider.authorize(url))
    signing_in, url = begin(house, connection)
    with pytest.raises(RemoteRefusal, match="not accepted"):
        house.ask("finish_linking", ada, **signing_in | provider.authorize(url))

    assert house.service.identities.count(NETWORK, {}) == 0


def test_a_connection_is_found_by_its_slug_or_by_the_domain_of_whatever_address(house, provider):
    connection = connect(house, provider, email_domains=["halden.example"])

    found = [
        house.ask("find_connections", hint=hint)["data"]
        for hint in (
            "halden",
            "Ada@Halden.Example",
            "nobody-at-all@halden.example",
            "x@brook.example",
            "brook",
        )
    ]

    one = [{"connection_id": connection, "display_name": "Halden sign-in"}]
    assert found == [one, one, one, [], []]


def test_an_account_used_elsewhere_is_not_entered_because_addresses_are_equal(house, provider):
    accounts = house.service.accounts
    elsewhere = accounts.ensure_for("net_2", "per_ada2", "ada@halden.example")
    accounts.claim(elsewhere, "per_ada2")
    bring(house, "per_ada", email="ada@halden.example", external_id="E-17")
    provider.claims["employee"] = "E-17"

    tokens = arrive(house, provider, connect(house, provider, external_id_claim="employee"))

    assert caller_of(house, tokens).account_id != elsewhere
    assert [each.network for each in accounts.get(elsewhere).belongings] == ["net_2"]


def test_a_provider_reaches_no_other_network_of_somebody_it_may_sign_in_as(house, provider):
    """Ada uses her account in two networks; the provider of one of them speaks for her there alone."""
    connection = connect(house, provider)
    bring(house, "per_ada", email="ada@home.example")
    accounts = house.service.accounts
    account = accounts.of_person("per_ada").id
    accounts.claim(account, "per_ada")
    accounts.join(account, "net_2", "per_ada2")
    ada = signed_in("per_ada", network=NETWORK, organization_id=HALDEN, account_id=account)
    kept, url = begin(house, connection, ada, "begin_linking")
    house.ask("finish_linking", ada, **kept | provider.authorize(url))

    rogue = caller_of(house, arrive(house, provider, connection))

    assert rogue.account_id == account
    assert [each["network"] for each in house.ask("list_my_networks", rogue)["data"]] == [NETWORK]
    for ask, payload in {
        "switch_network": {"network": "net_2"},
        "join_network": {"network": "net_2"},
        "decline_network": {"network": "net_2"},
        "move_address": {"email": "eve@brook.example"},
    }.items():
        with pytest.raises(RemoteRefusal) as no:
            house.ask(ask, rogue, **payload)
        assert no.value.code == "stays-in-network"


def test_a_providers_word_sets_no_first_factor_for_who_can_come_by_mail(house, provider):
    """Else whoever runs the provider could read what the person may read."""
    bring(house, "per_ada", email="ada@halden.example", external_id="E-17")
    provider.claims["employee"] = "E-17"

    rogue = caller_of(house, arrive(house, provider, connect(house, provider, external_id_claim="employee")))

    for ask, payload in {
        "offer_authenticator": {},
        "set_password": {"password": "an orchard behind the old mill"},
    }.items():
        with pytest.raises(RemoteRefusal) as no:
            house.ask(ask, rogue, **payload)
        assert no.value.code == "fresh-sign-in-needed"


def test_a_newcomer_without_a_mailbox_of_ours_sets_their_first_factor(house, provider):
    ada = caller_of(house, arrive(house, provider, connect(house, provider)))

    assert house.ask("offer_authenticator", ada)["secret"]
    assert house.ask("show_addresses", ada)["sign_in_address"] == ""
