"""What describes the API holds together and says what the routes do."""

import json

import pytest

from gateway.asyncapi import describe_events
from gateway.docs import render_docs
from gateway.openapi import describe
from gateway.routing import ROUTES
from gateway.wiring import import_routes
from services.contracts.schemas import fact_types

import_routes()


@pytest.fixture(scope="module")
def document():
    return json.loads(json.dumps(describe(ROUTES, "https://ct.example", "1")))


def references(value):
    if isinstance(value, dict):
        if "$ref" in value:
            yield value["$ref"]
        for part in value.values():
            yield from references(part)
    elif isinstance(value, list):
        for part in value:
            yield from references(part)


def resolves(document, reference):
    place = document
    for part in reference.removeprefix("#/").split("/"):
        place = place[part.replace("~1", "/")]
    return place is not None


def operations(document):
    return [operation for path in document["paths"].values() for operation in path.values()]


def test_every_reference_of_the_api_leads_somewhere(document):
    assert all(resolves(document, reference) for reference in references(document))


def test_every_reference_of_the_events_leads_somewhere():
    events = json.loads(json.dumps(describe_events("1")))

    assert all(resolves(events, reference) for reference in references(events))
    assert set(events["components"]["messages"]) == set(fact_types())


def test_pages_are_no_operations_of_the_api(document):
    assert all(not path.startswith("/staff") for path in document["paths"])
    assert len(operations(document)) == len([route for route in ROUTES if not route.html])


def test_every_refusal_is_a_problem(document):
    for operation in operations(document):
        for status, answer in operation["responses"].items():
            speaks_oauth = operation["tags"] == ["oauth"] and status in ("400", "401")
            if int(status) >= 400 and not speaks_oauth:
                assert list(answer["content"]) == ["application/problem+json"]


def test_a_shared_thing_says_that_it_wants_to_know_what_was_read(document):
    change = document["paths"]["/v1/organizations/{organization_id}"]["patch"]

    assert {"If-Match"} <= {each["name"] for each in change["parameters"] if each.get("required")}
    assert {"412", "428"} <= change["responses"].keys()


def test_a_list_says_how_it_goes_on(document):
    listing = document["paths"]["/v1/people"]["get"]
    schema = listing["responses"]["200"]["content"]["application/json"]["schema"]

    assert {"limit", "cursor"} <= {each["name"] for each in listing["parameters"]}
    assert set(schema["required"]) == {"data", "has_more", "next_cursor"}


def test_the_page_for_people_names_every_operation_and_runs_nothing(document):
    page = render_docs(document, "/static/docs.css")

    assert all(f"id='{operation['operationId']}'" in page for operation in operations(document))
    assert "<script" not in page
    assert " style=" not in page


def test_what_a_question_may_be_answered_with_is_described(document):
    value = document["components"]["schemas"]["FeedbackBody"]["properties"]["answers"]["additionalProperties"]

    assert [each["type"] for each in value["anyOf"]] == ["integer", "string", "null"]
    assert (value["anyOf"][0]["minimum"], value["anyOf"][0]["maximum"]) == (1, 5)


def test_what_can_be_had_in_two_shapes_names_both(document):
    export = document["paths"]["/v1/audit/export"]["get"]["responses"]["200"]["content"]

    assert set(export) == {"text/csv", "application/jsonl"}


def test_every_operation_says_that_a_token_may_be_no_good(document):
    assert all("401" in operation["responses"] for operation in operations(document))
