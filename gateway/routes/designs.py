"""Before a program is designed: forms, which of them suit, what an outcome proposes."""

from gateway.routing import SIGNED_IN, roles, route
from gateway.schemas import designs as shapes


@route(
    "GET", "/v1/forms", who=SIGNED_IN, answer=shapes.FormsAnswer, revalidated=True, summary="Forms of cohorts"
)
def list_forms(call):
    """All side by side: what each is for, how it differs from its neighbors, and its figures."""
    return call.ask("membership", "list_forms")


@route(
    "GET",
    "/v1/forms/choice",
    who=SIGNED_IN,
    query=shapes.ChoiceQuery,
    answer=shapes.ChoicesAnswer,
    summary="Which forms suit, by what is meant",
)
def choose_forms(call):
    """Is action meant, is learning meant, or may they just happen? Forms are ranked, with reasons."""
    return call.ask("membership", "choose_forms", **call.query)


@route(
    "GET", "/v1/forms/{form}", who=SIGNED_IN, answer=shapes.FormAnswer, revalidated=True, summary="One form"
)
def show_form(call):
    return call.ask("membership", "show_form", **call.path)


@route(
    "PUT",
    "/v1/forms/{form}/name",
    who=roles("network_admin", "program_staff"),
    body=shapes.FormNameBody,
    answer=shapes.FormAnswer,
    summary="Name a form as your network calls it",
    refusals={"name-reserved": "The name is another provider's mark, and no licence is recorded."},
)
def name_form(call):
    """It is shown beside the form's own name; everything else about the form stays."""
    return call.ask("membership", "name_form", **call.path, **call.body)


@route(
    "GET",
    "/v1/forms/{form}/agenda",
    who=SIGNED_IN,
    answer=shapes.FormAgendaAnswer,
    revalidated=True,
    summary="The agenda a form's sessions follow",
)
def show_form_agenda(call):
    """Of the first session, and of those after it, at the form's own length."""
    return call.ask("sessions", "show_form_agenda", **call.path)


@route(
    "GET",
    "/v1/outcomes",
    who=SIGNED_IN,
    answer=shapes.OutcomesAnswer,
    revalidated=True,
    summary="What a program can be built for",
)
def list_outcomes(call):
    return call.ask("membership", "list_outcomes")


@route(
    "GET",
    "/v1/outcomes/{outcome}/proposal",
    who=SIGNED_IN,
    query=shapes.ProposalQuery,
    answer=shapes.ProposalAnswer,
    summary="What one outcome proposes",
)
def propose_design(call):
    """Form, size, cadence, facilitation, agenda and instruments, each with its reason. Nothing is written."""
    return call.ask("membership", "propose_design", **call.path, **call.query)
