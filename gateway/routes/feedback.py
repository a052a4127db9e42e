"""Feedback: what was it worth?"""

from gateway.routing import SIGNED_IN, roles, route
from gateway.schemas import feedback as shapes

STAFF = roles("program_staff", "network_admin")
READERS = roles("program_staff", "network_admin", "sponsor")
CLOSED = {"questionnaire-closed": "Answers, changes and withdrawals end when it closes."}


@route(
    "GET",
    "/v1/me/questionnaires",
    who=SIGNED_IN,
    answer=shapes.QuestionnaireSummaryAnswer,
    paged=True,
    summary="What I am asked, newest first",
)
def list_my_questionnaires(call):
    return call.ask("feedback", "list_questionnaires")


@route(
    "GET",
    "/v1/programs/{program_id}/questionnaires",
    who=STAFF,
    answer=shapes.QuestionnaireSummaryAnswer,
    paged=True,
    summary="A program's questionnaires",
)
def list_program_questionnaires(call):
    """Nothing here moves when somebody answers."""
    return call.ask("feedback", "list_questionnaires", program_id=call.path["program_id"])


@route(
    "GET",
    "/v1/cohorts/{cohort_id}/questionnaires",
    who=SIGNED_IN,
    answer=shapes.QuestionnaireSummaryAnswer,
    paged=True,
    summary="A cohort's questionnaires (its facilitators, staff)",
)
def list_cohort_questionnaires(call):
    """Nothing here moves when somebody answers."""
    return call.ask("feedback", "list_questionnaires", cohort_id=call.path["cohort_id"])


@route(
    "GET",
    "/v1/questionnaires/{questionnaire_id}",
    who=SIGNED_IN,
    answer=shapes.QuestionnaireAnswer,
    summary="One questionnaire, with what I answered",
)
def show_questionnaire(call):
    return call.ask("feedback", "show_questionnaire", questionnaire_id=call.path["questionnaire_id"])


@route(
    "PUT",
    "/v1/questionnaires/{questionnaire_id}/answers",
    who=SIGNED_IN,
    body=shapes.FeedbackBody,
    answer=shapes.GivenAnswer,
    summary="Give feedback, unlinkable to you",
    refusals=CLOSED | {"bad-answers": "An answer is missing, unknown or off its scale."},
)
def give_feedback(call):
    """May be changed until the questionnaire closes. It is kept under a name that only your own key makes."""
    return call.ask("feedback", "give_feedback", questionnaire_id=call.path["questionnaire_id"], **call.body)


@route(
    "DELETE",
    "/v1/questionnaires/{questionnaire_id}/answers",
    who=SIGNED_IN,
    answer=shapes.GivenAnswer,
    summary="Take my answer back",
    refusals=CLOSED,
)
def withdraw_feedback(call):
    return call.ask("feedback", "withdraw_feedback", questionnaire_id=call.path["questionnaire_id"])


@route(
    "POST",
    "/v1/questionnaires/{questionnaire_id}/closing",
    who=SIGNED_IN,
    answer=shapes.QuestionnaireSummaryAnswer,
    summary="Close a questionnaire early (staff, facilitators)",
)
def close_questionnaire(call):
    """It is "closing" for a moment, then "closed": only then may its answers be reported."""
    return call.ask("feedback", "close_questionnaire", questionnaire_id=call.path["questionnaire_id"])


@route(
    "POST",
    "/v1/programs/{program_id}/reports",
    who=STAFF,
    body=shapes.PublishReportBody,
    answer=shapes.ReportSummaryAnswer,
    status=201,
    location="/v1/reports/{id}",
    summary="Publish a period's report",
    refusals={
        "period-not-over": "The period is not over.",
        "period-overlaps": "A report on part of it is out; published figures are frozen.",
        "questionnaires-closing": "A questionnaire is just being closed.",
        "nothing-to-report": "No questionnaire has closed since the last report.",
        "would-unmask": "With what was released before, these figures would tell of too few people.",
    },
)
def publish_report(call):
    """Figures are frozen. Answers that close later go into the next period."""
    return call.ask("feedback", "publish_report", program_id=call.path["program_id"], **call.body)


@route(
    "GET",
    "/v1/reports",
    who=READERS,
    query=shapes.ReportsQuery,
    answer=shapes.ReportSummaryAnswer,
    paged=True,
    summary="The published reports",
)
def list_reports(call):
    return call.ask("feedback", "list_reports", **call.query)


@route(
    "GET",
    "/v1/reports/{report_id}",
    who=READERS,
    answer=shapes.ReportAnswer,
    summary="A report for staff or sponsors; names nobody",
)
def show_report(call):
    return call.ask("feedback", "show_report", report_id=call.path["report_id"])
