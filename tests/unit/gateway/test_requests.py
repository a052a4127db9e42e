"""From bytes to an answer, as a client sees it; the services behind are played by `FakeAsks`."""

import pytest
from marshmallow import Schema, fields, validate

from gateway.answers import json_answer
from gateway.guards import SIGNED_IN, roles, scopes
from gateway.routing import RouteTable
from services.kit.outcomes import Overloaded, RemoteFault, RemoteRefusal, Unavailable
from tests.builders.gateway import MEMBER, PARTNER, STAFF, a_gateway, a_route, a_token


class RsvpBody(Schema):
    answer = fields.String(required=True, validate=validate.OneOf(["yes", "no"]))


class PeopleQuery(Schema):
    organization_id = fields.String()


def show_thing(call):
    return call.ask("sessions", "show_thing", thing_id=call.path["thing_id"])


def record_rsvp(call):
    return call.ask("sessions", "record_rsvp", **call.body)


def list_people(call):
    return call.ask("membership", "list_people", **call.query)


SHOW = a_route("GET", "/v1/things/{thing_id}", show_thing, who=SIGNED_IN, revalidated=True)
RSVP = a_route("PUT", "/v1/things/{thing_id}/rsvp", record_rsvp, body=RsvpBody(), who=SIGNED_IN)
CHANGE = a_route("PATCH", "/v1/things/{thing_id}", record_rsvp, body=RsvpBody(), who=SIGNED_IN, guarded=True)
PEOPLE = a_route(
    "GET", "/v1/people", list_people, who=scopes("people:read") | SIGNED_IN, query=PeopleQuery(), paged=True
)
STAFF_ONLY = a_route("POST", "/v1/programs", lambda call: {}, who=roles("program_staff"), status=201)
THING = "/v1/things/thi_1"
YES = {"answer": "yes"}


@pytest.fixture
def gateway():
    answers = {"show_thing": {"id": "thi_1"}, "record_rsvp": {"standing": "seated"}}
    return a_gateway([SHOW, RSVP, CHANGE, PEOPLE, STAFF_ONLY], answers)


def test_an_answer_carries_its_etag_and_what_the_service_said(gateway):
    answer = gateway.request("GET", THING, token=a_token())

    assert answer.status == 200
    assert answer.json == {"id": "thi_1"}
    assert answer.fields["etag"] == '"tag-of-show_thing"'
    assert gateway.asked[0]["caller"] == MEMBER
    assert gateway.asked[0]["request_id"] == answer.fields["request-id"]


def test_what_is_unchanged_is_not_sent_again(gateway):
    answer = gateway.request("GET", THING, token=a_token(), if_none_match='"other", W/"tag-of-show_thing"')

    assert answer.status == 304
    assert answer.body == b""


def test_head_answers_like_get_without_the_body(gateway):
    (answer,) = gateway.send(
        f"HEAD {THING} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {a_token()}\r\n\r\n".encode()
    )

    assert answer.fields["content-length"] == "14"
    assert answer.body == b""


def test_an_unknown_path_is_a_problem(gateway):
    answer = gateway.request("GET", "/v1/nothing")

    assert answer.status == 404
    assert answer.fields["content-type"] == "application/problem+json"


def test_a_method_that_is_not_offered_is_told_which_are(gateway):
    answer = gateway.request("DELETE", THING)

    assert answer.status == 405
    assert answer.fields["allow"] == "GET, HEAD, PATCH"


@pytest.mark.parametrize(
    ("route", "caller", "status"),
    [
        (("GET", THING), None, 401),
        (("GET", THING), PARTNER, 403),
        (("GET", THING), MEMBER, 200),
        (("POST", "/v1/programs"), MEMBER, 403),
        (("POST", "/v1/programs"), STAFF, 201),
        (("GET", "/v1/people"), PARTNER, 200),
    ],
)
def test_a_route_lets_in_whom_it_is_for(gateway, route, caller, status):
    gateway.asks.answers["list_people"] = {"data": [], "next": None}

    answer = gateway.request(*route, token=a_token(caller) if caller else None)

    assert answer.status == status


@pytest.mark.parametrize("credentials", ["Bearer x.y.z", "Basic YTpi", "Bearer", "Link nonsense"])
def test_credentials_that_are_not_accepted_say_nothing_about_why(gateway, credentials):
    answer = gateway.request("GET", THING, authorization=credentials)

    assert answer.status in {401, 404}
    assert "traceback" not in answer.body.decode().lower()


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        ({"answer": "maybe"}, {}, 422),
        ({}, {}, 422),
        ({"answer": "yes", "network": "net_2"}, {}, 422),
        ({"answer": {"$gt": ""}}, {}, 422),
        ([], {}, 422),
        (b"{", {}, 400),
        (b'{"answer": "yes"}', {"content_type": "text/plain"}, 415),
        (b'{"answer": "yes"}', {"content_type": "application/x-www-form-urlencoded"}, 415),
        (b'{"answer": "yes"}', {"content_encoding": "gzip"}, 415),
        (b'{"answer": "' + b"a" * 1_000_001 + b'"}', {}, 413),
        (YES, {"idempotency_key": ""}, 400),
        (YES, {"idempotency_key": "a b"}, 400),
        (YES, {"idempotency_key": "k" * 256}, 400),
    ],
)
def test_a_body_that_cannot_be_accepted_asks_nobody(gateway, body, headers, status):
    answer = gateway.request("PUT", f"{THING}/rsvp", body, token=a_token(), **headers)

    assert answer.status == status
    assert gateway.asked == []


