"""Signing keys that turn while several replicas and a gateway go on."""

import threading
from datetime import timedelta

import pytest

from gateway.tokens import AccessTokens, TokenNotAccepted
from gateway.tokens import SigningKeys as KnownKeys
from services.kit.outcomes import Overtaken
from services.membership.adapters.signing_keys import FIRST, LOOK_AGAIN, RING, SigningKeys
from services.membership.adapters.tokens import JwtTokens
from services.membership.domain.signing import KEPT_AFTER, PUBLISHED_AFTER
from tests.builders.identity import an_open_sign_in, signed_in

PUBLIC_URL = "https://commonthread.example"


class Replica:
    """One process of membership, whose time for looking again the test turns."""

    def __init__(self, floor):
        self.seconds = 0.0
        self.tokens = JwtTokens(floor)
        self.tokens._keys = SigningKeys(floor, moment=lambda: self.seconds)
        self.tokens._verifier._find_key = self.tokens._keys.find
        self.tokens.prepare()

    def look_again(self):
        self.seconds += LOOK_AGAIN

    @property
    def signs_with(self):
        return self.tokens.ring().current.kid


@pytest.fixture
def replicas(floor):
    return [Replica(floor) for _ in range(2)]


@pytest.fixture
def gateway(replicas, clock):
    """A gateway that may ask for keys each second."""
    seconds = iter(range(0, 10_000, 10))
    known = KnownKeys(replicas[0].tokens.signing_keys, now=lambda: next(seconds))
    return AccessTokens(PUBLIC_URL, known, now=lambda: clock.now().timestamp())


def a_token(replica, clock):
    return replica.tokens.access_token(signed_in(), clock.now())


def test_replicas_that_start_at_once_have_one_ring(floor):
    rings = []
    starting = [threading.Thread(target=lambda: rings.append(Replica(floor).tokens.ring())) for _ in range(4)]
    for each in starting:
        each.start()
    for each in starting:
        each.join()

    assert len(set(rings)) == 1
    assert floor.database["signing_keys"].count_documents({}) == 1


def test_the_key_that_will_sign_is_published_before_it_does(replicas):
    shown = [key["kid"] for key in replicas[0].tokens.signing_keys()["keys"]]
    following = next(key.kid for key in replicas[0].tokens.ring().keys if key.standing == "next")

    assert shown == [replicas[0].signs_with, following]


def test_every_replica_signs_with_the_next_key_without_a_restart(replicas):
    here, there = replicas
    before = there.signs_with
    here.tokens.rotate()

    there.look_again()

    assert there.signs_with == here.signs_with != before


def test_a_rotation_ends_no_token_and_interrupts_nobody(replicas, gateway, clock):
    here, there = replicas
    old = a_token(here, clock)
    gateway.caller(old)

    for _ in range(2):
        here.tokens.rotate()

    assert gateway.caller(old) == signed_in()
    assert gateway.caller(a_token(there, clock)) == signed_in()
    assert gateway.caller(a_token(here, clock)) == signed_in()


def test_a_retired_key_goes_when_its_last_token_has_run_out(replicas, gateway, clock):
    here, _ = replicas
    before = here.signs_with
    here.tokens.rotate()

    clock.turn(PUBLISHED_AFTER)

    assert before not in [key["kid"] for key in here.tokens.signing_keys()["keys"]]


def test_refresh_tokens_outlive_the_key_they_were_given_under(replicas, clock):
    here, there = replicas
    token = there.tokens.refresh_token(an_open_sign_in())

    for _ in range(3):
        clock.turn(timedelta(days=9))
        here.tokens.rotate()
        there.look_again()
        assert there.tokens.read_refresh_token(token) is not None
    clock.turn(KEPT_AFTER)
    here.tokens.rotate()

    assert here.tokens.read_refresh_token(token) is None


def test_when_a_key_is_known_to_others_nothing_signed_until_now_is_good(replicas, gateway, clock):
    here, there = replicas
    access, refresh = a_token(here, clock), here.tokens.refresh_token(an_open_sign_in())
    gateway.caller(access)

    here.tokens.begin_anew()
    there.look_again()
    gateway._keys.refresh()

    with pytest.raises(TokenNotAccepted):
        gateway.caller(access)
    for replica in replicas:
        assert replica.tokens.read_refresh_token(refresh) is None
        assert replica.tokens.read_access_token(access) is None
    assert gateway.caller(a_token(there, clock)) == signed_in()


def test_of_two_who_turn_the_ring_at_once_one_is_told(replicas, monkeypatch):
    here, there = replicas
    waiting = there.tokens._keys._fresh
    monkeypatch.setattr(there.tokens._keys, "_fresh", lambda: (here.tokens.rotate(), waiting())[1])

    with pytest.raises(Overtaken):
        there.tokens.rotate()

    assert len(here.tokens.ring().keys) == 3


def test_the_key_there_was_before_there_was_a_ring_goes_on_signing(floor, clock):
    first = Replica(floor)
    content = first.tokens._keys._fresh()
    place = {"network": "installation", "collection": "signing_keys", "id": FIRST, "field": "secret"}
    sealed = floor.sealing.seal(content, cohort="signing", author="shared", **place)
    documents = floor.database["signing_keys"]
    documents.delete_one({"_id": RING})
    documents.insert_one({"_id": FIRST, "made_at": clock.now(), "secret": sealed})

    replica = Replica(floor)

    assert replica.tokens._keys.current().private.as_dict(private=True)["d"] == content["jwk"]["d"]


def test_no_private_part_lies_in_the_database_or_is_told(floor, replicas):
    document = floor.database["signing_keys"].find_one({"_id": RING})
    private = [opened.private.as_dict(private=True)["d"] for opened in replicas[0].tokens._keys.kept()]

    said = repr(document) + repr(replicas[0].tokens.signing_keys()) + repr(replicas[0].tokens.ring())

    assert all(secret not in said for secret in private)
