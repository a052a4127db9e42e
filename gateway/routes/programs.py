"""Programs: designed from one outcome, enrolled in."""

from gateway.routing import SIGNED_IN, roles, route
from gateway.schemas import programs as shapes

STAFF = roles("network_admin", "program_staff")
DESIGN = {
    "two-houses": "A program is designed for exactly one primary outcome.",
    "not-within-reason": "A wish lies outside what the form can carry.",
    "deviation-unexplained": "A size goes beyond the form's bounds without a reason.",
    "name-reserved": "A name is another provider's mark, and no licence is recorded.",
    "secondary-unknown": "A secondary outcome is none, or is the primary one.",
}


@route(
    "POST",
    "/v1/programs",
    who=STAFF,
    body=shapes.DesignProgramBody,
    answer=shapes.ProgramAnswer,
    status=201,
    location="/v1/programs/{id}",
    summary="Design a program from its one primary outcome",
    refusals=DESIGN,
)
def design_program(call):
    return call.ask("membership", "design_program", **call.body)


@route(
    "GET",
    "/v1/programs",
    who=SIGNED_IN,
    answer=shapes.ProgramAnswer,
    paged=True,
    summary="Programs, newest first",
)
def list_programs(call):
    return call.ask("membership", "list_programs")


@route(
    "GET",
    "/v1/programs/{program_id}",
    who=SIGNED_IN,
    answer=shapes.ProgramAnswer,
    revalidated=True,
    summary="One program",
)
def show_program(call):
    return call.ask("membership", "show_program", **call.path)


@route(
    "PATCH",
    "/v1/programs/{program_id}",
    who=STAFF,
    body=shapes.ChangeProgramBody,
    answer=shapes.ProgramAnswer,
    guarded=True,
    summary="Change a program's design or standing",
    refusals=DESIGN | {"cohorts-formed": "Cohorts were formed by this design."},
)
def change_program(call):
    return call.ask("membership", "change_program", **call.path, **call.body)


@route(
    "POST",
    "/v1/programs/{program_id}/enrollments",
    who=STAFF,
    body=shapes.EnrollBody,
    answer=shapes.EnrollingAnswer,
    status=202,
    location="/v1/enrollings/{id}",
    summary="Enroll people",
    refusals={"purpose-not-verified": "A group of stakeholders has not verified the purpose."},
)
def enroll_people(call):
    """Enrolling somebody twice enrolls them once."""
    return call.ask("membership", "enroll_people", **call.path, **call.body)


@route(
    "GET",
    "/v1/enrollings/{enrolling_id}",
    who=STAFF,
    answer=shapes.EnrollingAnswer,
    summary="How far enrolling is",
)
def show_enrolling(call):
    return call.ask("membership", "show_enrolling", **call.path)
