"""What cannot be taken, sent to the running platform: each fault is named, and nothing is half-done.

The sweep goes over every field of every body there is; a new route is covered by being offered.
"""

import json
import secrets
import socket
from urllib.parse import urlsplit

import pytest
from marshmallow import fields

from deploy.tools.api import Api
from deploy.tools.story import setting_up
from gateway.routing import JSON, ROUTES
from gateway.schemas.experiments import NumberOrWay
from gateway.wiring import import_routes
from tests.builders.sending import send

import_routes()
API = [route for route in ROUTES if not route.html]
# A signed link is looked at before what is sent with it: tests/unit/gateway/test_every_route sweeps those.
WRITES = [
    route
    for route in API
    if route.body is not None and route.media == JSON and "{link}" not in route.template
]
LONG, OPERATOR = "x" * 20_100, {"$gt": ""}
NO_TEXT = (7, True, [], {"a": 1}, OPERATOR, "a\0b", LONG)
MAY_BE_LONG = ("text",)  # the field of a roster
NO_NUMBER = ("7", True, [7], OPERATOR, 1.5, 2**60, -(10**9))
NO_DAY = (7, "tomorrow", "2027-02-30", "", OPERATOR)
NO_TIME = (7, "2027-01-05", "2027-01-05T09:00:00", "2027-13-05T09:00:00Z", OPERATOR)
WRONG = {
    fields.AwareDateTime: NO_TIME,  # the third is naive
    fields.Date: NO_DAY,
    fields.Integer: NO_NUMBER,
    fields.Float: ("many", True, [7], OPERATOR, 2**60, -(10**9)),
    fields.Boolean: ("yes", 2, [], OPERATOR),
    fields.List: ("x", 7, {"a": 1}, OPERATOR, [OPERATOR], [LONG]),
    fields.Dict: ("x", 7, [], OPERATOR, {"a.b": "x"}, {"$where": "1"}),
    fields.Nested: ("x", 7, [], OPERATOR),
    fields.String: NO_TEXT,
    NumberOrWay: ([], {}, True, OPERATOR),
}
KEPT = ("organizations", "people", "roles", "clients", "programs", "imports", "cohorts", "webhook-endpoints")


@pytest.fixture(scope="module")
def admin(story):
    """The network's admin, with a token that is good for a while."""
    story.seen.admin.get("/v1/me")
    return story.seen.admin


@pytest.fixture(scope="module")
def partner(story, admin):
    """A partner system with every scope."""
    scopes = ["people:read", "cohorts:read", "webhooks:manage"]
    asked = {"organization_id": story.seen.ready.organizations[0]["id"], "scopes": scopes}
    client = admin.post("/v1/clients", asked | {"display_name": f"Sweep {secrets.token_hex(4)}"})
    return admin.as_bearer(setting_up.client_token(story.api, client["id"], client["secret"]))


@pytest.fixture(scope="module")
def operator(stack, story):
    """A system of the installation's operators."""
    made = json.loads(stack.operate("network", "operator-add", "Sweep", "--json"))
    return story.api.as_bearer(setting_up.client_token(story.api, made["id"], made["secret"]))


@pytest.fixture
def caller_of(admin, partner, operator):
    """Return who may send a route's request at all."""
    callers = {"client": partner, "operator": operator}
    return lambda route: callers.get(route.who.admissions[0].kind, admin)


@pytest.fixture
def unchanged(admin, partner):
    """What there is before a test is what there is after it."""
    before = everything(admin, partner)
    yield
    assert everything(admin, partner) == before


def everything(admin, partner):
    return {name: list((partner if "webhook" in name else admin).every(f"/v1/{name}")) for name in KEPT}


def address_of(route):
    parts = [f"{part[1:4]}_1" if part.startswith("{") else part for part in route.template.split("/")]
    return "/".join(parts)


def wrong_values(field):
    kind = next(kind for kind in WRONG if isinstance(field, kind))
    return WRONG[kind] if field.allow_none else (*WRONG[kind], None)


