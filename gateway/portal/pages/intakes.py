"""A program's people for staff: how they come in, who applied, waits and takes part, and why some left."""

from typing import Any

from marshmallow import fields, validate

from gateway.answers import Answer
from gateway.calls import Call
from gateway.portal import enrollment_words as words
from gateway.portal.frame import STAFF, done, gather, problems_of, shown_again
from gateway.portal.pages import SaidQuery
from gateway.portal.phrases import say
from gateway.portal.vocabulary import worded
from gateway.routing import page, roles
from services.kit.outcomes import RemoteRefusal

WHO = roles(*STAFF)
PEOPLE = "/staff/programs/{program_id}/people"
ONE = f"{PEOPLE}/{{enrollment_id}}"
LABELS = {
    "closes_on": say("Last day to apply"),
    "seats": say("Seats"),
    "offer_hours": say("Hours a seat is kept for who waits"),
    "neutral_title": say("What supervisors read as its name"),
    "practice_hours": say("Hours of practice in all"),
}
NUMBERS = ("seats", "offer_hours", "practice_hours")


class PeopleQuery(SaidQuery):
    """`standing`: those of one standing alone."""

    standing = fields.String(validate=validate.Length(max=20), load_default="")


@page("GET", PEOPLE, who=WHO, query=PeopleQuery, summary="A program's people")
def people(call: Call) -> Answer:
    return _people(call)


@page("POST", f"{PEOPLE}/intake", who=WHO, summary="Set how people come in")
def set_intake(call: Call) -> Answer:
    said = {name: call.body.get(name, "") for name in ("mode", "pledge", "neutral_title")}
    wishes: dict[str, Any] = {name: text for name, text in said.items() if text}
    wishes["closes_on"] = call.body.get("closes_on") or None
    for name in NUMBERS:
        typed = call.body.get(name, "").strip()
        wishes[name] = int(typed) if typed.isdecimal() and len(typed) < 9 else (typed or None)
    if wishes["offer_hours"] is None:
        del wishes["offer_hours"]
    return _carry_out(call, "set_intake", program_id=call.path["program_id"], **wishes)


@page("GET", ONE, who=WHO, query=SaidQuery, summary="An application with its answers")
def enrollment(call: Call) -> Answer:
    return _enrollment(call)


@page("POST", f"{ONE}/decision", who=WHO, summary="Accept or decline an application")
def decide(call: Call) -> Answer:
    return _of_one(call, "decide_enrollment", decision=call.body.get("decision", ""))


@page("POST", f"{ONE}/waiver", who=WHO, summary="Waive a supervisor's pledge")
def waive(call: Call) -> Answer:
    return _of_one(call, "waive_pledge")


@page("POST", f"{ONE}/withdrawal", who=WHO, summary="Take somebody out of the program")
def remove(call: Call) -> Answer:
    return _of_one(call, "remove_enrollment", reason=call.body.get("reason", ""))


def _carry_out(call: Call, ask: str, **said: Any) -> Answer:
    try:
        call.ask("membership", ask, **said)
    except RemoteRefusal as refusal:
        return shown_again(call, refusal, LABELS, _people)
    return done(f"/staff/programs/{call.path['program_id']}/people", "saved")


def _of_one(call: Call, ask: str, **said: Any) -> Answer:
    try:
        call.ask("membership", ask, enrollment_id=call.path["enrollment_id"], **said)
    except RemoteRefusal as refusal:
        if refusal.kind == "not-found":
            raise
        return _enrollment(call, 422, errors=problems_of(refusal)[0])
    return done(f"/staff/programs/{call.path['program_id']}/people", "saved")


def _people(call: Call, status: int = 200, **values: Any) -> Answer:
    program_id, chosen = call.path["program_id"], call.query.get("standing", "")
    about = {"program_id": program_id}
    listing = about | {"limit": 100} | ({"standing": chosen} if chosen in words.STANDINGS else {})
    if call.query.get("after"):
        listing["after"] = call.query["after"]
    program = call.ask("membership", "show_program", **about)
    found = gather(
        call,
        intake=("membership", "show_intake", about),
        enrollments=("membership", "list_enrollments", listing),
        turnover=("membership", "show_turnover", about),
    )
    listed = found.parts["enrollments"] or {}
    after = listed.get("next")
    kept = f"standing={chosen}&" if chosen else ""
    return found.show(
        "program_people.html",
        status,
        program=program,
        intake=found.parts["intake"] or {},
        rows=[_row(one) for one in found.rows("enrollments")],
        is_down=found.is_down("enrollments"),
        next_url=f"?{kept}after={after}" if after else "",
        chosen=chosen,
        turnover=_turnover(found.parts["turnover"]),
        standings=words.STANDINGS,
        modes=words.MODES,
        policies=words.POLICIES,
        labels=LABELS,
        **values,
    )


def _enrollment(call: Call, status: int = 200, **values: Any) -> Answer:
    shown = call.ask("membership", "show_enrollment", enrollment_id=call.path["enrollment_id"])
    about = {"program_id": call.path["program_id"]}
    found = gather(call, intake=("membership", "show_intake", about))
    asked = {one["key"]: one["words"] for one in (found.parts["intake"] or {}).get("questions", [])}
    answers = [{"words": asked.get(key, key), "said": said} for key, said in shown["answers"].items()]
    return found.show(
        "enrollment.html", status, one=_row(shown), answers=answers, reasons=words.REASONS, **about, **values
    )


def _row(one: dict[str, Any]) -> dict[str, Any]:
    return one | {
        "label": worded(words.STANDINGS, one["standing"]),
        "pledge_label": worded(words.PLEDGES, one["pledge"]),
        "is_over": one["standing"] in ("declined", "lapsed", "withdrawn"),
    }


def _turnover(found: Any) -> dict[str, Any] | None:
    if not found:
        return None
    reasons = [one | {"label": worded(words.REASONS, one["reason"])} for one in found["reasons"]]
    return found | {"reasons": reasons}
