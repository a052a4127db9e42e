"""People, programs and cohorts as a client meets them: HTTP in front, a real MongoDB behind."""

import pytest

from gateway.routes import cohorts, enrollments, formations, identity, membership, oauth, programs
from tests.builders.people import Works, a_roster, a_row

MINE = {
    module.__name__ for module in (cohorts, enrollments, formations, identity, membership, oauth, programs)
}
OPERATORS = [{"$gt": ""}, {"$ne": None}, ["x"], 7, None, True]


@pytest.fixture
def works(house, floor):
    return Works(house, floor)


def a_program(admin, **wishes):
    body = {"display_name": "Harbor", "outcome": "problem_solving"} | wishes
    return admin("POST", "/v1/programs", body)


def test_the_story_of_a_roster_over_http(admin, works):
    text = a_roster(*(a_row(f"P{number}", organization=f"O{number % 3}") for number in range(14)))
    begun = admin("POST", "/v1/imports", {"text": text, "create_organizations": True})
    works.all()
    imported = admin("GET", begun.fields["location"])
    program = a_program(admin).json
    enrolling = admin("POST", f"/v1/programs/{program['id']}/enrollments", {"everyone": True})
    works.all()
    formation = admin("POST", f"/v1/programs/{program['id']}/formations", {"seed": 3})
    works.all()
    found = admin("GET", formation.fields["location"]).json
    committed = admin("POST", f"/v1/formations/{found['id']}/commit")
    works.all()
    formed = admin("GET", f"/v1/cohorts?program_id={program['id']}").json

    statuses = [begun.status, enrolling.status, formation.status, committed.status]
    assert statuses == [202, 202, 202, 202]
    assert (imported.json["standing"], imported.json["added"]) == ("done", 14)
    assert admin("GET", enrolling.fields["location"]).json["done"] == 14
    assert found["unplaced"] == []
    assert sum(len(cohort["roster"]) for cohort in formed["data"]) == 14


def test_a_roster_with_faults_is_answered_row_by_row_and_page_by_page(admin, works):
    rows = [a_row(f"P{number}", zone="Mars") for number in range(130)]
    begun = admin("POST", "/v1/imports", {"text": a_roster(*rows)})
    works.all()

    first = admin("GET", f"{begun.fields['location']}/problems?limit=100").json
    second = admin("GET", f"{begun.fields['location']}/problems?limit=100&cursor={first['next_cursor']}").json

    assert (admin("GET", begun.fields["location"]).json["standing"], first["has_more"]) == ("refused", True)
    assert {problem["row"] for problem in first["data"] + second["data"]} == set(range(2, 132))
    assert first["data"][0].keys() == {"row", "column", "value", "code", "reason", "todo"}


def test_an_organization_is_renamed_only_as_it_was_read(admin):
    path = admin("POST", "/v1/organizations", {"display_name": "Northwind"}).fields["location"]
    read = admin("GET", path)

    unguarded = admin("PATCH", path, {"display_name": "Southwind"})
    renamed = admin("PATCH", path, {"display_name": "Southwind"}, if_match=read.fields["etag"])
    late = admin("PATCH", path, {"display_name": "Westwind"}, if_match=read.fields["etag"])

    assert [unguarded.status, renamed.status, late.status] == [428, 200, 412]
    assert admin("GET", path).json["display_name"] == "Southwind"


def test_a_program_is_changed_only_as_it_was_read(admin):
    path = a_program(admin).fields["location"]
    read = admin("GET", path)

    changed = admin("PATCH", path, {"size_high": 7}, if_match=read.fields["etag"])
    late = admin("PATCH", path, {"size_high": 6}, if_match=read.fields["etag"])

    assert (changed.status, changed.json["size_high"], late.status) == (200, 7, 412)


def test_two_primary_outcomes_are_two_houses(admin):
    answer = a_program(admin, outcome=["problem_solving", "support"])

    assert (answer.status, answer.json["code"]) == (422, "two-houses")
    assert "two houses on one foundation" in answer.json["detail"]


def test_the_same_key_adds_one_person_and_a_second_person_needs_another_address(admin):
    body = {"display_name": "Ada", "email": "ada@baltic.example", "zone": "Europe/Riga"}

    first = admin("POST", "/v1/people", body, idempotency_key="k1")
    again = admin("POST", "/v1/people", body, idempotency_key="k1")
    other = admin("POST", "/v1/people", body | {"external_id": "7"}, idempotency_key="k2")

    assert (first.status, again.status, other.status) == (201, 201, 409)
    assert first.json == again.json
    assert other.json["code"] == "address-taken"


@pytest.mark.parametrize(
    ("path", "field", "body"),
    [
        ("/v1/organizations", "display_name", {"display_name": "N"}),
        ("/v1/people", "display_name", {"display_name": "A", "email": "a@baltic.example"}),
        ("/v1/people", "email", {"display_name": "A", "email": "a@baltic.example"}),
        ("/v1/people", "zone", {"display_name": "A", "email": "a@baltic.example"}),
        ("/v1/imports", "text", {"text": "Name,Email\nA,a@b.example"}),
        ("/v1/imports", "mode", {"text": "Name,Email\nA,a@b.example"}),
        ("/v1/programs", "display_name", {"display_name": "H", "outcome": "support"}),
        ("/v1/programs", "form", {"display_name": "H", "outcome": "support"}),
    ],
)
def test_what_is_no_text_is_refused_by_the_name_of_its_field(admin, path, field, body):
    for value in OPERATORS:
        answer = admin("POST", path, body | {field: value})

        assert answer.status == 422
        assert field in answer.json["errors"][0]["pointer"]


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/v1/organizations", {"display_name": "N"}),
        ("/v1/people", {"display_name": "A", "email": "a@baltic.example"}),
        ("/v1/imports", {"text": "Name,Email\nA,a@b.example"}),
        ("/v1/programs", {"display_name": "H", "outcome": "support"}),
    ],
)
def test_what_the_service_owns_is_not_taken_from_a_body(admin, path, body):
    for owned in ("id", "network", "revision", "standing", "name_key", "asked_by", "due"):
        answer = admin("POST", path, body | {owned: "x"})

        assert (answer.status, answer.json["errors"][0]["pointer"]) == (422, f"/{owned}")


def test_what_there_is_not_is_not_found(admin):
    for path in (
        "organizations/org_x",
        "people/per_x",
        "imports/imp_x",
        "imports/imp_x/problems",
        "programs/prg_x",
    ):
        assert admin("GET", f"/v1/{path}").status == 404
    for path in ("formations/frm_x", "cohorts/coh_x", "cohorts/coh_x/agreement", "enrollings/enb_x"):
        assert admin("GET", f"/v1/{path}").status == 404
