"""Enrollment: how people come into a program, wait for a seat, pause and leave."""

from gateway.routing import SIGNED_IN, roles, route
from gateway.schemas import enrollments as shapes

STAFF = roles("network_admin", "program_staff")
PROGRAM = "/v1/programs/{program_id}"
MINE = f"{PROGRAM}/enrollment"
ONE = "/v1/enrollments/{enrollment_id}"
CLOSED = {
    "program-ended": "The program has ended.",
    "purpose-not-verified": "A group of stakeholders has not verified the purpose.",
}
OVER = {"not-taking-part": "They do not take part, or it is over."}


@route(
    "GET",
    f"{PROGRAM}/intake",
    who=SIGNED_IN,
    answer=shapes.IntakeAnswer,
    summary="How people come into a program",
)
def show_intake(call):
    return call.ask("membership", "show_intake", **call.path)


@route(
    "PUT",
    f"{PROGRAM}/intake",
    who=STAFF,
    body=shapes.IntakeBody,
    answer=shapes.IntakeAnswer,
    summary="Set how people come into a program",
    refusals={
        "closes-in-the-past": "The last day to apply is over already.",
        "questions-not-askable": "Two questions share a key, or a choice has no options.",
    },
)
def set_intake(call):
    """Only what is said changes. More seats are offered at once to who waits; fewer take nobody's seat."""
    return call.ask("membership", "set_intake", **call.path, **call.body)


@route(
    "POST",
    f"{PROGRAM}/applications",
    who=SIGNED_IN,
    body=shapes.ApplicationBody,
    answer=shapes.MyEnrollmentAnswer,
    status=201,
    location="/v1/programs/{program_id}/enrollment",
    summary="Apply to a program",
    refusals=CLOSED
    | {
        "applications-closed": "Staff enroll people, or the last day to apply is over.",
        "waitlist-full": "Too many wait already.",
        "already-enrolled": "I applied before, or take part.",
        "answers-incomplete": "Answers are missing or do not fit their questions; each is named.",
    },
)
def apply_to_program(call):
    """Where nobody has to decide, a seat or a place in the line follows within seconds."""
    return call.ask("membership", "apply_to_program", **call.path, **call.body)


@route(
    "GET",
    MINE,
    who=SIGNED_IN,
    answer=shapes.MyEnrollmentAnswer,
    summary="What a program asks, and how I stand in it",
)
def show_my_enrollment(call):
    return call.ask("membership", "show_my_enrollment", **call.path)


@route(
    "GET",
    "/v1/me/enrollments",
    who=SIGNED_IN,
    answer=shapes.MyEnrollmentsAnswer,
    summary="Programs I take part in, and those I can apply to",
)
def list_my_enrollments(call):
    return call.ask("membership", "list_my_enrollments")


@route(
    "PUT",
    f"{MINE}/offer",
    who=SIGNED_IN,
    body=shapes.OfferBody,
    answer=shapes.MyEnrollmentAnswer,
    summary="Take the seat that is offered to me, or let it go",
    refusals=CLOSED | {"nothing-offered": "No seat is offered, or the time to take it is over."},
)
def answer_offer(call):
    return call.ask("membership", "answer_offer", **call.path, **call.body)


@route(
    "PUT",
    f"{MINE}/pause",
    who=SIGNED_IN,
    body=shapes.PauseBody,
    answer=shapes.MyEnrollmentAnswer,
    summary="Take no part for a while",
    refusals=OVER | {"pause-not-within-reason": "It ends in the past, or in more than half a year."},
)
def pause_enrollment(call):
    return call.ask("membership", "pause_enrollment", **call.path, **call.body)


@route("DELETE", f"{MINE}/pause", who=SIGNED_IN, answer=shapes.MyEnrollmentAnswer, summary="Take part again")
def resume_enrollment(call):
    return call.ask("membership", "resume_enrollment", **call.path)


@route(
    "PUT",
    f"{MINE}/withdrawal",
    who=SIGNED_IN,
    body=shapes.ReasonBody,
    answer=shapes.MyEnrollmentAnswer,
    summary="Leave a program",
    refusals=OVER,
)
def withdraw_enrollment(call):
    """My seat goes to the next within seconds, and my place in a cohort is free."""
    return call.ask("membership", "withdraw_enrollment", **call.path, **call.body)


@route(
    "GET",
    f"{PROGRAM}/enrollments",
    who=STAFF,
    query=shapes.EnrollmentsQuery,
    answer=shapes.EnrollmentAnswer,
    paged=True,
    summary="Who is enrolled, waits or has applied",
)
def list_enrollments(call):
    return call.ask("membership", "list_enrollments", **call.path, **call.query)


@route("GET", ONE, who=STAFF, answer=shapes.ShownEnrollmentAnswer, summary="An enrollment, with its answers")
def show_enrollment(call):
    return call.ask("membership", "show_enrollment", **call.path)


@route(
    "PUT",
    f"{ONE}/decision",
    who=STAFF,
    body=shapes.DecisionBody,
    answer=shapes.ShownEnrollmentAnswer,
    summary="Accept or decline an application",
    refusals=CLOSED
    | {
        "not-applied": "It is decided already, or was withdrawn.",
        "pledge-missing": "The program requires a supervisor's pledge.",
    },
)
def decide_enrollment(call):
    return call.ask("membership", "decide_enrollment", **call.path, **call.body)


@route(
    "PUT",
    f"{ONE}/withdrawal",
    who=STAFF,
    body=shapes.ReasonBody,
    answer=shapes.ShownEnrollmentAnswer,
    summary="Take somebody out of a program",
    refusals=OVER,
)
def remove_enrollment(call):
    return call.ask("membership", "remove_enrollment", **call.path, **call.body)


@route(
    "POST",
    f"{ONE}/placements",
    who=STAFF,
    answer=shapes.PlacementAnswer,
    status=202,
    location="/v1/placements/{id}",
    summary="Ask where somebody with a seat fits among the cohorts that stand",
    refusals={"not-to-be-placed": "They are in a cohort already, or have no seat."},
)
def weigh_placement(call):
    """Every standing cohort is weighed; nobody is moved."""
    return call.ask("membership", "weigh_placement", **call.path)


@route(
    "GET",
    "/v1/placements/{placement_id}",
    who=STAFF,
    answer=shapes.PlacementAnswer,
    summary="Where somebody fits, with reasons",
)
def show_placement(call):
    return call.ask("membership", "show_placement", **call.path)


@route(
    "PUT",
    f"{ONE}/cohort",
    who=STAFF,
    body=shapes.PlaceBody,
    answer=shapes.ShownEnrollmentAnswer,
    summary="Place somebody into a standing cohort",
    refusals={
        "not-to-be-placed": "They are in a cohort already, or have no seat.",
        "no-standing-cohort": "It is none of this program, has ended, or is on hold.",
        "cohort-full": "The cohort has no room.",
        "hard-rule-broken": "Somebody would share a cohort with who is above or below them.",
        "no-common-start": "No weekly start suits everybody.",
    },
)
def place_in_cohort(call):
    """The roster follows within seconds; should a rule be broken by then, they wait again."""
    return call.ask("membership", "place_in_cohort", **call.path, **call.body)


@route(
    "GET",
    f"{PROGRAM}/turnover",
    who=STAFF,
    answer=shapes.TurnoverAnswer,
    summary="How a program's people come and go, and why",
)
def show_turnover(call):
    """Reasons in lots of three people at least, so that no two looks differ by one person."""
    return call.ask("membership", "show_turnover", **call.path)
