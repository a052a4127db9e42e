"""Reporting lines: who stands above whom, and who said so."""

from gateway.routing import roles, route, scopes
from gateway.schemas import lines as shapes

STAFF = roles("network_admin", "program_staff")
WRITERS = STAFF | scopes("lines:write")


@route(
    "GET",
    "/v1/people/{person_id}/lines",
    who=STAFF,
    answer=shapes.UpwardAnswer,
    summary="Whom somebody reports to, who said so and since when",
)
def show_lines(call):
    return call.ask("membership", "show_lines", person_id=call.path["person_id"])


@route(
    "PUT",
    "/v1/people/{person_id}/managers",
    who=WRITERS,
    body=shapes.ManagersBody,
    answer=shapes.ManagersAnswer,
    summary="Say whom somebody reports to: nobody, one, or several (matrix)",
    refusals={
        "manager-unknown": "A manager is nobody you can name.",
        "manager-circle": "A manager reports to this person, through others.",
        "line-too-deep": "More than fifty levels of managers would stand above them.",
        "own-manager": "Nobody reports to themselves.",
    },
)
def change_managers(call):
    """Staff may for everyone; an HR system with `lines:write` for the people of its organization."""
    return call.ask("membership", "change_managers", person_id=call.path["person_id"], **call.body)


@route(
    "GET",
    "/v1/reporting-lines",
    who=STAFF,
    answer=shapes.ReportAnswer,
    summary="How the network's reporting lines stand",
)
def report_lines(call):
    return call.ask("membership", "report_lines")


@route(
    "GET",
    "/v1/reporting-lines/problems",
    who=STAFF,
    answer=shapes.ProblemAnswer,
    paged=True,
    summary="Circles, and managers who are not in the network",
)
def list_line_problems(call):
    return call.ask("membership", "list_line_problems")


@route(
    "GET",
    "/v1/reporting-lines/between",
    who=STAFF,
    query=shapes.BetweenQuery,
    answer=shapes.BetweenAnswer,
    summary="Does one of two people stand above the other, however far?",
)
def compare_lines(call):
    return call.ask("membership", "compare_lines", **call.query)
