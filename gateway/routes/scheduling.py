"""Dates and places: when does a cohort meet?"""

from gateway.routing import SIGNED_IN, link, route
from gateway.schemas import scheduling as shapes

SETTLED = {
    "session-cancelled": "It was cancelled.",
    "session-started": "Its start is past.",
}


@route(
    "GET",
    "/v1/cohorts/{cohort_id}/timetable",
    who=SIGNED_IN,
    answer=shapes.SlotAnswer,
    paged=True,
    summary="A cohort's dates, earliest first",
)
def list_cohort_timetable(call):
    """For its members, its facilitators and staff."""
    return call.ask("scheduling", "list_sessions", cohort_id=call.path["cohort_id"])


@route(
    "GET",
    "/v1/me/timetable",
    who=SIGNED_IN,
    answer=shapes.SlotAnswer,
    paged=True,
    summary="My dates in all my cohorts, those that are not over",
)
def list_my_timetable(call):
    return call.ask("scheduling", "my_sessions")


@route(
    "GET",
    "/v1/sessions/{session_id}/slot",
    who=SIGNED_IN | link("rsvp"),
    answer=shapes.SlotAnswer,
    revalidated=True,
    summary="When and where one session meets",
)
def show_slot(call):
    return call.ask("scheduling", "show_slot", session_id=call.path["session_id"])


@route(
    "PUT",
    "/v1/sessions/{session_id}/slot",
    who=SIGNED_IN,
    body=shapes.MoveBody,
    answer=shapes.SlotAnswer,
    guarded=True,
    summary="Move a session (its facilitators, staff)",
    refusals=SETTLED
    | {
        "too-soon": "The new start is past.",
        "facilitator-busy": "A facilitator leads another session at that time.",
    },
)
def reschedule_session(call):
    """Invitations, reminders and calendars follow."""
    return call.ask("scheduling", "reschedule_session", session_id=call.path["session_id"], **call.body)


@route(
    "PUT",
    "/v1/sessions/{session_id}/slot/place",
    who=SIGNED_IN,
    body=shapes.PlaceBody,
    answer=shapes.SlotAnswer,
    guarded=True,
    summary="Say where a session meets (its facilitators, staff)",
    refusals=SETTLED,
)
def set_place(call):
    return call.ask("scheduling", "set_place", session_id=call.path["session_id"], **call.body)


@route(
    "DELETE",
    "/v1/sessions/{session_id}/slot",
    who=SIGNED_IN,
    answer=shapes.SlotAnswer,
    guarded=True,
    summary="Call a session off (its facilitators, staff)",
    refusals={"session-started": "Its start is past."},
)
def cancel_session(call):
    """Everybody is told, and calendars take it out. Calling it off again changes nothing."""
    return call.ask("scheduling", "cancel_session", session_id=call.path["session_id"])
