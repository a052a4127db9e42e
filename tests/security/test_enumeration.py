"""Nobody learns whether an address, an invitation or a sign-in is known: not by words, bytes, mail or time.

The times of 200 tries at things that are known and 200 that are not are compared by ranks. One comparison in
a hundred comes out wrong by chance, so it is made again, three times at most.
"""

import random
import secrets
import time
import uuid
from dataclasses import replace
from types import SimpleNamespace

import pytest

from gateway.routes import accounts, identity, invitations
from gateway.routing import ROUTES
from services.contracts.links import SignedLink, write_link
from services.kit.clock import WallClock
from services.kit.floor import Floor
from services.kit.mongo import connect
from services.kit.settings import Settings
from services.membership.domain.invitations import invite
from services.membership.service import MembershipService
from tests.builders.doors import House, HouseAsks
from tests.builders.floors import MONGO, some_secrets
from tests.builders.gateway import PUBLIC_URL, SECRET, a_gateway
from tests.builders.identity import NET, a_network, a_person, quick_passwords
from tests.security.ranks import same_distribution

TRIES = 200
AGAIN = 3
WRONG = "a wrong one, though long"
VOLATILE = ("date", "request-id", "etag", "ratelimit", "x-ratelimit-remaining", "x-ratelimit-reset")


@pytest.fixture(scope="module")
def ground(tmp_path_factory):
    """Membership behind a gateway, with two hundred people who have accounts and passwords."""
    client = connect(Settings(service="tests", mongo=MONGO))
    settings = Settings(
        service="membership",
        mongo=MONGO,
        secrets=some_secrets(tmp_path_factory.mktemp("secrets"), link_key=SECRET),
        db_prefix=f"enu_{uuid.uuid4().hex[:12]}_",
        public_url=PUBLIC_URL,
    )
    floor = Floor(settings, client=client, clock=WallClock())
    house = House(MembershipService, floor, passwords=quick_passwords())  # so that all else shows the more
    offered = [each for each in ROUTES if each.handler.__module__ in _modules()]
    gateway = a_gateway(offered, asks=HouseAsks(house), rate=100_000, burst=100_000)
    yield _peopled(SimpleNamespace(house=house, gateway=gateway, service=house.service))
    for name in (settings.database, settings.keys_database):
        client.drop_database(name)
    client.close()


@pytest.fixture(autouse=True)
def fresh(ground):
    """Throttles forget what the test before counted."""
    ground.house.service.throttles._documents.delete_many({})


def _modules():
    return {accounts.__name__, identity.__name__, invitations.__name__}


def _peopled(ground):
    service = ground.service
    service.networks.add(a_network())
    hashed = service.passwords.hash("a long enough one")
    ground.known = [f"known{number}@example.org" for number in range(TRIES)]
    ground.unknown = [f"other{number}@example.org" for number in range(TRIES)]
    for number, email in enumerate(ground.known):
        person = service.people.add(a_person(f"per_{number}", email=email))
        account = service.accounts.get(service.accounts.ensure_for(NET, person.id, email))
        service.accounts.claim(account.id, person.id)
        service.factors.keep(replace(service.factors.of(account), password_hash=hashed))
    return ground


def signed_in(ground, email):
    body = {"email": email, "password": "a long enough one"}
    return ground.gateway.request("POST", "/v1/sign-ins/password", body).json["access_token"]


def guess(ground, email):
    body = {"email": email, "password": WRONG}
    return ground.gateway.request("POST", "/v1/sign-ins/password", body)


def ask_for_link(ground, email):
    body = {"email": email, "verifier": secrets.token_urlsafe(32)}
    return ground.gateway.request("POST", "/v1/sign-ins", body)


def an_invitation(ground, number, round):
    person = ground.service.people.get(NET, f"per_{number}")
    invitation, _ = invite(None, NET, person.id, person.email, "per_eve", WallClock().now())
    if not ground.service.invitations.find(NET, {"_id": invitation.id}):
        ground.service.invitations.add(invitation)
    subject = f"{invitation.id}/{round}"
    return write_link(SECRET, SignedLink("join", subject, NET, person.id), 3600)


def follow_invitation(ground, link):
    path = f"/v1/invitations/{link}/sign-in"
    return ground.gateway.request("POST", path, {"verifier": secrets.token_urlsafe(32)})


