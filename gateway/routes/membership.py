"""Organizations, people and roster imports."""

from gateway.routing import SIGNED_IN, roles, route, scopes
from gateway.schemas import membership as shapes

STAFF = roles("network_admin", "program_staff")
READERS = roles("network_admin", "program_staff", "organization_admin") | scopes("people:read")


@route(
    "POST",
    "/v1/organizations",
    who=STAFF,
    body=shapes.OrganizationBody,
    answer=shapes.OrganizationAnswer,
    status=201,
    location="/v1/organizations/{id}",
    summary="Add an organization",
    refusals={"already-exists": "The network has an organization of this name."},
)
def add_organization(call):
    return call.ask("membership", "add_organization", **call.body)


@route(
    "GET",
    "/v1/organizations",
    who=SIGNED_IN,
    answer=shapes.OrganizationAnswer,
    paged=True,
    summary="Organizations by name",
)
def list_organizations(call):
    return call.ask("membership", "list_organizations")


@route(
    "GET",
    "/v1/organizations/{organization_id}",
    who=SIGNED_IN,
    answer=shapes.OrganizationAnswer,
    revalidated=True,
    summary="One organization",
)
def show_organization(call):
    return call.ask("membership", "show_organization", **call.path)


@route(
    "PATCH",
    "/v1/organizations/{organization_id}",
    who=STAFF,
    body=shapes.OrganizationBody,
    answer=shapes.OrganizationAnswer,
    guarded=True,
    summary="Rename an organization",
)
def change_organization(call):
    return call.ask("membership", "change_organization", **call.path, **call.body)


@route(
    "POST",
    "/v1/people",
    who=STAFF,
    body=shapes.PersonBody,
    answer=shapes.PersonAnswer,
    status=201,
    location="/v1/people/{id}",
    summary="Add a person, who can sign in from now on",
    refusals={
        "address-taken": "Somebody else in the network has this address.",
        "external-id-taken": "Somebody else in the network has this external id.",
    },
)
def add_person(call):
    return call.ask("membership", "add_person", **call.body)


@route(
    "GET",
    "/v1/people",
    who=READERS,
    query=shapes.PeopleQuery,
    answer=shapes.PersonAnswer,
    paged=True,
    summary="People by name",
)
def list_people(call):
    """Staff see everyone; organization admins and partner systems their own organization's."""
    return call.ask("membership", "list_people", **call.query)


@route(
    "GET",
    "/v1/people/{person_id}",
    who=SIGNED_IN | scopes("people:read"),
    answer=shapes.PersonAnswer,
    summary="One person",
)
def show_person(call):
    """Everyone sees themselves; others as in the list."""
    return call.ask("membership", "show_person", **call.path)


@route(
    "POST",
    "/v1/imports",
    who=STAFF,
    body=shapes.ImportBody,
    answer=shapes.ImportAnswer,
    status=202,
    location="/v1/imports/{id}",
    limit=2 * shapes.LARGEST_ROSTER,
    patience=20.0,
    summary="Import a roster",
)
def start_import(call):
    """All or nothing unless `mode` is `partial`; repeating an import changes nothing."""
    return call.ask("membership", "start_import", **call.body)


@route(
    "GET", "/v1/imports", who=STAFF, answer=shapes.ImportAnswer, paged=True, summary="Imports, newest first"
)
def list_imports(call):
    return call.ask("membership", "list_imports")


@route(
    "GET", "/v1/imports/{import_id}", who=STAFF, answer=shapes.ImportAnswer, summary="How an import stands"
)
def show_import(call):
    return call.ask("membership", "show_import", **call.path)


@route(
    "GET",
    "/v1/imports/{import_id}/problems",
    who=STAFF,
    answer=shapes.ProblemAnswer,
    paged=True,
    summary="What is wrong, row by row",
)
def list_import_problems(call):
    return call.ask("membership", "list_import_problems", **call.path)
