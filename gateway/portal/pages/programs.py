"""A program and its next step: enroll, form; and its reports."""

from datetime import UTC, datetime
from typing import Any

from gateway.answers import Answer, see_other
from gateway.calls import Call
from gateway.portal.frame import STAFF, done, gather, problems_of
from gateway.portal.pages import SaidQuery
from gateway.portal.phrases import Phrase, many, say
from gateway.portal.vocabulary import FACILITATION, FORMS, OUTCOMES, worded
from gateway.portal.words import day
from gateway.routing import page, roles
from services.kit.outcomes import RemoteRefusal

WHO = roles(*STAFF)
LABELS = {
    "period_from": say("From"),
    "period_to": say("To"),
}
Step = dict[str, Any]


@page("GET", "/staff/programs/{program_id}", who=WHO, query=SaidQuery, summary="A program and its next step")
def program(call: Call) -> Answer:
    return _program(call)


@page("POST", "/staff/programs/{program_id}/enroll", who=WHO, summary="Enroll everyone")
def enroll(call: Call) -> Answer:
    program_id = call.path["program_id"]
    try:
        started = call.ask("membership", "enroll_people", program_id=program_id, everyone=True)
    except RemoteRefusal as refusal:
        return _program(call, 422, errors=problems_of(refusal)[0])
    return see_other(f"/staff/enrollings/{started['id']}")


@page("GET", "/staff/enrollings/{enrolling_id}", who=WHO, query=SaidQuery, summary="How enrolling stands")
def enrolling(call: Call) -> Answer:
    shown = call.ask("membership", "show_enrolling", enrolling_id=call.path["enrolling_id"])
    return gather(call).show("enrolling.html", enrolling=shown, running=shown["standing"] != "done")


@page("POST", "/staff/programs/{program_id}/form", who=WHO, summary="Form cohorts")
def form_cohorts(call: Call) -> Answer:
    try:
        formation = call.ask("membership", "form_cohorts", program_id=call.path["program_id"])
    except RemoteRefusal as refusal:
        return _program(call, 422, errors=problems_of(refusal)[0])
    return see_other(f"/staff/formations/{formation['id']}")


@page("POST", "/staff/programs/{program_id}/reports", who=WHO, summary="Publish a period's figures")
def publish_report(call: Call) -> Answer:
    program_id = call.path["program_id"]
    period = {name: call.body.get(name, "") for name in ("period_from", "period_to")}
    try:
        call.ask("feedback", "publish_report", program_id=program_id, **period)
    except RemoteRefusal as refusal:
        errors, wrong = problems_of(refusal, LABELS)
        return _program(call, 422, errors=errors, wrong=wrong, form=call.body)
    return done(f"/staff/programs/{program_id}", "filed")


def _program(call: Call, status: int = 200, **values: Any) -> Answer:
    program_id = call.path["program_id"]
    shown = call.ask("membership", "show_program", program_id=program_id)
    about = {"program_id": program_id}
    page = gather(
        call,
        enrolled=("membership", "list_enrollments", about | {"limit": 1}),
        formations=("membership", "list_formations", about | {"limit": 100}),
        reports=("feedback", "list_reports", about | {"limit": 100}),
    )
    today = datetime.now(UTC).date()
    first = today.replace(day=1)
    values.setdefault("form", {"period_from": first.isoformat(), "period_to": today.isoformat()})
    return page.show(
        "program.html",
        status,
        program=shown,
        facts=_facts(shown),
        reports=page.rows("reports"),
        reports_down=page.is_down("reports"),
        step=_next_step(shown, bool(page.rows("enrolled")), page.rows("formations")),
        **values,
    )


def _next_step(program: dict[str, Any], is_enrolled: bool, formations: list[dict[str, Any]]) -> Step:
    if not is_enrolled:
        text = say("Everyone active in the network takes part. Enroll single people over the API.")
        return {
            "title": say("Enroll people"),
            "text": text,
            "action": "enroll",
            "label": say("Enroll everyone"),
        }
    if any(one["standing"] == "committed" for one in formations):
        text = say("The cohorts have their members and their dates; invitations are on their way.")
        return _go(say("Cohorts are formed"), text, "/staff/cohorts", say("See the cohorts"))
    if formations and formations[0]["standing"] not in ("failed", "refused", "cancelled"):
        text = say("A proposed split is ready to be looked at. Nothing is formed before you commit it.")
        url = f"/staff/formations/{formations[0]['id']}"
        return _go(say("Look at the formation"), text, url, say("Open the formation"))
    text = say("Nobody sits with their own boss, each cohort has a common hour; you see the split first.")
    title = say("Form cohorts")
    return {"title": title, "text": text, "action": "form", "label": title}


def _go(title: Phrase, text: Phrase, url: str, label: Phrase) -> Step:
    return {"title": title, "text": text, "url": url, "label": label}


def _facts(program: dict[str, Any]) -> list[dict[str, Any]]:
    sessions = many(
        "%(num)s of %(minutes)s minutes",
        "%(num)s of %(minutes)s minutes each",
        program["session_count"],
        minutes=program["session_minutes"],
    )
    size = say("%(low)s to %(high)s", low=program["size_low"], high=program["size_high"])
    return [
        {"label": say("Primary outcome"), "value": worded(OUTCOMES, program["outcome"])},
        {"label": say("Form"), "value": worded(FORMS, program["form"])},
        {"label": say("Members of a cohort"), "value": size},
        {"label": say("Sessions"), "value": sessions},
        {"label": say("Weeks between"), "value": program["weeks_between"]},
        {"label": say("Facilitated"), "value": worded(FACILITATION, program["facilitation"])},
        {"label": say("First session not before"), "value": day(program["starts_on"])},
    ]
