"""The audit trail as an admin meets it: written by what is done, read over HTTP, verified by the operator."""

import csv
import io
import json

import pytest

from services.kit.mongo import connect
from services.kit.settings import Settings
from tests.builders.askers import Asker
from tests.builders.floors import MONGO
from tests.builders.houses import eventually


@pytest.fixture
def gateway(gateways):
    return gateways[0]


@pytest.fixture
def entries(houses):
    """The collection in which the trail is kept."""
    client = connect(Settings(service="tests", mongo=MONGO))
    yield client[f"{houses[0].prefix}membership"]["audit_entries"]
    client.close()


def me(gateway, admin):
    return gateway.request("GET", "/v1/me", token=admin["access_token"])[2]


def trail(gateway, admin, **wanted):
    query = "&".join(f"{name}={value}" for name, value in wanted.items())
    status, _, body = gateway.request("GET", f"/v1/audit?{query}", token=admin["access_token"])
    assert status == 200, body
    return body["data"]


def grant(gateway, admin, role="program_staff"):
    wanted = {"person_id": me(gateway, admin)["person_id"], "role": role}
    return gateway.request("POST", "/v1/roles", wanted, token=admin["access_token"])[2]


def verify(network):
    with Asker("operator") as operator:
        return operator.ask("membership", "verify_audit", {"network": network})["answer"]


def test_who_granted_which_role_to_whom_is_in_the_trail(gateway, admin):
    role = grant(gateway, admin)
    (entry,) = eventually(lambda: trail(gateway, admin, kind="role_granted", about=role["id"]))

    person = me(gateway, admin)
    assert (entry["word"], entry["actor"]["id"]) == ("program_staff", person["person_id"])
    assert entry["actor"]["name"] == person["display_name"]
    assert [one["id"] for one in entry["about"]] == [role["id"], person["person_id"]]


def test_who_is_refused_again_and_again_is_in_the_trail_once(gateway, admin):
    for number in range(35):
        gateway.request("GET", f"/v1/programs/prg_{number:026d}", token=admin["access_token"])

    (entry,) = eventually(lambda: trail(gateway, admin, kind="many_refusals"))

    assert entry["actor"]["id"] == me(gateway, admin)["person_id"]


def test_reading_people_is_in_the_trail_when_the_answer_is_out(gateway, admin):
    gateway.request("GET", "/v1/people", token=admin["access_token"])

    (entry,) = eventually(lambda: trail(gateway, admin, kind="people_read"))
    assert [one["id"] for one in entry["about"]] == [me(gateway, admin)["person_id"]]


def test_reading_oneself_is_not_in_the_trail(gateway, admin):
    person = me(gateway, admin)["person_id"]
    gateway.request("GET", f"/v1/people/{person}", token=admin["access_token"])
    grant(gateway, admin)
    eventually(lambda: trail(gateway, admin, kind="role_granted"))

    assert trail(gateway, admin, kind="person_read") == []


def test_signing_in_is_in_the_trail_of_the_network_and_a_wrong_link_in_the_installations(
    gateway, admin, entries
):
    gateway.request("POST", "/v1/sign-ins/finish", {"token": "no link of ours"})

    (entry,) = eventually(lambda: trail(gateway, admin, kind="signed_in"))
    assert entry["actor"]["id"] == me(gateway, admin)["person_id"]
    refused = {"network": "installation", "kind": "sign_in_refused"}
    assert eventually(lambda: entries.find_one(refused))["actor_kind"] == "anonymous"


def test_the_trail_is_filtered_paged_and_not_for_others(gateway, admin):
    for role in ("program_staff", "facilitator", "sponsor"):
        grant(gateway, admin, role)
    eventually(lambda: len(trail(gateway, admin, kind="role_granted")) >= 3)

    first = gateway.request("GET", "/v1/audit?kind=role_granted&limit=2", token=admin["access_token"])[2]
    rest = gateway.request(
        "GET",
        f"/v1/audit?kind=role_granted&limit=2&cursor={first['next_cursor']}",
        token=admin["access_token"],
    )[2]

    words = [entry["word"] for entry in first["data"] + rest["data"]]
    assert words[:3] == ["sponsor", "facilitator", "program_staff"]
    assert trail(gateway, admin, since="2100-01-01T00:00:00Z") == []
    assert gateway.request("GET", "/v1/audit")[0] == 401


@pytest.mark.parametrize(
    "query",
    ["kind=everything", "about=%24gt", "since=yesterday", "since=2027-01-05T09:00:00", "actor=x", "limit=0"],
)
def test_what_cannot_be_asked_of_the_trail_is_refused_by_its_field(gateway, admin, query):
    status, _, body = gateway.request("GET", f"/v1/audit?{query}", token=admin["access_token"])

    assert (status, body["errors"][0]["pointer"]) == (422, f"?{query.partition('=')[0]}")


def test_an_export_holds_the_trail_and_is_itself_in_it(gateway, admin):
    grant(gateway, admin)
    eventually(lambda: trail(gateway, admin, kind="role_granted"))

    _, fields, table = gateway.request("GET", "/v1/audit/export", token=admin["access_token"])
    lines = gateway.request("GET", "/v1/audit/export?format=jsonl", token=admin["access_token"])[2]

    rows = list(csv.DictReader(io.StringIO(table.decode())))
    assert "role_granted" in {row["kind"] for row in rows}
    assert {row["hash"] for row in rows} <= {json.loads(line)["hash"] for line in lines.splitlines()}
    assert fields["Content-Disposition"].startswith('attachment; filename="audit-')
    assert eventually(lambda: len(trail(gateway, admin, kind="audit_exported")) == 2)


def test_a_trail_that_was_tampered_with_does_not_verify(gateway, admin, entries):
    network = me(gateway, admin)["network"]["id"]
    for role in ("program_staff", "facilitator"):
        grant(gateway, admin, role)
    eventually(lambda: len(trail(gateway, admin, kind="role_granted")) >= 2)
    eventually(lambda: entries.count_documents({"network": network, "is_waiting": True}) == 0)
    assert verify(network)["fault"] is None

    second = {"network": network, "sequence": 2}
    before = entries.find_one_and_update(second, {"$set": {"actor_id": "per_mallory"}})
    assert "entry 2" in verify(network)["fault"]
    entries.replace_one({"_id": before["_id"]}, before)
    assert verify(network)["fault"] is None

    entries.delete_one(second)
    assert "missing" in verify(network)["fault"]
