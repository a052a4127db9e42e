"""Where somebody who comes late fits among the cohorts that stand, with reasons; and placing them."""

from typing import Any

from gateway.answers import Answer, see_other
from gateway.calls import Call
from gateway.portal.frame import STAFF, done, gather, problems_of
from gateway.portal.pages import SaidQuery
from gateway.portal.phrases import many
from gateway.routing import page, roles
from services.kit.outcomes import RemoteRefusal

WHO = roles(*STAFF)
PLACEMENT = "/staff/placements/{placement_id}"
CLOSED = {
    "not-standing": lambda count: many(
        "%(num)s has ended or is on hold", "%(num)s have ended or are on hold", count
    ),
    "full": lambda count: many("%(num)s is full", "%(num)s are full", count),
    "reporting-line": lambda count: many(
        "%(num)s holds somebody above or below them", "%(num)s hold somebody above or below them", count
    ),
    "no-common-start": lambda count: many(
        "%(num)s has no weekly start that suits them, too",
        "%(num)s have no weekly start that suits them, too",
        count,
    ),
}


@page(
    "POST",
    "/staff/programs/{program_id}/people/{enrollment_id}/placement",
    who=WHO,
    summary="Ask where somebody fits",
)
def weigh(call: Call) -> Answer:
    asked = call.ask("membership", "weigh_placement", enrollment_id=call.path["enrollment_id"])
    return see_other(f"/staff/placements/{asked['id']}")


@page("GET", PLACEMENT, who=WHO, query=SaidQuery, summary="Where somebody fits")
def placement(call: Call) -> Answer:
    return _placement(call)


@page("POST", f"{PLACEMENT}/choice", who=WHO, summary="Place them into a cohort")
def choose(call: Call) -> Answer:
    shown = call.ask("membership", "show_placement", placement_id=call.path["placement_id"])
    chosen = {"enrollment_id": shown["enrollment_id"], "cohort_id": call.body.get("cohort_id", "")}
    try:
        call.ask("membership", "place_in_cohort", **chosen)
    except RemoteRefusal as refusal:
        return _placement(call, 422, errors=problems_of(refusal)[0])
    return done(f"/staff/programs/{shown['program_id']}/people", "saved")


def _placement(call: Call, status: int = 200, **values: Any) -> Answer:
    shown = call.ask("membership", "show_placement", placement_id=call.path["placement_id"])
    person = {"enrollment_id": shown["enrollment_id"]}
    found = gather(call, enrollment=("membership", "show_enrollment", person))
    return found.show(
        "placement.html",
        status,
        placement=shown,
        name=(found.parts["enrollment"] or {}).get("display_name", ""),
        is_free=(found.parts["enrollment"] or {}).get("standing") == "enrolled",
        closed=[CLOSED[one["why"]](one["cohorts"]) for one in shown["closed"]],
        **values,
    )
