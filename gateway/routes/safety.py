"""Status safety for life: cohorts on hold, what would resolve it, and members moved between cohorts."""

from gateway.routing import roles, route
from gateway.schemas import safety as shapes

STAFF = roles("network_admin", "program_staff")


@route(
    "GET",
    "/v1/safety-conflicts",
    who=STAFF,
    answer=shapes.WaitingCohortAnswer,
    paged=True,
    summary="Cohorts whose next session waits, because a reporting line runs through them",
)
def list_conflicts(call):
    return call.ask("membership", "list_conflicts")


@route(
    "GET",
    "/v1/cohorts/{cohort_id}/safety",
    who=STAFF,
    answer=shapes.SafetyAnswer,
    summary="Who of a cohort is in one reporting line, and the smallest ways out",
)
def show_conflicts(call):
    """Each proposal says why; none moves more people than it must. Members are told none of it."""
    return call.ask("membership", "show_conflicts", **call.path)


@route(
    "POST",
    "/v1/swaps",
    who=STAFF,
    body=shapes.SwapBody,
    answer=shapes.SwapAnswer,
    status=202,
    location="/v1/swaps/{id}",
    summary="Move members between cohorts of one program, or change who leads one",
    refusals={
        "bad-swap": "Nobody moves, somebody moves twice, or is not where they are to leave.",
        "other-program": "The cohorts are of several programs.",
        "cohort-full": "A cohort would grow beyond the program's greatest size.",
        "hard-rule-broken": "Somebody would share a cohort with somebody above or below them.",
        "too-close": "You belong to a cohort that is concerned, lead it, or are in a member's line.",
    },
)
def begin_swap(call):
    """All or nobody: an enrollment that changed meanwhile stops it before a cohort is touched."""
    return call.ask("membership", "begin_swap", **call.body)


@route("GET", "/v1/swaps/{swap_id}", who=STAFF, answer=shapes.SwapAnswer, summary="How far a swap is")
def show_swap(call):
    return call.ask("membership", "show_swap", **call.path)
