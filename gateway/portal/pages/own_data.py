"""Your data: take everything along, have yourself forgotten, and see how far that is."""

from datetime import UTC, datetime
from typing import Any

from gateway.answers import Answer, download
from gateway.calls import Call
from gateway.http import Problem
from gateway.own_data import archive_of
from gateway.portal.frame import done, gather, plain_page, problems_of
from gateway.portal.pages import SaidQuery
from gateway.portal.pages.security import to_step_up
from gateway.portal.phrases import say
from gateway.routing import SIGNED_IN, link, page, roles
from services.kit.outcomes import RemoteRefusal

HERE = "/me/data"
FACTOR = "own-factor-needed"
STANDINGS = {
    "waiting": say("Waiting"),
    "cancelled": say("Taken back"),
    "erasing": say("Under way"),
    "erased": say("Done"),
}
UNSURE = say("Say first that you are sure.")


@page("GET", HERE, who=SIGNED_IN, query=SaidQuery, summary="Your data")
def own_data(call: Call) -> Answer:
    return _own_data(call)


@page(
    "GET", f"{HERE}/archive", who=SIGNED_IN, summary="Take your data along", answers_media="application/zip"
)
def take_own_data(call: Call) -> Answer:
    day = datetime.now(UTC).date().isoformat()
    try:
        return download(archive_of(call), "application/zip", f"commonthread-{day}.zip")
    except RemoteRefusal as refusal:
        return _refused(call, refusal)
    except Problem as problem:
        return _own_data(call, problem.status, errors=[{"field": "", "text": problem.detail}])


@page("POST", f"{HERE}/forgetting", who=SIGNED_IN, summary="Have yourself forgotten")
def forget_me(call: Call) -> Answer:
    if call.body.get("sure") != "yes":
        return _own_data(call, 422, errors=[{"field": "sure", "text": UNSURE}])
    try:
        call.ask("membership", "ask_erasure")
    except RemoteRefusal as refusal:
        return _refused(call, refusal)
    return done(HERE, "forgetting")


@page("POST", f"{HERE}/staying", who=SIGNED_IN, summary="Stay after all")
def stay(call: Call) -> Answer:
    try:
        call.ask("membership", "cancel_erasure")
    except RemoteRefusal as refusal:
        return _refused(call, refusal)
    return done(HERE, "staying")


@page("GET", "/staff/erasures", who=roles("network_admin"), query=SaidQuery, summary="Who is being forgotten")
def erasures(call: Call) -> Answer:
    after = {"after": call.query["after"]} if call.query["after"] else {}
    shown = gather(call)
    listed = call.ask("membership", "list_erasures", limit=50, **after)
    return shown.show("erasures.html", erasures=listed["data"], following=listed["next"], standings=STANDINGS)


@page("GET", "/forgetting/{link}", who=link("erasure"), summary="How far it is, by the link of the letter")
def erasure_by_link(call: Call) -> Answer:
    """For whoever is being forgotten and signs in no more; shows and changes nothing."""
    subject = (call.caller.link or {})["subject"]
    erasure = call.ask("membership", "show_erasure", erasure_id=subject)
    return plain_page(call).show("erasure.html", erasure=erasure, standing=STANDINGS[erasure["standing"]])


def _refused(call: Call, refusal: RemoteRefusal) -> Answer:
    if refusal.code == FACTOR:
        return to_step_up(HERE)
    return _own_data(call, 422, errors=problems_of(refusal)[0])


def _own_data(call: Call, status: int = 200, **values: Any) -> Answer:
    shown = gather(call, erasure=("membership", "show_erasure", {}))
    erasure = shown.parts["erasure"] or None
    return shown.show(
        "own_data.html",
        status,
        erasure=erasure if erasure and erasure["standing"] != "cancelled" else None,
        **values,
    )
