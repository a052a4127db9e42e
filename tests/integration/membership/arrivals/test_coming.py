"""People of an organization sign in with its own identity provider."""

from dataclasses import replace

import pytest

from services.kit.outcomes import RemoteRefusal
from tests.builders.arrivals import (
    BROOK,
    HALDEN,
    NETWORK,
    arrive,
    begin,
    bring,
    connect,
)
from tests.builders.identity import a_role
from tests.builders.identity_provider import UNDONE, an_rsa_key


def people_of(house):
    return house.service.people.count(NETWORK, {})


def test_a_newcomer_becomes_a_person_of_the_organization(house, provider):
    tokens = arrive(house, provider, connect(house, provider))

    person = house.service.people.get(NETWORK, tokens["person_id"])
    assert (person.display_name, person.email, person.organization_id) == (
        "Ada Berg",
        "ada@halden.example",
        HALDEN,
    )
    assert tokens["network"] == NETWORK


def test_a_provider_alone_opens_no_confidential_text(house, provider):
    tokens = arrive(house, provider, connect(house, provider))

    sign_in = house.service.sign_ins.get(NETWORK, tokens["sign_in_id"])
    assert (sign_in.way, sign_in.own_factor) == ("connection", None)


def test_who_comes_again_is_the_same_person_whatever_their_address_is_now(house, provider):
    connection = connect(house, provider)
    first = arrive(house, provider, connection)
    provider.person = {"name": "Ada Lund", "email": "lund@halden.example"}

    again = arrive(house, provider, connection)

    assert again["person_id"] == first["person_id"]
    assert again["sign_in_id"] != first["sign_in_id"]
    assert house.service.people.get(NETWORK, first["person_id"]).email == "ada@halden.example"


def test_another_subject_with_the_same_address_is_not_taken_for_them(house, provider):
    connection = connect(house, provider)
    arrive(house, provider, connection)
    provider.subject = "sub-eve"
    before = people_of(house)

    with pytest.raises(RemoteRefusal, match="not accepted"):
        arrive(house, provider, connection)

    assert people_of(house) == before


def test_an_address_known_here_is_no_way_in(house, provider):
    bring(house, "per_ada", email="ada@halden.example")
    connection = connect(house, provider)

    with pytest.raises(RemoteRefusal, match="not accepted"):
        arrive(house, provider, connection)

    assert house.service.identities.count(NETWORK, {}) == 0
    assert house.service.sign_ins.count(NETWORK, {}) == 0


def test_a_mailed_link_never_leads_to_who_came_by_the_provider(house, provider):
    arrive(house, provider, connect(house, provider))

    house.ask("start_sign_in", email="ada@halden.example")

    mailed = {"outbox.body.data.email": "ada@halden.example"}
    assert house.service.sign_ins.documents.count_documents(mailed) == 0


def test_who_was_imported_under_the_external_id_is_known_when_they_come(house, provider):
    bring(house, "per_ada", email="ada@halden.example", external_id="E-17")
    provider.claims["employee"] = "E-17"

    tokens = arrive(house, provider, connect(house, provider, external_id_claim="employee"))

    assert tokens["person_id"] == "per_ada"
    (identity,) = house.service.identities.of_person(NETWORK, "per_ada")
    assert identity.linked_by == "external-id"


@pytest.mark.parametrize("claim", [None, "employee"])
def test_an_external_id_counts_only_where_the_connection_names_the_claim(house, provider, claim):
    bring(house, "per_ada", email="other@halden.example", external_id="E-17")
    provider.claims |= {"external_id": "E-17", "employee_number": "E-17"}

    tokens = arrive(house, provider, connect(house, provider, external_id_claim=claim))

    assert tokens["person_id"] != "per_ada"


@pytest.mark.parametrize(
    "fields", [{"organization": BROOK}, {"organization": None}, {"standing": "gone"}], ids=str
)
def test_a_provider_speaks_for_no_person_of_another_organization(house, provider, fields):
    bring(house, "per_bo", external_id="E-17", **fields)
    provider.claims["employee"] = "E-17"

    with pytest.raises(RemoteRefusal, match="not accepted"):
        arrive(house, provider, connect(house, provider, external_id_claim="employee"))


