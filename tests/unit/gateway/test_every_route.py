"""What must hold for every route there is; a new one is covered by being offered."""

import pytest

from gateway.routing import ROUTES
from gateway.wiring import import_routes
from services.contracts.caller import Caller
from services.contracts.links import SignedLink, write_link
from tests.builders.gateway import SECRET, a_gateway, a_token

import_routes()
API = [route for route in ROUTES if not route.html]
WRITES = [route for route in API if route.body is not None]
SERVER_OWNED = (
    *("_id", "id", "network", "network_id", "person_id", "account_id", "roles", "role", "scopes", "kind"),
    *("author", "author_id", "created_at", "created_by", "changed_by", "granted_by", "revision", "version"),
    *("state", "standing", "status", "outbox", "requests", "answers", "heard", "due", "fence", "lease_until"),
)
# What looks server-owned but is what the command is about: (route, field).
TOLD = {
    ("change_program", "standing"),
    ("change_connection", "standing"),
    ("finish_connection_sign_in", "state"),  # OAuth's own word
    ("finish_linking", "state"),
    ("change_client", "scopes"),
    ("set_client_standing", "standing"),
    ("switch_network", "network"),
    ("grant_role", "person_id"),
    ("grant_role", "role"),
    ("register_client", "scopes"),
    ("sign_agreement", "version"),
    ("report_commitment", "standing"),
    ("record_attendance", "standing"),
}
OPERATORS = (
    *({"$gt": ""}, {"$ne": None}, {"$regex": ".*"}, {"$where": "1"}, {"$exists": True}),
    *({"$in": ["a"]}, [{"$gt": ""}], {"a": {"$gt": ""}}),
)
PROTECTING = (
    "x-content-type-options",
    "referrer-policy",
    "content-security-policy",
    "request-id",
    "cache-control",
)
EVERY = pytest.mark.parametrize("route", ROUTES, ids=lambda route: f"{route.method} {route.template}")
EVERY_WRITE = pytest.mark.parametrize("route", WRITES, ids=lambda route: f"{route.method} {route.template}")


@pytest.fixture(scope="module")
def gateway():
    begun = {"authorization_url": "https://login.halden.example/", "attempt": "sealed"}
    erasure = {"standing": "waiting", "begins_at": "2027-01-05T09:00:00.000Z"}
    return a_gateway(ROUTES, {"begin_connection_sign_in": begun, "show_erasure": erasure})


def admitted_to(route):
    """A caller whom the route lets in."""
    admission = route.who.admissions[0]
    if admission.kind == "client":
        return Caller("client", "net_1", client_id="cli_1", scopes=admission.needs)
    if admission.kind == "operator":
        return Caller("operator", client_id="cli_1", scopes=admission.needs)
    return Caller("person", "net_1", person_id="per_1", account_id="acc_1", roles=admission.needs)


def address_of(route):
    acts = [sorted(each.needs)[0] for each in route.who.admissions if each.kind == "link" and each.needs]
    held = SignedLink((acts or ["rsvp"])[0], "ses_1", "net_1", "per_1")
    values = {"link": write_link(SECRET, held, 60)}
    parts = [part[1:-1] if part.startswith("{") else None for part in route.template.split("/")]
    return "/".join(
        values.get(name, "abc_1") if name else part
        for name, part in zip(parts, route.template.split("/"), strict=True)
    )


def send(gateway, route, body):
    before = len(gateway.asked)
    answer = gateway.request(
        route.method, address_of(route), body, token=a_token(admitted_to(route)), if_match='"x"'
    )
    return answer, gateway.asked[before:]


@EVERY_WRITE
def test_what_the_server_owns_is_never_taken_from_a_body(gateway, route):
    tried = [name for name in SERVER_OWNED if (route.name, name) not in TOLD]

    answer, asked = send(gateway, route, dict.fromkeys(tried, "forged"))

    assert answer.status == 422
    assert {error["pointer"] for error in answer.json["errors"]} >= {f"/{name}" for name in tried}
    assert asked == []


@EVERY_WRITE
def test_an_operator_of_the_database_is_refused_in_every_field(gateway, route):
    for name in route.body.fields:
        for operator in OPERATORS:
            answer, asked = send(gateway, route, {name: operator})

            assert answer.status == 422
            assert asked == []


@EVERY
def test_a_stranger_is_answered_with_every_protecting_header(gateway, route):
    answer = gateway.request(route.method, address_of(route))

    assert answer.status < 500
    assert set(PROTECTING) <= answer.fields.keys()
    assert "server" not in answer.fields
    assert "public" not in answer.fields["cache-control"]


@pytest.mark.parametrize(
    "route",
    [route for route in ROUTES if "{link}" not in route.template],
    ids=lambda route: f"{route.method} {route.template}",
)
def test_a_token_of_nobody_opens_nothing(gateway, route):
    before = len(gateway.asked)

    answer = gateway.request(route.method, address_of(route), authorization="Bearer eyJ.e30.sig")

    assert answer.status in {400, 401, 403, 404, 415, 422} or route.who.knows("anonymous")
    assert len(gateway.asked) == before or route.own_credentials


def test_every_operation_has_a_name_and_a_summary_of_its_own():
    names = [route.name for route in API]

    assert len(set(names)) == len(names)
    assert all(route.summary for route in API)
