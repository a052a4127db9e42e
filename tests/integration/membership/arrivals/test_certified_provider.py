"""Signing in by a provider that others wrote: oidc-provider, certified by the OpenID Foundation."""

from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from services.kit.outcomes import RemoteRefusal
from services.kit.settings import Address
from tests.builders.arrivals import ADMIN, HALDEN, NETWORK, a_house, begin, caller_of, connect
from tests.builders.certified_provider import CertifiedProvider, log_in, needs_certified_provider

pytestmark = needs_certified_provider


@pytest.fixture
def certified():
    provider = CertifiedProvider()
    yield provider
    provider.end()


@pytest.fixture
def house(floor, certified):
    class Allowed:
        address = Address("127.0.0.1", certified.port)

    return a_house(floor, Allowed)


@pytest.fixture
def connection(house, certified):
    """An active connection to the running provider."""
    drafted = connect(house, certified, "draft")
    certified.begin(
        f"https://commonthread.example/sign-in/callback/{drafted}",
        after_logout=["https://commonthread.example/sign-in"],
    )
    named = {"organization_id": HALDEN, "connection_id": drafted}
    house.ask("change_connection", ADMIN, key="active", **named, standing="active")
    return drafted


def come(house, connection, name="ada", **other):
    kept, url = begin(house, connection)
    return house.ask("finish_connection_sign_in", **kept | log_in(url, name) | other)


def test_somebody_signs_in_and_is_the_same_person_next_time(house, connection):
    first = come(house, connection)
    again = come(house, connection)
    bo = come(house, connection, "bo")

    assert first["person_id"] == again["person_id"] != bo["person_id"]
    person = house.service.people.get(NETWORK, first["person_id"])
    assert (person.display_name, person.email) == ("ada of Halden", "ada@halden.example")


def test_it_names_itself_in_its_answer_and_one_without_is_refused(house, connection):
    tested = house.ask("test_connection", ADMIN, organization_id=HALDEN, connection_id=connection)

    assert tested["found"]["names_itself"] is True
    with pytest.raises(RemoteRefusal, match="not accepted"):
        come(house, connection, iss=None)


def test_its_keys_may_change_while_people_sign_in(house, connection, certified):
    before = come(house, connection)
    certified.end()
    certified.begin(f"https://commonthread.example/sign-in/callback/{connection}")

    assert come(house, connection)["person_id"] == before["person_id"]


def test_a_code_is_good_once(house, connection):
    kept, url = begin(house, connection)
    returned = log_in(url, "ada")
    house.ask("finish_connection_sign_in", **kept | returned)

    with pytest.raises(RemoteRefusal, match="not accepted"):
        house.ask("finish_connection_sign_in", **kept | returned)


def test_it_takes_a_sign_out_with_the_id_token_it_gave(house, connection):
    tokens = come(house, connection)

    url = house.ask("show_provider_sign_out", caller_of(house, tokens))["url"]

    asked = parse_qs(urlsplit(url).query)
    assert asked["post_logout_redirect_uri"] == ["https://commonthread.example/sign-in"]
    assert requests.get(url, timeout=20).status_code == 200
    assert requests.get(url.replace("id_token_hint=e", "id_token_hint=f"), timeout=20).status_code == 400
