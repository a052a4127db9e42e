"""Another network's ids elsewhere: in body, query, cursor, If-Match, Idempotency-Key and Last-Event-ID.

What is another's answers as what is not there, and nothing is made or changed by it.
"""

import json
import secrets

import pytest

from tests.permissions import states
from tests.permissions.running import VARIES, send
from tests.permissions.world import signed_in_by_mailbox

JSON = {"Content-Type": "application/json"}


def ask(world, caller, method, path, body=None, **fields):
    """Send as `caller` (or "stranger", the admin of network B); return (status, headers, body).

    What every answer has of its own is taken out of the body.
    """
    known = {"stranger": {"Authorization": world.b.admin.authorization}}
    own = known[caller] if caller in known else world.callers[caller].headers
    headers = own | {name.replace("_", "-"): text for name, text in fields.items()}
    if body is not None:
        headers |= JSON
    status, found, content = send(
        world.url, method, path, headers, None if body is None else json.dumps(body)
    )
    return status, {name.lower(): value for name, value in found}, VARIES.sub(b"", content)


def etag_of(world, caller, path):
    status, headers, _ = ask(world, caller, "GET", path)
    assert status == 200
    return headers["etag"]


# operation -> the body that names an id of `place`; "{…}" in the path are ids of one's own.
BODIES = {
    "POST /v1/roles": lambda at: {"person_id": at["person_id"], "role": "sponsor"},
    "POST /v1/clients": lambda at: {
        "display_name": "Theirs",
        "organization_id": at["organization_id"],
        "scopes": ["people:read"],
    },
    "POST /v1/people": lambda at: {
        "display_name": "Somebody",
        "email": "somebody@alder.example",
        "organization_id": at["organization_id"],
    },
    "POST /v1/people (managers)": lambda at: {
        "display_name": "Somebody",
        "email": "somebody@alder.example",
        "managers": [at["person_id"]],
    },
    "POST /v1/programs/{program_id}/enrollments": lambda at: {"person_ids": [at["person_id"]]},
    "POST /v1/programs/{program_id}/enrollments (organization)": lambda at: {
        "organization_id": at["organization_id"]
    },
    "POST /v1/programs/{program_id}/launch/buy-ins": lambda at: {
        "office": "Finance",
        "stance": "supports",
        "said_on": "2027-01-07",
        "person_id": at["person_id"],
    },
    "PUT /v1/cohorts/{cohort_id}/facilitators": lambda at: {"person_ids": [at["person_id"]]},
}


@pytest.mark.parametrize("operation", BODIES)
def test_a_foreign_id_in_a_body_is_one_that_nobody_has(stack, everything, operation):
    method, template = operation.split(" ")[:2]
    own = everything.places["own"]
    path = template.format(**own)
    fields = {"If_Match": etag_of(everything, "admin", path.rsplit("/", 1)[0])} if method == "PUT" else {}
    states.settle(stack)
    before = states.state_of(stack)

    foreign, unknown = (
        ask(everything, "admin", method, path, BODIES[operation](everything.places[place]), **fields)
        for place in ("foreign", "unknown")
    )

    assert foreign[0] in (404, 409, 422)
    assert without_ids(everything, foreign) == without_ids(everything, unknown)
    assert states.changes(before, states.state_of(stack)) == []


def without_ids(world, answer):
    """Status and body, where the id that was sent may be said again to who sent it."""
    status, _, content = answer
    for place in ("foreign", "unknown"):
        for one in world.places[place].values():
            content = content.replace(one.encode(), b"")
    return status, content


QUERIES = (
    "/v1/cohorts?program_id={program_id}",
    "/v1/people?organization_id={organization_id}",
    "/v1/roles?person_id={person_id}",
    "/v1/reports?program_id={program_id}",
)


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("caller", ["admin", "staff", "organization_admin", "partner_people", "sponsor"])
def test_a_foreign_id_in_a_query_is_one_that_nobody_has(everything, caller, query):
    foreign, unknown = (
        ask(everything, caller, "GET", query.format(**everything.places[place]))
        for place in ("foreign", "unknown")
    )

    assert without_ids(everything, foreign) == without_ids(everything, unknown)
    assert foreign[0] in (403, 404) or json.loads(foreign[2])["data"] == []


