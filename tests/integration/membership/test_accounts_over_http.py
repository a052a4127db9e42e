"""Own accounts as a client of the API meets them: HTTP in front, a real MongoDB behind."""

from dataclasses import replace

import pytest

from gateway.routes import accounts, identity, invitations
from gateway.routing import ROUTES
from services.contracts.links import SignedLink, open_token, write_link
from services.kit.clock import WallClock
from services.kit.floor import Floor
from services.membership.service import MembershipService
from tests.builders.doors import House, HouseAsks
from tests.builders.gateway import PUBLIC_URL, SECRET, a_gateway
from tests.builders.identity import ADA, NET, a_network, a_person, quick_passwords

MAIL = "ada@example.org"
MINE, OTHERS = "m" * 43, "o" * 43


@pytest.fixture
def clock():
    """The gateway compares with the clock on the wall."""
    return WallClock()


@pytest.fixture
def house(floor, mongo, clock):
    floor = Floor(replace(floor.settings, public_url=PUBLIC_URL), client=mongo, clock=clock)
    house = House(MembershipService, floor, passwords=quick_passwords())
    house.service.networks.add(a_network())
    house.service.accounts.ensure_for(NET, ADA, MAIL)
    house.service.people.add(a_person())
    return house


@pytest.fixture
def gateway(house):
    mine = {accounts.__name__, identity.__name__, invitations.__name__}
    return a_gateway([each for each in ROUTES if each.handler.__module__ in mine], asks=HouseAsks(house))


def ask_for_link(gateway, house, verifier=MINE):
    """Return the token that notifications would mail."""
    gateway.request("POST", "/v1/sign-ins", {"email": MAIL, "verifier": verifier})
    found = house.service.sign_ins.documents.find({"outbox.body.data.email": MAIL}).sort("asked_at", -1)
    sealed = next(
        each["body"]["data"]["token"] for each in found[0]["outbox"] if "token" in each["body"]["data"]
    )
    return open_token(house.service.sign_ins.floor.settings.secret("link_key"), sealed)


@pytest.fixture
def me(gateway, house):
    link = {"token": ask_for_link(gateway, house), "verifier": MINE}
    return gateway.request("POST", "/v1/sign-ins/finish", link).json


def test_a_link_asked_for_over_the_api_is_worth_nothing_without_its_verifier(gateway, house):
    token = ask_for_link(gateway, house)

    wrong = [
        gateway.request("POST", "/v1/sign-ins/finish", {"token": token, **given})
        for given in ({}, {"verifier": OTHERS})
    ]
    right = gateway.request("POST", "/v1/sign-ins/finish", {"token": token, "verifier": MINE})

    assert [(answer.status, answer.json["code"]) for answer in wrong] == [(403, "link-not-valid")] * 2
    assert (right.status, right.json["person_id"]) == (200, ADA)


def test_a_link_whose_answer_was_lost_is_asked_for_again_under_its_key(gateway, house):
    link = {"token": ask_for_link(gateway, house), "verifier": MINE}
    key = {"idempotency_key": "one"}

    first, again, later = (
        gateway.request("POST", "/v1/sign-ins/finish", link, **sent) for sent in (key, key, {})
    )

    assert (first.status, again.status, later.status) == (200, 200, 403)
    assert again.json["refresh_token"] == first.json["refresh_token"]


def test_a_refresh_whose_answer_was_lost_is_asked_for_again_under_its_key(gateway, me):
    spent, key = {"refresh_token": me["refresh_token"]}, {"idempotency_key": "one"}

    first, again = (gateway.request("POST", "/v1/sign-ins/refresh", spent, **key) for _ in range(2))

    assert (first.status, again.status) == (200, 200)
    assert again.json["refresh_token"] == first.json["refresh_token"]


@pytest.mark.parametrize("verifier", [None, "short", "x" * 129, 7])
def test_a_link_is_asked_for_with_a_verifier_of_one_shape(gateway, verifier):
    body = {"email": MAIL} | ({"verifier": verifier} if verifier is not None else {})

    answer = gateway.request("POST", "/v1/sign-ins", body)

    assert (answer.status, answer.json["errors"][0]["pointer"]) == (422, "/verifier")


def test_a_device_is_known_by_what_its_first_sign_in_gave_it(gateway, me):
    known = {"device_token": me["device_token"]}
    wrong = {"email": MAIL, "password": "wrong, and long"}

    guesses = [gateway.request("POST", "/v1/sign-ins/password", wrong | held) for held in [{}] * 11 + [known]]

    assert [answer.status for answer in guesses] == [403] * 10 + [429, 403]


def test_what_is_no_device_token_of_ours_is_a_strangers(gateway, me):
    body = {"email": MAIL, "password": "wrong, and long", "device_token": me["device_token"][:-2] + "xx"}

    answers = [gateway.request("POST", "/v1/sign-ins/password", body) for _ in range(11)]

    assert [answer.status for answer in answers] == [403] * 10 + [429]


def test_my_sign_ins_are_shown_to_me_alone_and_kept_by_no_cache(gateway, me):
    mine = gateway.request("GET", "/v1/me/sign-ins", token=me["access_token"])
    strangers = gateway.request("GET", "/v1/me/sign-ins")

    assert [(each["id"], each["device"]) for each in mine.json["data"]] == [(me["sign_in_id"], "a program")]
    assert mine.fields["cache-control"] == "no-store"
    assert strangers.status == 401


def test_a_link_of_another_kind_accepts_no_invitation(gateway, me):
    for link in (write_link(SECRET, SignedLink("rsvp", "ses_1", NET, ADA), 60), "forged"):
        answer = gateway.request("POST", "/v1/me/networks", {"invitation": link}, token=me["access_token"])

        assert (answer.status, answer.json["code"]) == (404, "not-found")


def test_reading_a_link_about_an_address_changes_nothing(gateway, house, me):
    asked = gateway.request(
        "POST", "/v1/me/address-moves", {"email": "new@example.org"}, token=me["access_token"]
    ).json
    link = write_link(SECRET, SignedLink("former_address", asked["id"], NET, ADA), 60)

    shown = [gateway.request("GET", f"/v1/address-moves/{link}").json for _ in range(2)]
    wrong = gateway.request("POST", f"/v1/address-moves/{link}", {"answer": "perhaps"})

    assert shown[0] == shown[1]
    assert (wrong.status, wrong.json["errors"][0]["pointer"]) == (422, "/answer")
    assert house.service.address_moves.get(NET, asked["id"]).standing == "waiting"
