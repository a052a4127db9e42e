"""Signing in, through the doors and over a real MongoDB."""

import threading
from datetime import timedelta

import pytest

from gateway.tokens import AccessTokens, SigningKeys, TokenNotAccepted
from services.contracts.links import open_token
from services.kit.due import Runner
from services.kit.outcomes import RemoteRefusal
from services.membership.adapters.tokens import JwtTokens
from services.membership.domain.throttle import PASSWORDS_OF_ADDRESS
from tests.builders.identity import ADA, NET, a_network, a_person, an_admin, signed_in
from tests.integration.membership.conftest import PUBLIC_URL

MAIL = "ada@example.org"
PASSWORD = "a horse, a battery"


@pytest.fixture
def ada(house):
    """Ada, a person of the network who can sign in."""
    house.service.networks.add(a_network())
    house.service.accounts.ensure_for(NET, ADA, MAIL)
    return house.service.people.add(a_person())


def sent_links(house):
    """What waits to be announced: one fact a link, its token opened as notifications opens it."""
    documents = house.service.sign_ins.documents.find({}, sort=[("asked_at", 1), ("_id", 1)])
    facts = [each["body"]["data"] for document in documents for each in document["outbox"]]
    secret = house.service.sign_ins.floor.settings.secret("link_key")
    return [fact | {"token": open_token(secret, fact["token"])} for fact in facts if "token" in fact]


def by_link(house, email=MAIL):
    before = {link["link_id"] for link in sent_links(house)}
    house.ask("start_sign_in", email=email)
    (link,) = (each for each in sent_links(house) if each["link_id"] not in before)
    return house.ask("finish_sign_in", token=link["token"])


def caller_of(house, tokens, clock):
    """The caller as the gateway reads it off an access token."""
    keys = SigningKeys(lambda: house.ask("show_signing_keys"))
    verifier = AccessTokens(PUBLIC_URL, keys, now=lambda: clock.now().timestamp())
    return verifier.caller(tokens["access_token"])


def set_password(house, tokens, clock):
    house.ask("set_password", caller=caller_of(house, tokens, clock), password=PASSWORD)


def test_a_link_leads_to_tokens_that_the_gateway_reads(house, ada, clock):
    caller = caller_of(house, by_link(house), clock)

    assert (caller.kind, caller.network, caller.person_id) == ("person", NET, ADA)
    assert caller.roles == {"member"}


def test_an_access_token_ends_after_ten_minutes(house, ada, clock):
    tokens = by_link(house)
    clock.turn(timedelta(minutes=11, seconds=1))

    with pytest.raises(TokenNotAccepted):
        caller_of(house, tokens, clock)


def test_known_and_unknown_addresses_are_answered_with_the_same_bytes(house, ada):
    replies = [house.reply("start_sign_in", email=email) for email in (MAIL, "nobody@example.org")]

    assert replies[0] == replies[1]
    assert len(sent_links(house)) == 1


def test_the_link_goes_to_the_address_we_know_not_to_the_one_typed(house, ada):
    house.ask("start_sign_in", email="ADA@EXAMPLE.org")

    assert [link["email"] for link in sent_links(house)] == [MAIL]


def test_no_token_is_kept_and_none_is_announced_unsealed(house, ada):
    house.ask("start_sign_in", email=MAIL)
    link = sent_links(house)[0]["token"]
    tokens = house.ask("finish_sign_in", token=link)
    database = house.service.sign_ins.documents.database
    names = database.list_collection_names()
    kept = [document for name in names for document in database[name].find({})]

    secrets = [link, tokens["access_token"], tokens["refresh_token"]]
    assert not [secret for secret in secrets if secret in repr(kept)]


@pytest.mark.parametrize("token", ["x", "tok_1", "é" * 40, "$gt"])
def test_a_made_up_token_opens_nothing(house, ada, token):
    with pytest.raises(RemoteRefusal) as refused:
        house.ask("finish_sign_in", token=token)

    assert (refused.value.kind, refused.value.code) == ("forbidden", "link-not-valid")