@pytest.mark.parametrize("caller", ["organization_admin", "partner_people"])
def test_another_organization_in_a_query_is_one_that_nobody_has(everything, caller):
    other, unknown = (
        ask(everything, caller, "GET", QUERIES[1].format(**everything.places[place]))
        for place in ("other", "unknown")
    )

    assert (other[0], other[2]) == (unknown[0], unknown[2]) == (404, unknown[2])


def test_a_cursor_is_good_for_whom_it_was_given_and_for_that_list_alone(everything):
    cursor = json.loads(ask(everything, "admin", "GET", "/v1/people?limit=1")[2])["next_cursor"]
    tried = {
        "staff": ask(everything, "staff", "GET", f"/v1/people?limit=1&cursor={cursor}")[0],
        "another list": ask(everything, "admin", "GET", f"/v1/organizations?limit=1&cursor={cursor}")[0],
        "another network": ask(everything, "stranger", "GET", f"/v1/people?limit=1&cursor={cursor}")[0],
        "another query": ask(
            everything,
            "admin",
            "GET",
            f"/v1/people?limit=1&cursor={cursor}&organization_id={everything.places['own']['organization_id']}",
        )[0],
    }

    assert ask(everything, "admin", "GET", f"/v1/people?limit=1&cursor={cursor}")[0] == 200
    assert tried == dict.fromkeys(tried, 400)


def test_the_state_of_another_thing_is_no_state_of_this_one(everything):
    own, other = (f"/v1/programs/{everything.places[place]['program_id']}" for place in ("own", "other"))
    foreign = f"/v1/programs/{everything.places['foreign']['program_id']}"
    body = {"display_name": "Renamed"}
    of_other = etag_of(everything, "admin", other)

    assert ask(everything, "admin", "PATCH", own, body, If_Match=of_other)[0] == 412
    assert ask(everything, "admin", "PATCH", foreign, body, If_Match=of_other)[0] == 404
    assert (
        ask(everything, "member", "PATCH", own, body, If_Match=etag_of(everything, "member", own))[0] == 403
    )


def test_another_callers_key_replays_nothing(everything):
    key, body = secrets.token_hex(16), {"display_name": f"House {secrets.token_hex(4)}"}
    made = ask(everything, "admin", "POST", "/v1/organizations", body, Idempotency_Key=key)

    again = ask(everything, "admin", "POST", "/v1/organizations", body, Idempotency_Key=key)
    staff = ask(everything, "staff", "POST", "/v1/organizations", body, Idempotency_Key=key)
    member = ask(everything, "member", "POST", "/v1/organizations", body, Idempotency_Key=key)
    elsewhere = ask(everything, "stranger", "POST", "/v1/organizations", body, Idempotency_Key=key)

    assert made[0] == again[0] == 201
    assert made[2] == again[2]
    assert (staff[0], member[0]) == (409, 403)
    assert elsewhere[0] == 201
    assert json.loads(elsewhere[2])["id"] != json.loads(made[2])["id"]


def test_a_recorded_answer_is_not_replayed_to_who_lost_their_role(everything):
    key, body = secrets.token_hex(16), {"display_name": f"House {secrets.token_hex(4)}"}
    person = everything.a.people["newcomer"]
    granted = {"person_id": person["id"], "role": "program_staff"}
    role = everything.a.admin.post("/v1/roles", granted)

    def sent():
        api = signed_in_by_mailbox(everything.a, [person])[person["id"]]
        headers = {"Authorization": api.authorization, "Idempotency-Key": key, **JSON}
        return send(everything.url, "POST", "/v1/organizations", headers, json.dumps(body))[0]

    assert (sent(), sent()) == (201, 201)

    everything.a.admin.send("DELETE", f"/v1/roles/{role['id']}")
    assert sent() == 403


@pytest.mark.parametrize("place", ["own", "other", "foreign", "unknown"])
def test_the_last_event_of_something_else_opens_nothing(everything, place):
    path = f"/v1/sessions/{everything.places[place]['session_id']}"
    for caller in ("member", "sponsor"):
        plain = ask(everything, caller, "GET", path)
        for position in ("1", everything.places["foreign"]["session_id"]):
            returning = ask(everything, caller, "GET", path, Last_Event_ID=position)

            assert (returning[0], returning[2]) == (plain[0], plain[2])
