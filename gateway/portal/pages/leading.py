"""Staff's page of who leads a cohort: candidates with load and recorded remote skill, chosen by up to two."""

from typing import Any

from gateway.answers import Answer
from gateway.calls import Call
from gateway.portal.frame import STAFF, done, gather, problems_of
from gateway.portal.pages import SaidQuery
from gateway.portal.phrases import say
from gateway.routing import page, roles
from services.kit.outcomes import RemoteRefusal

WHO = roles(*STAFF)
HERE = "/staff/cohorts/{cohort_id}/facilitators"
SKILLS = {
    "none": say("nothing recorded"),
    "trained": say("trained for virtual sessions"),
    "experienced": say("experienced in virtual sessions"),
}
MOST = 4


@page("GET", HERE, who=WHO, query=SaidQuery, summary="Who leads a cohort, and who could")
def leading(call: Call) -> Answer:
    return _leading(call)


@page("POST", HERE, who=WHO, summary="Say who leads a cohort")
def assign(call: Call) -> Answer:
    chosen = [name.removeprefix("lead_") for name in call.body if name.startswith("lead_")][:MOST]
    said: dict[str, Any] = {"person_ids": chosen, "meets_virtually": call.body.get("virtually") == "yes"}
    call.if_match = "*"
    return _carry_out(call, "assign_facilitators", cohort_id=call.path["cohort_id"], **said)


@page("POST", f"{HERE}/skills", who=WHO, summary="Record somebody's remote skill")
def record(call: Call) -> Answer:
    said = {name: call.body.get(name, "") for name in ("person_id", "level", "note")}
    return _carry_out(call, "record_remote_skill", **said)


def _carry_out(call: Call, ask: str, **said: Any) -> Answer:
    try:
        call.ask("membership", ask, **said)
    except RemoteRefusal as refusal:
        if refusal.kind == "not-found":
            raise
        call.if_match = None
        return _leading(call, 422, errors=problems_of(refusal)[0])
    return done(f"/staff/cohorts/{call.path['cohort_id']}/facilitators", "saved")


def _leading(call: Call, status: int = 200, **values: Any) -> Answer:
    cohort_id, virtually = call.path["cohort_id"], call.query.get("how") == "virtually"
    shown = call.ask("membership", "show_cohort", cohort_id=cohort_id)
    listed = call.ask("membership", "list_candidates", cohort_id=cohort_id, virtually=virtually)
    leads = {one["person_id"] for one in shown["facilitators"]}
    return gather(call).show(
        "leading.html",
        status,
        cohort=shown,
        candidates=[one | {"is_chosen": one["person_id"] in leads} for one in listed["data"]],
        virtually=virtually,
        skills=SKILLS,
        **values,
    )