@pytest.mark.parametrize("role", ["network_admin", "program_staff"])
def test_no_providers_word_makes_somebody_staff_of_the_network(house, provider, role):
    bring(house, "per_bo", external_id="E-17")
    house.service.roles.add(a_role("per_bo", role, NETWORK))
    provider.claims["employee"] = "E-17"

    with pytest.raises(RemoteRefusal, match="not accepted"):
        arrive(house, provider, connect(house, provider, external_id_claim="employee"))


def test_where_newcomers_are_not_admitted_nobody_is_made(house, provider):
    connection = connect(house, provider, admits_newcomers=False)
    before = people_of(house)

    with pytest.raises(RemoteRefusal, match="not accepted"):
        arrive(house, provider, connection)

    assert people_of(house) == before


@pytest.mark.parametrize("standing", ["draft", "disabled"])
def test_only_an_active_connection_signs_in(house, provider, standing):
    connection = connect(house, provider, standing=standing)

    with pytest.raises(RemoteRefusal, match="not accepted"):
        begin(house, connection)


def test_what_the_id_token_lacks_is_filled_in_from_userinfo(house, provider):
    provider.claims |= {"name": UNDONE, "email": UNDONE}

    tokens = arrive(house, provider, connect(house, provider))

    assert house.service.people.get(NETWORK, tokens["person_id"]).display_name == "Ada Berg"


def test_userinfo_overrides_nothing_and_names_nobody(house, provider):
    bring(house, "per_bo", external_id="E-17")
    provider.claims["email"] = UNDONE
    provider.answers["/userinfo"] = lambda handler: handler.say(
        200, {"sub": "sub-ada", "name": "Eve", "email": "eve@halden.example", "employee": "E-17"}
    )

    tokens = arrive(house, provider, connect(house, provider, external_id_claim="employee"))

    person = house.service.people.get(NETWORK, tokens["person_id"])
    assert (person.display_name, person.email) == ("Ada Berg", "eve@halden.example")
    assert person.id != "per_bo"


def test_userinfo_of_another_subject_adds_nothing(house, provider):
    provider.claims["email"] = UNDONE
    provider.answers["/userinfo"] = lambda handler: handler.say(
        200, {"sub": "sub-eve", "email": "eve@halden.example"}
    )

    with pytest.raises(RemoteRefusal, match="not accepted"):
        arrive(house, provider, connect(house, provider))


def test_hostile_names_are_left_out(house, provider):
    provider.person = {"name": "Ada\r\nBcc: eve@halden.example", "email": "ada@halden.example"}

    tokens = arrive(house, provider, connect(house, provider))

    assert "\n" not in house.service.people.get(NETWORK, tokens["person_id"]).display_name


def test_a_new_key_of_the_issuer_is_learned_once(house, provider):
    connection = connect(house, provider)
    arrive(house, provider, connection)
    provider.rotate()

    arrive(house, provider, connection)
    arrive(house, provider, connection)

    assert provider.asked.count("/keys") == 2  # at the start, and for the new key


def test_keys_nobody_knows_have_the_set_read_again_at_most_once_in_half_a_minute(house, provider):
    connection = connect(house, provider)
    provider.header["kid"] = "never seen"
    for _ in range(3):
        with pytest.raises(RemoteRefusal, match="not accepted"):
            arrive(house, provider, connection)

    assert provider.asked.count("/keys") <= 2


@pytest.mark.parametrize("algorithm", ["RS256", "PS256"])
def test_tokens_signed_with_rsa_are_accepted(house, provider, algorithm):
    provider.key = an_rsa_key()
    provider.keys, provider.header = [provider.key], {"alg": algorithm, "kid": "r1"}

    assert arrive(house, provider, connect(house, provider))["network"] == NETWORK


def test_who_was_forgotten_is_not_brought_back_by_the_provider(house, provider, refused):
    connection = connect(house, provider)
    tokens = arrive(house, provider, connection)
    person = house.service.people.get(NETWORK, tokens["person_id"])
    house.service.people.save(replace(person, standing="gone", email="", email_key=""))
    for name in ("identities", "logout_hints"):
        house.service.people.floor.database[name].delete_many({"person_id": person.id})

    refused(lambda: arrive(house, provider, connection))
