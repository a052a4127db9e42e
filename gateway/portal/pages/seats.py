"""Who stands beside a program, for staff; how it does and what to advise, for advisers and champions."""

from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from gateway.answers import Answer
from gateway.calls import Call
from gateway.portal.frame import STAFF, done, gather, problems_of
from gateway.portal.pages import SaidQuery
from gateway.portal.pages.audit import day_in
from gateway.portal.phrases import say
from gateway.portal.seat_words import ABOUT, REASONS, SEATS
from gateway.portal.vocabulary import OUTCOMES, STANDINGS, worded
from gateway.routing import SIGNED_IN, page, roles
from services.kit.outcomes import RemoteRefusal

WHO = roles(*STAFF)
SEATING = "/staff/programs/{program_id}/seats"
BESIDE = "/programs/{program_id}"
LABELS = {"until": say("Last day"), "words": say("Your advice"), "person_id": say("Who")}


@page("GET", SEATING, who=WHO, query=SaidQuery, summary="Who stands beside a program")
def seats(call: Call) -> Answer:
    return _seats(call)


@page("POST", SEATING, who=WHO, summary="Give somebody a seat beside a program")
def give_seat(call: Call) -> Answer:
    last = day_in(call.body.get("until", ""))
    ends = None
    if last is not None:
        end = datetime.combine(last + timedelta(days=1), time(), ZoneInfo(gather(call).zone))
        ends = end.astimezone(UTC).isoformat()
    named = {"kind": call.body.get("kind", ""), "person_id": call.body.get("person_id", "")}
    return _carry_out(call, "give_seat", **named, until=ends)


@page("POST", f"{SEATING}/{{kind}}/{{person_id}}/take", who=WHO, summary="Take a seat back")
def take_seat(call: Call) -> Answer:
    return _carry_out(call, "take_seat")


@page("GET", BESIDE, who=SIGNED_IN, query=SaidQuery, summary="How a program does, for those who advise it")
def beside(call: Call) -> Answer:
    return _beside(call)


@page("POST", f"{BESIDE}/advice", who=SIGNED_IN, summary="Advise a program")
def give_advice(call: Call) -> Answer:
    said = {name: call.body.get(name, "") for name in ("about", "words")}
    try:
        call.ask("membership", "give_advice", **call.path, **said)
    except RemoteRefusal as refusal:
        if refusal.kind != "invalid":
            raise
        errors, wrong = problems_of(refusal, LABELS)
        return _beside(call, 422, errors=errors, wrong=wrong, form=call.body)
    return done(f"/programs/{call.path['program_id']}", "saved")


def _carry_out(call: Call, ask: str, **said: Any) -> Answer:
    try:
        call.ask("membership", ask, **call.path, **said)
    except RemoteRefusal as refusal:
        if refusal.kind == "not-found" and not call.body.get("person_id"):
            raise
        errors, wrong = problems_of(refusal, LABELS)
        return _seats(call, 422, errors=errors, wrong=wrong, form=call.body)
    return done(f"/staff/programs/{call.path['program_id']}/seats", "saved")


def _seats(call: Call, status: int = 200, **values: Any) -> Answer:
    program_id = call.path["program_id"]
    shown = call.ask("membership", "list_seats", program_id=program_id)
    following = {"after": call.query["after"]} if call.query.get("after") else {}
    part = gather(
        call,
        program=("membership", "show_program", {"program_id": program_id}),
        people=("membership", "list_people", {"limit": 100, **following}),
        advice=("membership", "list_advice", {"program_id": program_id, "limit": 20}),
    )
    people = part.parts["people"] or {"data": [], "next": None}
    here = f"/staff/programs/{program_id}/seats"
    names = {one["person_id"]: one["display_name"] for one in shown["seats"]}
    return part.show(
        "seats.html",
        status,
        program=part.parts["program"] or {"id": program_id, "display_name": ""},
        seats=[one | {"label": worded(SEATS, one["kind"])} for one in shown["seats"]],
        kinds=SEATS,
        people=people["data"],
        next_url=f"{here}?after={people['next']}" if people["next"] else None,
        advice=[_said(one) | {"name": names.get(one["person_id"], "")} for one in part.rows("advice")],
        labels=LABELS,
        **values,
    )


def _beside(call: Call, status: int = 200, **values: Any) -> Answer:
    program_id = call.path["program_id"]
    shown = call.ask("membership", "show_standing", program_id=program_id)
    part = gather(call, advice=("membership", "list_advice", {"program_id": program_id, "limit": 20}))
    return part.show(
        "beside.html",
        status,
        program=shown,
        figures=_facts(shown),
        reasons=[one | {"label": worded(REASONS, one["reason"])} for one in shown["reasons"]],
        advice=[_said(one) for one in part.rows("advice")],
        about=ABOUT,
        labels=LABELS,
        **values,
    )


def _facts(shown: dict[str, Any]) -> list[dict[str, Any]]:
    few = say("fewer than three")
    return [
        {"label": say("For"), "value": worded(OUTCOMES, shown["outcome"])},
        {"label": say("Where it stands"), "value": worded(STANDINGS, shown["standing"])},
        {"label": say("People taking part"), "value": few if shown["people"] is None else shown["people"]},
        {"label": say("People who left"), "value": few if shown["left"] is None else shown["left"]},
        {"label": say("Advisers"), "value": shown["advisers"]},
    ]


def _said(advice: dict[str, Any]) -> dict[str, Any]:
    return advice | {"label": worded(ABOUT, advice["about"])}
