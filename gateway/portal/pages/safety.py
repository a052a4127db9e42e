"""Staff's pages of status safety: which cohorts wait, between whom, and the swap that lets them go on."""

from typing import Any

from gateway.answers import Answer
from gateway.calls import Call
from gateway.portal.frame import STAFF, done, gather, problems_of
from gateway.portal.pages import SaidQuery
from gateway.routing import page, roles
from services.kit.outcomes import RemoteRefusal

WHO = roles(*STAFF)
PATH = "/staff/safety"
AS_BEFORE = "-"


@page("GET", PATH, who=WHO, query=SaidQuery, summary="Cohorts on hold")
def conflicts(call: Call) -> Answer:
    following = {"after": call.query["after"]} if call.query["after"] else {}
    listed = call.ask("membership", "list_conflicts", limit=100, **following)
    next_url = f"{PATH}?after={listed['next']}" if listed["next"] else None
    return gather(call).show("safety.html", cohorts=listed["data"], next_url=next_url)


@page("GET", f"{PATH}/{{cohort_id}}", who=WHO, query=SaidQuery, summary="A cohort on hold, and ways out")
def conflict(call: Call) -> Answer:
    return _conflict(call)


@page("POST", f"{PATH}/{{cohort_id}}/swaps", who=WHO, summary="Carry out a proposal")
def carry_out(call: Call) -> Answer:
    said: dict[str, Any] = {"moves": _moves(call.body.get("moves", ""))}
    leaders = call.body.get("leaders", AS_BEFORE)
    if leaders != AS_BEFORE:
        said["facilitators"] = {"cohort_id": call.path["cohort_id"], "person_ids": leaders.split()}
    try:
        call.ask("membership", "begin_swap", **said)
    except RemoteRefusal as refusal:
        if refusal.kind in ("not-found", "forbidden"):
            raise
        errors, _ = problems_of(refusal)
        return _conflict(call, 422, errors=errors)
    return done(f"{PATH}/{call.path['cohort_id']}", "swapping")


def _conflict(call: Call, status: int = 200, **values: Any) -> Answer:
    shown = call.ask("membership", "show_conflicts", cohort_id=call.path["cohort_id"])
    proposals = [one | _as_form(one) for one in shown["proposals"] or ()]
    return gather(call).show("safety_cohort.html", status, cohort=shown, proposals=proposals, **values)


def _as_form(proposal: dict[str, Any]) -> dict[str, str]:
    """A proposal as its form carries it: `person:from:to`, with nothing after the last colon: who waits."""
    names = ("person_id", "from_cohort_id", "to_cohort_id")
    moves = " ".join(":".join(move[name] or "" for name in names) for move in proposal["moves"])
    leaders = proposal["facilitators"]
    said = AS_BEFORE if leaders is None else " ".join(one["person_id"] for one in leaders)
    return {"as_moves": moves, "as_leaders": said}


def _moves(text: str) -> list[dict[str, Any]]:
    found = []
    for each in text.split():
        person, from_cohort, to_cohort = (*each.split(":"), "", "")[:3]
        found.append({"person_id": person, "from_cohort_id": from_cohort, "to_cohort_id": to_cohort or None})
    return found