def refused(problem, name):
    """Whether the problem points at field `name`, or at something inside it."""
    pointers = [error["pointer"] for error in problem["errors"]]
    return any(pointer == f"/{name}" or pointer.startswith(f"/{name}/") for pointer in pointers)


@pytest.mark.parametrize("route", WRITES, ids=lambda route: f"{route.method} {route.template}")
def test_every_wrong_value_is_refused_by_the_name_of_its_field(caller_of, unchanged, route):
    caller = caller_of(route)
    taken = []
    for name, field in route.body.fields.items():
        if type(field) is fields.Raw:
            continue
        for value in wrong_values(field):
            if name in MAY_BE_LONG and value is LONG:
                continue
            answer = send(caller, route.method, address_of(route), {name: value}, If_Match='"x"')
            if answer[0] != 422 or not refused(answer[2], name):
                taken.append((name, value, answer[0]))

    assert taken == []


@pytest.mark.parametrize("route", WRITES, ids=lambda route: f"{route.method} {route.template}")
def test_what_is_missing_and_what_is_unknown_is_named(caller_of, unchanged, route):
    caller = caller_of(route)
    required = {f"/{name}" for name, field in route.body.fields.items() if field.required}

    status, _, problem = send(caller, route.method, address_of(route), {"stray": 1}, If_Match='"x"')

    assert status == 422
    assert {error["pointer"] for error in problem["errors"]} >= required | {"/stray"}


GOOD = {"display_name": "Half-done"}
UNREADABLE = {
    "no JSON": (b"{", {}, 400),
    "nothing of JSON": (b"", {}, 422),
    "invalid UTF-8": (b'{"display_name": "\xff\xfe"}', {}, 400),
    "a lone surrogate": (b'{"display_name": "\\ud800"}', {}, 400),
    "a NUL": (b'{"display_name": "a\\u0000b"}', {}, 422),
    "a key twice": (b'{"display_name": "a", "display_name": "b"}', {}, 400),
    "33 levels": (b'{"display_name": ' + b"[" * 33 + b"]" * 33 + b"}", {}, 400),
    "a list": (b'[{"display_name": "a"}]', {}, 422),
    "a megabyte too much": (b'{"display_name": "' + b"a" * 1_100_000 + b'"}', {}, 413),
    "compressed": (b"\x1f\x8b", {"Content-Encoding": "gzip"}, 415),
    "plain text": (b"display_name=a", {"Content-Type": "text/plain"}, 415),
    "a form": (b"display_name=a", {"Content-Type": "application/x-www-form-urlencoded"}, 415),
    "no media type": (b"{}", {"Content-Type": ""}, 415),
    "a key of no letters": (json.dumps(GOOD).encode(), {"Idempotency-Key": "a b"}, 400),
    "a key of 300 letters": (json.dumps(GOOD).encode(), {"Idempotency-Key": "k" * 300}, 400),
}


@pytest.mark.parametrize("case", UNREADABLE.values(), ids=UNREADABLE.keys())
def test_a_body_that_cannot_be_taken_makes_nothing(admin, unchanged, case):
    raw, headers, status = case

    assert send(admin, "POST", "/v1/organizations", raw, **headers)[0] == status


def test_a_half_sent_request_makes_nothing(admin, unchanged):
    body = json.dumps(GOOD).encode()
    head = (
        f"POST /v1/organizations HTTP/1.1\r\nHost: x\r\nAuthorization: {admin.authorization}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body) + 1}\r\n\r\n"
    )
    parts = urlsplit(admin.url)
    with socket.create_connection((parts.hostname, parts.port), timeout=20) as half:
        half.sendall(head.encode() + body)
        half.shutdown(socket.SHUT_WR)
        answered = half.recv(65_536)

    assert not answered.startswith(b"HTTP/1.1 2")


@pytest.mark.parametrize("template", sorted({one.template for one in API if "{link}" not in one.template}))
def test_a_method_that_is_not_offered_is_told_which_are(story, template):
    offered = {route.method for route in API if route.template == template}
    path = address_of(next(route for route in API if route.template == template))
    for method in {"POST", "PUT", "PATCH", "DELETE"} - offered:
        status, headers, _ = send(Api(story.api.url), method, path)

        assert status == 405
        assert offered <= set(headers["Allow"].split(", "))