def test_a_link_used_by_many_at_once_opens_one_sign_in(house, ada):
    house.ask("start_sign_in", email=MAIL)
    token = sent_links(house)[0]["token"]
    outcomes = []

    def use():
        try:
            outcomes.append(house.ask("finish_sign_in", token=token)["token_type"])
        except RemoteRefusal as refusal:
            outcomes.append(refusal.code)

    threads = [threading.Thread(target=use) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["Bearer", *["link-not-valid"] * 5]


def test_a_password_signs_in_after_a_link_set_it(house, ada, clock):
    set_password(house, by_link(house), clock)

    tokens = house.ask("password_sign_in", email=MAIL, password=PASSWORD)

    assert caller_of(house, tokens, clock).person_id == ADA


def test_wrong_password_unknown_address_and_none_set_are_refused_with_the_same_bytes(house, ada, clock):
    refusals = []
    for email, password in [(MAIL, PASSWORD), ("nobody@example.org", PASSWORD)]:
        with pytest.raises(RemoteRefusal) as refused:
            house.ask("password_sign_in", email=email, password=password)
        refusals.append(vars(refused.value))
    set_password(house, by_link(house), clock)
    with pytest.raises(RemoteRefusal) as refused:
        house.ask("password_sign_in", email=MAIL, password="another horse, another battery")
    refusals.append(vars(refused.value))

    assert refusals[0] == refusals[1] == refusals[2]


def test_tries_are_counted_in_the_database(house, ada):
    codes = []
    for _ in range(11):
        with pytest.raises(RemoteRefusal) as refused:
            house.ask("password_sign_in", email=MAIL, password="a wrong one, though long")
        codes.append(refused.value.code)

    assert codes == ["sign-in-refused"] * 10 + ["too-many-guesses"]


def test_tries_at_once_are_all_counted(house, ada, clock):
    taken = []
    threads = [
        threading.Thread(
            target=lambda: taken.append(house.service.throttles.take(PASSWORDS_OF_ADDRESS, MAIL, clock.now()))
        )
        for _ in range(20)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert taken.count(True) == 10


def test_refresh_tokens_are_good_once_and_their_reuse_ends_the_sign_in(house, ada, clock):
    first = by_link(house)
    second = house.ask("refresh_tokens", refresh_token=first["refresh_token"])
    clock.turn(timedelta(seconds=11))

    for token in (first["refresh_token"], second["refresh_token"]):
        with pytest.raises(RemoteRefusal) as refused:
            house.ask("refresh_tokens", refresh_token=token)
        assert refused.value.code == "sign-in-ended"


def test_a_forged_refresh_token_ends_nobodys_sign_in(house, ada):
    tokens = by_link(house)
    head, _, _ = tokens["refresh_token"].partition(".")

    with pytest.raises(RemoteRefusal):
        house.ask("refresh_tokens", refresh_token=f"{head}.{'A' * 43}")

    assert house.ask("refresh_tokens", refresh_token=tokens["refresh_token"])


def test_an_access_token_is_no_refresh_token_nor_a_link(house, ada):
    tokens = by_link(house)

    with pytest.raises(RemoteRefusal):
        house.ask("refresh_tokens", refresh_token=tokens["access_token"])
    with pytest.raises(RemoteRefusal):
        house.ask("finish_sign_in", token=tokens["refresh_token"])


def test_after_signing_out_the_refresh_token_is_dead(house, ada, clock):
    tokens = by_link(house)

    house.ask("sign_out", caller=caller_of(house, tokens, clock))

    with pytest.raises(RemoteRefusal):
        house.ask("refresh_tokens", refresh_token=tokens["refresh_token"])


def test_me_tells_who_i_am_and_what_i_hold(house, clock):
    begun = house.ask("create_network", display_name="Baltic", admin_email="eve@baltic.example")
    tokens = house.ask("finish_sign_in", token=begun["link_token"])

    me = house.ask("show_me", caller=caller_of(house, tokens, clock))

    assert me["person_id"] == begun["admin_person_id"]
    assert me["network"] == {
        "id": begun["network"],
        "display_name": "Baltic",
        "own_factor_for_text": True,
    }
    assert me["networks"] == [begun["network"]]
    assert me["roles"] == ["member", "network_admin"]
    assert me["has_password"] is False


def test_the_first_admins_link_works_once(house):
    begun = house.ask("create_network", display_name="Baltic", admin_email="eve@baltic.example")
    house.ask("finish_sign_in", token=begun["link_token"])

    with pytest.raises(RemoteRefusal):
        house.ask("finish_sign_in", token=begun["link_token"])


def test_a_network_asked_for_twice_under_one_key_is_one_network(house):
    asked = {"display_name": "Baltic", "admin_email": "eve@baltic.example", "key": "k1", "body": "b1"}

    first, again = house.reply("create_network", **asked), house.reply("create_network", **asked)

    assert again["replayed"]
    assert again["answer"] == {name: first["answer"][name] for name in again["answer"]}
    assert "link_token" not in again["answer"]
    assert house.service.networks.documents.count_documents({}) == 1


def test_a_network_whose_maker_died_gets_its_admin_by_due_work(house, clock, monkeypatch):
    def die(*_args, **_more):
        raise SystemExit

    with monkeypatch.context() as patched, pytest.raises(Exception, match="fault"):
        patched.setattr(house.service.accounts, "ensure_for", die)
        house.ask("create_network", display_name="Baltic", admin_email="eve@baltic.example")
    networks = house.service.networks
    networks.documents.update_many({}, [{"$set": {"next_due_at": {"$subtract": ["$$NOW", 1000]}}}])

    done = Runner(networks, house.service.on_network_due).run_all()

    network = networks.documents.find_one({})
    assert done == 1
    assert network["beginning"] is None
    assert house.service.people.get(network["_id"], network["admin_person_id"]).email == "eve@baltic.example"


def test_the_operators_link_opens_no_account_that_is_somebodys_already(house, clock):
    first = house.ask("create_network", display_name="Baltic", admin_email="eve@baltic.example")
    given = house.ask("finish_sign_in", token=first["link_token"])
    second = house.ask("create_network", display_name="Nordic", admin_email="Eve@Baltic.example")

    with pytest.raises(RemoteRefusal) as refused:
        house.ask("finish_sign_in", token=second["link_token"])
    eve = caller_of(house, given, clock)
    joined = house.ask("join_network", caller=eve, network=second["network"])

    assert refused.value.code == "link-not-valid"
    assert (joined["display_name"], joined["standing"]) == ("Nordic", "joined")


def test_an_address_signs_in_as_one_person_of_a_network(house, ada):
    accounts = house.service.accounts

    assert accounts.ensure_for(NET, "per_bo", MAIL) is None
    assert accounts.ensure_for(NET, ADA, MAIL) == accounts.by_address(MAIL).id


def test_a_changed_contact_changes_no_sign_in(house, ada):
    accounts = house.service.accounts

    accounts.ensure_for(NET, ADA, "somewhere@else.example")

    assert accounts.by_address("somewhere@else.example") is None
    assert accounts.by_address(MAIL).holds(ADA)


def test_first_imports_of_one_person_at_once_make_one_account(house):
    accounts = house.service.accounts
    made = []
    threads = [
        threading.Thread(target=lambda: made.append(accounts.ensure_for(NET, "per_cy", "cy@example.org")))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(set(made)) == 1
    assert made[0] == accounts.by_address("cy@example.org").id


def test_the_signing_key_is_made_once_and_opens_after_a_restart(floor, house):
    made = []
    threads = [
        threading.Thread(target=lambda: made.append(JwtTokens(floor).signing_keys())) for _ in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert all(keys == house.ask("show_signing_keys") for keys in made)
    assert floor.database["signing_keys"].count_documents({}) == 1


def test_the_signing_key_lies_sealed(floor, house):
    public = house.ask("show_signing_keys")["keys"][0]
    stored = floor.database["signing_keys"].find_one({})

    assert "d" not in public
    assert set(stored["keys"][0]) == {"kid", "standing", "made_at", "retired_at", "secret"}
    assert all(b'"kty"' not in bytes(key["secret"]) for key in stored["keys"])


@pytest.mark.parametrize("ask", ["show_me", "sign_out", "show_network"])
def test_strangers_have_no_self_here(house, ask):
    with pytest.raises(RemoteRefusal) as refused:
        house.ask(ask)

    assert refused.value.code == "sign-in-needed"


@pytest.mark.parametrize(
    ("ask", "payload"),
    [
        ("start_sign_in", {"email": {"$gt": ""}}),
        ("start_sign_in", {"email": MAIL, "roles": ["network_admin"]}),
        ("finish_sign_in", {"token": {"$ne": None}}),
        ("password_sign_in", {"email": MAIL, "password": {"$gt": ""}}),
        ("create_network", {"display_name": "A\r\nBcc: all", "admin_email": MAIL}),
        ("create_network", {"display_name": "A", "admin_email": MAIL, "network": NET}),
        ("grant_role", {"person_id": ADA, "role": "root"}),
        ("grant_role", {"person_id": ADA, "role": "sponsor", "granted_by": "per_eve"}),
        ("register_client", {"display_name": "A", "organization_id": "org_1", "scopes": ["content:read"]}),
    ],
)
def test_hostile_and_server_owned_fields_are_refused_by_name(house, ask, payload):
    with pytest.raises(RemoteRefusal) as refused:
        house.ask(ask, caller=an_admin(), **payload)

    assert refused.value.kind == "invalid"
    assert refused.value.errors[0]["pointer"].startswith("/")


def test_a_role_granted_is_announced_and_shows_in_the_next_token(house, ada, clock):
    begun = house.ask("create_network", display_name="Baltic", admin_email="eve@baltic.example")
    network = begun["network"]
    admin = caller_of(house, house.ask("finish_sign_in", token=begun["link_token"]), clock)
    house.service.accounts.ensure_for(network, "per_bo", "bo@example.org")
    house.service.people.add(a_person("per_bo", network=network, email="bo@example.org"))

    role = house.ask("grant_role", caller=admin, person_id="per_bo", role="sponsor", key="k2", body="b")
    caller = caller_of(house, by_link(house, "bo@example.org"), clock)

    assert caller.roles == {"member", "sponsor"}
    stored = house.service.roles.documents.find_one({"_id": role["id"]})
    told = next(each["body"]["data"] for each in stored["outbox"] if each["routing_key"] == "role_granted")
    assert told["granted_by"] == begun["admin_person_id"]


def test_a_member_grants_nothing(house, ada):
    with pytest.raises(RemoteRefusal) as refused:
        house.ask("grant_role", caller=signed_in(), person_id=ADA, role="network_admin")

    assert refused.value.code == "network-admin-only"
