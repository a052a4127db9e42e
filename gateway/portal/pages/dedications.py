"""Mutual dedication: a member's private answer; and for staff, who asks for another place."""

from gateway.answers import Answer, see_other
from gateway.calls import Call
from gateway.portal.frame import STAFF, done, gather, problems_of
from gateway.portal.pages import SaidQuery
from gateway.portal.phrases import say
from gateway.routing import SIGNED_IN, page, roles
from services.kit.outcomes import RemoteRefusal

DEDICATION = "/cohorts/{cohort_id}/dedication"
ANSWERS = {
    "yes": say("Yes. They are my equals here, and I will support their development."),
    "no": say("No. I would like another place."),
    "elsewhere": say("I would like another place, for a reason of my own."),
}


@page("GET", DEDICATION, who=SIGNED_IN, query=SaidQuery, summary="Equals here: your private answer")
def dedication(call: Call) -> Answer:
    return _dedication(call)


@page("POST", DEDICATION, who=SIGNED_IN, summary="Answer in private")
def answer_dedication(call: Call) -> Answer:
    cohort_id, given = call.path["cohort_id"], call.body.get("answer") or None
    try:
        call.ask("membership", "answer_dedication", cohort_id=cohort_id, answer=given)
    except RemoteRefusal as refusal:
        if refusal.kind == "not-found":
            raise
        if refusal.code == "own-factor-needed":
            return see_other(f"/cohorts/{cohort_id}/dedication")  # leads to proving it, and back
        return _dedication(call, 422, errors=problems_of(refusal)[0])
    return done(f"/cohorts/{cohort_id}/dedication", "saved")


@page("GET", "/staff/places", who=roles(*STAFF), query=SaidQuery, summary="Who asks for another place")
def places(call: Call) -> Answer:
    wanted = call.ask("membership", "list_places_wanted")
    return gather(call).show("places.html", wanted=wanted["data"])


def _dedication(call: Call, status: int = 200, **values: object) -> Answer:
    shown = call.ask("membership", "show_dedication", **call.path)
    return gather(call).show("dedication.html", status, own=shown, answers=ANSWERS, **values)