def test_a_change_to_what_one_did_not_read_is_refused(admin, story):
    path = f"/v1/organizations/{story.seen.ready.organizations[0]['id']}"
    name = admin.get(path)["display_name"]
    tag = send(admin, "GET", path)[1]["ETag"]

    assert send(admin, "PATCH", path, {"display_name": name})[0] == 428
    assert send(admin, "PATCH", path, {"display_name": "Stale"}, If_Match='"x"')[2]["code"] == "stale"
    assert send(admin, "PATCH", path, {"display_name": "Any"}, If_Match="*")[0] >= 400
    assert send(admin, "PATCH", path, {"display_name": f"{name} 2"}, If_Match=tag)[0] == 200
    assert send(admin, "PATCH", path, {"display_name": "Late"}, If_Match=tag)[0] == 412
    again = send(admin, "GET", path)
    assert again[2]["display_name"] == f"{name} 2"
    send(admin, "PATCH", path, {"display_name": name}, If_Match=again[1]["ETag"])


def test_a_key_belongs_to_one_body_and_one_caller(admin, story):
    key, path = secrets.token_hex(12), "/v1/organizations"
    body = {"display_name": f"Once {key}"}
    first = send(admin, "POST", path, body, Idempotency_Key=key)
    again = send(admin, "POST", path, body, Idempotency_Key=key)
    other = send(admin, "POST", path, {"display_name": "Other"}, Idempotency_Key=key)
    member = next(iter(story.seen.players.values()))
    member.api.get("/v1/me")
    stranger = send(member.api, "POST", path, body, Idempotency_Key=key)

    assert (first[0], again[2]) == (201, first[2])
    assert (other[0], other[2]["code"]) == (422, "key-reused")
    assert stranger[0] == 403


def test_a_cursor_is_good_as_it_was_given_and_for_its_own_list_only(admin, partner):
    cursor = admin.get("/v1/people", limit=2)["next_cursor"]
    altered = ("A" if cursor[5] != "A" else "B").join((cursor[:5], cursor[6:]))
    tried = [
        send(admin, "GET", f"/v1/people?limit=2&cursor={altered}"),
        send(admin, "GET", f"/v1/people?limit=2&cursor={cursor[:-2]}"),
        send(admin, "GET", f"/v1/organizations?limit=2&cursor={cursor}"),
        send(partner, "GET", f"/v1/people?limit=2&cursor={cursor}"),
        send(admin, "GET", "/v1/people?limit=2&cursor=per_000"),
    ]

    assert {(status, problem["code"]) for status, _, problem in tried} == {(400, "cursor-refused")}
    assert send(admin, "GET", f"/v1/people?limit=2&cursor={cursor}")[0] == 200


def test_a_token_opens_only_the_door_it_was_made_for(admin, story):
    member = next(iter(story.seen.players.values()))
    member.api.get("/v1/me")
    access = member.api.authorization.split()[1]
    head, claims, signature = access.split(".")
    cursor = admin.get("/v1/people", limit=2)["next_cursor"]
    link = story.mails.signed_link(member.email).removeprefix("/a/")
    forged = [
        *(f"{head}.{claims}.", f"{head}.{claims}.{signature[:-4]}AAAA", f"{signature}.{claims}.{head}"),
        *(member.api._refresh, cursor, link, story.seen.ready.endpoint["secret"], "x"),
    ]
    tried = {token: send(Api(story.api.url, f"Bearer {token}"), "GET", "/v1/me")[0] for token in forged}

    assert set(tried.values()) == {401}
    assert send(Api(story.api.url, f"Link {access}"), "GET", "/v1/me")[0] == 404
    refresh = send(Api(story.api.url), "POST", "/v1/sign-ins/refresh", {"refresh_token": access})
    assert refresh[0] in (401, 403, 422)
