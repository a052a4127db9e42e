"""Cohorts and the agreement they sign."""

from gateway.routing import SIGNED_IN, roles, route
from gateway.schemas import cohorts as shapes

STAFF = roles("network_admin", "program_staff")


@route(
    "GET",
    "/v1/cohorts",
    who=STAFF,
    query=shapes.CohortsQuery,
    answer=shapes.CohortAnswer,
    paged=True,
    summary="Cohorts of a program, or all",
)
def list_cohorts(call):
    return call.ask("membership", "list_cohorts", **call.query)


@route("GET", "/v1/me/cohorts", who=SIGNED_IN, answer=shapes.MyCohortsAnswer, summary="My cohorts")
def list_my_cohorts(call):
    """Those I am a member of and those I lead."""
    return call.ask("membership", "list_my_cohorts")


@route("GET", "/v1/cohorts/{cohort_id}", who=SIGNED_IN, answer=shapes.CohortAnswer, summary="One cohort")
def show_cohort(call):
    """For its members, its facilitators and staff."""
    return call.ask("membership", "show_cohort", **call.path)


@route(
    "PUT",
    "/v1/cohorts/{cohort_id}/facilitators",
    who=STAFF,
    body=shapes.FacilitatorsBody,
    answer=shapes.CohortAnswer,
    guarded=True,
    summary="Say who leads a cohort",
    refusals={
        "hard-rule-broken": "Somebody stands above or below a member.",
        "remote-skill-missing": "The cohort meets virtually, and nobody of them has the skill on record.",
    },
)
def assign_facilitators(call):
    return call.ask("membership", "assign_facilitators", **call.path, **call.body)


@route(
    "GET",
    "/v1/cohorts/{cohort_id}/agreement",
    who=SIGNED_IN,
    answer=shapes.AgreementAnswer,
    revalidated=True,
    summary="The ground rules a cohort signs",
)
def show_agreement(call):
    return call.ask("membership", "show_agreement", **call.path)


@route(
    "PUT",
    "/v1/cohorts/{cohort_id}/ground-rules",
    who=SIGNED_IN,
    body=shapes.GroundRulesBody,
    answer=shapes.AgreementAnswer,
    guarded=True,
    summary="Word the cohort's own ground rules (who leads it)",
    refusals={
        "not-yours-to-word": "Somebody facilitates the cohort, and words them.",
        "not-a-typing-error": "A rule says something else than what was signed.",
        "too-many-wordings": "They were worded fifty times.",
    },
)
def word_ground_rules(call):
    """Beside the Keys. Everybody signs anew; topics stay closed until everyone present has."""
    return call.ask("membership", "word_ground_rules", **call.path, **call.body)


@route(
    "PUT",
    "/v1/cohorts/{cohort_id}/agreement/signature",
    who=SIGNED_IN,
    body=shapes.SignatureBody,
    answer=shapes.SignatureAnswer,
    summary="Sign the agreement",
    refusals={"agreement-superseded": "Another version is to be signed now."},
)
def sign_agreement(call):
    """Signing again changes nothing."""
    return call.ask("membership", "sign_agreement", **call.path, **call.body)
