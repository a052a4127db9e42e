"""From one outcome to cohorts: design a program, enroll, form, commit; and its reports."""

from datetime import UTC, datetime
from typing import Any

from gateway.answers import Answer, see_other
from gateway.calls import Call
from gateway.portal.frame import STAFF, done, gather, problems_of
from gateway.portal.pages import SaidQuery
from gateway.portal.vocabulary import VOCABULARY
from gateway.portal.words import day, stamp
from gateway.routing import page, roles
from services.kit.outcomes import RemoteRefusal

WHO = roles(*STAFF)
AT_WORK = ("queued", "searching", "committing")
Step = dict[str, str]


@page("GET", "/staff/programs/new", who=WHO, query=SaidQuery, summary="Design a program")
def new_program(call: Call) -> Answer:
    return _new_program(call, form={})


@page("POST", "/staff/programs", who=WHO, summary="Use a design")
def design_program(call: Call) -> Answer:
    said = {name: call.body[name] for name in ("display_name", "outcome", "starts_on") if call.body.get(name)}
    try:
        program = call.ask("membership", "design_program", **said)
    except RemoteRefusal as refusal:
        errors, wrong = problems_of(refusal)
        return _new_program(call, 422, errors=errors, wrong=wrong, form=call.body)
    return see_other(f"/staff/programs/{program['id']}")


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


@page("GET", "/staff/formations/{formation_id}", who=WHO, query=SaidQuery, summary="A proposed split")
def formation(call: Call) -> Answer:
    return _formation(call)


@page("POST", "/staff/formations/{formation_id}/commit", who=WHO, summary="Form the proposed cohorts")
def commit_formation(call: Call) -> Answer:
    formation_id = call.path["formation_id"]
    try:
        call.ask("membership", "commit_formation", formation_id=formation_id)
    except RemoteRefusal as refusal:
        return _formation(call, 422, errors=problems_of(refusal)[0])
    return see_other(f"/staff/formations/{formation_id}")


@page("POST", "/staff/programs/{program_id}/reports", who=WHO, summary="Publish a period's figures")
def publish_report(call: Call) -> Answer:
    program_id = call.path["program_id"]
    period = {name: call.body.get(name, "") for name in ("period_from", "period_to")}
    try:
        call.ask("feedback", "publish_report", program_id=program_id, **period)
    except RemoteRefusal as refusal:
        errors, wrong = problems_of(refusal)
        return _program(call, 422, errors=errors, wrong=wrong, form=call.body)
    return done(f"/staff/programs/{program_id}", "published")


def _new_program(call: Call, status: int = 200, **values: Any) -> Answer:
    page = gather(call, outcomes=("membership", "list_outcomes", {}))
    outcomes = page.parts["outcomes"]["data"] if page.parts["outcomes"] else []
    choices = [
        one | {"proposes": ", ".join(form.replace("_", " ") for form in one["forms"])} for one in outcomes
    ]
    return page.show("program_new.html", status, outcomes=choices, **values)


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
        reasons=shown["reasons"],
        reports=_data(page.parts["reports"]),
        step=_next_step(shown, bool(_data(page.parts["enrolled"])), _data(page.parts["formations"])),
        **values,
    )


def _formation(call: Call, status: int = 200, **values: Any) -> Answer:
    shown = call.ask("membership", "show_formation", formation_id=call.path["formation_id"])
    page = gather(call)
    progress = shown["progress"]
    standing = shown["standing"]
    placed = f"{progress['placed']} of {progress['people']} people placed"
    words = {
        "running": standing in AT_WORK,
        "committed": standing in ("committing", "committed"),
        "done": progress["tried"],
        "total": progress["planned"],
        "sentence": f"{placed} in {shown['group_count']} cohorts" if shown["group_count"] else placed,
    }
    groups = [
        group | {"start_words": f"First start {stamp(group['first_start'], page.zone)} your time"}
        for group in shown["groups"]
    ]
    return page.show("formation.html", status, formation=shown | words | {"groups": groups}, **values)


def _next_step(program: dict[str, Any], is_enrolled: bool, formations: list[dict[str, Any]]) -> Step:
    if not is_enrolled:
        text = "Everyone active in the network takes part; single people can be enrolled over the API."
        return {"title": "Enroll people", "text": text, "action": "enroll", "label": "Enroll everyone"}
    committed = [one for one in formations if one["standing"] in ("committing", "committed")]
    if committed:
        text = "The cohorts have their members; their dates follow at once."
        return {
            "title": "Cohorts are formed",
            "text": text,
            "url": "/staff/cohorts",
            "label": "See the cohorts",
        }
    if formations:
        text = "A proposed split is ready to be looked at."
        url = f"/staff/formations/{formations[0]['id']}"
        return {"title": "Look at the formation", "text": text, "url": url, "label": "Open the formation"}
    text = (
        "Nobody sits with their own boss, everyone has a common hour, nothing is committed before you say so."
    )
    return {"title": "Form cohorts", "text": text, "action": "form", "label": "Form cohorts"}


def _facts(program: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {"label": "Primary outcome", "value": VOCABULARY["outcome_words"](program["outcome"])},
        {"label": "Form", "value": program["form"].replace("_", " ")},
        {"label": "Members", "value": f"{program['size_low']} to {program['size_high']}"},
        {"label": "Sessions", "value": f"{program['session_count']} of {program['session_minutes']} minutes"},
        {"label": "Weeks between", "value": program["weeks_between"]},
        {"label": "Facilitation", "value": program["facilitation"].replace("_", " ")},
        {"label": "Starts", "value": day(program["starts_on"])},
    ]


def _data(found: Any) -> list[dict[str, Any]]:
    return found["data"] if found else []