def timed(act, ones, others):
    """Return (times of ones, times of others), tried in a random order."""
    order = [(0, one) for one in ones] + [(1, one) for one in others]
    random.shuffle(order)
    times = ([], [])
    for sample, one in order:
        before = time.perf_counter()
        act(one)
        times[sample].append(time.perf_counter() - before)
    return times


def indistinguishable(ground, act, ones, others):
    """True as soon as one of three comparisons finds no difference."""
    for _ in range(AGAIN):
        ground.service.throttles._documents.delete_many({})
        if same_distribution(*timed(act, ones, others)) > 0.01:
            return True
    return False


def bare(answer):
    """What of an answer could tell something: all but its time, its id and the limits that count down."""
    body = {name: value for name, value in (answer.json or {}).items() if name != "request_id"}
    fields = {name: value for name, value in answer.fields.items() if name not in VOLATILE}
    return answer.status, fields, body


def test_guessing_a_password_takes_as_long_for_nobody(ground):
    assert indistinguishable(ground, lambda email: guess(ground, email), ground.known, ground.unknown)


def test_asking_for_a_link_takes_as_long_for_nobody(ground):
    assert indistinguishable(ground, lambda email: ask_for_link(ground, email), ground.known, ground.unknown)


def test_an_invitation_that_was_sent_again_takes_as_long_as_one_that_is_good(ground):
    good = [an_invitation(ground, number, 1) for number in range(TRIES)]
    stale = [an_invitation(ground, number, 2) for number in range(TRIES)]

    assert indistinguishable(ground, lambda link: follow_invitation(ground, link), good, stale)


def test_moving_to_an_address_that_is_somebodys_takes_as_long_as_to_a_free_one(ground):
    token = signed_in(ground, ground.known[0])

    def move(email):
        ground.service.throttles._documents.delete_many({})
        ground.gateway.request("POST", "/v1/me/address-moves", {"email": email}, token=token)

    half = TRIES // 2
    assert indistinguishable(ground, move, ground.known[1:half], ground.unknown[1:half])


def test_every_answer_about_somebody_is_the_answer_about_nobody(ground):
    token = signed_in(ground, ground.known[0])
    theirs = ground.service.sign_ins.documents.find_one({"person_id": {"$ne": "per_0"}}) or {"_id": "tok_x"}
    send = ground.gateway.request
    pairs = {
        "password": (guess(ground, ground.known[1]), guess(ground, ground.unknown[1])),
        "link": (ask_for_link(ground, ground.known[2]), ask_for_link(ground, ground.unknown[2])),
        "invitation": (
            follow_invitation(ground, an_invitation(ground, 3, 1)),
            follow_invitation(ground, an_invitation(ground, 3, 2)),
        ),
        "used link": (
            send("POST", "/v1/sign-ins/finish", {"token": "a" * 43, "verifier": "v" * 43}),
            send("POST", "/v1/sign-ins/finish", {"token": "b" * 43}),
        ),
        "sign-in": (
            send("DELETE", f"/v1/me/sign-ins/{theirs['_id']}", token=token),
            send("DELETE", "/v1/me/sign-ins/tok_none", token=token),
        ),
        "network": (
            send("PUT", f"/v1/me/networks/{_other_network(ground)}", token=token),
            send("PUT", "/v1/me/networks/net_none", token=token),
        ),
    }

    different = {name for name, (one, other) in pairs.items() if bare(one) != bare(other)}

    assert different == set()


def _other_network(ground):
    if not ground.service.networks.find("net_2", {}):
        ground.service.networks.add(a_network("net_2"))
    return "net_2"


def test_too_many_guesses_are_refused_alike_for_somebody_and_nobody(ground):
    refused = []
    for email in (ground.known[5], ground.unknown[5]):
        answers = [guess(ground, email) for _ in range(11)]
        refused.append(bare(answers[-1]))

    assert refused[0] == refused[1]
    assert (refused[0][0], refused[0][1]["retry-after"]) == (429, "86400")


def test_mail_goes_to_nobody_and_to_nowhere_new(ground):
    before = ground.service.sign_ins.documents.count_documents({"outbox.body.data.email": {"$exists": True}})

    for email in ground.unknown[:10]:
        ask_for_link(ground, email)
    rogue = replace(
        ground.service.people.get(NET, "per_7"), email="rogue@example.org", email_key="rogue@example.org"
    )
    ground.service.people.save(rogue)
    ask_for_link(ground, "rogue@example.org")

    after = ground.service.sign_ins.documents.count_documents({"outbox.body.data.email": {"$exists": True}})
    assert after == before
