"""Who could lead a cohort, and what is recorded of leading people who cannot see one another."""

from gateway.routing import roles, route
from gateway.schemas import remote_skills as shapes

STAFF = roles("network_admin", "program_staff")


@route(
    "PUT",
    "/v1/people/{person_id}/remote-skill",
    who=STAFF,
    body=shapes.RemoteSkillBody,
    answer=shapes.RemoteSkillAnswer,
    summary="Record somebody's skill of leading virtual sessions",
)
def record_remote_skill(call):
    return call.ask("membership", "record_remote_skill", **call.path, **call.body)


@route(
    "GET",
    "/v1/cohorts/{cohort_id}/facilitator-candidates",
    who=STAFF,
    query=shapes.CandidatesQuery,
    answer=shapes.CandidatesAnswer,
    summary="Who could lead a cohort: neutral to every member, the best first",
)
def list_candidates(call):
    """Least to do first; where the cohort meets virtually, recorded skill before that."""
    return call.ask("membership", "list_candidates", **call.path, **call.query)