def test_a_write_carries_a_key_made_of_caller_method_path_and_what_was_sent(gateway):
    def ask(caller, target, key, body=YES):
        gateway.request("PUT", target, body, token=a_token(caller), idempotency_key=key)
        return gateway.asked[-1]["key"]

    first = ask(MEMBER, f"{THING}/rsvp", "k1")

    assert ask(MEMBER, f"{THING}/rsvp", "k1") == first
    assert ask(STAFF, f"{THING}/rsvp", "k1").key != first.key
    assert ask(MEMBER, "/v1/things/thi_2/rsvp", "k1").key != first.key
    assert ask(MEMBER, f"{THING}/rsvp", "k2").key != first.key
    other_body = ask(MEMBER, f"{THING}/rsvp", "k1", {"answer": "no"})
    assert (other_body.key, other_body.body_hash != first.body_hash) == (first.key, True)


def test_a_write_without_a_key_gets_one_of_its_own(gateway):
    for _ in range(2):
        gateway.request("PUT", f"{THING}/rsvp", YES, token=a_token())

    first, second = (asked["key"].key for asked in gateway.asked)
    assert first != second


@pytest.mark.parametrize(
    ("sent", "status"),
    [(None, 428), ("*", 428), ('W/"a"', 412), ("a", 400), ('"a", "b"', 400), ('"a"', 200)],
)
def test_a_shared_thing_is_changed_only_by_who_names_what_they_read(gateway, sent, status):
    fields = {"if_match": sent} if sent else {}

    answer = gateway.request("PATCH", THING, YES, token=a_token(), **fields)

    assert answer.status == status


def test_if_match_travels_to_the_service_without_its_quotes(gateway):
    gateway.request("PATCH", THING, YES, token=a_token(), if_match='"abc"')

    assert gateway.asked[0]["if_match"] == "abc"


@pytest.mark.parametrize(
    ("reason", "status", "code"),
    [
        (RemoteRefusal("invalid", "bad-time", "x"), 422, "bad-time"),
        (RemoteRefusal("forbidden", "not-yours", "x"), 403, "not-yours"),
        (RemoteRefusal("not-found", "not-found", "x"), 404, "not-found"),
        (RemoteRefusal("conflict", "session-started", "x"), 409, "session-started"),
        (RemoteRefusal("conflict", "stale", "x"), 412, "stale"),
        (Overloaded("x"), 503, "overloaded"),
        (Unavailable("x"), 503, "unavailable"),
        (RemoteFault("x"), 500, "internal-error"),
        (ZeroDivisionError("canary"), 500, "internal-error"),
    ],
)
def test_each_no_of_a_service_has_its_status(gateway, reason, status, code):
    gateway.asks.answers["show_thing"] = reason

    answer = gateway.request("GET", THING, token=a_token())

    assert (answer.status, answer.json["code"]) == (status, code)
    assert answer.json["request_id"] == answer.fields["request-id"]
    assert b"canary" not in answer.body


def test_a_write_that_may_have_been_done_is_asked_to_be_repeated_with_its_key(gateway):
    gateway.asks.answers["record_rsvp"] = Unavailable("late", maybe_done=True)

    answer = gateway.request("PUT", f"{THING}/rsvp", YES, token=a_token())

    assert "same Idempotency-Key" in answer.json["detail"]
    assert answer.fields["retry-after"] == "2"


def test_a_refusal_names_the_fields_the_service_named(gateway):
    fault = {"pointer": "/answer", "detail": "too late"}
    gateway.asks.answers["record_rsvp"] = RemoteRefusal("invalid", "invalid", "x", [fault])

    assert gateway.request("PUT", f"{THING}/rsvp", YES, token=a_token()).json["errors"] == [fault]


def test_a_list_goes_on_where_its_cursor_says(gateway):
    gateway.asks.answers["list_people"] = lambda payload: {"data": [payload["after"]], "next": "[7]"}
    target = "/v1/people?organization_id=org_1&limit=2"

    first = gateway.request("GET", target, token=a_token(PARTNER))
    second = gateway.request("GET", f"{target}&cursor={first.json['next_cursor']}", token=a_token(PARTNER))

    assert first.json["has_more"] is True
    assert first.fields["link"] == f'<{target}&cursor={first.json["next_cursor"]}>; rel="next"'
    assert second.json["data"] == ["[7]"]
    assert gateway.asked[0]["payload"] == {"organization_id": "org_1", "limit": 2, "after": None}


