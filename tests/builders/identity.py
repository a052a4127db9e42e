"""Networks, people, sign-ins and callers for the tests of identity."""

from datetime import UTC, datetime

from argon2 import PasswordHasher

from services.contracts.caller import Caller
from services.membership.adapters.tokens import Argon2Passwords
from services.membership.domain.accounts import Account, Belonging
from services.membership.domain.clients import Client, ClientSecret, secret_digest
from services.membership.domain.networks import Network
from services.membership.domain.people import Person
from services.membership.domain.roles import Role, role_id
from services.membership.domain.sign_in_links import finish, prepared_link
from services.membership.domain.sign_ins import SignIn

NET = "net_1"
ADA = "per_ada"
MORNING = datetime(2027, 1, 5, 9, 0, tzinfo=UTC)


class HandClock:
    """A clock that the test turns."""

    def __init__(self, now=MORNING):
        self._now = now

    def now(self):
        return self._now

    def turn(self, by):
        self._now += by


def a_person(id=ADA, network=NET, email="ada@example.org", **fields):
    given = {"display_name": "Ada", "email_key": email.casefold()} | fields
    return Person(id=id, network=network, email=email, **given)


def quick_passwords():
    """The real hashing, cheap and in the test's own thread."""
    quick = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    return Argon2Passwords(elsewhere=lambda hashing, *given: hashing(*given), hasher=quick)


def a_network(id=NET, **fields):
    given = {"display_name": "Northwind", "admin_person_id": "per_eve", "created_at": MORNING} | fields
    return Network(id=id, network=id, **given)


def an_account(id="acc_ada", address="ada@example.org", network=NET, person_id=ADA, **fields):
    return Account(id, address, (Belonging(network, person_id),), **fields)


def a_waiting_link(id="tok_1", token="word", asked_at=MORNING):
    return prepared_link(id, "acc_ada", Belonging(NET, ADA), secret_digest(token), asked_at)


def an_open_sign_in(id="tok_1", way="link", opened_at=MORNING, **fields):
    opened = finish(a_waiting_link(id, asked_at=opened_at), opened_at)
    return SignIn(**{**vars(opened), "way": way, **fields})


def a_role(person_id=ADA, role="network_admin", network=NET, until=None, **fields):
    given = {"organization_id": None, "granted_by": "per_eve", "granted_at": MORNING} | fields
    name = role_id(network, person_id, role, given["organization_id"])
    return Role(id=name, network=network, person_id=person_id, role=role, until=until, **given)


def a_client(id="cli_1", secret="a secret", scopes=("cohorts:read", "people:read"), **fields):
    given = {
        "network": NET,
        "organization_id": "org_north",
        "display_name": "Northwind HR",
        "secrets": (ClientSecret("sec_1", secret_digest(secret), MORNING),),
        "registered_by": ADA,
        "registered_at": MORNING,
    }
    return Client(id=id, scopes=scopes, **given | fields)


def signed_in(
    person_id=ADA,
    roles=("member",),
    network=NET,
    signin_id="tok_1",
    account_id="acc_ada",
    text_open=True,
    **fields,
):
    return Caller(
        kind="person",
        network=network,
        person_id=person_id,
        account_id=account_id,
        signin_id=signin_id,
        roles=frozenset(roles),
        text_open=text_open,
        **fields,
    )


def an_admin(person_id=ADA, network=NET):
    return signed_in(person_id, roles=("member", "network_admin"), network=network)
