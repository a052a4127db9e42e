"""Sessions: who comes, and what happened."""

from gateway.routing import SIGNED_IN, link, route
from gateway.schemas import sessions as shapes

GATE = {
    "agreement-not-signed": "Somebody present has not signed the agreement.",
    "attendance-missing": "Nobody is marked present yet.",
}
NOT_OPEN = {"session-not-open": "The facilitator has not opened the session."}


@route(
    "GET",
    "/v1/me/sessions/next",
    who=SIGNED_IN,
    answer=shapes.NextSessionAnswer,
    summary="The session I am in or go to next",
)
def show_next_session(call):
    return call.ask("sessions", "next_session")


@route(
    "GET",
    "/v1/me/facilitated-sessions",
    who=SIGNED_IN,
    answer=shapes.SessionSummaryAnswer,
    paged=True,
    summary="The sessions I lead",
)
def list_facilitated_sessions(call):
    return call.ask("sessions", "list_facilitated")


@route(
    "GET",
    "/v1/cohorts/{cohort_id}/sessions",
    who=SIGNED_IN,
    answer=shapes.SessionSummaryAnswer,
    paged=True,
    summary="A cohort's sessions, first to last",
)
def list_cohort_sessions(call):
    return call.ask("sessions", "list_sessions", cohort_id=call.path["cohort_id"])


@route(
    "GET",
    "/v1/sessions/{session_id}",
    who=SIGNED_IN | link("rsvp"),
    answer=shapes.SessionAnswer,
    summary="One session, as you may see it",
)
def show_session(call):
    """Members and facilitators see agenda, gate and people; staff times and attendance, never content."""
    return call.ask("sessions", "show_session", session_id=call.path["session_id"])


@route(
    "PUT",
    "/v1/sessions/{session_id}/rsvp",
    who=SIGNED_IN | link("rsvp"),
    body=shapes.RsvpBody,
    answer=shapes.SessionAnswer,
    summary="Answer an invitation",
    refusals={
        "session-started": "Answers end with the start.",
        "session-cancelled": "The session does not take place.",
    },
)
def record_rsvp(call):
    """Signed in, or by the link of the mail, which can do this one thing only."""
    return call.ask("sessions", "record_rsvp", session_id=call.path["session_id"], **call.body)


@route(
    "POST",
    "/v1/sessions/{session_id}/opening",
    who=SIGNED_IN,
    answer=shapes.SessionAnswer,
    summary="Open the session (its facilitators)",
    refusals={
        "session-cancelled": "The session does not take place.",
        "session-held": "The cohort waits for the program's staff.",
    },
)
def open_session(call):
    """Opening what is open changes nothing."""
    return call.ask("sessions", "open_session", session_id=call.path["session_id"])


@route(
    "POST",
    "/v1/sessions/{session_id}/topics",
    who=SIGNED_IN,
    answer=shapes.SessionAnswer,
    summary="Open the topics (its facilitators)",
    refusals=GATE | NOT_OPEN,
)
def start_topics(call):
    """Refused until everyone marked present has signed the present agreement."""
    return call.ask("sessions", "start_topics", session_id=call.path["session_id"])


@route(
    "PUT",
    "/v1/sessions/{session_id}/attendance",
    who=SIGNED_IN,
    body=shapes.AttendanceBody,
    answer=shapes.SessionAnswer,
    summary="Say who is there (its facilitators)",
    refusals=NOT_OPEN
    | {
        "not-a-member": "A named person is not of this cohort.",
        "session-summarised": "The record is final.",
    },
)
def record_attendance(call):
    """Says it of each named person; those not named keep what was said before."""
    return call.ask("sessions", "record_attendance", session_id=call.path["session_id"], **call.body)


@route(
    "POST",
    "/v1/sessions/{session_id}/closing",
    who=SIGNED_IN,
    answer=shapes.SessionAnswer,
    summary="Close the session (its facilitators)",
    refusals=NOT_OPEN,
)
def close_session(call):
    """Who is not marked apologised, if they said no before, or did not come."""
    return call.ask("sessions", "close_session", session_id=call.path["session_id"])


@route(
    "POST",
    "/v1/sessions/{session_id}/commitments",
    who=SIGNED_IN,
    body=shapes.CommitmentBody,
    answer=shapes.CommitmentMadeAnswer,
    status=201,
    summary="Say what you will do",
    refusals=GATE | NOT_OPEN | {"bad-commitment": "The day has gone by, or the buddy is no other member."},
)
def make_commitment(call):
    return call.ask("sessions", "make_commitment", session_id=call.path["session_id"], **call.body)


@route(
    "GET",
    "/v1/me/commitments",
    who=SIGNED_IN,
    answer=shapes.CommitmentAnswer,
    paged=True,
    summary="My commitments, newest session first",
)
def list_my_commitments(call):
    return call.ask("sessions", "list_commitments")


@route(
    "GET",
    "/v1/cohorts/{cohort_id}/commitments",
    who=SIGNED_IN,
    answer=shapes.CommitmentAnswer,
    paged=True,
    summary="Commitments of a cohort",
)
def list_cohort_commitments(call):
    """Facilitators read everyone's, members their own."""
    return call.ask("sessions", "list_commitments", cohort_id=call.path["cohort_id"])


@route(
    "PUT",
    "/v1/commitments/{commitment_id}/report",
    who=SIGNED_IN,
    body=shapes.CommitmentReportBody,
    answer=shapes.CommitmentMadeAnswer,
    summary="Tell how your commitment went",
)
def report_commitment(call):
    return call.ask("sessions", "report_commitment", commitment_id=call.path["commitment_id"], **call.body)


@route(
    "PUT",
    "/v1/sessions/{session_id}/capsule",
    who=SIGNED_IN,
    body=shapes.CapsuleBody,
    answer=shapes.CapsulePublishedAnswer,
    limit=200_000,
    summary="Publish the four-part summary (its facilitators)",
    refusals=GATE
    | NOT_OPEN
    | {
        "session-not-closed": "Close the session first.",
        "capsule-incomplete": "A part is missing; the pointers name which.",
        "capsule-published": "Another text is published.",
    },
)
def publish_capsule(call):
    return call.ask("sessions", "publish_capsule", session_id=call.path["session_id"], **call.body)


@route(
    "GET",
    "/v1/sessions/{session_id}/capsule",
    who=SIGNED_IN,
    answer=shapes.CapsuleAnswer,
    summary="Read the summary, whether you were there or not",
    refusals={
        "capsule-not-published": "It is not published yet.",
        "own-factor-needed": "Text opens to a sign-in proven by your own factor.",
    },
)
def show_capsule(call):
    return call.ask("sessions", "show_capsule", session_id=call.path["session_id"])