def test_a_cursor_is_good_for_its_own_caller_and_query_only(gateway):
    gateway.asks.answers["list_people"] = {"data": [], "next": "[7]"}
    cursor = gateway.request("GET", "/v1/people", token=a_token(PARTNER)).json["next_cursor"]

    def status(query, caller=PARTNER):
        return gateway.request("GET", f"/v1/people?{query}", token=a_token(caller)).status

    assert status(f"cursor={cursor}") == 200
    assert status(f"cursor={cursor}", STAFF) == 400
    assert status(f"cursor={cursor}&organization_id=org_2") == 400
    assert status(f"cursor={cursor[:-1]}") == 400
    assert status("cursor=nonsense") == 400


@pytest.mark.parametrize("query", ["limit=0", "limit=101", "limit=x", "limit=-1", "limit=1e2", "stray=1"])
def test_a_query_that_cannot_be_accepted_is_named(gateway, query):
    answer = gateway.request("GET", f"/v1/people?{query}", token=a_token())

    assert answer.status in {400, 422}


def test_a_client_that_asks_too_often_is_told_when_to_come_back():
    gateway = a_gateway([SHOW], rate=0.1, burst=2)

    answers = [gateway.request("GET", THING, token=a_token()) for _ in range(3)]

    assert [answer.status for answer in answers] == [200, 200, 429]
    assert answers[2].fields["retry-after"] == "10"
    assert answers[0].fields["ratelimit"] == '"caller";r=1;t=10'
    assert answers[2].fields["x-ratelimit-remaining"] == "0"


def test_what_a_proxy_is_not_configured_for_is_a_strangers_claim():
    spoofing = {"x_forwarded_for": "6.6.6.6"}
    trusting = a_gateway([SHOW], rate=0.1, burst=1, proxies=["10.0.0.0/8"])
    wary = a_gateway([SHOW], rate=0.1, burst=1)

    def two(gateway):
        first = gateway.request("GET", THING, x_forwarded_for="1.1.1.1")
        return [first.status, gateway.request("GET", THING, **spoofing).status]

    assert two(trusting) == [401, 401]
    assert two(wary) == [401, 429]


def test_of_a_chain_of_forwarders_only_the_last_word_counts():
    gateway = a_gateway([SHOW], rate=0.1, burst=1, proxies=["10.0.0.0/8"])

    statuses = [
        gateway.request("GET", THING, x_forwarded_for=f"{number}.6.6.6, 1.1.1.1").status for number in (5, 6)
    ]

    assert statuses == [401, 429]


def test_cookie_and_token_together_are_two_answers_to_one_question(gateway):
    answer = gateway.request("GET", THING, token=a_token(), cookie="commonthread_local=abc")

    assert answer.status == 400


def test_a_body_where_none_is_expected_is_refused(gateway):
    assert gateway.request("GET", THING, {}, token=a_token()).status == 400
    assert gateway.request("POST", "/v1/programs", {"x": 1}, token=a_token(STAFF)).status == 422
    assert gateway.request("POST", "/v1/programs", {}, token=a_token(STAFF)).status == 201


def test_a_created_thing_says_where_it_is():
    made = a_route("POST", "/v1/things", lambda call: {"id": "thi_7"}, status=201, location="/v1/things/{id}")
    done = a_route("POST", "/v1/jobs", lambda call: json_answer({}, 202, location="/v1/jobs/j1"))
    gateway = a_gateway([made, done])

    assert gateway.request("POST", "/v1/things", {}).fields["location"] == "/v1/things/thi_7"
    assert gateway.request("POST", "/v1/jobs", {}).status == 202


def test_two_routes_cannot_offer_the_same():
    with pytest.raises(ValueError, match="twice"):
        RouteTable([SHOW, SHOW])


def test_metrics_are_for_this_machine_only(gateway):
    assert gateway.request("GET", "/metrics", peer="127.0.0.1").status == 200
    assert gateway.request("GET", "/metrics", peer="10.0.0.1").status == 404
    assert gateway.request("GET", "/metrics", peer="127.0.0.1", x_forwarded_for="1.1.1.1").status == 404


def test_readiness_names_its_dependencies_to_this_machine_only(gateway):
    assert gateway.request("GET", "/readyz", peer="127.0.0.1").json["dependencies"] == {"broker": True}
    assert gateway.request("GET", "/readyz").json == {"ready": True}


@pytest.mark.parametrize("target", [THING, "/v1/nothing", "/v1/people?limit=x", "/livez", "/readyz"])
@pytest.mark.parametrize("tls", [True, False])
def test_every_answer_carries_the_headers_that_protect_it(target, tls):
    gateway = a_gateway([SHOW, PEOPLE], tls=tls)

    fields = gateway.request("GET", target).fields

    assert fields["x-content-type-options"] == "nosniff"
    assert fields["referrer-policy"] == "no-referrer"
    assert fields["cross-origin-opener-policy"] == "same-origin"
    assert fields["cross-origin-resource-policy"] == "same-origin"
    assert "default-src 'none'" in fields["content-security-policy"]
    assert fields["cache-control"] == "no-store"
    assert fields["request-id"].startswith("req_")
    assert ("strict-transport-security" in fields) == tls
    assert not {"server", "x-powered-by", "access-control-allow-origin"} & fields.keys()
